"""Distances between trains, against the definitions by brute force and against published scores."""

import json
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from excitable.errors import ParameterError, UndefinedStatisticError, UnitError
from excitable.recording import Spikes, SpikeTrain
from excitable.units import Hz, ms

FEW = st.lists(st.integers(0, 400).map(lambda k: 0.25 * k), max_size=6).map(sorted)


def train_of(times, stop=100.0):
    return SpikeTrain(times * ms, 0 * ms, stop * ms)


def edit_distance(a, b, q):
    """Sellers' table, cell by cell."""
    table = np.zeros((len(a) + 1, len(b) + 1))
    table[:, 0], table[0, :] = np.arange(len(a) + 1), np.arange(len(b) + 1)
    for i, t in enumerate(a, 1):
        for j, u in enumerate(b, 1):
            moved = table[i - 1, j - 1] + q * abs(t - u)
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, moved)
    return table[-1, -1]


@given(a=FEW, b=FEW, q=st.sampled_from([0.0, 1e-3, 0.02, 0.3, 5.0]))
@settings(deadline=None)
def test_victor_and_purpura_s_distance_is_the_least_cost(a, b, q):
    found = train_of(a).victor_purpura(train_of(b), 1000 * q * Hz)
    assert found == pytest.approx(edit_distance(a, b, q), abs=1e-11)
    assert found == pytest.approx(train_of(b).victor_purpura(train_of(a), 1000 * q * Hz), abs=1e-11)


def test_victor_and_purpura_s_distance_of_many_spikes():
    rng = np.random.default_rng(4)
    a, b = (np.sort(rng.uniform(0, 3000, size)) for size in (300, 340))
    for q in (1e-4, 0.01, 0.1, 1.0):
        expected = edit_distance(a, b, q)
        assert train_of(a, 3000).victor_purpura(train_of(b, 3000), 1000 * q * Hz) == pytest.approx(
            expected, rel=1e-12
        )


@given(a=FEW, b=FEW, tau=st.sampled_from([0.3, 5.0, 80.0]))
@settings(max_examples=60, deadline=None)
def test_van_rossum_s_distance_as_a_double_sum(a, b, tau):
    def overlap(x, y):
        return 0.5 * sum(np.exp(-abs(t - u) / tau) for t in x for u in y)

    squared = max(overlap(a, a) + overlap(b, b) - 2 * overlap(a, b), 0.0)
    found = train_of(a).van_rossum(train_of(b), tau * ms)
    assert found**2 == pytest.approx(squared, abs=1e-12)


def test_van_rossum_s_distance_as_the_integral_of_its_definition():
    a, b, tau = [3.0, 10.0, 11.0], [4.5, 30.0], 7.0

    def squared_difference(t):
        f = sum(np.exp(-(t - s) / tau) for s in a if t >= s)
        g = sum(np.exp(-(t - s) / tau) for s in b if t >= s)
        return (f - g) ** 2 / tau

    edges = sorted({*a, *b, 300.0})
    pieces = pairwise(edges)
    area = sum(quad(squared_difference, p, q - 1e-13, epsabs=1e-13)[0] for p, q in pieces)
    assert train_of(a).van_rossum(train_of(b), tau * ms) ** 2 == pytest.approx(area, abs=1e-9)


def test_van_rossum_s_distance_of_far_and_many_spikes():
    assert train_of([10]).van_rossum(train_of([]), 1 * ms) ** 2 == pytest.approx(0.5)
    rng = np.random.default_rng(5)
    a, b = (np.sort(rng.uniform(0, 1e4, 800)) for _ in "ab")
    signs = np.concatenate([np.ones(800), -np.ones(800)])
    t = np.concatenate([a, b])
    for tau in (0.01, 10.0, 1e5):
        kernel = np.exp(-np.abs(t[:, None] - t[None, :]) / tau)
        found = train_of(a, 1e4).van_rossum(train_of(b, 1e4), tau * ms)
        assert found**2 == pytest.approx(0.5 * signs @ kernel @ signs, rel=1e-10, abs=1e-8)


def most_pairs(a, b, delta):
    """The greatest one-to-one matching, by trying all subsets in order."""
    for size in range(min(len(a), len(b)), 0, -1):
        for first in combinations(a, size):
            for second in combinations(b, size):
                if all(abs(t - u) <= delta for t, u in zip(first, second, strict=True)):
                    return size
    return 0


@given(a=FEW, b=FEW, delta=st.sampled_from([0.25, 1.0, 4.0]))
@settings(max_examples=80, deadline=None)
def test_gamma_matches_as_many_spikes_as_can_be_one_to_one(a, b, delta):
    data, model = train_of(a), train_of(b)
    if not a and not b:
        with pytest.raises(UndefinedStatisticError):
            data.gamma_coincidence(model, delta * ms)
        return
    hits, n, m = most_pairs(a, b, delta), len(a), len(b)
    for normalisation, rated, other in (("model", m, n), ("data", n, m)):
        chance = 2 * delta * rated / 100.0
        expected = (hits - chance * other) / (0.5 * (n + m)) / (1 - chance)
        found = data.gamma_coincidence(model, delta * ms, normalisation=normalisation)
        assert found == pytest.approx(expected, abs=1e-12)
        assert found <= 1.0 + 1e-12


