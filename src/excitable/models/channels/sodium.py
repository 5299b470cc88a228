"""The transient sodium current of the squid axon."""

from excitable.model import Input, Model, Parameter, State

sodium = Model(
    "Sodium current of the squid axon",
    name="sodium",
    equations="""
        I_Na = g_Na*m**3*h*(v - E_Na)
        dm/dt = phi*(alpha_m*(1 - m) - beta_m*m)
        dh/dt = phi*(alpha_h*(1 - h) - beta_h*h)

        x = (v - V_0)/mV    # depolarisation from the origin of the rate functions
        alpha_m = 0.1/ms*(25 - x)/(exp((25 - x)/10) - 1)
        beta_m  = 4/ms*exp(-x/18)
        alpha_h = 0.07/ms*exp(-x/20)
        beta_h  = 1/ms/(exp((30 - x)/10) + 1)
    """,
    states={
        "m": State(0.053, "activation of sodium"),
        "h": State(0.596, "inactivation of sodium, 1 where none"),
    },
    inputs={"v": Input("mV", "membrane potential")},
    parameters={
        "g_Na": Parameter("120 mS/cm2", "greatest sodium conductance", low="0 mS/cm2"),
        "E_Na": Parameter("50 mV", "sodium reversal potential"),
        "V_0": Parameter("-65 mV", "origin of the rate functions"),
        "phi": Parameter(1.0, "rate factor, 3**((T - 6.3 Celsius)/10)", above=0.0),
    },
    source="HodgkinHuxley1952",
)
