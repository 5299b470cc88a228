"""The leaky integrate-and-fire neuron."""

from excitable.model import Input, Model, Parameter, State

LIF = Model(
    "Leaky integrate-and-fire neuron",
    name="LIF",
    equations="tau_m*dv/dt = E_L - v + R*I",
    spike="v >= V_T",
    reset="v = V_R",
    refractory="t_ref",
    states={"v": State("-65 mV", "membrane potential")},
    inputs={"I": Input("pA", "injected current")},
    parameters={
        "tau_m": Parameter("20 ms", "membrane time constant", above="0 ms"),
        "R": Parameter("100 MOhm", "membrane resistance", above="0 MOhm"),
        "E_L": Parameter("-65 mV", "resting potential"),
        "V_T": Parameter("-50 mV", "threshold"),
        "V_R": Parameter("-65 mV", "reset potential"),
        "t_ref": Parameter("2 ms", "refractory time", low="0 ms"),
    },
    source="Lapicque1907, Abbott1999",
)
