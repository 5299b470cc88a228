"""The synapse whose current rises and decays with two time constants."""

from excitable.model import Input, Model, Parameter, State

DualExponential = Model(
    "Synapse with a difference of exponentials",
    name="DualExponential",
    description=(
        "A spike makes (exp(-t/tau_decay) - exp(-t/tau_rise))/(tau_decay - tau_rise), of area 1; "
        "as two stages, so that equal time constants are no case of their own."
    ),
    equations="""
        tau_decay*ds/dt = s_1 - s
        tau_rise*ds_1/dt = a - s_1
    """,
    states={"s": State("0 1/ms", "output"), "s_1": State("0 1/ms", "stage 1")},
    inputs={"a": Input("1/ms", "presynaptic rate, an area of one a spike")},
    parameters={
        "tau_rise": Parameter("0.5 ms", "time constant of rise", above="0 ms"),
        "tau_decay": Parameter("5 ms", "time constant of decay", above="0 ms"),
    },
    source="RothVanRossum2009",
)
