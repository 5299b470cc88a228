"""Statistics of intervals and counts, against their definitions written out."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from excitable import trains
from excitable.errors import ParameterError, UndefinedStatisticError, UnitError
from excitable.recording import Spikes, SpikeTrain
from excitable.units import Hz, ms, mV, second

TIMES = st.lists(st.integers(0, 4000), min_size=3, max_size=40, unique=True).map(
    lambda whole: [0.25 * k for k in sorted(whole)]
)


def train_of(times, stop=1000.0):
    return SpikeTrain(times * ms, 0 * ms, stop * ms)


@given(times=TIMES)
@settings(deadline=None)
def test_irregularities_as_they_are_defined(times):
    train, gaps = train_of(times), [b - a for a, b in itertools.pairwise(times)]
    mean = sum(gaps) / len(gaps)
    spread = (sum((g - mean) ** 2 for g in gaps) / len(gaps)) ** 0.5
    assert train.cv() == pytest.approx(spread / mean, rel=1e-12, abs=1e-12)
    pairs = list(itertools.pairwise(gaps))
    cv2 = sum(2 * abs(b - a) / (a + b) for a, b in pairs) / len(pairs)
    lv = 3 * sum(((a - b) / (a + b)) ** 2 for a, b in pairs) / len(pairs)
    assert train.cv2() == pytest.approx(cv2, rel=1e-12, abs=1e-12)
    assert train.lv() == pytest.approx(lv, rel=1e-12, abs=1e-12)


@given(times=TIMES, bin=st.sampled_from([0.25, 1.0, 7.5, 300.0]))
@settings(deadline=None)
def test_the_histogram_of_intervals_counts_each_once(times, bin):
    histogram = train_of(times).isi_histogram(bin * ms)
    edges = histogram.edges.magnitude
    gaps = np.diff(times)
    for k, count in enumerate(histogram.counts):
        assert count == np.sum((gaps >= k * bin) & (gaps < (k + 1) * bin))
    assert histogram.counts.sum() == gaps.size
    area = np.sum(histogram.density.to(1 / ms).magnitude * np.diff(edges))
    assert area == pytest.approx(1.0)


def test_an_interval_on_an_edge_counts_above_it_in_spite_of_rounding():
    counts = train_of(np.arange(40) * 0.1 + 0.3).isi_histogram(0.1 * ms).counts
    assert counts.tolist() == [0, 39]


def test_longer_intervals_than_asked_for_are_left_out():
    histogram = train_of([0, 10, 15, 100]).isi_histogram(5 * ms, stop=12 * ms)
    assert histogram.edges.magnitude.tolist() == [0, 5, 10, 15]
    assert histogram.counts.tolist() == [0, 1, 1]


@given(times=TIMES, bin=st.sampled_from([0.25, 10.0, 33.0, 1000.0, 5000.0]))
@settings(deadline=None)
def test_a_psth_counts_each_spike_once(times, bin):
    psth = train_of(times).psth(bin * ms)
    edges = psth.edges.magnitude
    assert edges[0] == 0.0
    assert edges[-1] == 1000.0
    assert psth.counts.tolist() == np.histogram(times, edges)[0].tolist()
    widths = np.diff(edges)
    assert (widths > 0).all()
    assert np.allclose(psth.rate.to(1 / ms).magnitude * widths, psth.counts)


def test_trials_are_averaged():
    trials = Spikes.from_trains([train_of([5, 15, 995]), train_of([5]), train_of([])])
    psth = trials.psth(10 * ms)
    assert psth.trials == 3
    assert psth.counts[:2].tolist() == [2, 1]
    assert psth.rate[0].to(Hz).magnitude == pytest.approx(1000 * 2 / 3 / 10)


@given(times=TIMES, width=st.sampled_from([10.0, 33.0, 100.0, 500.0]))
@settings(deadline=None)
def test_the_fano_factor_as_it_is_defined(times, width):
    whole = int(1000 // width)
    counts = [sum(k * width <= t < (k + 1) * width for t in times) for k in range(whole)]
    train = train_of(times)
    if not any(counts):
        with pytest.raises(UndefinedStatisticError):
            train.fano(width * ms)
        return
    expected = np.var(counts, ddof=1) / np.mean(counts)
    assert train.fano(width * ms) == pytest.approx(expected, rel=1e-12, abs=1e-12)
    several = train.fano([width, 100.0] * ms)
    assert several.shape == (2,)
    assert several[0] == train.fano(width * ms)


def test_the_fano_factor_over_trials_takes_the_windows_of_all():
    rows = [[10, 20, 150], [], [60, 90, 190, 195]]
    trials = Spikes.from_trains([train_of(row, stop=250.0) for row in rows])
    counts = [2, 1, 0, 0, 2, 2]
    assert trials.fano(100 * ms) == pytest.approx(np.var(counts, ddof=1) / np.mean(counts))


def test_grid_times_fall_into_their_own_window():
    train = SpikeTrain(np.arange(300) * 0.1 * ms, 0 * ms, 30 * ms)
    assert train.fano([0.1, 0.3, 0.7] * ms) == pytest.approx(np.zeros(3), abs=1e-15)


def test_closed_forms_of_renewal_trains():
    train = trains.gamma(100 * Hz, 3000 * second, shape=4, seed=3)
    n = train.count
    # Variance of the CV of gamma intervals to first order is below that of a Poisson train, 1/n.
    assert abs(train.cv() - 0.5) < 3 / np.sqrt(n)
    # For gamma intervals of shape k, LV = 3/(2k + 1) and CV2 is a ratio of gamma functions.
    assert abs(train.lv() - 3 / 9) < 3 / np.sqrt(n)
    assert abs(train.cv2() - 2 * 35 / 128) < 3 / np.sqrt(n)


EMPTY, ONE, TWO = (SpikeTrain(times * ms, 0 * ms, 100 * ms) for times in ([], [5], [5, 9]))
TOGETHER = SpikeTrain([5, 5, 5] * ms, 0 * ms, 100 * ms)


@pytest.mark.parametrize("train", [EMPTY, ONE, TWO, TOGETHER])
@pytest.mark.parametrize("method", ["cv", "cv2", "lv"])
def test_no_irregularity_of_too_few_intervals(train, method):
    with pytest.raises(UndefinedStatisticError, match="does not exist"):
        getattr(train, method)()


def test_neutral_results_of_trains_without_spikes():
    assert EMPTY.rate().magnitude == 0.0
    assert EMPTY.isi().size == 0
    assert EMPTY.isi_histogram(1 * ms).counts.tolist() == [0]
    assert ONE.isi_histogram(1 * ms, stop=3 * ms).density.magnitude.tolist() == [0.0, 0.0, 0.0]
    assert EMPTY.psth(50 * ms).rate.magnitude.tolist() == [0.0, 0.0]
    with pytest.raises(UndefinedStatisticError, match="windows without a spike"):
        EMPTY.fano(10 * ms)
    with pytest.raises(UndefinedStatisticError, match="1 window of 100 ms"):
        ONE.fano(100 * ms)
    with pytest.raises(UndefinedStatisticError, match="no trials"):
        Spikes(np.empty(0), np.array([0]), start=0.0, stop=10.0).psth(1 * ms)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: TWO.psth(0 * ms), ParameterError),
        (lambda: TWO.psth(np.nan * ms), ParameterError),
        (lambda: TWO.psth(5), UnitError),
        (lambda: TWO.psth([1, 2] * ms), ParameterError),
        (lambda: TWO.psth(5 * mV), UnitError),
        (lambda: SpikeTrain([] * ms).psth(5 * ms), ParameterError),
        (lambda: TWO.fano([10, -1] * ms), ParameterError),
        (lambda: TWO.isi_histogram(-1 * ms), ParameterError),
        (lambda: TWO.isi_histogram(1 * ms, stop=0 * ms), ParameterError),
    ],
)
def test_what_is_refused(call, error):
    with pytest.raises(error) as caught:
        call()
    assert not isinstance(caught.value, UndefinedStatisticError)


def test_trains_are_cut_to_a_window_and_around_events():
    train = train_of([10, 20, 30, 500])
    assert train.between(20 * ms, 30 * ms) == SpikeTrain([20, 30] * ms, 20 * ms, 30 * ms)
    assert train.between(0 * ms, 0 * ms).count == 0
    trials = train.around([490, 15] * ms, before=10 * ms, after=15 * ms)
    assert [trial.times_ms.tolist() for trial in trials] == [[-5.0, 5.0, 15.0], [10.0]]
    assert (trials.start, trials.stop) == (-10 * ms, 15 * ms)
    assert trials.psth(25 * ms).counts.tolist() == [4]
    for call in (
        lambda: train.between(-1 * ms, 5 * ms),
        lambda: train.between(5 * ms, 1 * ms),
        lambda: train.around([995] * ms, after=10 * ms),
        lambda: train.around([np.nan] * ms),
        lambda: train.around([50] * ms, after=0 * ms),
        lambda: train.around([50] * ms, before=-5 * ms),
    ):
        with pytest.raises(ParameterError):
            call()
