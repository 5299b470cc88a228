"""The leaky integrate-and-fire neuron in white noise."""

from excitable.model import Input, Model, Parameter, State

NoisyLIF = Model(
    "Leaky integrate-and-fire neuron in white noise",
    name="NoisyLIF",
    equations="tau_m*dv/dt = E_L - v + R*I + sigma*sqrt(tau_m)*xi",
    spike="v >= V_T",
    reset="v = V_R",
    refractory="t_ref",
    states={"v": State("-65 mV", "membrane potential")},
    inputs={"I": Input("pA", "injected current")},
    parameters={
        "tau_m": Parameter("20 ms", "membrane time constant", above="0 ms"),
        "R": Parameter("100 MOhm", "membrane resistance", above="0 MOhm"),
        "E_L": Parameter("-65 mV", "resting potential"),
        "V_T": Parameter("-45 mV", "threshold"),
        "V_R": Parameter("-55 mV", "reset potential"),
        "t_ref": Parameter("2 ms", "refractory time", low="0 ms"),
        "sigma": Parameter(
            "4 mV", "noise; without a threshold v spreads by sigma/sqrt(2)", low="0 mV"
        ),
    },
    source="Siegert1951, Brunel2000",
)
