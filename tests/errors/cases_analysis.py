"""Messages of closed forms, gating curves and the voltage clamp."""

import numpy as np

import excitable as ex
from excitable.units import Hz, MOhm, fC, mM, ms, mV, pA

CELL = dict(R=100 * MOhm, tau_m=20 * ms)
LIF = dict(CELL, E_L=-65 * mV, V_T=-50 * mV, V_R=-65 * mV)


def channel(equations, **parameters):
    return ex.Model(
        "Channel", equations=equations, states={}, inputs=dict(v=mV), parameters=parameters
    )


def undriven():
    return ex.Model(
        "Undriven",
        equations="tau*dv/dt = E - v",
        states=dict(v=0 * mV),
        parameters=dict(tau=1 * ms, E=0 * mV),
    )


CASES = [
    (
        "clamp: an endless command without a duration",
        lambda: ex.voltage_clamp(ex.HodgkinHuxley, v=ex.sine(10 * mV, 50 * Hz)),
    ),
    ("theory: no unit", lambda: ex.theory.charging(20, 100 * pA, **CELL)),
    ("theory: a current in mV", lambda: ex.theory.charging(20 * ms, 100 * mV, **CELL)),
    (
        "theory: absolute current and resistance of an area",
        lambda: ex.theory.charging(20 * ms, 1 * pA, R="1 kOhm*cm2", tau_m=20 * ms),
    ),
    (
        "theory: a time constant of zero",
        lambda: ex.theory.discharging(20 * ms, v_0=1 * mV, tau_m=0 * ms),
    ),
    (
        "theory: a negative width",
        lambda: ex.theory.square_pulse(20 * ms, 1 * pA, width=-1 * ms, **CELL),
    ),
    (
        "theory: power of a kernel",
        lambda: ex.theory.psp_gamma(20 * ms, 1 * fC, n=1.5, tau_s=5 * ms, **CELL),
    ),
    (
        "theory: a time before the start",
        lambda: ex.theory.convolution([-1, 5] * ms, 1 * pA, **CELL),
    ),
    (
        "theory: times on two axes",
        lambda: ex.theory.convolution(np.zeros((2, 2)) * ms, 1 * pA, **CELL),
    ),
    (
        "theory: arrays that disagree",
        lambda: ex.theory.convolution(1 * ms, [1, 2] * pA, R=[1, 2, 3] * MOhm, tau_m=20 * ms),
    ),
    (
        "theory: spikes of several neurons",
        lambda: ex.theory.spike_response(
            [1, 2] * ms, [1, 2] * pA, [1] * ms, **CELL, V_T=1 * mV, V_R=0 * mV
        ),
    ),
    ("theory: a rate of zero", lambda: ex.theory.lif_current_for_rate(0 * Hz, **LIF)),
    ("theory: peak below reset", lambda: ex.theory.qif_period(1, tau=1 * ms, x_peak=-1, x_reset=0)),
    (
        "theory: a jump without its time constant",
        lambda: ex.theory.alif_period(300 * pA, **LIF, d_1=2 * mV),
    ),
    (
        "theory: no such argument",
        lambda: ex.theory.alif_period(300 * pA, **LIF, theta=2 * mV),
    ),
    (
        "theory: a falling threshold",
        lambda: ex.theory.alif_period(300 * pA, **LIF, d_1=-2 * mV, tau_1=9 * ms),
    ),
    ("nernst: a concentration of zero", lambda: ex.nernst(0 * mM, 140 * mM, 1)),
    ("nernst: no unit", lambda: ex.nernst(4, 140, 1)),
    ("nernst: valence", lambda: ex.nernst(4 * mM, 140 * mM, 0.5)),
    ("nernst: temperature", lambda: ex.nernst(4 * mM, 140 * mM, 1, temperature=-300)),
    ("nernst: a temperature in ms", lambda: ex.nernst(4 * mM, 140 * mM, 1, temperature=37 * ms)),
    ("nernst: degrees as text", lambda: ex.nernst(4 * mM, 140 * mM, 1, temperature="37 degC")),
    ("goldman: calcium", lambda: ex.goldman([1, 1], [4, 2] * mM, [140, 1] * mM, [1, 2])),
    ("goldman: nothing passes", lambda: ex.goldman([0, 0], [4, 2] * mM, [9, 1] * mM, 1)),
    ("q10: a negative factor", lambda: ex.q10(-3, 37, 6.3)),
    ("gates: no model", lambda: ex.gates("HodgkinHuxley")),
    ("gates: a model without gates", lambda: ex.gates(ex.LIF)),
    ("gates: no such potential", lambda: ex.gates(ex.QIF)),
    ("gates: no such gate", lambda: ex.gates(ex.HodgkinHuxley)["q"]),
    ("gates: potentials without a unit", lambda: ex.gates(ex.HodgkinHuxley, -40)),
    ("gates: infinite potential", lambda: ex.gates(ex.HodgkinHuxley, np.inf * mV)),
    ("clamp: no model", lambda: ex.voltage_clamp("HodgkinHuxley", 0 * mV, 20 * ms)),
    ("clamp: no such potential", lambda: ex.voltage_clamp(ex.QIF, 0, 20 * ms)),
    ("clamp: a command in pA", lambda: ex.voltage_clamp(ex.HodgkinHuxley, 0 * pA, 20 * ms)),
    ("clamp: duration of zero", lambda: ex.voltage_clamp(ex.HodgkinHuxley, 0 * mV, 0 * ms)),
    (
        "clamp: current injected",
        lambda: ex.voltage_clamp(ex.HodgkinHuxley, 0 * mV, 20 * ms, I="1 uA/cm2"),
    ),
    (
        "clamp: no such input",
        lambda: ex.voltage_clamp(ex.HodgkinHuxley, 0 * mV, 20 * ms, g=1 * mV),
    ),
    (
        "clamp: a stimulus and a holding potential",
        lambda: ex.voltage_clamp(ex.HodgkinHuxley, ex.step(9 * mV), 20 * ms, holding=0 * mV),
    ),
    (
        "clamp: arrays that disagree",
        lambda: ex.voltage_clamp(ex.HodgkinHuxley(phi=[1, 2, 3]), [0, 9] * mV, 20 * ms),
    ),
    ("clamp: no current input", lambda: ex.voltage_clamp(undriven(), 0 * mV, 20 * ms)),
    (
        "clamp: a channel without a current",
        lambda: ex.voltage_clamp(channel("x = v/V", V=1 * mV), 0 * mV, 20 * ms),
    ),
    ("clamp: not measured", lambda: ex.voltage_clamp(ex.LIF, 0 * mV, 1 * ms)["I_Na"]),
    (
        "clamp: no sample in a window",
        lambda: ex.voltage_clamp(ex.LIF, 0 * mV, 1 * ms).peak(start=5 * ms),
    ),
    (
        "clamp: an empty picture",
        lambda: ex.voltage_clamp(ex.LIF, 0 * mV, 1 * ms).plot(start=5 * ms),
    ),
]
