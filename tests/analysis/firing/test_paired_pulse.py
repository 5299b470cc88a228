"""Refractoriness by pairs of pulses, against closed forms and an independent integrator."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import excitable as ex
from excitable.units import ms, mV

WIDTH = 0.5


def test_a_single_pulse_is_as_strong_as_known(reference_entries):
    (entry,) = reference_entries("hh/modern_EL-54.387/pulse_threshold/0.5ms")
    found = ex.strength_duration(ex.HodgkinHuxley, [WIDTH] * ms).thresholds[0]
    assert found.magnitude == pytest.approx(entry["value"], rel=1e-7)


def leaky_threshold(interval, *, t_ref, V_R, first):
    """The second pulse onto a leaky neuron after its reset, in thresholds of one pulse; R = 1."""
    tau, rest, V_T = 20.0, -65.0, -50.0
    rise = -np.expm1(-WIDTH / tau)
    alone = (V_T - rest) / rise
    spike = -tau * np.log1p(-(V_T - rest) / (first * alone))
    free = spike + t_ref
    v = rest + (V_R - rest) * np.exp(-(interval - free) / tau)
    return (V_T - rest - (v - rest) * np.exp(-WIDTH / tau)) / rise / alone


def test_a_leaky_neuron_recovers_from_its_reset_exponentially():
    cell = ex.LIF(V_R=-80 * mV, t_ref=5 * ms)
    intervals = np.array([2.0, 6.0, 11.0, 23.0, 70.0])
    pairs = ex.paired_pulse(cell, intervals * ms, tolerance=1e-10)
    expected = leaky_threshold(intervals[1:], t_ref=5.0, V_R=-80.0, first=1.2)
    assert np.isinf(pairs.ratio[0])
    assert pairs.ratio[1:] == pytest.approx(expected, rel=1e-9)
    assert pairs.relative is None  # it only tends to the threshold of one


def squid_axon(t, x, I):
    v, m, h, n = x
    u = v + 65.0
    a_m = 0.1 * (25 - u) / np.expm1((25 - u) / 10)
    a_n = 0.01 * (10 - u) / np.expm1((10 - u) / 10)
    b_m, b_n = 4 * np.exp(-u / 18), 0.125 * np.exp(-u / 80)
    a_h, b_h = 0.07 * np.exp(-u / 20), 1 / (np.exp((30 - u) / 10) + 1)
    ions = 120 * m**3 * h * (v - 50) + 36 * n**4 * (v + 77) + 0.3 * (v + 54.387)
    gates = a_m * (1 - m) - b_m * m, a_h * (1 - h) - b_h * h, a_n * (1 - n) - b_n * n
    return [I - ions, *gates]


def spikes_of(interval, first, second):
    """Number of upward crossings of 0 mV, by DOP853 from edge to edge of the pulses."""
    state = [v.magnitude for v in ex.equilibria(ex.HodgkinHuxley)[0].state.values()]
    edges = [0.0, WIDTH, interval, interval + WIDTH, interval + 25.0]
    count = 0

    def crossing(t, x, I):
        return x[0]

    crossing.direction = 1.0
    for (start, stop), I in zip(pairwise(edges), (first, 0.0, second, 0.0), strict=True):
        part = solve_ivp(
            squid_axon, (start, stop), state, "DOP853", args=(I,), events=crossing,
            rtol=1e-9, atol=1e-10,
        )  # fmt: skip
        state, count = part.y[:, -1], count + len(part.t_events[0])
    return count


@pytest.mark.slow
def test_the_axon_agrees_with_an_independent_integrator():
    pairs = ex.paired_pulse(ex.HodgkinHuxley, [9, 13, 20.5] * ms)
    alone = pairs.alone.magnitude
    for interval, ratio in zip([9, 13, 20.5], pairs.ratio, strict=True):
        weak, strong = (
            spikes_of(interval, 1.2 * alone, share * ratio * alone) for share in (0.99999, 1.00001)
        )
        assert (weak, strong) == (1, 2)


@pytest.mark.slow
def test_the_axon_is_refractory_absolutely_then_relatively_then_more_excitable():
    intervals = np.arange(4.0, 30.0)
    pairs = ex.paired_pulse(ex.HodgkinHuxley, intervals * ms)
    absolute, relative = pairs.absolute.magnitude, pairs.relative.magnitude
    assert 8 < absolute < 9
    assert 17 < relative < 18
    assert (np.isinf(pairs.ratio) == (intervals < absolute)).all()
    between = (intervals > absolute) & (intervals < relative)
    assert (np.diff(pairs.ratio[between]) < 0).all()
    assert pairs.ratio[intervals == 20.0] < 0.9
    at = ex.paired_pulse(ex.HodgkinHuxley, [relative] * ms).ratio[0]
    assert at == pytest.approx(1.0, abs=1e-5)


def test_what_is_shaded_is_what_was_found():
    pairs = ex.paired_pulse(ex.LIF(V_R=-80 * mV, t_ref=5 * ms), [2, 6, 20] * ms, tolerance=1e-3)
    (axes,) = pairs.plot().axes
    assert [text.get_text() for text in axes.texts] == ["absolute"]
    drawn = next(line for line in axes.lines if len(line.get_xdata()) == 3)
    assert drawn.get_ydata() == pytest.approx(pairs.ratio)


def test_it_is_told_in_one_line():
    found = ex.paired_pulse(ex.LIF(V_R="-80 mV", t_ref=5 * ms), [2, 40] * ms)
    assert repr(found).startswith("<PairedPulse of LIF: 2 intervals, alone ")
    assert repr(found).endswith(" ms>")
    assert "\n" not in repr(found)
