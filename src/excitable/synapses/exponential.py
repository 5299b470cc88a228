"""The synapse whose current jumps at a spike and decays exponentially."""

from excitable.model import Input, Model, Parameter, State

Exponential = Model(
    "Exponential synapse",
    name="Exponential",
    description="A spike makes exp(-t/tau)/tau, of area 1.",
    equations="tau*ds/dt = a - s",
    states={"s": State("0 1/ms", "output")},
    inputs={"a": Input("1/ms", "presynaptic rate, an area of one a spike")},
    parameters={"tau": Parameter("5 ms", "time constant of decay", above="0 ms")},
    source="GerstnerEtAl2014",
)
