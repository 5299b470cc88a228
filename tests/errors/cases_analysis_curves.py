"""Messages of firing rates, thresholds, and responses to frequencies and impulses."""

import excitable as ex
from excitable.units import Hz, MOhm, kHz, ms, mV, pA

SEVERAL = ex.LIF(R=[100, 200] * MOhm)


def noisy():
    return ex.Model(
        "Noisy exponential neuron",
        equations="tau*dv/dt = -v + D*exp(v/D) + R*I + s*xi",
        spike="v >= V_p",
        reset="v = V_R",
        states={"v": 0 * mV},
        inputs={"I": "pA"},
        parameters={
            "tau": 20 * ms, "D": 2 * mV, "R": 100 * MOhm, "V_p": 30 * mV, "V_R": 0 * mV,
            "s": "1 mV*ms**0.5",
        },
    )  # fmt: skip


def two_inputs():
    return ex.Model(
        "Two inputs",
        equations="tau*dv/dt = -v + R*I\ntau*dw/dt = J - w",
        spike="v >= V_T",
        reset="v = V_R",
        states={"v": 0 * mV, "w": 0.0},
        inputs={"I": "pA", "J": "1"},
        parameters={"tau": 9 * ms, "R": 1 * MOhm, "V_T": 9 * mV, "V_R": 0 * mV},
    )


def passive():
    return ex.HodgkinHuxley(g_Na="0 mS/cm2", g_K="300 mS/cm2")


def response(model=ex.LIF, frequencies=10 * Hz, **options):
    return ex.frequency_response(model, frequencies, **options)


def cell(**changes):
    options = dict(tau_m=20 * ms, V_T=20 * mV, V_R=10 * mV, t_ref=2 * ms)
    return options | changes


def network(nu=20 * Hz, **changes):
    options = dict(J=0.1 * mV, g=5, C_E=1000, C_I=250)
    return ex.theory.brunel_rates(nu, **cell(**(options | changes)))


