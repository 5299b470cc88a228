"""Coefficients of normal forms, from exact second and third derivatives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from excitable.analysis.bifurcation._flow import Flow

_FAINT = 1e-9  # of the size of the terms that cancel: the sign of what is left is rounding


@dataclass(frozen=True)
class HopfForm:
    """The normal form ``z' = (i omega) z + c1 z |z|^2`` of a Hopf point.

    Parameters
    ----------
    omega : float
        Angular frequency, rad/ms.
    c1 : complex
        Cubic coefficient with ``<q, q> = <p, q> = 1``.
    criticality : str or None
        By the sign of its real part; None where that vanishes.
    q, p : ndarray of complex, shape (states,)
        The critical eigenvector and that of the adjoint problem.
    """

    omega: float
    c1: complex
    criticality: str | None
    q: np.ndarray
    p: np.ndarray


def rhythmic(values: np.ndarray) -> int:
    """Return which of the eigenvalues above the real axis is nearest to the imaginary one."""
    return int(np.argmin(np.where(np.imag(values) > 0.0, np.abs(np.real(values)), np.inf)))


def oriented(q: np.ndarray) -> np.ndarray:
    """Return a vector at unit length, its largest component positive."""
    return q / np.linalg.norm(q) * np.sign(q[int(np.argmax(np.abs(q)))])


def hopf_form(flow: Flow, x: np.ndarray, p: np.ndarray) -> HopfForm:
    """Return the cubic normal form at a Hopf point.

    Parameters
    ----------
    flow : Flow
        The drift.
    x : ndarray, shape (states,)
        The equilibrium.
    p : ndarray, shape (free,)
        Free parameters.

    Returns
    -------
    HopfForm
        Kuznetsov (2004), equations 5.38 and 5.39, in the model's own units.
    """
    J = flow.linear(x[:, None], p)[1][0]
    values, right = np.linalg.eig(J)
    k = rhythmic(values)
    omega = float(values[k].imag)
    q = right[:, k] / np.linalg.norm(right[:, k])
    left_values, left = np.linalg.eig(J.T)
    adjoint = left[:, int(np.argmin(np.abs(left_values - values[k])))].conj()
    adjoint = adjoint / np.conj(np.vdot(adjoint, q))
    second, third = flow.tensors(x, p)

    def B(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return np.einsum("ijk,j,k->i", second, a, b)

    level = np.linalg.solve(J.astype(complex), B(q, q.conj()))
    double = np.linalg.solve(2j * omega * np.eye(flow.size) - J, B(q, q))
    terms = [
        np.vdot(adjoint, np.einsum("ijkl,j,k,l->i", third, q, q, q.conj())),
        -2.0 * np.vdot(adjoint, B(q, level)),
        np.vdot(adjoint, B(q.conj(), double)),
    ]
    c1 = 0.5 * sum(terms)
    criticality = None
    if abs(c1.real) > _FAINT * max(abs(term) for term in terms):
        criticality = "subcritical" if c1.real > 0.0 else "supercritical"
    return HopfForm(omega, complex(c1), criticality, q, adjoint)


def fold_coefficient(flow: Flow, x: np.ndarray, p: np.ndarray) -> float:
    """Return the quadratic coefficient ``a = <p, B(q, q)>/2`` of a fold; it vanishes at a cusp.

    Parameters
    ----------
    flow : Flow
        The drift.
    x : ndarray, shape (states,)
        The equilibrium.
    p : ndarray, shape (free,)
        Free parameters.

    Returns
    -------
    float
        With ``<q, q> = <p, q> = 1`` and the largest component of q positive.
    """
    J = flow.linear(x[:, None], p)[1][0]
    values, right = np.linalg.eig(J)
    q = oriented(np.real(right[:, int(np.argmin(np.abs(values)))]))
    left_values, left = np.linalg.eig(J.T)
    adjoint = np.real(left[:, int(np.argmin(np.abs(left_values)))])
    second = flow.tensors(x, p)[0]
    return float(0.5 * np.einsum("i,ijk,j,k->", adjoint, second, q, q) / (adjoint @ q))
