"""The squid giant axon of Hodgkin and Huxley, in absolute potentials."""

from excitable.model import Input, Model, Parameter, State

HodgkinHuxley = Model(
    "Hodgkin-Huxley squid axon",
    name="HodgkinHuxley",
    equations="""
        C*dv/dt = g_Na*m**3*h*(E_Na - v) + g_K*n**4*(E_K - v) + g_L*(E_L - v) + I
        dm/dt = phi*(alpha_m*(1 - m) - beta_m*m)
        dh/dt = phi*(alpha_h*(1 - h) - beta_h*h)
        dn/dt = phi*(alpha_n*(1 - n) - beta_n*n)

        x = (v - V_0)/mV    # depolarisation from the origin of the rate functions
        alpha_m = 0.1/ms*(25 - x)/(exp((25 - x)/10) - 1)
        beta_m  = 4/ms*exp(-x/18)
        alpha_h = 0.07/ms*exp(-x/20)
        beta_h  = 1/ms/(exp((30 - x)/10) + 1)
        alpha_n = 0.01/ms*(10 - x)/(exp((10 - x)/10) - 1)
        beta_n  = 0.125/ms*exp(-x/80)
    """,
    # 0 mV in absolute potentials: an action potential crosses it upwards once.
    spike="v >= V_0 + 65*mV",
    states={
        "v": State("-65 mV", "membrane potential"),
        "m": State(0.053, "activation of sodium"),
        "h": State(0.596, "inactivation of sodium, 1 where none"),
        "n": State(0.318, "activation of potassium"),
    },
    inputs={"I": Input("uA/cm2", "injected current")},
    parameters={
        "C": Parameter("1 uF/cm2", "membrane capacitance", above="0 uF/cm2"),
        "g_Na": Parameter("120 mS/cm2", "greatest sodium conductance", low="0 mS/cm2"),
        "g_K": Parameter("36 mS/cm2", "greatest potassium conductance", low="0 mS/cm2"),
        "g_L": Parameter("0.3 mS/cm2", "leak conductance", low="0 mS/cm2"),
        "E_Na": Parameter("50 mV", "sodium reversal potential"),
        "E_K": Parameter("-77 mV", "potassium reversal potential"),
        "E_L": Parameter("-54.387 mV", "leak reversal potential"),
        "V_0": Parameter("-65 mV", "origin of the rate functions"),
        "phi": Parameter(1.0, "rate factor, 3**((T - 6.3 Celsius)/10)", above=0.0),
    },
    presets={
        "1952": {
            "V_0": "0 mV",
            "E_Na": "115 mV",
            "E_K": "-12 mV",
            "E_L": "10.613 mV",
            "v": "0 mV",
        },
    },
    source="HodgkinHuxley1952",
)
