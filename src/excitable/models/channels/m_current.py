"""The M-current: slow potassium that opens below threshold and makes spikes come later."""

from excitable.model import Input, Model, Parameter, State

m_current = Model(
    "M-current",
    name="m_current",
    equations="""
        I_M = g_M*p*(v - E_K)
        dp/dt = (p_inf - p)/tau_p

        p_inf = 1/(1 + exp(-(v + 35*mV)/(10*mV)))
        tau_p = tau_max/(3.3*exp((v + 35*mV)/(20*mV)) + exp(-(v + 35*mV)/(20*mV)))
    """,
    states={"p": State(0.05, "activation of the M-current")},
    inputs={"v": Input("mV", "membrane potential")},
    parameters={
        "g_M": Parameter("0.07 mS/cm2", "greatest conductance of the M-current", low="0 mS/cm2"),
        "E_K": Parameter("-77 mV", "potassium reversal potential"),
        "tau_max": Parameter("1000 ms", "time scale of the M-current", above="0 ms"),
    },
    source="YamadaKochAdams1989, PospischilEtAl2008",
)
