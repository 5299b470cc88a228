"""The leaky integrate-and-fire neuron, by its capacitance and its leak conductance."""

from excitable.model import Input, Model, Parameter, State

LIFConductance = Model(
    "Leaky integrate-and-fire neuron by its conductance",
    name="LIFConductance",
    description="LIF with C = tau_m/R and g_L = 1/R; as_resistance() gives that form back.",
    equations="C*dv/dt = g_L*(E_L - v) + I",
    spike="v >= V_T",
    reset="v = V_R",
    refractory="t_ref",
    states={"v": State("-65 mV", "membrane potential")},
    inputs={"I": Input("pA", "injected current")},
    parameters={
        "C": Parameter("200 pF", "membrane capacitance", above="0 pF"),
        "g_L": Parameter("10 nS", "leak conductance", above="0 nS"),
        "E_L": Parameter("-65 mV", "resting potential"),
        "V_T": Parameter("-50 mV", "threshold"),
        "V_R": Parameter("-65 mV", "reset potential"),
        "t_ref": Parameter("2 ms", "refractory time", low="0 ms"),
    },
    source="Lapicque1907, Abbott1999",
)
