"""Stimuli as values: they add in either order, scale, read as written and stay as made."""

import numpy as np
import pytest

from excitable.errors import StimulusError, UnitError
from excitable.stimuli import Stimulus, lower, pulses, sine, step, trace
from excitable.units import CURRENT, Hz, ms, mV, nA, pA


def value(stimulus, t=50.0, n=1):
    return lower(stimulus, CURRENT, n, duration=100.0, dt=0.1, owner="LIF.I").value(t, np.arange(n))


ON = step(5 * pA, start=10 * ms, stop=90 * ms)


def test_quantities_add_from_either_side():
    cases = [100 * pA + ON, ON + 100 * pA, 0.1 * nA + ON, ON + "100 pA", "100 pA" + ON]
    for total in cases:
        assert isinstance(total, Stimulus)
        assert value(total).tolist() == [105.0]
    assert value(100 * pA - ON).tolist() == [95.0]
    assert value(ON - 100 * pA).tolist() == [-95.0]
    assert value([1, 2] * pA + ON, n=2).tolist() == [6.0, 7.0]
    assert value(ON + [1, 2] * pA, n=2).tolist() == [6.0, 7.0]


def test_quantities_of_another_registry_add_too():
    import pint

    other = pint.UnitRegistry()
    assert value(100 * other.pA + ON).tolist() == [105.0]
    assert value(ON + 0.1 * other.nA).tolist() == [105.0]


def test_numbers_scale():
    for half in (ON / 2, 0.5 * ON, ON * 0.5, np.float64(0.5) * ON, ON * np.float64(0.5)):
        assert value(half).tolist() == [2.5]
    assert value(-ON).tolist() == [-5.0]
    assert value(+ON).tolist() == [5.0]
    with pytest.raises(StimulusError, match="scaled by one bare number"):
        np.array([1.0, 2.0]) * ON


def test_sum_of_a_list():
    assert value(sum([ON, ON, ON])).tolist() == [15.0]
    assert value(Stimulus()).tolist() == [0.0]


def test_what_is_not_a_quantity_does_not_add():
    with pytest.raises(TypeError):
        ON + object()
    with pytest.raises(UnitError):
        ON + 5


def test_it_reads_as_written():
    assert repr(2 * ON - 3 * pA) == "2*step(5 pA, start=10 ms, stop=90 ms) - 3 pA"
    assert repr(-ON) == "-step(5 pA, start=10 ms, stop=90 ms)"
    assert repr(step([1, 2] * nA)) == "step(<2 values, 1 to 2 nA>)"
    assert repr(sine(1 * pA, 5 * Hz)) == "sine(1 pA, frequency=5 Hz)"
    long = trace(np.ones((5, 2)) * pA, 0.1 * ms, start=3 * ms, hold="linear")
    assert repr(long) == "trace(<5 x 2 values in pA>, dt=0.1 ms, start=3 ms, hold='linear')"
    assert repr(pulses(1 * pA, 0 * ms, 1 * ms, 5 * ms, n=3)).endswith("period=5 ms, n=3)")


def test_it_does_not_change():
    amplitudes = np.array([1.0, 2.0])
    stimulus = step(amplitudes * pA)
    amplitudes[0] = 9.0
    assert value(stimulus, n=2).tolist() == [1.0, 2.0]
    with pytest.raises(AttributeError, match="fixed"):
        stimulus.size = 3  # pyright: ignore


def test_it_knows_what_it_is_for():
    assert ON.dimension == CURRENT
    assert ON.size is None
    assert (ON + [1, 2] * pA).size == 2
    assert trace(np.ones((5, 3)) * pA, 1 * ms).size == 3
    with pytest.raises(UnitError, match="voltage"):
        value(step(1 * mV))
