"""The FitzHugh-Nagumo model: a cubic, a line, and the phase plane between them."""

from excitable.model import Input, Model, Parameter, State

FitzHughNagumo = Model(
    "FitzHugh-Nagumo neuron",
    name="FitzHughNagumo",
    description="A spike is the upward crossing of v = 0, the middle of the cubic nullcline.",
    equations="""
        tau*dv/dt = v - v**3/3 - w + I
        tau*dw/dt = epsilon*(v + a - b*w)
    """,
    spike="v >= 0",
    states={
        "v": State(-1.1994, "potential, without unit"),
        "w": State(-0.6243, "recovery"),
    },
    inputs={"I": Input("1", "drive")},
    parameters={
        "a": Parameter(0.7, "place of the recovery nullcline"),
        "b": Parameter(0.8, "inverse slope of the recovery nullcline", low=0.0),
        "epsilon": Parameter(0.08, "speed of recovery against that of the potential", above=0.0),
        "tau": Parameter("1 ms", "unit of time", above="0 ms"),
    },
    source="FitzHugh1961, NagumoEtAl1962",
)
