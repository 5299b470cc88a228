"""The flow of small linear systems against mpmath, equal and nearly equal time constants too."""

import mpmath as mp
import numpy as np
import pytest
from numba import njit

from excitable.numerics._exact_scalar import phi_1, phi_2
from excitable.numerics._exact_series import MOST_TERMS, degree_of, evaluate, expand
from excitable.numerics._exact_tables import spectral_radii
from excitable.numerics._options import HELPER

GAPS = [0.0, *(sign * 10.0**-k for k in (16, 14, 12, 10, 8, 6, 4, 3, 2, 1) for sign in (1, -1))]


@njit
def flow(A, radius, x, b, r, s):
    """State after s, in steps as the engine takes them."""
    n = A.shape[0]
    x = x.copy()
    series = np.zeros((MOST_TERMS + n + 1, n))
    pieces = max(1, int(np.ceil(s * radius)))
    h = s / pieces
    for k in range(pieces):
        degree = degree_of(h * radius, n)
        expand(A, x, b + r * (k * h), r, h, degree, series)
        evaluate(series, degree, 1.0, x)
    return x


def filled(A, s):
    """e^(A s) and its two integrals, column by column."""
    n = A.shape[0]
    radius, none = spectral_radii(A[None])[0], np.zeros(n)
    units = np.eye(n)
    return (
        np.array([flow(A, radius, unit, none, none, s) for unit in units]).T,
        np.array([flow(A, radius, none, unit, none, s) for unit in units]).T,
        np.array([flow(A, radius, none, none, unit, s) for unit in units]).T,
    )


@njit
def scalar_phis(z):
    return phi_1(z), phi_2(z)


def exactly(A, s):
    """e^(A s) and its two integrals from one exponential of a larger matrix, in 60 digits."""
    n = A.shape[0]
    with mp.workdps(60):
        big = mp.zeros(3 * n)
        for i in range(n):
            for j in range(n):
                big[i, j] = mp.mpf(float(A[i, j])) * mp.mpf(s)
            big[i, n + i] = mp.mpf(s)
            big[n + i, 2 * n + i] = mp.mpf(s)
        full = mp.expm(big, method="taylor")
        blocks = [
            np.array([[float(full[i, k * n + j]) for j in range(n)] for i in range(n)])
            for k in range(3)
        ]
    return blocks


def assert_close(A, s, tolerance=1e-13):
    for found, expected in zip(filled(A, s), exactly(A, s), strict=True):
        scale = np.where(expected == 0.0, 1.0, np.abs(expected))
        assert (np.abs(found - expected) / scale).max() < tolerance, (A, s)


@pytest.mark.parametrize("gap", GAPS)
def test_membrane_and_synapse_with_nearly_equal_time_constants(gap):
    # Entries have different units; each must be right relative to itself.
    tau = 5.0
    A = np.array([[-1 / tau, 0.1 / tau], [0.0, -1 / (tau * (1 + gap))]])
    for s in (1e-3, 0.1, 1.0, 7.3):
        assert_close(A, s)


@pytest.mark.parametrize("gap", GAPS[::4])
def test_alpha_synapse_with_nearly_equal_time_constants(gap):
    a, b = -0.1, -0.1 * (1 + gap)
    A = np.array([[a, 1e-2, 0.0], [0.0, b, 1.0], [0.0, 0.0, b]])
    for s in (0.1, 10.0):
        assert_close(A, s)


@pytest.mark.parametrize("ratio", [1e-4, 1e-2, 1.0, 10.0, 100.0])
def test_steps_of_up_to_a_hundred_time_constants(ratio):
    # e^-100 is a hundred multiplications deep: each may lose half a unit in the last place.
    A = np.array([[-1.0, 0.5], [0.0, -1.0]])
    assert_close(A, ratio, tolerance=1e-13 * max(1.0, ratio / 10.0))


def test_complex_eigenvalues_keep_their_size():
    A = np.array([[-0.05, -0.01], [1.0, -0.02]])
    for s in (0.1, 5.0, 40.0):
        for found, expected in zip(filled(A, s), exactly(A, s), strict=True):
            assert np.abs(found - expected).max() < 1e-13 * max(np.abs(expected).max(), 1.0) * 10


def test_held_states_have_rows_of_zeros():
    A = np.array([[0.0, 0.0], [0.0, -0.2]])
    E, P1, P2 = filled(A, 2.0)
    assert E[0].tolist() == [1.0, 0.0]
    assert P1[0, 0] == 2.0
    assert P2[0, 0] == 2.0


def test_loops_of_any_length_are_seen():
    # Four states that drive each other in a ring: no state and no pair shows how fast they are.
    A = np.roll(np.diag([10.0, 10.0, 10.0, 10.0]), 1, axis=1)
    assert spectral_radii(A[None])[0] == pytest.approx(10.0)
    assert_close(A, 0.7)
    chain = np.triu(np.full((4, 4), 1e6), 1) - np.diag([0.1, 0.2, 0.5, 0.3])
    assert spectral_radii(chain[None])[0] == 0.5
    assert_close(chain, 3.0)


def test_a_chain_of_integrators_is_a_polynomial():
    A = np.diag([1e3, 2e-3, 5.0], 1)
    found = flow(A, 0.0, np.zeros(4), np.zeros(4), np.array([0.0, 0.0, 0.0, 1.0]), 3.0)
    expected = [3.0**5 / 120 * 10, 3.0**4 / 24 * 1e-2, 3.0**3 / 6 * 5, 3.0**2 / 2]
    assert found == pytest.approx(expected, rel=1e-15)


def test_phi_functions():
    for z in [
        0.0,
        *(sign * 10.0**k for k in range(-18, 3) for sign in (1, -1)),
        0.5,
        -0.5,
        0.500001,
    ]:
        one, two = scalar_phis(z)
        with mp.workdps(80):
            exact_one = mp.expm1(z) / z if z else mp.mpf(1)
            exact_two = (exact_one - 1) / z if z else mp.mpf(1) / 2
        assert one == pytest.approx(float(exact_one), rel=5e-16 * 2)
        assert two == pytest.approx(float(exact_two), rel=3e-15)


def test_helpers_allow_only_contraction():
    assert HELPER["fastmath"] == {"contract"}
