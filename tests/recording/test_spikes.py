"""Spikes of many neurons."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excitable.errors import ParameterError, UnknownNameError
from excitable.recording import Spikes, SpikeTrain
from excitable.units import ms

TRAINS = st.lists(
    st.lists(st.integers(0, 20).map(float), max_size=6).map(sorted), min_size=1, max_size=5
)


@given(trains=TRAINS)
def test_all_spikes_in_order_of_time_then_neuron(trains):
    spikes = Spikes.from_trains([SpikeTrain(t * ms, stop=20 * ms) for t in trains])
    expected = sorted((t, i) for i, times in enumerate(trains) for t in times)
    assert list(zip(spikes.times_ms, spikes.ids, strict=True)) == expected
    assert spikes.counts().tolist() == [len(times) for times in trains]
    assert spikes.count == len(expected)
    for train, times in zip(spikes, trains, strict=True):
        assert train.times_ms.tolist() == times


def test_one_neuron():
    spikes = Spikes.from_trains([SpikeTrain([1, 3] * ms), SpikeTrain([2, 5, 9] * ms)])
    assert spikes[1] == spikes[-1] == SpikeTrain([2, 5, 9] * ms)
    assert spikes.isi(1).magnitude.tolist() == [3.0, 4.0]
    assert (spikes.start, spikes.stop) == (0 * ms, 9 * ms)
    for neuron in (2, -3):
        with pytest.raises(UnknownNameError, match="the run has 2 neurons"):
            spikes[neuron]


def test_offsets_are_checked():
    for offsets in ([0, 1], [1, 2], [], [[0, 2]]):
        with pytest.raises(ParameterError, match="offsets"):
            Spikes(np.array([1.0, 2.0]), np.array(offsets), start=0.0, stop=3.0)
    with pytest.raises(ParameterError, match="descend"):
        Spikes(np.array([1.0, 2.0]), np.array([0, 2, 1, 2]), start=0.0, stop=3.0)


def test_a_million_spikes_are_made_at_once():
    times = np.sort(np.random.default_rng(1).uniform(0, 1e5, (1000, 1000)), axis=1).ravel()
    offsets = np.arange(1001) * 1000
    begin = time.perf_counter()
    spikes = Spikes(times, offsets, start=0.0, stop=1e5)
    assert time.perf_counter() - begin < 5e-3
    assert spikes.count == 1_000_000
    assert (np.diff(spikes.times_ms) >= 0).all()
