"""The exponential integrate-and-fire neuron."""

from excitable.model import Input, Model, Parameter, State

EIF = Model(
    "Exponential integrate-and-fire neuron",
    name="EIF",
    equations="C*dv/dt = g_L*(E_L - v) + g_L*Delta_T*exp((v - V_T)/Delta_T) + I",
    spike="v >= V_peak",
    reset="v = V_R",
    refractory="t_ref",
    states={"v": State("-65 mV", "membrane potential")},
    inputs={"I": Input("pA", "injected current")},
    parameters={
        "C": Parameter("100 pF", "membrane capacitance", above="0 pF"),
        "g_L": Parameter("10 nS", "leak conductance", above="0 nS"),
        "E_L": Parameter("-65 mV", "leak reversal potential"),
        "V_T": Parameter("-59.9 mV", "potential where the spike starts by itself"),
        "Delta_T": Parameter(
            "3.48 mV",
            "width of the start of the spike",
            above="0 mV",
            advice="For a spike that starts at one potential use LIF",
        ),
        "V_peak": Parameter("30 mV", "potential where the spike is cut off"),
        "V_R": Parameter("-68 mV", "reset potential"),
        "t_ref": Parameter("1.7 ms", "refractory time", low="0 ms"),
    },
    source="FourcaudTrocme2003",
)
