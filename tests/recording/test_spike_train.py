"""Spike trains, simulated or measured."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excitable.errors import ParameterError, UnitError
from excitable.recording import SpikeTrain
from excitable.units import ms, mV, second

TIMES = st.lists(st.floats(-1e4, 1e4), max_size=30)


@given(times=TIMES)
def test_times_are_kept_ascending(times):
    train = SpikeTrain(times * ms, start=-1e4 * ms, stop=1e4 * ms)
    assert train.times_ms.tolist() == sorted(times)
    assert train.count == len(train) == len(times)
    assert train.isi().magnitude.tolist() == np.diff(sorted(times)).tolist()


def test_other_units_are_converted():
    train = SpikeTrain([0.02, 0.01] * second, start=0 * ms, stop="0.1 second")
    assert train.times_ms.tolist() == [10.0, 20.0]
    assert (train.start, train.stop, train.duration) == (0 * ms, 100 * ms, 100 * ms)
    assert list(train) == [10 * ms, 20 * ms]


def test_the_window_ends_with_the_last_spike_if_nothing_is_said():
    assert SpikeTrain([5, 9] * ms).stop == 9 * ms
    assert SpikeTrain([] * ms).stop == 0 * ms


def test_rates_come_from_intervals():
    assert SpikeTrain([10, 30, 50] * ms, stop=1000 * ms).rate().magnitude == 50.0
    assert SpikeTrain([10] * ms, stop=500 * ms).rate().magnitude == 2.0
    assert SpikeTrain([] * ms, stop=500 * ms).rate().magnitude == 0.0
    assert SpikeTrain([] * ms).rate().magnitude == 0.0


def test_equality():
    assert SpikeTrain([1, 2] * ms) == SpikeTrain([2, 1] * ms)
    assert SpikeTrain([1, 2] * ms) != SpikeTrain([1, 2] * ms, stop=3 * ms)
    assert SpikeTrain([1, 2] * ms) != [1, 2]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: SpikeTrain([1, 2]), UnitError),
        (lambda: SpikeTrain([1, 2] * mV), UnitError),
        (lambda: SpikeTrain([1, np.nan] * ms), ParameterError),
        (lambda: SpikeTrain([[1, 2], [3, 4]] * ms), ParameterError),
        (lambda: SpikeTrain([1, 2] * ms, start=1.5 * ms), ParameterError),
        (lambda: SpikeTrain([1, 2] * ms, stop=1.5 * ms), ParameterError),
        (lambda: SpikeTrain([] * ms, start=5 * ms, stop=1 * ms), ParameterError),
        (lambda: SpikeTrain([1] * ms, start=-np.inf * ms), ParameterError),
    ],
)
def test_what_is_refused(call, error):
    with pytest.raises(error):
        call()
