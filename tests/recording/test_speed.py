"""A million spikes in less than a second of CPU time each; 5000 for the quadratic distance."""

import time

import pytest

from excitable import kernels, trains
from excitable.units import Hz, ms, second


@pytest.fixture(scope="module")
def pair():
    return [trains.poisson(100 * Hz, 10_000 * second, seed=seed) for seed in (1, 2)]


STATISTICS = {
    "isi_histogram": lambda a, b: a.isi_histogram(1 * ms),
    "cv": lambda a, b: (a.cv(), a.cv2(), a.lv()),
    "fano": lambda a, b: a.fano([10, 100, 1000, 10_000] * ms),
    "psth": lambda a, b: a.psth(100 * ms),
    "rate_curve": lambda a, b: a.rate_curve(1 * second, dt=100 * ms).values,
    "autocorrelogram": lambda a, b: a.autocorrelogram(1 * ms, 100 * ms),
    "cross_correlogram": lambda a, b: a.cross_correlogram(b, 1 * ms, 50 * ms),
    "power_spectrum": lambda a, b: a.power_spectrum(500 * Hz, resolution=1 * Hz),
    "convolve": lambda a, b: a.convolve(kernels.gamma(1, 10 * ms), dt=10 * ms).values,
    "vector_strength": lambda a, b: a.vector_strength(40 * Hz),
    "van_rossum": lambda a, b: a.van_rossum(b, 10 * ms),
    "gamma_coincidence": lambda a, b: a.gamma_coincidence(b, 1 * ms),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", STATISTICS)
def test_a_million_spikes(pair, name):
    STATISTICS[name](*(train.between(0 * ms, 20 * second) for train in pair))  # loads what it needs
    begin = time.process_time()
    STATISTICS[name](*pair)
    assert time.process_time() - begin < 1.0


@pytest.mark.slow
@pytest.mark.parametrize("q", [0.01, 1.0, 100.0])
def test_victor_and_purpura_of_5000_spikes(pair, q):
    few = [train.between(0 * ms, 50 * second) for train in pair]
    begin = time.process_time()
    few[0].victor_purpura(few[1], q * Hz)
    assert time.process_time() - begin < 1.0
