"""The persistent sodium current alone: the smallest model in which a spike starts by itself."""

from excitable.model import Input, Model, Parameter, State

PersistentSodium = Model(
    "Persistent sodium neuron",
    name="PersistentSodium",
    description=(
        "Leak and an instantaneous sodium current, in one variable. Two stable potentials are "
        "separated by an unstable one; nothing ends the spike, so it is cut off and reset."
    ),
    equations="""
        C*dv/dt = g_L*(E_L - v) + g_Na*m_inf*(E_Na - v) + I
        m_inf = 1/(1 + exp((V_m - v)/k_m))
    """,
    spike="v >= V_peak",
    reset="v = V_R",
    states={"v": State("-52.5 mV", "membrane potential")},
    inputs={"I": Input("uA/cm2", "injected current")},
    parameters={
        "C": Parameter("10 uF/cm2", "membrane capacitance", above="0 uF/cm2"),
        "g_L": Parameter("19 mS/cm2", "leak conductance", low="0 mS/cm2"),
        "E_L": Parameter("-67 mV", "leak reversal potential"),
        "g_Na": Parameter("74 mS/cm2", "greatest sodium conductance", low="0 mS/cm2"),
        "E_Na": Parameter("60 mV", "sodium reversal potential"),
        "V_m": Parameter("1.5 mV", "potential of half activation of sodium"),
        "k_m": Parameter("16 mV", "width of the activation of sodium", above="0 mV"),
        # Below the upper equilibrium near 31 mV, at which the upstroke would come to rest.
        "V_peak": Parameter("20 mV", "potential where the spike is cut off"),
        "V_R": Parameter("-53 mV", "reset potential"),
    },
    source="Izhikevich2007",
)
