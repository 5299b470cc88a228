"""Closed forms of Poisson trains against the reference and against trains that are made."""

import json

import numpy as np
import pytest

import excitable as ex
from excitable import kernels, theory, trains
from excitable.errors import ParameterError
from excitable.units import Hz, ms, mV, second


@pytest.fixture(scope="module")
def entries(shared):
    every = json.loads((shared / "reference" / "dynamics.json").read_text())["entries"]
    return {entry["id"]: entry for entry in every if entry["model"] == "Poisson"}


def test_every_entry_of_the_reference(entries):
    kinds = set()
    for entry in entries.values():
        value, kind, tol = entry["value"], entry["quantity"], entry["tol"]
        kinds.add(kind)
        number = {k: float(v) for k, v in value.items() if k not in ("P", "kind")}
        if kind == "pmf":
            rate, length = number["rate_Hz"] * Hz, number["T_s"] * second
            for count, probability in value["P"].items():
                found = theory.poisson_probability(int(count), rate, length)
                assert found == pytest.approx(float(probability), rel=tol)
        elif kind == "deadtime":
            rate = theory.dead_time_rate(number["free_rate_Hz"] * Hz, number["dead_ms"] * ms)
            cv = theory.dead_time_cv(rate, number["dead_ms"] * ms)
            assert rate.magnitude == pytest.approx(number["rate_Hz"], rel=tol)
            assert cv == pytest.approx(number["CV"], rel=tol)
            assert cv**2 == pytest.approx(number["fano_long"], rel=tol)
        elif kind == "bernoulli":
            rate, dt = number["rate_Hz"] * Hz, number["dt_ms"] * ms
            cv = theory.bernoulli_cv(rate, dt)
            assert cv == pytest.approx(number["ISI_CV_linear"], rel=tol)
            assert cv**2 == pytest.approx(number["fano_linear"], rel=tol)
            some = 1 - theory.poisson_probability(0, rate, dt)
            assert some == pytest.approx(number["p_exact_at_least_one"], rel=tol)
        elif kind == "campbell":
            rate, tau_m = number["rate_Hz"] * Hz, number["tau_m"] * ms
            area = number["w_mV"] * mV * tau_m if "w_mV" in number else number["qR_mVms"] * mV * ms
            tau_s = number.get("tau_s", 0.0) * ms
            mean = theory.shot_noise_mean(rate, area)
            variance = theory.shot_noise_variance(rate, area, tau_m, tau_s)
            assert mean.magnitude == pytest.approx(number["mean_mV"], rel=tol)
            assert variance.magnitude == pytest.approx(number["var_mV2"], rel=tol)
    assert kinds == {"pmf", "deadtime", "bernoulli", "campbell"}


def test_probabilities_add_up_to_one_with_their_mean():
    counts = np.arange(200)
    p = theory.poisson_probability(counts, 40 * Hz, 1 * second)
    assert p.sum() == pytest.approx(1.0, rel=1e-12)
    assert p @ counts == pytest.approx(40.0, rel=1e-12)
    assert p @ (counts - 40.0) ** 2 == pytest.approx(40.0, rel=1e-10)
    assert theory.poisson_probability([0, 1], 0 * Hz, 1 * second).tolist() == [1.0, 0.0]


def test_campbell_s_theorem_holds_for_a_train_that_is_made():
    train = trains.poisson(1000 * Hz, 400 * second, seed=1)
    shape = kernels.exponential(20 * ms)
    v = 2.0 * train.convolve(shape, dt=10 * ms).values.to(1 / ms).magnitude[100:]
    mean = theory.shot_noise_mean(1000 * Hz, 2 * mV * ms).magnitude
    variance = theory.shot_noise_variance(1000 * Hz, 2 * mV * ms, 20 * ms).magnitude
    # 400 s hold 10 000 independent samples, 2 tau apart.
    assert v.mean() == pytest.approx(mean, abs=4 * np.sqrt(variance / 1e4))
    assert v.var() == pytest.approx(variance, rel=4 * np.sqrt(2 / 1e4))


def test_what_is_refused():
    for call in (
        lambda: theory.poisson_probability(-1, 1 * Hz, 1 * second),
        lambda: theory.poisson_probability(1.5, 1 * Hz, 1 * second),
        lambda: theory.poisson_probability(1, -1 * Hz, 1 * second),
        lambda: theory.dead_time_cv(100 * Hz, 10 * ms),
        lambda: theory.bernoulli_cv(1000 * Hz, 1 * ms),
        lambda: theory.dead_time_rate(1 * Hz, -1 * ms),
        lambda: theory.shot_noise_variance(1 * Hz, 1 * mV * ms, 0 * ms),
    ):
        with pytest.raises(ParameterError):
            call()
    assert ex.theory.dead_time_cv(100 * Hz, 0 * ms) == 1.0
