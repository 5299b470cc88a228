"""Convolutions, correlograms, spectra and averages, against sums written out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import excitable as ex
from excitable import kernels, trains
from excitable.errors import ParameterError, UndefinedStatisticError, UnitError
from excitable.recording import SpikeTrain
from excitable.units import Hz, kHz, ms, mV, pA, second

FEW = st.lists(st.integers(0, 400).map(lambda k: 0.25 * k), max_size=8, unique=True).map(sorted)
SHAPES = [
    *(kernels.gamma(n, 3.7 * ms) for n in range(7)),
    kernels.gaussian(2.9 * ms),
    kernels.boxcar(5 * ms),
    kernels.Kernel(lambda s: 2 * mV * s / (7 * ms), -2 * ms, 7 * ms, "own"),
]


def train_of(times, stop=100.0):
    return SpikeTrain(times * ms, 0 * ms, stop * ms)


@pytest.mark.parametrize("kernel", SHAPES, ids=str)
def test_a_convolution_is_the_sum_of_the_kernel_over_the_spikes(kernel):
    rng = np.random.default_rng(1)
    times = np.sort(rng.uniform(0, 1000, 200))
    at = np.concatenate([rng.uniform(-50, 1100, 500), times])
    curve = train_of(times, 1000.0).convolve(kernel)
    values, unit = kernel.at(at[:, None] - times[None, :])
    expected = ex.units.attach(values.sum(axis=1), unit).magnitude
    assert np.allclose(curve(at * ms).magnitude, expected, rtol=1e-12, atol=1e-12 * expected.max())
    assert str(curve(1 * ms).units) == str(kernel(1 * ms).units)


@given(times=FEW, n=st.integers(0, 6), tau=st.sampled_from([0.05, 3.0, 1e4]))
@settings(max_examples=40, deadline=None)
def test_recursion_over_the_spikes_loses_nothing(times, n, tau):
    kernel = kernels.gamma(n, tau * ms)
    at = np.linspace(-5, 120, 60)
    values, _ = kernel.at(at[:, None] - np.array(times)[None, :])
    found = train_of(times).convolve(kernel)(at * ms).to(1 / ms).magnitude
    # A kernel ends where it is below rounding; the recursion goes on.
    assert np.allclose(found, values.sum(axis=1), rtol=1e-11, atol=1e-13 / tau)


def test_samples_are_exact_whatever_their_interval():
    train = train_of([3.14159, 50.5])
    kernel = kernels.exponential(5 * ms)
    coarse, fine = train.convolve(kernel, dt=10 * ms), train.convolve(kernel, dt=0.1 * ms)
    assert coarse.t.magnitude.tolist() == [10.0 * k for k in range(11)]
    assert np.allclose(coarse.values.magnitude, fine.values.magnitude[::100], rtol=1e-13)
    assert fine(3.14159 * ms).to(1 / ms).magnitude == pytest.approx(0.2)
    assert fine(np.nextafter(3.14159, 0) * ms).magnitude == 0.0


def test_the_area_of_a_convolution_is_the_number_of_spikes():
    train = train_of([10, 20, 35])
    curve = train.convolve(kernels.gaussian(2 * ms), dt=0.01 * ms)
    area = np.trapezoid(curve.values.to(1 / ms).magnitude, curve.t_ms)
    assert area == pytest.approx(3.0, abs=1e-5)


def test_a_rate_curve_does_not_sag_at_the_ends():
    train = trains.regular(100 * Hz, 1 * second, phase=0.5)
    for kernel in (kernels.gaussian(50 * ms), 100 * ms, "100 ms"):
        rate = train.rate_curve(kernel, dt=10 * ms).values.magnitude
        assert np.abs(rate - 100.0).max() < 2.0
    assert train.convolve(kernels.gaussian(50 * ms))(0 * ms).magnitude < 60


def test_an_empty_train_gives_curves_of_zero():
    empty = train_of([])
    for kernel in SHAPES:
        assert not empty.convolve(kernel, dt=10 * ms).values.magnitude.any()
    assert not empty.rate_curve(20 * ms).values.magnitude.any()
    assert not empty.autocorrelogram().counts.any()
    assert not empty.cross_correlogram(train_of([5])).rate.magnitude.any()
    assert not empty.power_spectrum(100 * Hz, resolution=10 * Hz).power.magnitude.any()


@given(a=FEW, b=FEW)
@settings(max_examples=60, deadline=None)
def test_correlograms_count_all_pairs(a, b):
    width, steps = 0.5, 12
    cross = train_of(a).cross_correlogram(train_of(b), width * ms, steps * width * ms)
    auto = train_of(a).autocorrelogram(width * ms, steps * width * ms)
    for k, lag in enumerate(cross.lags.magnitude):
        low, high = lag - width / 2, lag + width / 2
        assert cross.counts[k] == sum(low <= u - t < high for t in a for u in b)
        assert auto.counts[k] == sum(
            low <= a[j] - a[i] < high for i in range(len(a)) for j in range(len(a)) if i != j
        )


def test_correlograms_of_independent_trains_are_flat():
    a, b = (trains.poisson(50 * Hz, 2000 * second, seed=seed) for seed in (1, 2))
    for gram, own in ((a.cross_correlogram(b), b), (a.autocorrelogram(), a)):
        deviation = (gram.counts - gram.expected) / np.sqrt(gram.expected)
        assert np.abs(deviation).max() < 4.5
        assert abs(np.mean(deviation)) < 0.5
        middle = gram.counts.size // 2
        rates = np.delete(gram.rate.magnitude, middle)
        assert rates.mean() == pytest.approx(own.count / 2000, rel=0.01)
        assert gram.mean_rate.magnitude == pytest.approx(own.count / 2000)


def test_a_power_spectrum_is_the_sum_over_the_spikes_themselves():
    rng = np.random.default_rng(2)
    times = np.sort(rng.uniform(0, 1000, 300))
    spectrum = train_of(times, 1037.0).power_spectrum(800 * Hz, resolution=4 * Hz)
    assert spectrum.segments == 4
    frequency = spectrum.frequency.to(1 / ms).magnitude
    expected = np.zeros(frequency.size)
    for k in range(4):
        inside = times[(times >= 250 * k) & (times < 250 * (k + 1))] - 250 * k
        sums = np.exp(-2j * np.pi * frequency[:, None] * inside[None, :]).sum(axis=1)
        expected += np.abs(sums) ** 2 / 250 / 4
    found = spectrum.power.to(1 / ms).magnitude
    assert np.abs(found - expected).max() < 1e-9 * expected.max()


def test_the_power_of_a_renewal_train_is_that_of_its_intervals():
    shape, rate = 3.0, 50.0
    train = trains.gamma(rate * Hz, 2000 * second, shape=shape, seed=6)
    spectrum = train.power_spectrum(200 * Hz, resolution=2 * Hz)
    frequency = spectrum.frequency.magnitude
    transform = (1 + 2j * np.pi * frequency / (shape * rate)) ** -shape
    expected = rate * (1 - np.abs(transform) ** 2) / np.abs(1 - transform) ** 2
    deviation = (spectrum.power.magnitude - expected) / spectrum.error.magnitude
    assert np.abs(deviation).max() < 4.5
    assert np.sqrt(np.mean(deviation**2)) == pytest.approx(1.0, abs=0.25)


def test_the_spike_triggered_average_is_the_mean_around_the_spikes():
    rng = np.random.default_rng(3)
    signal = rng.normal(size=2000)
    times = np.sort(rng.uniform(0, 200, 80))
    train = train_of(times, 200.0)
    found = train.spike_triggered_average(signal * pA, 0.1 * ms, before=5 * ms, after=3 * ms)
    whole = [t for t in times if t - 5 >= 0 and t + 3 <= 199.9]
    assert found.count == len(whole)
    grid = 0.1 * np.arange(2000)
    lags = 0.1 * np.arange(-50, 31)
    expected = np.mean([np.interp(t + lags, grid, signal) for t in whole], axis=0)
    assert np.allclose(found.lags.magnitude, lags)
    assert np.allclose(found.mean.magnitude, expected, atol=1e-11)
    assert found.mean.units == pA.units
    few = train_of(whole[:3], 200.0)
    found = few.spike_triggered_average(signal * pA, 0.1 * ms, before=5 * ms, after=3 * ms)
    expected = np.mean([np.interp(t + lags, grid, signal) for t in whole[:3]], axis=0)
    assert np.allclose(found.mean.magnitude, expected, atol=1e-11)


def test_a_spike_at_the_last_sample_it_needs_counts():
    signal = np.arange(11.0) * pA
    found = SpikeTrain([10, 5] * ms).spike_triggered_average(
        signal, 1 * ms, before=1 * ms, after=1 * ms
    )
    assert (found.count, found.mean.magnitude.tolist()) == (1, [4.0, 5.0, 6.0])
    found = SpikeTrain([9] * ms).spike_triggered_average(
        signal, 1 * ms, before=1 * ms, after=1 * ms, start=0 * ms
    )
    assert found.mean.magnitude.tolist() == [8.0, 9.0, 10.0]


def test_a_model_s_spikes_follow_its_input():
    noise = ex.ornstein_uhlenbeck(150 * pA, 100 * pA, 5 * ms, dt=0.1 * ms, seed=1)
    run = ex.simulate(ex.LIF, 2 * second, I=noise)
    average = run.spikes[0].spike_triggered_average(run.input("I"), 0.1 * ms)
    at_spike = np.argmin(np.abs(average.lags.magnitude))
    assert average.mean[at_spike] > average.mean[0] + 50 * pA


def test_vector_strength_and_phase():
    rng = np.random.default_rng(4)
    cycles = 0.3 + 0.05 * rng.normal(size=4000) + np.arange(4000)
    train = SpikeTrain(cycles / 0.5 * ms)
    locking = train.phase_locking(500 * Hz)
    assert locking.vector_strength == pytest.approx(np.exp(-2 * (np.pi * 0.05) ** 2), abs=0.005)
    assert locking.phase == pytest.approx(0.3, abs=0.005)
    assert locking.p_value < 1e-12
    assert locking.phases.size == 4000
    strengths = train.vector_strength([0.5, 0.123] * kHz)
    assert strengths[0] == train.vector_strength(500 * Hz) == locking.vector_strength
    assert strengths[1] < 3 / np.sqrt(4000)


def test_chance_locking_is_as_likely_as_it_says():
    rng = np.random.default_rng(5)
    chances = [
        SpikeTrain(np.sort(rng.uniform(0, 1e4, 30)) * ms).phase_locking(40 * Hz).p_value
        for _ in range(400)
    ]
    assert np.abs(np.quantile(chances, [0.1, 0.5, 0.9]) - [0.1, 0.5, 0.9]).max() < 0.08


TRAIN = train_of([10, 50])


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: TRAIN.convolve(lambda s: s), ParameterError),
        (lambda: TRAIN.convolve(kernels.boxcar(1 * ms), dt=0 * ms), ParameterError),
        (lambda: TRAIN.rate_curve(-1 * ms), ParameterError),
        (lambda: TRAIN.rate_curve(SHAPES[-1]), ParameterError),
        (lambda: SpikeTrain([] * ms).rate_curve(10 * ms), ParameterError),
        (lambda: TRAIN.autocorrelogram(0 * ms), ParameterError),
        (lambda: TRAIN.autocorrelogram(5 * ms, 1 * ms), ParameterError),
        (lambda: TRAIN.cross_correlogram(train_of([1], 50)), ParameterError),
        (lambda: TRAIN.power_spectrum(0 * Hz), ParameterError),
        (lambda: TRAIN.power_spectrum(100 * Hz, resolution=1 * Hz), ParameterError),
        (lambda: TRAIN.power_spectrum(5 * Hz, resolution=10 * Hz), ParameterError),
        (lambda: TRAIN.power_spectrum([5, 6] * Hz), ParameterError),
        (lambda: TRAIN.spike_triggered_average([1, np.nan] * pA, 1 * ms), ParameterError),
        (lambda: TRAIN.spike_triggered_average([[1, 2]] * pA, 1 * ms), ParameterError),
        (lambda: TRAIN.spike_triggered_average([1, 2] * pA, 1), UnitError),
        (lambda: TRAIN.vector_strength(-1 * Hz), ParameterError),
        (lambda: TRAIN.phase_locking([1, 2] * Hz), ParameterError),
    ],
)
def test_what_is_refused(call, error):
    with pytest.raises(error) as caught:
        call()
    assert not isinstance(caught.value, UndefinedStatisticError)


def test_averages_over_no_spikes_do_not_exist():
    for call in (
        lambda: train_of([]).vector_strength(10 * Hz),
        lambda: train_of([]).phase_locking(10 * Hz),
        lambda: TRAIN.spike_triggered_average(np.ones(20) * pA, 1 * ms),
    ):
        with pytest.raises(UndefinedStatisticError):
            call()
