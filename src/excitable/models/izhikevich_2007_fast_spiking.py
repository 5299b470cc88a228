"""The fast-spiking interneuron of Izhikevich's book: recovery grows with the cube of v."""

from excitable.model import Input, Model, Parameter, State

Izhikevich2007FastSpiking = Model(
    "Izhikevich fast-spiking interneuron",
    name="Izhikevich2007FastSpiking",
    equations="""
        C*dv/dt = k*(v - v_r)*(v - v_t) - u + I
        du/dt = a*(U - u)
        U = p*maximum(v - v_b, 0*mV)**3    # no slow current below v_b
    """,
    spike="v >= v_peak",
    reset="v = c",
    states={
        "v": State("-55 mV", "membrane potential"),
        "u": State("0 pA", "recovery current"),
    },
    inputs={"I": Input("pA", "injected current")},
    parameters={
        "C": Parameter("20 pF", "membrane capacitance", above="0 pF"),
        "k": Parameter("1 nS/mV", "curvature of the membrane current", above="0 nS/mV"),
        "v_r": Parameter("-55 mV", "resting potential"),
        "v_t": Parameter("-40 mV", "threshold of a brief pulse"),
        "v_peak": Parameter("25 mV", "potential where the spike is cut off"),
        "a": Parameter("0.2/ms", "rate of recovery"),
        "p": Parameter("0.025 pA/mV**3", "strength of the recovery current"),
        "v_b": Parameter("-55 mV", "potential below which there is no recovery current"),
        "c": Parameter("-45 mV", "reset potential"),
    },
    source="Izhikevich2007",
)
