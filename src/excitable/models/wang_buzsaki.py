"""The hippocampal interneuron of Wang and Buzsaki, which fires at any rate from zero on."""

from excitable.model import Input, Model, Parameter, State, compose
from excitable.models import channels

_membrane = Model(
    "Membrane of an interneuron",
    equations="C*dv/dt = I - I_ion",
    spike="v >= 0*mV",
    states={"v": State("-64 mV", "membrane potential")},
    inputs={
        "I": Input("uA/cm2", "injected current"),
        "I_ion": Input("uA/cm2", "sum of the channels' currents"),
    },
    parameters={"C": Parameter("1 uF/cm2", "membrane capacitance", above="0 uF/cm2")},
)

_sodium = Model(
    "Sodium current of an interneuron",
    name="sodium",
    equations="""
        I_Na = g_Na*m_inf**3*h*(v - E_Na)    # activation is so fast that it is immediate
        dh/dt = phi*(alpha_h*(1 - h) - beta_h*h)

        x = v/mV
        m_inf   = alpha_m/(alpha_m + beta_m)
        alpha_m = -0.1/ms*(x + 35)/(exp(-0.1*(x + 35)) - 1)
        beta_m  = 4/ms*exp(-(x + 60)/18)
        alpha_h = 0.07/ms*exp(-(x + 58)/20)
        beta_h  = 1/ms/(exp(-0.1*(x + 28)) + 1)
    """,
    states={"h": State(0.78, "inactivation of sodium, 1 where none")},
    inputs={"v": Input("mV", "membrane potential")},
    parameters={
        "g_Na": Parameter("35 mS/cm2", "greatest sodium conductance", low="0 mS/cm2"),
        "E_Na": Parameter("55 mV", "sodium reversal potential"),
        "phi": Parameter(5.0, "rate factor of the slow gates", above=0.0),
    },
)

_potassium = Model(
    "Potassium current of an interneuron",
    name="potassium",
    equations="""
        I_K = g_K*n**4*(v - E_K)
        dn/dt = phi*(alpha_n*(1 - n) - beta_n*n)

        x = v/mV
        alpha_n = -0.01/ms*(x + 34)/(exp(-0.1*(x + 34)) - 1)
        beta_n  = 0.125/ms*exp(-(x + 44)/80)
    """,
    states={"n": State(0.09, "activation of potassium")},
    inputs={"v": Input("mV", "membrane potential")},
    parameters={
        "g_K": Parameter("9 mS/cm2", "greatest potassium conductance", low="0 mS/cm2"),
        "E_K": Parameter("-90 mV", "potassium reversal potential"),
        "phi": Parameter(5.0, "rate factor of the slow gates", above=0.0),
    },
)

WangBuzsaki = compose(
    "Wang-Buzsaki hippocampal interneuron",
    _membrane,
    _sodium,
    _potassium,
    channels.leak(g_L="0.1 mS/cm2", E_L="-65 mV"),
    name="WangBuzsaki",
    source="WangBuzsaki1996",
)
