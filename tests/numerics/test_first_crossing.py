"""Crossings inside a step against brute force, down to peaks that only graze the threshold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit

from excitable.numerics import _exact_scalar as scalar
from excitable.numerics import _exact_series as several
from excitable.numerics._exact_tables import spectral_radii


@njit
def stretches(A, radius, normal, theta, x, b, r, length, times, out):
    """States at some times, and the first crossing, in steps as the engine takes them."""
    n = A.shape[0]
    x, here = x.copy(), np.zeros(n)
    series = np.zeros((several.MOST_TERMS + n + 1, n))
    g = np.zeros(several.MOST_TERMS + n + 1)
    pieces = max(1, int(np.ceil(length * radius)))
    h = length / pieces
    sample = 0
    for k in range(pieces):
        degree = several.degree_of(h * radius, n)
        several.expand(A, x, b + r * (k * h), r, h, degree, series)
        while sample < times.size and (times[sample] <= (k + 1) * h or k == pieces - 1):
            several.evaluate(series, degree, times[sample] / h - k, out[sample])
            sample += 1
        if times.size == 0 and several.distance(normal, theta, x) < 0.0:
            several.project(1.0, normal, theta, series, degree, g)
            s = several.first_crossing(g, degree)
            if s <= 1.0:
                return (k + several.settle(1.0, normal, theta, series, degree, s, here)) * h
        several.evaluate(series, degree, 1.0, x)
    return np.inf


def path(A, x, b, r, times):
    out = np.zeros((times.size, A.shape[0]))
    radius = spectral_radii(A[None])[0]
    stretches(A, radius, np.zeros(len(A)), 0.0, x, b, r, max(times.max(), 1e-9), times, out)
    return out


def crossing(A, normal, theta, x, b, r, length):
    radius, none = spectral_radii(A[None])[0], np.zeros((0, len(A)))
    return stretches(A, radius, normal, theta, x, b, r, length, np.zeros(0), none)


@njit
def scalar_crossing(length, x, f, r, a, theta, sign):
    return scalar.first_crossing(length, x, f, r, a, theta, sign)


@njit
def scalar_path(s, x, f, r, a):
    return scalar.value(s, x, f, r, a)


NORMAL = np.array([1.0, 0.0])
numbers = st.floats(-1.0, 1.0)
four = st.lists(numbers, min_size=4, max_size=4)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(four, four, numbers)
def test_no_crossing_of_two_states_is_missed(matrix, rest, theta):
    A = np.array(matrix).reshape(2, 2)
    x = np.array([min(theta, rest[0]) - 0.1, rest[1]])
    b, r = np.array(rest[2:]), np.array([0.0, 0.1])
    length = 3.0
    times = np.linspace(0.0, length, 3001)
    g = path(A, x, b, r, times)[:, 0] - theta
    s = crossing(A, NORMAL, theta, x, b, r, length)
    above = np.flatnonzero(g >= 1e-9)
    if math.isinf(s):
        assert above.size == 0
        return
    assert 0.0 < s <= length
    at = path(A, x, b, r, np.array([s]))[0, 0]
    assert at == pytest.approx(theta, abs=1e-12)
    # Nothing before it reaches the threshold.
    assert (g[times < s - 1e-9] < 1e-9).all()
    if above.size:
        assert s <= times[above[0]] + 1e-9


def peak_of(A, x, b, r, length):
    from scipy.optimize import minimize_scalar

    found = minimize_scalar(
        lambda s: -path(A, x, b, r, np.array([s]))[0, 0], bounds=(0.0, length), method="bounded",
        options={"xatol": 1e-12},
    )  # fmt: skip
    return float(found.x), float(-found.fun)


@pytest.mark.slow
@pytest.mark.parametrize("margin", [1e-2, 1e-6, 1e-9, 1e-12])
def test_peaks_that_graze(margin):
    # An alpha-shaped response rises and falls inside one long step.
    A = np.array([[-0.1, 0.5], [0.0, -0.3]])
    x, zero = np.array([0.0, 1.0]), np.zeros(2)
    at, top = peak_of(A, x, zero, zero, 40.0)
    assert math.isinf(crossing(A, NORMAL, top + margin, x, zero, zero, 40.0))
    s = crossing(A, NORMAL, top - margin, x, zero, zero, 40.0)
    # Near its top the peak is a parabola, so the crossing lies sqrt(2 margin/curvature) before it.
    curvature = abs(float((A @ A @ path(A, x, zero, zero, np.array([at]))[0])[0]))
    before = math.sqrt(2 * margin / curvature)
    assert s == pytest.approx(at - before, abs=max(0.3 * before, 1e-5))


@pytest.mark.slow
def test_the_first_of_many_crossings():
    # An oscillation of period 2 pi crosses three times within the step.
    A = np.array([[-0.01, 1.0], [-1.0, -0.01]])
    x, zero = np.array([-1.0, 0.0]), np.zeros(2)
    s = crossing(A, NORMAL, 0.5, x, zero, zero, 10.0)
    times = np.linspace(0.0, 10.0, 100_001)
    first = times[np.argmax(path(A, x, zero, zero, times)[:, 0] >= 0.5)]
    assert s == pytest.approx(first, abs=1.1e-4)


@settings(max_examples=300, deadline=None)
@given(
    x=st.floats(-2.0, -0.01), f=st.floats(-3.0, 3.0), r=st.floats(-3.0, 3.0),
    a=st.floats(-3.0, 1.0), sign=st.sampled_from([1.0, -1.0]),
)  # fmt: skip
def test_no_crossing_of_one_state_is_missed(x, f, r, a, sign):
    length, theta = 2.0, 0.0
    x, f, r = sign * x, sign * f, sign * r  # the silent side
    times = np.linspace(0.0, length, 2001)
    g = sign * np.array([scalar_path(s, x, f, r, a) for s in times])
    s = scalar_crossing(length, x, f, r, a, theta, sign)
    if math.isinf(s):
        assert g.max() < 1e-9
        return
    assert 0.0 <= s <= length
    assert scalar_path(s, x, f, r, a) == pytest.approx(theta, abs=1e-12)
    assert (g[times < s - 1e-9] < 1e-9).all()


def test_at_its_rheobase_a_neuron_stays_silent():
    # x approaches 1 and never arrives.
    assert math.isinf(scalar_crossing(1e6, 0.0, 0.1, 0.0, -0.1, 1.0, 1.0))
    s = scalar_crossing(1e6, 0.0, 0.1 * (1 + 1e-9), 0.0, -0.1, 1.0, 1.0)
    assert s == pytest.approx(-10.0 * math.log(1e-9), rel=1e-6)
