"""Trains made by rule: rates, intervals and windows, against closed forms."""

import itertools

import numpy as np
import pytest
from scipy import stats

import excitable as ex
from excitable import trains
from excitable.errors import ExcitableWarning, ParameterError, UnitError
from excitable.recording import Spikes, SpikeTrain
from excitable.units import Hz, ms, mV, pA, second

LONG = 2000 * second


def modulated(t):
    """50 Hz on average, swinging at 5 Hz."""
    return 50 * Hz * (1 + 0.8 * np.sin(2 * np.pi * 0.005 * t.to(ms).magnitude))


def rate_at(t):
    return 50 * (1 + 0.8 * np.sin(2 * np.pi * 0.005 * t))


@pytest.mark.parametrize(
    ("make", "distribution"),
    [
        (lambda: trains.poisson(80 * Hz, LONG, seed=1), stats.expon(scale=12.5)),
        (
            lambda: trains.poisson(80 * Hz, LONG, seed=2, dead_time=5 * ms),
            stats.expon(loc=5, scale=12.5 - 5),
        ),
        (lambda: trains.gamma(80 * Hz, LONG, shape=0.5, seed=3), stats.gamma(0.5, scale=25.0)),
        (lambda: trains.gamma(80 * Hz, LONG, shape=7, seed=4), stats.gamma(7, scale=12.5 / 7)),
    ],
)
def test_intervals_have_their_distribution_and_are_independent(make, distribution):
    train = make()
    gaps = np.diff(train.times_ms)
    assert stats.kstest(gaps, distribution.cdf).pvalue > 1e-3
    spread = 80e-3 * 2e6 * distribution.var() / distribution.mean() ** 2
    assert abs(train.count - 160_000) < 4 * np.sqrt(spread)
    assert abs(np.corrcoef(gaps[:-1], gaps[1:])[0, 1]) < 4 / np.sqrt(gaps.size)


@pytest.mark.parametrize(
    "make",
    [
        lambda n: trains.poisson(100 * Hz, 20 * ms, dead_time=8 * ms, n=n, seed=5),
        lambda n: trains.gamma(100 * Hz, 20 * ms, shape=9, n=n, seed=6),
        lambda n: trains.poisson(
            lambda t: np.full(t.shape, 100) * Hz, 20 * ms, dead_time=8 * ms, n=n, seed=7
        ),
    ],
)
def test_trains_are_in_equilibrium_from_the_start(make):
    counts = make(20_000).psth(2 * ms).counts
    assert np.abs(counts - 4000).max() < 4.5 * np.sqrt(4000)


@pytest.mark.parametrize("dead_time", [None, 2 * ms, 8 * ms])
def test_the_realised_rate_follows_the_one_asked_for(dead_time):
    made = trains.poisson(modulated, 400 * ms, dead_time=dead_time, n=4000, seed=8)
    psth = made.psth(10 * ms)
    edges = psth.edges.magnitude
    middles = [rate_at(np.linspace(a, b, 201)).mean() for a, b in itertools.pairwise(edges)]
    expected = 4.0 * np.diff(edges) * middles
    assert np.abs((psth.counts - expected) / np.sqrt(expected)).max() < 4.0
    if dead_time is not None:
        assert min(np.diff(train.times_ms).min() for train in made if train.count > 1) >= float(
            dead_time.magnitude
        )


def test_a_rate_that_changes_may_be_a_stimulus():
    rate = ex.step(60 * Hz, start=100 * ms, stop=300 * ms) + ex.step(10 * Hz)
    made = trains.poisson(rate, 400 * ms, n=2000, seed=9)
    counts = made.psth(100 * ms).counts
    expected = np.array([2000, 14_000, 14_000, 2000])
    assert np.abs((counts - expected) / np.sqrt(expected)).max() < 4
    wave = ex.step(50 * Hz) + ex.sine(40 * Hz, 5 * Hz)
    counts = trains.poisson(wave, 200 * ms, n=2000, seed=10).psth(100 * ms).counts
    swing = 40 * 2 / np.pi
    expected = 200 * np.array([50 + swing, 50 - swing])
    assert np.abs((counts - expected) / np.sqrt(expected)).max() < 4


