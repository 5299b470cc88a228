"""The quadratic integrate-and-fire neuron, normal form of a saddle-node on a cycle."""

from excitable.model import Input, Model, Parameter, State

QIF = Model(
    "Quadratic integrate-and-fire neuron",
    name="QIF",
    description=(
        "Fires for I > 0, with the interval "
        "tau*(atan(x_peak/sqrt(I)) - atan(x_reset/sqrt(I)))/sqrt(I); for I < 0 it rests at "
        "-sqrt(-I). At I = 0 the two meet in x = 0, where a run begins."
    ),
    equations="tau*dx/dt = x**2 + I",
    spike="x >= x_peak",
    reset="x = x_reset",
    states={"x": State(0.0, "potential, without unit")},
    inputs={"I": Input("1", "drive")},
    parameters={
        "x_peak": Parameter(10.0, "where the spike is cut off"),
        "x_reset": Parameter(-10.0, "reset"),
        "tau": Parameter("1 ms", "unit of time", above="0 ms"),
    },
    source="ErmentroutKopell1986, LathamEtAl2000",
)
