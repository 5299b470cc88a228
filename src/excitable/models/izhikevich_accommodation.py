"""Izhikevich's neuron with a recovery that integrates the potential: his panel R."""

from excitable.model import Input, Model, Parameter, State

IzhikevichAccommodation = Model(
    "Izhikevich neuron that accommodates",
    name="IzhikevichAccommodation",
    equations="""
        dv/dt = q_2*v**2 + q_1*v + q_0 - u + I
        du/dt = a*b*(v - v_0)
    """,
    spike="v >= v_peak",
    reset="v = c; u += d",
    states={
        "v": State("-65 mV", "membrane potential"),
        "u": State("-16 mV/ms", "recovery"),
    },
    inputs={"I": Input("mV/ms", "drive")},
    parameters={
        "a": Parameter("0.02/ms", "rate of recovery"),
        "b": Parameter("1/ms", "coupling of recovery to the potential"),
        "c": Parameter("-55 mV", "reset potential"),
        "d": Parameter("4 mV/ms", "jump of recovery at a spike"),
        "v_0": Parameter("-65 mV", "potential at which recovery stands still"),
        "v_peak": Parameter("30 mV", "potential where the spike is cut off"),
        "q_2": Parameter("0.04/(mV*ms)", "quadratic coefficient"),
        "q_1": Parameter("5/ms", "linear coefficient"),
        "q_0": Parameter("140 mV/ms", "constant coefficient"),
    },
    source="Izhikevich2004",
    description="The recovery follows a*b*(v - v_0) as in the script of panel R of the paper of "
    "2004, not a*(b*v - u) as in its text: it has no decay of its own, so it undoes any input that "
    "rises slowly.",
)
