"""The theta neuron of Ermentrout and Kopell: the quadratic neuron on a circle."""

from math import pi

from excitable.model import Input, Model, Parameter, State

Theta = Model(
    "Theta neuron",
    name="Theta",
    description=(
        "With x = tan(theta/2) the quadratic neuron, whose way to infinity and back takes no time: "
        "a spike is the passage through pi. With theta_peak = 2*atan(x_peak) and "
        "theta_reset = 2*atan(x_reset) it is the quadratic neuron cut off and reset there."
    ),
    equations="tau*dtheta/dt = 1 - cos(theta) + (1 + cos(theta))*I",
    spike="theta >= theta_peak",
    reset="theta = theta_reset",
    states={"theta": State(0.0, "phase")},
    inputs={"I": Input("1", "drive")},
    parameters={
        "theta_peak": Parameter(pi, "phase of the spike", above=-pi, high=pi),
        "theta_reset": Parameter(-pi, "phase after the spike", low=-pi, below=pi),
        "tau": Parameter("1 ms", "unit of time", above="0 ms"),
    },
    source="ErmentroutKopell1986",
)
