"""A recorded frozen-noise current, held sample by sample, against DOP853 piece by piece."""

import numpy as np
import pytest

import excitable as ex
from excitable.units import cm, ms, mV, pA, uA

DURATION = 200.0


@pytest.fixture(scope="module")
def noise(shared):
    """A stretch of the current of `gif_l5_frozen_noise` in pA, sampled at 0.1 ms."""
    with np.load(shared / "recordings" / "gif_l5_frozen_noise" / "train_0_12s.npz") as data:
        return np.asarray(data["I_pA"], float)[10_000 : 10_000 + int(DURATION / 0.1)]


def held(samples):
    """The same current as a function of time, and where it jumps."""
    breaks = np.arange(samples.size) * 0.1
    return lambda t: float(samples[min(int(t / 0.1 + 1e-9), samples.size - 1)]), breaks


def test_adex_under_a_recorded_current(noise, reference):
    samples = 3.0 * noise
    cell = reference.adex(281, 30, -70.6, -50.4, 2, 20, -70.6, 0, 4, 80.5, 144)
    current, breaks = held(samples)
    at = np.arange(400) * 0.5
    expected, states = cell.run([-70.6, 0.0], DURATION, current, breaks, at=at)
    run = ex.simulate(
        ex.AdEx, DURATION * ms, record_dt=0.5 * ms, initial={"v": -70.6 * mV, "w": 0 * pA},
        I=ex.trace(samples * pA, 0.1 * ms),
    )  # fmt: skip
    times = run.spikes[0].times_ms
    assert times.size == expected.size >= 3
    assert np.abs(times - expected).max() < 1e-4
    known = np.isfinite(states[:, 1])
    assert np.count_nonzero(~known) <= expected.size
    assert np.abs(run.bare("w")[:400] - states[:, 1])[known].max() < 1e-2


def test_squid_axon_under_a_recorded_current(noise, reference):
    samples = 0.02 * noise  # 50 pA for one uA/cm2
    current, breaks = held(samples)
    expected, _ = reference.hodgkin_huxley().run(
        [-65.0, 0.053, 0.596, 0.318], DURATION, current, breaks
    )
    run = ex.simulate(
        ex.HodgkinHuxley, DURATION * ms, record=False, I=ex.trace(samples * (uA / cm**2), 0.1 * ms),
        initial={"v": -65 * mV, "m": 0.053, "h": 0.596, "n": 0.318},
    )  # fmt: skip
    times = run.spikes[0].times_ms
    assert times.size == expected.size >= 3
    assert np.abs(times - expected).max() < 1e-4