CASES = [
    (
        "frequency response: an amplitude without a use",
        lambda: ex.frequency_response(ex.LIF, ["10 Hz"], amplitude="1 pA"),
    ),
    (
        "frequency response: an output of spikes",
        lambda: ex.frequency_response(
            ex.LIF, ["10 Hz"], method="spikes", amplitude="1 pA", output="v"
        ),
    ),
    ("fi curve: an input that is none", lambda: ex.fi_curve(ex.LIF, J="1 pA")),
    ("inverse: in a jump", lambda: ex.fi_curve(ex.FitzHughNagumo, [0, 0.5]).inverse("10 Hz")),
    ("fi: no model", lambda: ex.fi_curve("LIF", 1 * pA)),
    ("fi: no values", lambda: ex.fi_curve(ex.LIF)),
    ("fi: values in mV", lambda: ex.fi_curve(ex.LIF, 1 * mV)),
    ("fi: a table", lambda: ex.fi_curve(ex.LIF, [[1, 2]] * pA)),
    ("fi: not finite", lambda: ex.fi_curve(ex.LIF, float("inf") * pA)),
    ("fi: no such input", lambda: ex.fi_curve(ex.LIF, 1 * pA, input="J")),
    ("fi: no such other input", lambda: ex.fi_curve(ex.LIF, 1 * pA, J=1 * pA)),
    ("fi: twice", lambda: ex.fi_curve(two_inputs(), 1, input="J", J=2)),
    ("fi: another input that varies", lambda: ex.fi_curve(two_inputs(), 1 * pA, J=[1, 2])),
    ("fi: no such start", lambda: ex.fi_curve(ex.LIF, 1 * pA, start="sideways")),
    ("rheobase: no spikes", lambda: ex.rheobase(ex.RateNeuron)),
    ("fi: noise", lambda: ex.fi_curve(noisy(), 1 * pA)),
    ("fi: irregular", lambda: ex.fi_curve(ex.HindmarshRose, [3.25])),
    ("fi: inverse of several", lambda: ex.fi_curve(SEVERAL, 1 * pA).inverse("20 Hz")),
    ("fi: inverse of silence", lambda: ex.fi_curve(ex.LIF, 1 * pA).inverse(0 * Hz)),
    ("fi: too fast", lambda: ex.fi_curve(ex.LIF, 1 * pA).inverse(1 * kHz)),
    ("fi: no such parameter", lambda: ex.fi_curve(ex.LIF, 1 * pA).sensitivity("C")),
    ("sweep: two units", lambda: ex.sweep(0 * pA, 1 * mV)),
    ("sweep: one point", lambda: ex.sweep(1 * pA, 1 * pA)),
    ("sweep: points", lambda: ex.sweep(0 * pA, 1 * pA, n=1)),
    ("rheobase: criterion", lambda: ex.rheobase(ex.LIF, "bursts")),
    ("rheobase: several neurons", lambda: ex.rheobase(SEVERAL)),
    ("rheobase: never", lambda: ex.rheobase(passive(), "repetitive")),
    ("rheobase: no rest", lambda: ex.rheobase(ex.ALIF(E_L=-40 * mV), "rest lost")),
    ("rheobase: an input elsewhere", lambda: ex.rheobase(two_inputs(), input="J")),
    ("strength: durations", lambda: ex.strength_duration(ex.LIF, [0, 1] * ms)),
    ("pairs: intervals", lambda: ex.paired_pulse(ex.LIF, [0.1, 5] * ms)),
    ("pairs: several neurons", lambda: ex.paired_pulse(SEVERAL, [5] * ms)),
    ("pairs: a weak first pulse", lambda: ex.paired_pulse(ex.LIF, [5] * ms, first=0.9)),
    ("pairs: a weak strongest pulse", lambda: ex.paired_pulse(ex.LIF, [5] * ms, strongest=0.5)),
    ("crossing: no input", lambda: ex.threshold_crossing(ex.LIF)),
    ("crossing: how long", lambda: ex.threshold_crossing(ex.LIF, ex.step(300 * pA))),
    ("response: method", lambda: response(method="bode")),
    ("response: frequency of zero", lambda: response(frequencies=0 * Hz)),
    ("response: a table", lambda: response(frequencies=[[1, 2]] * Hz)),
    ("response: frequencies in ms", lambda: response(frequencies=1 * ms)),
    ("response: two operating points", lambda: response(at=[1, 2] * pA)),
    ("response: no rest", lambda: response(at=200 * pA)),
    ("response: several neurons", lambda: response(SEVERAL)),
    ("response: no such output", lambda: response(output="w")),
    ("response: no amplitude", lambda: response(method="spikes")),
    ("response: a negative amplitude", lambda: response(method="sine", amplitude=-1 * pA)),
    ("response: it fires", lambda: response(method="sine", amplitude=1e4 * pA)),
    ("response: noise", lambda: response(ex.NoisyLIF, method="chirp")),
    ("response: too long a chirp", lambda: response(frequencies=1e3 * kHz, method="chirp")),
    ("response: cycles", lambda: response(method="spikes", amplitude=1 * pA, cycles=0)),
    ("response: no spikes", lambda: response(ex.RateNeuron, method="spikes", amplitude=1)),
    ("impulse: before", lambda: ex.impulse_response(ex.LIF, t=-1 * ms)),
    ("impulse: no times", lambda: ex.impulse_response(ex.LIF, t=[] * ms)),
    ("synapses: order", lambda: ex.synapses.Gamma(1.5)),
    ("theory: no noise", lambda: ex.theory.noisy_lif_rate(1 * mV, 0 * mV, **cell())),
    ("theory: reset", lambda: ex.theory.noisy_lif_cv(1 * mV, 1 * mV, **cell(V_R=20 * mV))),
    ("theory: fewer than no inputs", lambda: network(C_I=-1)),
    ("theory: two networks", lambda: network([1, 2] * Hz)),
]
