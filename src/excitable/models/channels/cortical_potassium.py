"""The delayed-rectifier current of pyramidal cells, with the rates of Traub and Miles."""

from excitable.model import Input, Model, Parameter, State

cortical_potassium = Model(
    "Potassium current of pyramidal cells",
    name="cortical_potassium",
    equations="""
        I_K = g_K*n**4*(v - E_K)
        dn/dt = alpha_n*(1 - n) - beta_n*n

        x = (v - V_T)/mV    # depolarisation from the origin of the rate functions
        alpha_n = 0.032/ms*(15 - x)/(exp((15 - x)/5) - 1)
        beta_n  = 0.5/ms*exp((10 - x)/40)
    """,
    states={"n": State(0.05, "activation of potassium")},
    inputs={"v": Input("mV", "membrane potential")},
    parameters={
        "g_K": Parameter("30 mS/cm2", "greatest potassium conductance", low="0 mS/cm2"),
        "E_K": Parameter("-90 mV", "potassium reversal potential"),
        "V_T": Parameter("-63 mV", "origin of the rate functions, which sets the threshold"),
    },
    source="TraubMiles1991, BretteEtAl2007",
)
