"""The bursting neuron of Hindmarsh and Rose."""

from excitable.model import Input, Model, Parameter, State

HindmarshRose = Model(
    "Hindmarsh-Rose neuron",
    name="HindmarshRose",
    description=(
        "Two fast variables that fire and a slow one that ends the firing. A spike is the upward "
        "crossing of x = 0. Without input the neuron rests; bursts begin near I = 1.3."
    ),
    equations="""
        tau*dx/dt = y - a*x**3 + b*x**2 - z + I
        tau*dy/dt = c - d*x**2 - y
        tau*dz/dt = r*(s*(x - x_R) - z)
    """,
    spike="x >= 0",
    states={
        "x": State(-1.6045345328, "potential, without unit"),
        "y": State(-11.8726553348, "fast recovery"),
        "z": State(-0.0181381312, "slow adaptation"),
    },
    inputs={"I": Input("1", "drive")},
    parameters={
        "a": Parameter(1.0, "coefficient of the cube", above=0.0),
        "b": Parameter(3.0, "coefficient of the square"),
        "c": Parameter(1.0, "drive of the fast recovery"),
        "d": Parameter(5.0, "coefficient of the square in the fast recovery"),
        "r": Parameter(0.001, "speed of the adaptation", above=0.0),
        "s": Parameter(4.0, "strength of the adaptation"),
        "x_R": Parameter(-1.6, "potential where the adaptation is at rest"),
        "tau": Parameter("1 ms", "unit of time", above="0 ms"),
    },
    presets={
        "bursting": {},
        "chaotic bursting": {"r": 0.005},
    },
    source="HindmarshRose1984",
)
