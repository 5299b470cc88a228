"""The quadratic integrate-and-fire neuron in millivolts."""

from excitable.model import Input, Model, Parameter, State

QIFPhysical = Model(
    "Quadratic integrate-and-fire neuron in millivolts",
    name="QIFPhysical",
    description=(
        "Rests at E_L and fires by itself above V_T, while R*I is below a*(V_T - E_L)**2/4; beyond "
        "that it fires for ever."
    ),
    equations="tau_m*dv/dt = a*(v - E_L)*(v - V_T) + R*I",
    spike="v >= V_peak",
    reset="v = V_R",
    refractory="t_ref",
    states={"v": State("-65 mV", "membrane potential")},
    inputs={"I": Input("pA", "injected current")},
    parameters={
        "tau_m": Parameter("10 ms", "membrane time constant", above="0 ms"),
        "a": Parameter("0.04/mV", "curvature", above="0/mV"),
        "E_L": Parameter("-65 mV", "resting potential"),
        "V_T": Parameter("-50 mV", "potential where the spike starts by itself"),
        "R": Parameter("10 MOhm", "input resistance in units of a*(V_T - E_L)", above="0 MOhm"),
        "V_peak": Parameter("30 mV", "potential where the spike is cut off"),
        "V_R": Parameter("-65 mV", "reset potential"),
        "t_ref": Parameter("0 ms", "refractory time", low="0 ms"),
    },
    source="LathamEtAl2000, GerstnerEtAl2014",
)