def test_times_on_a_grid_coincide_at_the_width_itself():
    data, model = train_of(np.arange(1, 20) * 5.0), train_of(np.arange(1, 20) * 5.0 + 0.3)
    assert data.gamma_coincidence(model, 0.3 * ms) == pytest.approx(1.0)


@pytest.fixture(scope="module")
def golden(shared):
    path = shared / "reference" / "glif" / "metric_golden.json"
    return json.loads(path.read_text())["case"]


@pytest.fixture(scope="module")
def trials(golden):
    return Spikes.from_trains(
        [train_of(times, golden["T_ms"]) for times in golden["data_spike_times_ms"]]
    )


def test_explained_variance_is_that_of_the_published_recipe(golden, trials):
    model = train_of(golden["model_spike_times_ms"], golden["T_ms"])
    expected = golden["explained_variance"]
    widths = [float(name.removesuffix("ms")) for name in expected]
    found = trials.explained_variance(model, widths * ms, dt=golden["dt_ms"] * ms)
    for k, row in enumerate(expected.values()):
        assert found.data[k] == pytest.approx(row["data_vs_own_psth"], abs=1e-9)
        assert found.model[k] == pytest.approx(row["model_vs_data"], abs=1e-9)
        assert found.ratio[k] == pytest.approx(row["ratio"], abs=1e-9)
    alone = trials.explained_variance(model, 10 * ms)
    assert alone.ratio == pytest.approx(expected["10ms"]["ratio"], abs=1e-9)


@pytest.mark.parametrize("delta", [2, 4])
def test_gamma_is_that_of_the_reference(golden, trials, delta):
    model = train_of(golden["model_spike_times_ms"], golden["T_ms"])
    expected = golden["gamma"][f"{delta}ms"]
    found = trials.gamma_coincidence(model, delta * ms)
    assert found == pytest.approx(expected["gamma_model_rate_norm_mean_over_reps"], abs=1e-9)
    assert trials.gamma_intrinsic(delta * ms) == pytest.approx(
        expected["gamma_intrinsic"], abs=1e-9
    )


def test_a_model_that_fires_all_the_time_is_refused_by_gamma():
    data, model = train_of([10, 50]), train_of(np.linspace(0, 100, 14))
    with pytest.raises(ParameterError, match=r"2\*rate\*delta is 1\.12"):
        data.gamma_coincidence(model, 4 * ms)
    assert -1 < data.gamma_coincidence(model, 4 * ms, normalisation="data") < 1


def test_a_silent_model_scores_nothing():
    data, silent = train_of([10, 50, 90]), train_of([])
    assert data.gamma_coincidence(silent, 4 * ms) == 0.0
    assert silent.gamma_coincidence(data, 4 * ms) == 0.0
    scores = data.explained_variance(silent, 5 * ms)
    assert (scores.model, scores.data, scores.ratio) == (0.0, 1.0, 0.0)
    assert data.victor_purpura(silent, 10 * Hz) == 3.0
    assert silent.victor_purpura(silent, 10 * Hz) == 0.0
    assert silent.van_rossum(silent, 10 * ms) == 0.0


DATA = train_of([10, 50])


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: DATA.victor_purpura(DATA, -1 * Hz), ParameterError),
        (lambda: DATA.victor_purpura(DATA, [1, 2] * Hz), ParameterError),
        (lambda: DATA.victor_purpura(DATA, np.inf * Hz), ParameterError),
        (lambda: DATA.victor_purpura(DATA, 10), UnitError),
        (lambda: DATA.van_rossum(DATA, 0 * ms), ParameterError),
        (lambda: DATA.gamma_coincidence(DATA, 0 * ms), ParameterError),
        (lambda: DATA.gamma_coincidence(DATA, 4 * ms, normalisation="both"), ParameterError),
        (lambda: DATA.gamma_coincidence(train_of([10], 200), 4 * ms), ParameterError),
        (lambda: DATA.explained_variance(DATA, -1 * ms), ParameterError),
        (lambda: DATA.explained_variance(DATA, 5 * ms, dt=0 * ms), ParameterError),
        (lambda: DATA.explained_variance(train_of([10], 200)), ParameterError),
        (lambda: train_of([]).explained_variance(DATA), UndefinedStatisticError),
        (lambda: Spikes.from_trains([DATA]).gamma_intrinsic(4 * ms), UndefinedStatisticError),
    ],
)
def test_what_is_refused(call, error):
    with pytest.raises(error):
        call()
