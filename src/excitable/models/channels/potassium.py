"""The delayed-rectifier potassium current of the squid axon."""

from excitable.model import Input, Model, Parameter, State

potassium = Model(
    "Potassium current of the squid axon",
    name="potassium",
    equations="""
        I_K = g_K*n**4*(v - E_K)
        dn/dt = phi*(alpha_n*(1 - n) - beta_n*n)

        x = (v - V_0)/mV    # depolarisation from the origin of the rate functions
        alpha_n = 0.01/ms*(10 - x)/(exp((10 - x)/10) - 1)
        beta_n  = 0.125/ms*exp(-x/80)
    """,
    states={"n": State(0.318, "activation of potassium")},
    inputs={"v": Input("mV", "membrane potential")},
    parameters={
        "g_K": Parameter("36 mS/cm2", "greatest potassium conductance", low="0 mS/cm2"),
        "E_K": Parameter("-77 mV", "potassium reversal potential"),
        "V_0": Parameter("-65 mV", "origin of the rate functions"),
        "phi": Parameter(1.0, "rate factor, 3**((T - 6.3 Celsius)/10)", above=0.0),
    },
    source="HodgkinHuxley1952",
)
