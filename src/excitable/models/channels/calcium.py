"""The low-threshold calcium current: inactive at rest, ready after a hyperpolarisation."""

from excitable.model import Input, Model, Parameter, State

calcium = Model(
    "Low-threshold (T-type) calcium current",
    name="calcium",
    equations="""
        I_Ca = g_Ca*s_inf**2*u*(v - E_Ca)    # its activation is taken to be immediate
        du/dt = (u_inf - u)/tau_u

        y = (v + V_x)/mV    # potential, shifted for the charges outside
        s_inf = 1/(1 + exp(-(y + 57)/6.2))
        u_inf = 1/(1 + exp((y + 81)/4))
        tau_u = (30.8 + (211.4 + exp((y + 113.2)/5))/(1 + exp((y + 84)/3.2)))*ms/phi_u
    """,
    states={"u": State(0.02, "inactivation of calcium, 1 where none")},
    inputs={"v": Input("mV", "membrane potential")},
    parameters={
        "g_Ca": Parameter("0.4 mS/cm2", "greatest calcium conductance", low="0 mS/cm2"),
        "E_Ca": Parameter("120 mV", "calcium reversal potential"),
        "V_x": Parameter("2 mV", "shift of the voltage dependence"),
        "phi_u": Parameter(3.0**1.2, "rate factor, 3**((T - 24 Celsius)/10)", above=0.0),
    },
    source="HuguenardMcCormick1992, DestexheEtAl1996",
)
