"""The leaky integrate-and-fire neuron, by its resistance and its capacitance."""

from excitable.model import Input, Model, Parameter, State

LIFCapacitance = Model(
    "Leaky integrate-and-fire neuron by its capacitance",
    name="LIFCapacitance",
    description="LIF with C = tau_m/R; as_resistance() gives the form by tau_m and R back.",
    equations="C*dv/dt = (E_L - v)/R + I",
    spike="v >= V_T",
    reset="v = V_R",
    refractory="t_ref",
    states={"v": State("-65 mV", "membrane potential")},
    inputs={"I": Input("pA", "injected current")},
    parameters={
        "R": Parameter("100 MOhm", "membrane resistance", above="0 MOhm"),
        "C": Parameter("200 pF", "membrane capacitance", above="0 pF"),
        "E_L": Parameter("-65 mV", "resting potential"),
        "V_T": Parameter("-50 mV", "threshold"),
        "V_R": Parameter("-65 mV", "reset potential"),
        "t_ref": Parameter("2 ms", "refractory time", low="0 ms"),
    },
    source="Lapicque1907, Abbott1999",
)
