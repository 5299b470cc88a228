"""The low-threshold spiking interneuron of Izhikevich's book: its spikes shrink with u."""

from excitable.model import Input, Model, Parameter, State

Izhikevich2007LowThreshold = Model(
    "Izhikevich low-threshold spiking interneuron",
    name="Izhikevich2007LowThreshold",
    equations="""
        C*dv/dt = k*(v - v_r)*(v - v_t) - u + I
        du/dt = a*(b*(v - v_r) - u)
    """,
    spike="v >= v_peak - r_peak*u",
    reset="v = c + r_c*u; u = minimum(u + d, u_max)",
    states={
        "v": State("-56 mV", "membrane potential"),
        "u": State("0 pA", "recovery current"),
    },
    inputs={"I": Input("pA", "injected current")},
    parameters={
        "C": Parameter("100 pF", "membrane capacitance", above="0 pF"),
        "k": Parameter("1 nS/mV", "curvature of the membrane current", above="0 nS/mV"),
        "v_r": Parameter("-56 mV", "resting potential"),
        "v_t": Parameter("-42 mV", "threshold of a brief pulse"),
        "v_peak": Parameter("40 mV", "potential where the spike is cut off without recovery"),
        "r_peak": Parameter("0.1 mV/pA", "loss of spike height by recovery"),
        "a": Parameter("0.03/ms", "rate of recovery"),
        "b": Parameter("8 nS", "coupling of recovery to the potential"),
        "c": Parameter("-53 mV", "reset potential without recovery"),
        "r_c": Parameter("0.04 mV/pA", "rise of the reset potential by recovery"),
        "d": Parameter("20 pA", "jump of recovery at a spike"),
        "u_max": Parameter("670 pA", "greatest recovery current after a spike"),
    },
    source="Izhikevich2007",
)