def test_trains_from_a_histogram_have_its_rate_and_window():
    source = trains.poisson(modulated, 400 * ms, n=300, start=50 * ms, seed=11)
    psth = source.psth(20 * ms)
    made = trains.from_psth(psth, n=3000, seed=12, dead_time=1 * ms)
    assert (made.start, made.stop) == (50 * ms, 450 * ms)
    expected = psth.rate.to(1 / ms).magnitude * 20 * 3000
    assert np.abs((made.psth(20 * ms).counts - expected) / np.sqrt(expected)).max() < 4.5


def test_a_peak_between_the_samples_is_noticed():
    def narrow(t):
        return np.where(np.abs(t.to(ms).magnitude - 500.03) < 0.02, 1e6, 1e3) * Hz

    with pytest.raises(ParameterError, match="above the maximum"):
        trains.poisson(narrow, 1 * second, maximum=2000 * Hz, n=400)
    assert trains.poisson(narrow, 1 * second, maximum=1e6 * Hz).count > 500


def test_regular_and_jittered_trains():
    train = trains.regular(50 * Hz, 1 * second)
    assert train.times_ms.tolist() == [20.0 * k for k in range(50)]
    assert trains.regular(1000 / 0.3 * Hz, 30 * ms).count == 100
    several = trains.regular([0, 10, 20] * Hz, 1 * second, phase=0.5, start=1 * second)
    assert several.counts().tolist() == [0, 10, 20]
    assert several[1].times_ms[0] == 1050.0
    made = trains.jittered(100 * Hz, LONG, jitter=1 * ms, seed=1)
    assert abs(made.count - 200_000) <= 5
    cycles = made.times_ms / 10
    assert np.std((cycles + 0.5) % 1 - 0.5) * 10 == pytest.approx(1.0, rel=0.01)
    ends = trains.jittered(100 * Hz, 100 * ms, jitter=30 * ms, n=4000).psth(10 * ms).counts
    assert np.abs(ends - 4000).max() < 4.5 * np.sqrt(4000)


def test_a_given_train_is_displaced_within_its_window():
    source = trains.poisson(50 * Hz, 1 * second, start=200 * ms, seed=1)
    made = trains.jittered(source, jitter=5 * ms, n=50, seed=2)
    assert (made.start, made.stop) == (200 * ms, 1200 * ms)
    assert set(made.counts()) == {source.count}
    moved = made.grouped_ms.reshape(50, -1) - source.times_ms
    assert 3.5 < moved.std() < 5.5
    far = trains.jittered(source, jitter=5000 * ms)
    assert far.count == source.count
    assert 200 <= far.times_ms.min() <= far.times_ms.max() <= 1200


GENERATORS = [
    lambda **more: trains.poisson(40 * Hz, 2 * second, **more),
    lambda **more: trains.poisson(40 * Hz, 2 * second, dead_time=3 * ms, **more),
    lambda **more: trains.poisson(modulated, 2 * second, dead_time=3 * ms, **more),
    lambda **more: trains.gamma(40 * Hz, 2 * second, shape=3, **more),
    lambda **more: trains.jittered(40 * Hz, 2 * second, jitter=5 * ms, **more),
    lambda **more: trains.bernoulli(40 * Hz, 2 * second, 1 * ms, **more),
]


@pytest.mark.parametrize("make", GENERATORS)
def test_a_seed_is_a_train_whatever_the_number_of_trains(make):
    assert make(seed=3) == make(seed=3)
    assert make(seed=3) != make(seed=4)
    several = make(seed=3, n=5)
    assert several[0] == make(seed=3)
    assert len(several) == 5
    assert several[0] != several[1]
    assert make(seed=3, n=9)[4] == several[4]


@pytest.mark.parametrize("make", GENERATORS)
def test_the_window_can_begin_anywhere(make):
    train = make(seed=3, start=-500 * ms)
    assert (train.start, train.stop) == (-500 * ms, 1500 * ms)
    assert train.times_ms.min() >= -500
    assert train.times_ms.max() < 1500
    assert (np.diff(train.times_ms) >= 0).all()


def test_an_array_of_rates_makes_a_train_each():
    made = trains.poisson([0, 10, 100] * Hz, 100 * second, seed=1)
    assert isinstance(made, Spikes)
    assert made.counts()[0] == 0
    assert made.counts()[1:].tolist() == pytest.approx([1000, 10_000], rel=0.15)
    assert trains.poisson(0 * Hz, 1 * second).count == 0
    assert isinstance(trains.poisson(5 * Hz, 1 * second), SpikeTrain)


