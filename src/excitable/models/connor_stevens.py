"""The crustacean axon of Connor and Stevens, whose A-current lets it fire slowly."""

from excitable.model import Input, Model, Parameter, State, compose
from excitable.models import channels

_membrane = Model(
    "Membrane of a crustacean axon",
    equations="C*dv/dt = I - I_ion",
    spike="v >= 0*mV",
    states={"v": State("-68 mV", "membrane potential")},
    inputs={
        "I": Input("uA/cm2", "injected current"),
        "I_ion": Input("uA/cm2", "sum of the channels' currents"),
    },
    parameters={"C": Parameter("1 uF/cm2", "membrane capacitance", above="0 uF/cm2")},
)

_sodium = Model(
    "Sodium current of a crustacean axon",
    name="sodium",
    equations="""
        I_Na = g_Na*m**3*h*(v - E_Na)
        dm/dt = alpha_m*(1 - m) - beta_m*m
        dh/dt = alpha_h*(1 - h) - beta_h*h

        x = v/mV
        alpha_m = 0.38/ms*(x + 29.7)/(1 - exp(-0.1*(x + 29.7)))
        beta_m  = 15.2/ms*exp(-0.0556*(x + 54.7))
        alpha_h = 0.266/ms*exp(-0.05*(x + 48))
        beta_h  = 3.8/ms/(1 + exp(-0.1*(x + 18)))
    """,
    states={
        "m": State(0.01, "activation of sodium"),
        "h": State(0.97, "inactivation of sodium, 1 where none"),
    },
    inputs={"v": Input("mV", "membrane potential")},
    parameters={
        "g_Na": Parameter("120 mS/cm2", "greatest sodium conductance", low="0 mS/cm2"),
        "E_Na": Parameter("55 mV", "sodium reversal potential"),
    },
)

_potassium = Model(
    "Potassium current of a crustacean axon",
    name="potassium",
    equations="""
        I_K = g_K*n**4*(v - E_K)
        dn/dt = alpha_n*(1 - n) - beta_n*n

        x = v/mV
        alpha_n = 0.02/ms*(x + 45.7)/(1 - exp(-0.1*(x + 45.7)))
        beta_n  = 0.25/ms*exp(-0.0125*(x + 55.7))
    """,
    states={"n": State(0.16, "activation of potassium")},
    inputs={"v": Input("mV", "membrane potential")},
    parameters={
        "g_K": Parameter("20 mS/cm2", "greatest potassium conductance", low="0 mS/cm2"),
        "E_K": Parameter("-72 mV", "potassium reversal potential"),
    },
)

ConnorStevens = compose(
    "Connor-Stevens crustacean axon",
    _membrane,
    _sodium,
    _potassium,
    channels.leak(g_L="0.3 mS/cm2", E_L="-17 mV"),
    channels.a_current,
    name="ConnorStevens",
    # The leak then makes up for the A-current at rest, so that the axon rests where it did.
    presets={"without A-current": {"g_A": "0 mS/cm2", "E_L": "-67.85 mV"}},
    source="ConnorWalterMcKown1977, DayanAbbott2001",
)
