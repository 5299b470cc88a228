"""The two-variable quadratic neuron in physical units, with the cells of Izhikevich's book."""

from excitable.model import Input, Model, Parameter, State


def _cell(*row: float) -> dict[str, str]:
    """One cell of chapter 8 of the book, in its units; a run starts at v_r."""
    C, k, v_r, v_t, v_peak, a, b, c, d = row
    return {
        "C": f"{C} pF",
        "k": f"{k} nS/mV",
        "v_r": f"{v_r} mV",
        "v_t": f"{v_t} mV",
        "v_peak": f"{v_peak} mV",
        "a": f"{a}/ms",
        "b": f"{b} nS",
        "c": f"{c} mV",
        "d": f"{d} pA",
        "v": f"{v_r} mV",
    }


Izhikevich2007 = Model(
    "Izhikevich neuron in physical units",
    name="Izhikevich2007",
    equations="""
        C*dv/dt = k*(v - v_r)*(v - v_t) - u + I
        du/dt = a*(b*(v - v_r) - u)
    """,
    spike="v >= v_peak",
    reset="v = c; u += d",
    states={
        "v": State("-60 mV", "membrane potential"),
        "u": State("0 pA", "recovery current"),
    },
    inputs={"I": Input("pA", "injected current")},
    parameters={
        "C": Parameter("100 pF", "membrane capacitance", above="0 pF"),
        "k": Parameter("0.7 nS/mV", "curvature of the membrane current", above="0 nS/mV"),
        "v_r": Parameter("-60 mV", "resting potential"),
        "v_t": Parameter("-40 mV", "threshold of a brief pulse"),
        "v_peak": Parameter("35 mV", "potential where the spike is cut off"),
        "a": Parameter("0.03/ms", "rate of recovery"),
        "b": Parameter("-2 nS", "coupling of recovery to the potential"),
        "c": Parameter("-50 mV", "reset potential"),
        "d": Parameter("100 pA", "jump of recovery at a spike"),
    },
    presets={
        "regular spiking": _cell(100, 0.7, -60, -40, 35, 0.03, -2, -50, 100),
        "intrinsically bursting": _cell(150, 1.2, -75, -45, 50, 0.01, 5, -56, 130),
        "chattering": _cell(50, 1.5, -60, -40, 25, 0.03, 1, -40, 150),
    },
    source="Izhikevich2007",
)
