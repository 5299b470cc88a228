"""The synapse whose current rises and decays with one time constant: the alpha function."""

from excitable.model import Input, Model, Parameter, State

Alpha = Model(
    "Alpha synapse",
    name="Alpha",
    description="A spike makes t*exp(-t/tau)/tau**2, of area 1; its peak is 1/(e*tau), at tau.",
    equations="""
        tau*ds/dt = s_1 - s
        tau*ds_1/dt = a - s_1
    """,
    states={"s": State("0 1/ms", "output"), "s_1": State("0 1/ms", "stage 1")},
    inputs={"a": Input("1/ms", "presynaptic rate, an area of one a spike")},
    parameters={"tau": Parameter("5 ms", "time constant of rise and decay", above="0 ms")},
    source="Rall1967",
)
