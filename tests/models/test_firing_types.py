"""The firing types of a textbook's survey, each shown by a preset: what makes it that type."""

import itertools

import numpy as np
import pytest

import excitable as ex
from excitable.models import Golomb, Izhikevich, adex_patterns


def spikes_of(model, duration, stimulus, **options):
    return ex.simulate(model, duration, I=stimulus, record=False, **options).spikes[0].times_ms


def groups_of(times, gap):
    return np.split(times, np.flatnonzero(np.diff(times) > gap) + 1)


def test_fast_spiking_goes_on_at_a_high_rate():
    """A leaky neuron has no memory beyond its reset: every interval is the first."""
    leaky = np.diff(spikes_of(ex.LIF, "500 ms", "600 pA"))
    assert np.ptp(leaky) < 1e-9
    fast = np.diff(spikes_of(Izhikevich.preset("fast spiking"), "500 ms", "10 mV/ms"))
    assert 1e3 / fast[-1] > 100.0
    assert np.ptp(fast[10:]) < 1e-2 * fast[-1]


def test_bursting_repeats_groups():
    times = spikes_of(Izhikevich.preset("chattering"), "500 ms", "10 mV/ms")
    groups = groups_of(times, 20.0)[1:-1]
    gaps = [later[0] - earlier[-1] for earlier, later in itertools.pairwise(groups)]
    assert len(groups) >= 5
    assert min(group.size for group in groups) >= 3
    assert min(gaps) > 5 * max(np.diff(group).max() for group in groups)


def test_stuttering_is_fast_spiking_that_pauses():
    """Unlike in a burst, the intervals in a group are those of tonic firing, and even."""
    times = spikes_of(Golomb.preset("delayed stuttering"), "3 s", "4.1 uA/cm2")
    tonic = np.diff(spikes_of(Golomb.preset("delayed tonic firing"), "3 s", "4.1 uA/cm2"))
    groups = groups_of(times, 100.0)[:-1]
    gaps = np.array([later[0] - earlier[-1] for earlier, later in itertools.pairwise(groups)])
    inner = np.concatenate([np.diff(group) for group in groups])
    assert len(groups) >= 5
    assert inner.max() < 1.5 * inner.min()
    assert inner.mean() == pytest.approx(tonic.mean(), rel=0.25)
    assert gaps.min() > 7 * inner.max()
    assert len({group.size for group in groups}) > 1


def test_adapting_slows_down():
    pattern = adex_patterns["adaptation"]
    intervals = np.diff(spikes_of(pattern.model, "1 s", pattern.stimulus, initial=pattern.initial))
    assert np.all(np.diff(intervals) > -1e-3)
    assert intervals[-1] > 5 * intervals[0]


@pytest.mark.parametrize(
    ("model", "inhibition"),
    [
        (Izhikevich.preset("thalamo-cortical"), ex.pulse("-10 mV/ms", "50 ms", "150 ms")),
        (ex.HodgkinHuxley, ex.pulse("-5 uA/cm2", "50 ms", "150 ms")),
    ],
    ids=lambda part: getattr(part, "name", "inhibition"),
)
def test_post_inhibitory_rebound_fires_when_let_go(model, inhibition):
    times = spikes_of(model, "400 ms", inhibition)
    assert times.size >= 1
    assert 200.0 < times[0] < 220.0
    assert spikes_of(model, "400 ms", 0.0 * inhibition).size == 0


def test_a_leaky_neuron_does_not_rebound():
    assert spikes_of(ex.LIF, "400 ms", ex.pulse("-500 pA", "50 ms", "150 ms")).size == 0
