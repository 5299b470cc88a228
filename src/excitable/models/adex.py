"""The adaptive exponential integrate-and-fire neuron."""

from excitable.model import Input, Model, Parameter, State


def _pattern(*row: float) -> dict[str, str]:
    """One row of Table 1 of Naud et al. (2008), in its units; a run starts at E_L."""
    C, g_L, E_L, a, tau_w, b, V_R = row
    return {
        "C": f"{C} pF",
        "g_L": f"{g_L} nS",
        "E_L": f"{E_L} mV",
        "V_T": "-50 mV",
        "Delta_T": "2 mV",
        "a": f"{a} nS",
        "tau_w": f"{tau_w} ms",
        "b": f"{b} pA",
        "V_R": f"{V_R} mV",
        "v": f"{E_L} mV",
    }


AdEx = Model(
    "Adaptive exponential integrate-and-fire neuron",
    name="AdEx",
    equations="""
        C*dv/dt = g_L*(E_L - v) + g_L*Delta_T*exp((v - V_T)/Delta_T) - w + I
        tau_w*dw/dt = a*(v - E_L) - w
    """,
    spike="v >= V_peak",
    reset="v = V_R; w += b",
    refractory="t_ref",
    states={
        "v": State("-70.6 mV", "membrane potential"),
        "w": State("0 pA", "adaptation current"),
    },
    inputs={"I": Input("pA", "injected current")},
    parameters={
        "C": Parameter("281 pF", "membrane capacitance", above="0 pF"),
        "g_L": Parameter("30 nS", "leak conductance", above="0 nS"),
        "E_L": Parameter("-70.6 mV", "leak reversal potential"),
        "V_T": Parameter("-50.4 mV", "potential where the spike starts by itself"),
        "Delta_T": Parameter(
            "2 mV",
            "width of the start of the spike",
            above="0 mV",
            advice="For a spike that starts at one potential use LIF",
        ),
        "V_peak": Parameter("20 mV", "potential where the spike is cut off"),
        "V_R": Parameter("-70.6 mV", "reset potential"),
        "t_ref": Parameter("0 ms", "refractory time", low="0 ms"),
        "a": Parameter("4 nS", "adaptation by the potential"),
        "b": Parameter("80.5 pA", "jump of the adaptation current at a spike"),
        "tau_w": Parameter("144 ms", "adaptation time constant", above="0 ms"),
    },
    presets={
        "tonic spiking": _pattern(200, 10, -70, 2, 30, 0, -58),
        "adaptation": _pattern(200, 12, -70, 2, 300, 60, -58),
        "initial burst": _pattern(130, 18, -58, 4, 150, 120, -50),
        "regular bursting": _pattern(200, 10, -58, 2, 120, 100, -46),
        "delayed accelerating": _pattern(200, 12, -70, -10, 300, 0, -58),
        "delayed regular bursting": _pattern(100, 10, -65, -10, 90, 30, -47),
        "transient spiking": _pattern(100, 10, -65, 10, 90, 100, -47),
        "irregular spiking": _pattern(100, 12, -60, -11, 130, 30, -48),
    },
    source="BretteGerstner2005, NaudEtAl2008",
)
