"""The leaky integrate-and-fire neuron, by its time constant and its resistance."""

from excitable.model import Input, Model, Parameter, State

LIF = Model(
    "Leaky integrate-and-fire neuron",
    name="LIF",
    description=(
        "The same neuron stands as LIFConductance (C and g_L), LIFCapacitance (R and C) and "
        "LIFNormalised; as_conductance(), as_capacitance() and normalised() convert."
    ),
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
    presets={"cortical": {"tau_m": "20 ms", "t_ref": "2 ms"}},
    source="Lapicque1907, Abbott1999, EliasmithAnderson2003",
)
