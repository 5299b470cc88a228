"""The resonate-and-fire neuron: a damped oscillation that fires where it swings high enough."""

from excitable.model import Input, Model, Parameter, State

ResonateAndFire = Model(
    "Resonate-and-fire neuron",
    name="ResonateAndFire",
    equations="""
        dx/dt = b*x - omega*y + I
        dy/dt = omega*x + b*y
    """,
    spike="y >= y_T",
    reset="x = x_R; y = y_R",
    refractory="t_ref",
    hold=[],
    states={
        "x": State(0.0, "current-like part of the oscillation"),
        "y": State(0.0, "voltage-like part of the oscillation"),
    },
    inputs={"I": Input("1/ms", "drive")},
    parameters={
        "b": Parameter("-0.1/ms", "rate of growth of the oscillation, negative where damped"),
        "omega": Parameter("1/ms", "angular frequency of the oscillation"),
        "y_T": Parameter(1.0, "threshold"),
        "x_R": Parameter(0.0, "value of x after a spike"),
        "y_R": Parameter(1.0, "value of y after a spike"),
        "t_ref": Parameter("0.1 ms", "time in which the next spike cannot come", low="0 ms"),
    },
    source="Izhikevich2001",
    description="A spike leaves y on the threshold, from where it falls: t_ref is the time it is "
    "given for that. Nothing stands still meanwhile; the oscillation goes on.",
)
