"""Equations whose solutions are folds, Hopf points and branch points, and their refinement.

Each is solved by Newton's method with central differences of exact first derivatives, so what it
converges to is exact to rounding. The states are measured in scales: ``J -> J s_j/s_i``.

fold          F = 0, J q = 0, c q = 1
Hopf          F = 0, (J J + kappa) q = 0, q q = 1, l q = 0, with kappa the square of the frequency
branch point  F + beta psi = 0, psi J = 0, psi F_p = 0, psi psi = 1
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from excitable.analysis.bifurcation._flow import Flow

Residual = Callable[[np.ndarray], np.ndarray]
_DIFFERENCE = 1e-6
_ROUNDS = 12


class Scaled:
    """A flow in scaled states, at many points at once.

    Parameters
    ----------
    flow : Flow
        The drift.
    scale : ndarray, shape (states,)
        Scales of the states.
    """

    def __init__(self, flow: Flow, scale: np.ndarray) -> None:
        self.flow = flow
        self.scale = scale

    def __call__(self, x: np.ndarray, p: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        f, J, by_free = self.flow.linear(x * self.scale[:, None], p)
        ratio = self.scale[None, :] / self.scale[:, None]
        return f / self.scale[:, None], J * ratio, by_free / self.scale[:, None]


def fold_equations(field: Scaled, q: np.ndarray) -> Residual:
    """Return the equations of a fold in (x, q, free); q is a guess of the null vector."""
    n, c = field.flow.size, q / (q @ q)

    def residual(y: np.ndarray) -> np.ndarray:
        x, v, p = y[:n], y[n : 2 * n], y[2 * n :]
        f, J, _ = field(x, p)
        return np.vstack([f, np.einsum("kij,jk->ik", J, v), (c @ v - 1.0)[None]])

    return residual


def hopf_equations(field: Scaled, q: np.ndarray, other: np.ndarray) -> Residual:
    """Return the equations of a Hopf point in (x, q, kappa, free).

    Parameters
    ----------
    field : Scaled
        The drift.
    q, other : ndarray, shape (states,)
        Two vectors that span the plane of the critical eigenvectors.
    """
    n = field.flow.size
    q = q / np.linalg.norm(q)
    across = other - (other @ q) * q
    across = across / np.linalg.norm(across)

    def residual(y: np.ndarray) -> np.ndarray:
        x, v, kappa, p = y[:n], y[n : 2 * n], y[2 * n], y[2 * n + 1 :]
        f, J, _ = field(x, p)
        twice = np.einsum("kij,kjl,lk->ik", J, J, v)
        size = (v * v).sum(axis=0) - 1.0
        return np.vstack([f, twice + kappa * v, size[None], (across @ v)[None]])

    return residual


def branch_point_equations(field: Scaled) -> Residual:
    """Return the equations of a branch point in (x, psi, beta, parameter)."""
    n = field.flow.size

    def residual(y: np.ndarray) -> np.ndarray:
        x, psi, beta, p = y[:n], y[n : 2 * n], y[2 * n], y[2 * n + 1 :]
        f, J, by_free = field(x, p)
        left = np.einsum("kij,ik->jk", J, psi)
        slope = np.einsum("ki,ik->k", by_free[:, :, 0], psi)
        size = (psi * psi).sum(axis=0) - 1.0
        return np.vstack([f + beta * psi, left, slope[None], size[None]])

    return residual


def derivative(residual: Residual, y: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return the derivative of some equations by central differences, all columns at once."""
    moves = np.diag(_DIFFERENCE * size)
    both = residual(np.hstack([y[:, None] + moves, y[:, None] - moves]))
    k = y.size
    return (both[:, :k] - both[:, k:]) / (2.0 * _DIFFERENCE * size)


def refine(residual: Residual, y: np.ndarray, size: np.ndarray) -> np.ndarray | None:
    """Return the solution of as many equations as unknowns near a guess, None if there is none."""
    y = y.copy()
    best, kept = np.inf, None
    for _ in range(_ROUNDS):
        r = residual(y[:, None])[:, 0]
        D = derivative(residual, y, size)
        if not (np.isfinite(r).all() and np.isfinite(D).all()):
            return None
        try:
            move = np.linalg.solve(D * size, -r) * size
        except np.linalg.LinAlgError:
            return None
        length = float(np.abs(move / size).max())
        if length >= best:
            break  # rounding: it does not get smaller
        best = length
        y = y + move
        kept = y.copy()
        if length < 1e-15:
            break
    return kept if best < 1e-8 else None
