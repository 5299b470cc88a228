"""The thalamic cells of Izhikevich's book: recovery couples more strongly below -65 mV."""

from excitable.model import Input, Model, Parameter, State

Izhikevich2007Thalamic = Model(
    "Izhikevich thalamic neuron",
    name="Izhikevich2007Thalamic",
    equations="""
        C*dv/dt = k*(v - v_r)*(v - v_t) - u + I
        du/dt = a*(U - u)
        # One continuous line with a bend at v_b stands for the low-threshold calcium current.
        U = b_low*minimum(v - v_b, 0*mV) + b_high*maximum(v - v_b, 0*mV)
    """,
    spike="v >= v_peak + r_peak*u",
    reset="v = c - r_c*u; u += d",
    states={
        "v": State("-60 mV", "membrane potential"),
        "u": State("0 pA", "recovery current"),
    },
    inputs={"I": Input("pA", "injected current")},
    parameters={
        "C": Parameter("200 pF", "membrane capacitance", above="0 pF"),
        "k": Parameter("1.6 nS/mV", "curvature of the membrane current", above="0 nS/mV"),
        "v_r": Parameter("-60 mV", "resting potential"),
        "v_t": Parameter("-50 mV", "threshold of a brief pulse"),
        "v_peak": Parameter("35 mV", "potential where the spike is cut off without recovery"),
        "r_peak": Parameter("0.1 mV/pA", "gain of spike height by recovery"),
        "a": Parameter("0.01/ms", "rate of recovery"),
        "b_low": Parameter("15 nS", "coupling of recovery to the potential below v_b"),
        "b_high": Parameter("0 nS", "coupling of recovery to the potential above v_b"),
        "v_b": Parameter("-65 mV", "potential of the bend"),
        "c": Parameter("-60 mV", "reset potential without recovery"),
        "r_c": Parameter("0.1 mV/pA", "fall of the reset potential by recovery"),
        "d": Parameter("10 pA", "jump of recovery at a spike"),
    },
    presets={
        "thalamocortical": {},
        "reticular": {
            "C": "40 pF",
            "k": "0.25 nS/mV",
            "v_r": "-65 mV",
            "v_t": "-45 mV",
            "v_peak": "0 mV",
            "r_peak": "0 mV/pA",
            "a": "0.015/ms",
            "b_low": "10 nS",
            "b_high": "2 nS",
            "c": "-55 mV",
            "r_c": "0 mV/pA",
            "d": "50 pA",
            "v": "-65 mV",
        },
    },
    source="Izhikevich2007",
)
