"""Kinds of equilibria from matrices whose eigenvalues are known."""

import numpy as np
import pytest

from excitable.analysis.dynamics._classify import KINDS, balanced, classify

PLANAR = {
    "stable node": [[-1, 0], [0, -2]],
    "unstable node": [[1, 0.5], [0, 2]],
    "stable focus": [[-1, -3], [3, -1]],
    "unstable focus": [[1, -3], [3, 1]],
    "saddle": [[1, 2], [0, -1]],
    "center": [[0, -2], [2, 0]],
    "saddle-node": [[0, 1], [0, -1]],
}
DEGENERATE = {
    "stable star": ([[-1, 0], [0, -1]], "stable node"),
    "unstable star": ([[2, 0], [0, 2]], "unstable node"),
    "stable degenerate node": ([[-1, 1], [0, -1]], "stable node"),
    "unstable degenerate node": ([[1, 1], [0, 1]], "unstable node"),
    "double zero": ([[0, 1], [0, 0]], "saddle-node"),
    "all zero": ([[0, 0], [0, 0]], "saddle-node"),
}


def turned(matrix, random):
    """A similar matrix in other axes and units, so that nothing is exactly zero any more."""
    n = len(matrix)
    T = np.diag(10.0 ** random.uniform(-2, 2, n)) @ np.linalg.qr(random.normal(size=(n, n)))[0]
    return T @ np.asarray(matrix, float) @ np.linalg.inv(T)


@pytest.mark.parametrize("kind", PLANAR)
def test_seven_kinds_in_any_axes(kind):
    random = np.random.default_rng(1)
    for _ in range(50):
        values, found, stable, index = classify(turned(PLANAR[kind], random))
        assert found == kind
        assert stable == kind.startswith("stable")
        assert index == sum(np.linalg.eigvals(np.array(PLANAR[kind], float)).real > 0)
        assert (np.diff(values.real) <= 1e-9).all()


@pytest.mark.parametrize("name", DEGENERATE)
def test_star_and_degenerate_nodes_are_nodes(name):
    matrix, kind = DEGENERATE[name]
    random = np.random.default_rng(2)
    for _ in range(50):
        assert classify(turned(matrix, random))[1] == kind


def test_random_matrices_by_trace_and_determinant():
    random = np.random.default_rng(3)
    for _ in range(2000):
        J = random.normal(size=(2, 2)) * 10.0 ** random.uniform(-3, 3)
        trace, det = np.trace(J), np.linalg.det(J)
        if det < 0:
            kind = "saddle"
        else:
            side = "stable" if trace < 0 else "unstable"
            kind = f"{side} {'focus' if trace**2 < 4 * det else 'node'}"
        assert classify(J)[1] == kind


@pytest.mark.parametrize(
    ("values", "kind", "index"),
    [
        ((-1, -2, -3), "stable node", 0),
        ((-1, -2 + 3j, -2 - 3j), "stable focus", 0),
        ((1, 2 + 3j, 2 - 3j), "unstable focus", 3),
        ((1, -2, -3), "saddle", 1),
        ((1 + 1j, 1 - 1j, -3), "saddle-focus", 2),
        ((1, -1 + 2j, -1 - 2j), "saddle-focus", 1),
        ((1, -1, -5 + 2j, -5 - 2j), "saddle", 1),
        ((2j, -2j, -1), "center", 0),
        ((0, -1, -2), "saddle-node", 0),
        ((0, 1, -2), "saddle-node", 1),
    ],
)
def test_more_than_two_states(values, kind, index):
    blocks, left = [], list(values)
    while left:
        z = complex(left.pop(0))
        if z.imag:
            left.pop(0)
            blocks.append(np.array([[z.real, -z.imag], [z.imag, z.real]]))
        else:
            blocks.append(np.array([[z.real]]))
    n = sum(map(len, blocks))
    matrix, k = np.zeros((n, n)), 0
    for block in blocks:
        matrix[k : k + len(block), k : k + len(block)] = block
        k += len(block)
    random = np.random.default_rng(4)
    for _ in range(20):
        _, found, _, counted = classify(turned(matrix, random))
        assert (found, counted) == (kind, index)
    assert kind in KINDS


def test_balancing_keeps_the_eigenvalues():
    J = np.array([[-1.0, 1e6], [-1e-6, -2.0]])
    B = balanced(J)
    assert np.sort_complex(np.linalg.eigvals(B)) == pytest.approx(
        np.sort_complex(np.linalg.eigvals(J))
    )
    assert np.abs(B).max() < 10
