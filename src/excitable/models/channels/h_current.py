"""The h-current: cations let in by hyperpolarisation, which it opposes."""

from excitable.model import Input, Model, Parameter, State

h_current = Model(
    "Hyperpolarisation-activated current",
    name="h_current",
    equations="""
        I_h = g_h*r*(v - E_h)
        dr/dt = (r_inf - r)/tau_r

        r_inf = 1/(1 + exp((v + 75*mV)/(5.5*mV)))
        tau_r = 1*ms/(exp(-14.59 - 0.086*v/mV) + exp(-1.87 + 0.0701*v/mV))
    """,
    states={"r": State(0.1, "activation of the h-current")},
    inputs={"v": Input("mV", "membrane potential")},
    parameters={
        "g_h": Parameter("0.05 mS/cm2", "greatest conductance of the h-current", low="0 mS/cm2"),
        "E_h": Parameter("-43 mV", "reversal potential of the h-current"),
    },
    source="HuguenardMcCormick1992",
)
