"""Resonate-and-fire against its closed form: a rotation that is damped."""

import cmath
import math

import numpy as np
import pytest
from scipy.optimize import brentq

import excitable as ex
from excitable.models import ResonateAndFire

RATE = complex(-0.1, 1.0)  # b + i omega in 1/ms
PERIOD = 2.0 * math.pi
WIDTH = 0.1  # ms, of a pulse


def pulses(charge, *starts):
    """Brief pulses that each turn x up by about `charge`."""
    total = ex.pulse(f"{charge / WIDTH} 1/ms", f"{starts[0]} ms", f"{WIDTH} ms")
    for start in starts[1:]:
        total = total + ex.pulse(f"{charge / WIDTH} 1/ms", f"{start} ms", f"{WIDTH} ms")
    return total


def answer(t, charge, *starts):
    """x + iy at a time, from rest: the integral of the pulses turned and damped."""
    z = 0j
    for start in starts:
        if t > start:
            since, until = t - start, max(t - start - WIDTH, 0.0)
            z += charge / WIDTH * (cmath.exp(RATE * since) - cmath.exp(RATE * until)) / RATE
    return z


def spikes_of(stimulus, **changes):
    return ex.simulate(ResonateAndFire(**changes), "60 ms", I=stimulus).spikes[0].times_ms


def test_it_is_solved_exactly():
    run = ex.simulate(ResonateAndFire, "60 ms", I=pulses(0.85, 5.0, 9.0))
    assert run.scheme.name == "exact"
    known = np.array([answer(t, 0.85, 5.0, 9.0) for t in run.t_ms])
    assert np.abs(run.bare("x") - known.real).max() < 1e-12
    assert np.abs(run.bare("y") - known.imag).max() < 1e-12


def test_one_pulse_stays_below_threshold():
    assert spikes_of(pulses(0.85, 5.0)).size == 0


def test_a_pair_at_the_eigenperiod_fires():
    spikes = spikes_of(pulses(0.85, 5.0, 5.0 + PERIOD))

    def beyond(t):
        return answer(t, 0.85, 5.0, 5.0 + PERIOD).imag - 1.0

    crossing = brentq(beyond, 5.0 + PERIOD + WIDTH, 5.0 + PERIOD + 1.5, xtol=1e-13)
    assert spikes == pytest.approx([crossing], abs=1e-9)


@pytest.mark.parametrize("share", [0.4, 0.5, 0.6, 0.75, 1.5])
def test_a_pair_off_the_eigenperiod_does_not(share):
    assert spikes_of(pulses(0.85, 5.0, 5.0 + share * PERIOD)).size == 0


def test_three_pulses_find_the_period_where_two_do_not():
    weak = 0.65
    assert spikes_of(pulses(weak, 5.0, 5.0 + PERIOD)).size == 0
    assert spikes_of(pulses(weak, 5.0, 5.0 + PERIOD, 5.0 + 2 * PERIOD)).size == 1
    assert spikes_of(pulses(weak, 5.0, 7.0, 9.0)).size == 0


def test_inhibition_fires_it_half_a_turn_later():
    spikes = spikes_of(pulses(-2.0, 5.0))
    assert spikes.size == 1
    assert 5.0 + PERIOD / 2 < spikes[0] < 5.0 + 3 * PERIOD / 4


def test_a_spike_leaves_the_oscillation_at_the_reset():
    run = ex.simulate(ResonateAndFire, "60 ms", dt="0.01 ms", I=pulses(-2.0, 5.0))
    spike = run.spikes[0].times_ms[0]
    after = run.t_ms > spike
    known = np.array([1j * cmath.exp(RATE * (t - spike)) for t in run.t_ms[after]])
    assert np.abs(run.bare("y")[after] - known.imag).max() < 1e-9
    assert np.abs(run.bare("x")[after] - known.real).max() < 1e-9
