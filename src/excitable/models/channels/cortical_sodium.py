"""The transient sodium current of pyramidal cells, with the rates of Traub and Miles."""

from excitable.model import Input, Model, Parameter, State

cortical_sodium = Model(
    "Sodium current of pyramidal cells",
    name="cortical_sodium",
    equations="""
        I_Na = g_Na*m**3*h*(v - E_Na)
        dm/dt = alpha_m*(1 - m) - beta_m*m
        dh/dt = alpha_h*(1 - h) - beta_h*h

        x = (v - V_T)/mV    # depolarisation from the origin of the rate functions
        alpha_m = 0.32/ms*(13 - x)/(exp((13 - x)/4) - 1)
        beta_m  = 0.28/ms*(x - 40)/(exp((x - 40)/5) - 1)
        alpha_h = 0.128/ms*exp((17 - x)/18)
        beta_h  = 4/ms/(1 + exp((40 - x)/5))
    """,
    states={
        "m": State(0.02, "activation of sodium"),
        "h": State(0.99, "inactivation of sodium, 1 where none"),
    },
    inputs={"v": Input("mV", "membrane potential")},
    parameters={
        "g_Na": Parameter("100 mS/cm2", "greatest sodium conductance", low="0 mS/cm2"),
        "E_Na": Parameter("50 mV", "sodium reversal potential"),
        "V_T": Parameter("-63 mV", "origin of the rate functions, which sets the threshold"),
    },
    source="TraubMiles1991, BretteEtAl2007",
)