def test_thinning_a_rate_of_zero_gives_no_spikes():
    assert trains.poisson(lambda t: 0 * Hz, 1 * second).count == 0
    empty = SpikeTrain([] * ms, 0 * ms, 1000 * ms)
    assert trains.from_psth(empty.psth(10 * ms), n=3).count == 0


def test_the_bin_generator_warns_and_refuses():
    with pytest.warns(ExcitableWarning, match="the Fano factor is 0.8"):
        trains.bernoulli(200 * Hz, 1 * second, 1 * ms)
    with pytest.raises(ParameterError, match=r"trains\.poisson"):
        trains.bernoulli(1000 * Hz, 1 * second, 1 * ms)
    train = trains.bernoulli(50 * Hz, 1 * second, 0.5 * ms)
    assert np.allclose(train.times_ms % 0.5, 0.0)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: trains.poisson(10, 1 * second), UnitError),
        (lambda: trains.poisson(10 * mV, 1 * second), UnitError),
        (lambda: trains.poisson(-1 * Hz, 1 * second), ParameterError),
        (lambda: trains.poisson(np.nan * Hz, 1 * second), ParameterError),
        (lambda: trains.poisson([[1, 2]] * Hz, 1 * second), ParameterError),
        (lambda: trains.poisson(10 * Hz, 0 * ms), ParameterError),
        (lambda: trains.poisson(10 * Hz, np.inf * ms), ParameterError),
        (lambda: trains.poisson(10 * Hz, 1 * second, seed=-1), ParameterError),
        (lambda: trains.poisson(10 * Hz, 1 * second, seed=1.5), ParameterError),
        (lambda: trains.poisson(10 * Hz, 1 * second, n=0), ParameterError),
        (lambda: trains.poisson([1, 2] * Hz, 1 * second, n=3), ParameterError),
        (lambda: trains.poisson(10 * Hz, 1 * second, start=np.nan * ms), ParameterError),
        (lambda: trains.poisson(10 * Hz, 1 * second, dead_time=-1 * ms), ParameterError),
        (lambda: trains.poisson(10 * Hz, 1 * second, dead_time=100 * ms), ParameterError),
        (lambda: trains.poisson(modulated, 1 * second, dead_time=20 * ms), ParameterError),
        (lambda: trains.poisson(modulated, 1 * second, maximum=60 * Hz), ParameterError),
        (lambda: trains.poisson(10 * Hz, 1 * second, maximum=60 * Hz), ParameterError),
        (lambda: trains.poisson(lambda t: -modulated(t), 1 * second), ParameterError),
        (lambda: trains.poisson(lambda t: t, 1 * second), UnitError),
        (lambda: trains.poisson(lambda t: [1, 2, 3] * Hz, 1 * second), ParameterError),
        (lambda: trains.poisson(ex.step(5 * pA), 1 * second), UnitError),
        (lambda: trains.poisson(ex.step(-5 * Hz), 1 * second), ParameterError),
        (lambda: trains.poisson(ex.step([1, 2] * Hz), 1 * second), ParameterError),
        (
            lambda: trains.poisson(trains.regular(9 * Hz, 1 * second).psth("0.1 s"), 2 * second),
            ParameterError,
        ),
        (lambda: trains.gamma(10 * Hz, 1 * second, shape=0), ParameterError),
        (lambda: trains.gamma(10 * Hz, 1 * second, shape="4"), ParameterError),
        (lambda: trains.regular(10 * Hz, 1 * second, phase=2), ParameterError),
        (lambda: trains.jittered(10 * Hz, jitter=1 * ms), ParameterError),
        (lambda: trains.jittered(10 * Hz, 1 * second, jitter=0 * ms), ParameterError),
        (
            lambda: trains.jittered(trains.regular(9 * Hz, 1 * second), 1 * second, jitter=1 * ms),
            ParameterError,
        ),
        (lambda: trains.from_psth([1, 2]), ParameterError),
        (lambda: trains.bernoulli(10 * Hz, 1 * second, 0 * ms), ParameterError),
    ],
)
def test_what_is_refused(call, error):
    with pytest.raises(error):
        call()
