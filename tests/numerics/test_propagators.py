"""Propagators of small linear systems against mpmath, equal and nearly equal time constants too."""

import mpmath as mp
import numpy as np
import pytest
from numba import njit

from excitable.numerics._exact_scalar import phi_1, phi_2
from excitable.numerics._options import HELPER
from excitable.numerics._propagator import growth_bound, propagators

GAPS = [0.0, *(sign * 10.0**-k for k in (16, 14, 12, 10, 8, 6, 4, 3, 2, 1) for sign in (1, -1))]


@njit
def filled(A, s):
    n = A.shape[0]
    E, P1, P2 = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    propagators(A, s, E, P1, P2, np.zeros((2, n, n)))
    return E, P1, P2


@njit
def bounded(A, s):
    n = A.shape[0]
    Q, P1, P2 = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    growth_bound(A, s, Q, P1, P2, np.zeros((2, n, n)), np.zeros((n, n)))
    return Q


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


def test_the_bound_bounds():
    rng = np.random.default_rng(2)
    for _ in range(20):
        A = rng.normal(0.0, 0.5, (3, 3))
        Q = bounded(A, 1.5)
        for u in np.linspace(0.0, 1.5, 7):
            assert (np.abs(exactly(A, u)[0]) <= Q * (1 + 1e-12)).all()


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
