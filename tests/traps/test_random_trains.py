"""Poisson trains: exact at every rate; dead time; the generator that throws a coin in each bin."""

import json
import warnings

import numpy as np
import pytest
from scipy.special import gammaln

from excitable import trains
from excitable.errors import ExcitableWarning, ParameterError
from excitable.units import Hz, ms, second

DT = 1.0
SPIKES = 200_000


def within(value, expected, error, sigmas=3.0):
    assert abs(value - expected) < sigmas * error, (value, expected, error)


@pytest.mark.parametrize("per_step", [0.001, 0.01, 0.1, 0.5, 1.0, 5.0])
def test_c16_mean_fano_and_cv_at_any_rate_per_step(per_step):
    length = SPIKES / per_step * DT
    train = trains.poisson(1000 * per_step / DT * Hz, length * ms, seed=16)
    within(train.count, SPIKES, np.sqrt(SPIKES))
    within(train.cv(), 1.0, 1 / np.sqrt(SPIKES))
    # Windows of one step, and of a thousand spikes.
    for width in (DT, 1000 / per_step * DT):
        windows = min(length / width, 4e6)
        mean = per_step * width / DT
        # Variance of the sample variance of a Poisson count, over its mean squared.
        error = np.sqrt((2 + 1 / mean) / windows)
        part = train.between(0 * ms, windows * width * ms)
        within(part.fano(width * ms), 1.0, error, sigmas=3.0)


@pytest.mark.parametrize("per_step", [0.05, 0.5, 2.0])
def test_c16_spikes_of_one_step_are_not_merged(per_step):
    train = trains.poisson(1000 * per_step * Hz, SPIKES / per_step * ms, seed=17)
    counts = train.psth(DT * ms).counts
    for n in range(6):
        p = np.exp(-per_step + n * np.log(per_step) - gammaln(n + 1))
        within(np.sum(counts == n), counts.size * p, np.sqrt(counts.size * p * (1 - p)), 4.0)


@pytest.mark.parametrize("dead", [0.5, 2.0, 5.0, 9.5])
def test_c16_with_a_dead_time_the_rate_is_the_realised_one(dead):
    rate = 0.1
    train = trains.poisson(1000 * rate * Hz, SPIKES / rate * ms, dead_time=dead * ms, seed=18)
    cv = 1 - rate * dead
    within(train.count, SPIKES, cv * np.sqrt(SPIKES), 3.5)
    within(train.cv(), cv, cv * np.sqrt(1 / SPIKES), 3.5)
    assert np.diff(train.times_ms).min() >= dead
    windows = SPIKES / 500
    within(train.fano(500 / rate * ms), cv**2, 1.2 * cv**2 * np.sqrt(2 / windows), 3.5)


@pytest.mark.parametrize("dead", [10.0, 10.1, 1000.0])
def test_c16_a_dead_time_that_leaves_no_room_is_refused(dead):
    with pytest.raises(ParameterError, match="below 1"):
        trains.poisson(100 * Hz, 1 * second, dead_time=dead * ms)


def test_c16_the_bin_generator_says_where_it_ends():
    with pytest.raises(ParameterError, match=r"trains\.poisson"):
        trains.bernoulli(1000 * Hz, 1 * second, 1 * ms)
    with pytest.warns(ExcitableWarning, match="Fano"):
        trains.bernoulli(110 * Hz, 1 * second, 1 * ms)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        trains.bernoulli(100 * Hz, 1 * second, 1 * ms)


@pytest.mark.filterwarnings("ignore:a spike in each bin:excitable.errors.ExcitableWarning")
@pytest.mark.parametrize("p", [0.1, 0.5])
def test_c16_the_bin_generator_is_as_regular_as_theory_has_it(p):
    train = trains.bernoulli(1000 * p * Hz, SPIKES / p * ms, 1 * ms, seed=19)
    within(train.count, SPIKES, np.sqrt(SPIKES * (1 - p)))
    within(train.cv(), np.sqrt(1 - p), 1.5 / np.sqrt(SPIKES))
    windows = SPIKES / p / 1000
    within(train.fano(1000 * ms), 1 - p, (1 - p) * np.sqrt(2 / windows))


def test_c21_the_power_of_a_poisson_train_is_its_rate():
    train = trains.poisson(40 * Hz, 1003.7 * second, seed=21)
    spectrum = train.power_spectrum(200.5 * Hz, resolution=1 * Hz)
    assert spectrum.segments == 1003
    deviation = (spectrum.power.magnitude - 40.0) / spectrum.error.magnitude
    assert np.abs(deviation).max() < 4.5
    assert abs(deviation.mean()) < 3.5 / np.sqrt(deviation.size)
    assert spectrum.power.magnitude.mean() == pytest.approx(40.0, rel=0.01)


@pytest.fixture(scope="module")
def entries(shared):
    every = json.loads((shared / "reference" / "dynamics.json").read_text())["entries"]
    return [entry for entry in every if entry["model"] == "Poisson"]


def test_trains_have_the_statistics_of_the_reference(entries):
    seen = set()
    for entry in entries:
        numbers = ((k, v) for k, v in entry["value"].items() if k not in ("P", "kind"))
        value = {k: float(v) for k, v in numbers}
        kind = entry["quantity"]
        seen.add(kind)
        if kind == "pmf":
            counts = trains.poisson(
                value["rate_Hz"] * Hz, value["T_s"] * second, n=100_000, seed=1
            ).counts()
            for n, p in entry["value"]["P"].items():
                error = np.sqrt(1e5 * float(p)) + 3
                within(np.sum(counts == int(n)), 1e5 * float(p), error, 4.0)
            within(counts.mean(), value["mean"], np.sqrt(value["var"] / 1e5), 4.0)
        elif kind == "deadtime":
            train = trains.poisson(
                value["rate_Hz"] * Hz, 4000 * second, dead_time=value["dead_ms"] * ms, seed=2
            )
            assert train.rate().magnitude == pytest.approx(value["rate_Hz"], rel=0.01)
            assert train.cv() == pytest.approx(value["CV"], abs=4 / np.sqrt(train.count))
            fano = train.fano(1 * second)
            assert fano == pytest.approx(value["fano_long"], rel=4 * np.sqrt(2 / 4000))
        elif kind == "bernoulli" and value["p_linear"] <= 0.1:
            train = trains.bernoulli(
                value["rate_Hz"] * Hz, 2000 * second, value["dt_ms"] * ms, seed=3
            )
            assert train.cv() == pytest.approx(value["ISI_CV_linear"], abs=4 / np.sqrt(train.count))
            fano = train.fano(1 * second)
            assert fano == pytest.approx(value["fano_linear"], rel=4 * np.sqrt(2 / 2000))
    assert seen >= {"pmf", "deadtime", "bernoulli"}
