"""Sine and chirp: phase at the start or at time 0, frequencies as told, windows exact."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excitable.stimuli import chirp, lower, sine
from excitable.units import CURRENT, Hz, ms, pA


def lowered(value, n=1, duration=1000.0, **options):
    return lower(value, CURRENT, n, duration=duration, dt=0.1, owner="LIF.I", **options)


def test_its_window_is_in_the_table():
    table = lowered(sine(10 * pA, 5 * Hz, start=100.0123 * ms, stop=400 * ms))
    assert table.times.tolist() == [0.0, 100.0123, 400.0]
    assert not table.is_constant
    assert table.is_smooth
    (wave,) = table.oscillations
    assert (wave.start.tolist(), wave.stop.tolist()) == ([100.0123], [400.0])
    before = np.nextafter([100.0123, 400.0], 0)
    assert table.value([before[0], 100.0123, 400.0]).tolist() == [0.0, 0.0, 0.0]
    assert table.value(before[1]) != 0.0


def test_trap_c17_phase_is_told_at_the_start_or_at_zero():
    t = np.linspace(100.0, 999.0, 200)
    at_start = lowered(sine(10 * pA, 3 * Hz, 0.5, start=100 * ms, offset=2 * pA))
    expected = 2 + 10 * np.sin(2 * np.pi * 0.003 * (t - 100.0) + 0.5)
    assert np.allclose(at_start.value(t), expected, rtol=0, atol=1e-11)
    at_zero = lowered(sine(10 * pA, 3 * Hz, 0.5, start=100 * ms, phase_at="zero"))
    assert np.allclose(
        at_zero.value(t), 10 * np.sin(2 * np.pi * 0.003 * t + 0.5), rtol=0, atol=1e-11
    )


def test_a_run_may_start_in_the_middle():
    stimulus = sine(10 * pA, 3 * Hz, start=100 * ms, stop=700 * ms) + 1 * pA
    whole, late = lowered(stimulus), lowered(stimulus, t_start=250.0, duration=750.0)
    t = np.linspace(0.0, 749.0, 300)
    assert np.allclose(late.value(t), whole.value(t + 250.0), rtol=0, atol=1e-11)
    assert late.times[0] == 0.0
    assert late.times[-1] == 450.0


def test_weights_scale_it():
    t = np.linspace(0, 999, 50)
    one = sine(10 * pA, 3 * Hz)
    assert np.allclose(lowered(-2 * one).value(t), -2 * lowered(one).value(t), rtol=1e-15)


@given(
    f=st.tuples(st.floats(0.5, 50.0), st.floats(0.5, 50.0)),
    kind=st.sampled_from(["linear", "exponential"]),
)
def test_a_chirp_moves_its_frequency_as_told(f, kind):
    table = lowered(chirp(1 * pA, f[0] * Hz, f[1] * Hz, 100 * ms, 900 * ms, kind=kind))
    t = np.linspace(100.0, 899.0, 4000)
    share = (t - 100.0) / 800.0
    momentary = f[0] + (f[1] - f[0]) * share if kind == "linear" else f[0] * (f[1] / f[0]) ** share
    # The phase is the integral of the frequency, here by Simpson's rule on every second point.
    x, y = t - 100.0, momentary / 1000.0
    pieces = (y[:-2:2] + 4 * y[1:-1:2] + y[2::2]) * (x[1] - x[0]) / 3
    phase = 2 * np.pi * np.concatenate([[0.0], np.cumsum(pieces)])
    assert np.allclose(table.value(t[: 2 * phase.size : 2]), np.sin(phase), rtol=0, atol=1e-6)
    assert table.value([99.9, 900.0]).tolist() == [0.0, 0.0]


def test_each_neuron_can_have_its_own_frequency():
    table = lowered(sine(1 * pA, [1, 2, 4] * Hz, start=[0, 10, 0] * ms), n=3)
    t = np.array([5.0, 333.0])
    expected = np.sin(2 * np.pi * np.array([1, 2, 4]) * (t[:, None] - [0, 10, 0]) / 1000)
    expected[0, 1] = 0.0
    assert np.allclose(table.value(t, [0, 1, 2]), expected, rtol=0, atol=1e-13)


def test_a_slow_sine_far_from_its_start_keeps_its_phase():
    table = lowered(sine(1 * pA, 1 * Hz, start=0 * ms), t_start=1e7, duration=1000.0)
    assert table.value(250.0) == pytest.approx(1.0, abs=1e-9)
