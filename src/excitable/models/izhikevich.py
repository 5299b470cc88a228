"""The two-variable quadratic neuron of Izhikevich."""

from excitable.model import Input, Model, Parameter, State


def _pattern(a: float, b: float, c: float, d: float) -> dict[str, str]:
    return {"a": f"{a}/ms", "b": f"{b}/ms", "c": f"{c} mV", "d": f"{d} mV/ms"}


Izhikevich = Model(
    "Izhikevich neuron",
    name="Izhikevich",
    equations="""
        dv/dt = q_2*v**2 + q_1*v + q_0 - u + I
        du/dt = a*(b*v - u)
    """,
    spike="v >= v_peak",
    reset="v = c; u += d",
    states={
        "v": State("-65 mV", "membrane potential"),
        "u": State("-13 mV/ms", "recovery"),
    },
    inputs={"I": Input("mV/ms", "drive")},
    parameters={
        "a": Parameter("0.02/ms", "rate of recovery"),
        "b": Parameter("0.2/ms", "coupling of recovery to the potential"),
        "c": Parameter("-65 mV", "reset potential"),
        "d": Parameter("8 mV/ms", "jump of recovery at a spike"),
        "v_peak": Parameter("30 mV", "potential where the spike is cut off"),
        "q_2": Parameter("0.04/(mV*ms)", "quadratic coefficient"),
        "q_1": Parameter("5/ms", "linear coefficient"),
        "q_0": Parameter("140 mV/ms", "constant coefficient"),
    },
    presets={
        "regular spiking": _pattern(0.02, 0.2, -65, 8),
        "intrinsically bursting": _pattern(0.02, 0.2, -55, 4),
        "chattering": _pattern(0.02, 0.2, -50, 2),
        "fast spiking": _pattern(0.1, 0.2, -65, 2),
        "thalamo-cortical": _pattern(0.02, 0.25, -65, 0.05),
        "resonator": _pattern(0.1, 0.26, -65, 2),
        "low-threshold spiking": _pattern(0.02, 0.25, -65, 2),
    },
    source="Izhikevich2003",
)
