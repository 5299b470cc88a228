"""What is drawn is what was recorded: thinning, strokes, peaks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excitable.plotting._curves import stroke_peak, thinned, with_strokes


@given(
    size=st.integers(0, 2000),
    columns=st.integers(1, 50),
    seed=st.integers(0, 2**32 - 1),
)
def test_thinning_keeps_ends_extremes_and_order(size, columns, seed):
    y = np.random.default_rng(seed).normal(size=size)
    t = np.arange(size, dtype=float)
    kept_t, kept_y = thinned(t, y, columns)
    assert np.all(np.diff(kept_t) > 0)
    assert np.array_equal(kept_y, y[kept_t.astype(int)])
    assert kept_t.size <= max(4 * columns, 0) or kept_t.size == size
    if size:
        assert (kept_t[0], kept_t[-1]) == (t[0], t[-1])
        assert (kept_y.min(), kept_y.max()) == (y.min(), y.max())


def test_thinning_bears_what_is_not_a_number():
    y = np.where(np.arange(1000) < 500, np.nan, 1.0)
    _, kept = thinned(np.arange(1000.0), y, 10)
    assert np.nanmax(kept) == 1.0


def test_a_stroke_goes_up_from_its_level_and_down_to_what_follows():
    t, v = np.array([0.0, 1.0, 2.0]), np.array([-60.0, -55.0, -70.0])
    drawn_t, drawn_v = with_strokes(t, v, np.array([1.5]), np.array([-50.0]), 20.0)
    assert drawn_t.tolist() == [0.0, 1.0, 1.5, 1.5, 1.5, 2.0]
    assert drawn_v.tolist() == [-60.0, -55.0, -50.0, 20.0, -70.0, -70.0]


def test_a_spike_after_the_last_sample_is_drawn_too():
    drawn_t, drawn_v = with_strokes(
        np.array([0.0]), np.array([-60.0]), np.array([0.5]), np.array([-50.0]), 0.0
    )
    assert drawn_t.tolist() == [0.0, 0.5, 0.5, 0.5]
    assert drawn_v.tolist() == [-60.0, -50.0, 0.0, -60.0]


def test_no_spikes_change_nothing():
    t = v = np.array([0.0, 1.0])
    assert with_strokes(t, v, np.empty(0), np.empty(0), 0.0)[0] is t


def test_an_upswing_that_the_model_follows_is_drawn_to_its_own_peak():
    v = np.linspace(-70, -50, 100)
    assert stroke_peak(v, np.array([20.0, 20.0])) == 20.0


def test_a_model_that_stops_at_threshold_gets_a_stroke_as_tall_as_its_excursions():
    v = np.linspace(-70, -50, 1000)
    assert stroke_peak(v, np.array([-50.0])) == pytest.approx(-30.0, abs=0.5)
