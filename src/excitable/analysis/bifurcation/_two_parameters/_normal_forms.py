"""Normal forms of the points on curves of folds and Hopf points."""

from __future__ import annotations

from typing import Any

import numpy as np

from excitable.analysis.bifurcation._flow import Flow
from excitable.analysis.bifurcation._normal_forms import hopf_form, oriented

_SHARE = 0.02  # of a state's size: the step with which third derivatives are differenced
# Central differences of sixth order, for the first and the second derivative.
_PLACES = np.arange(-3, 4)
_ONCE = np.array([-1.0, 9.0, -45.0, 0.0, 45.0, -9.0, 1.0]) / 60.0
_TWICE = np.array([2.0, -27.0, 270.0, -490.0, 270.0, -27.0, 2.0]) / 180.0


def _bordered(J: np.ndarray, q: np.ndarray, p: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Solve ``J h = right`` for a singular J, with h at right angles to p."""
    n = q.size
    M = np.zeros((n + 1, n + 1), dtype=np.result_type(J, right, q, p))
    M[:n, :n], M[:n, n], M[n, :n] = J, q, np.conj(p)
    return np.linalg.solve(M, np.append(right, 0.0))[:n]


def cusp_coefficients(flow: Flow, x: np.ndarray, p: np.ndarray) -> dict[str, float]:
    """Return the cubic coefficient of a cusp.

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
    dict of str to float
        ``c`` of ``w' = b1 + b2 w + c w^3``: Kuznetsov (2004), equation 8.125, with
        ``<q, q> = <p, q> = 1``.
    """
    J = flow.linear(x[:, None], p)[1][0]
    U, _, V = np.linalg.svd(J)
    q = oriented(V[-1])
    left = U[:, -1] / (U[:, -1] @ q)
    second, third = flow.tensors(x, p)
    bent = np.einsum("ijk,j,k->i", second, q, q)
    level = _bordered(J, q, left, -bent + (left @ bent) * q)
    cubic = np.einsum("ijkl,j,k,l->i", third, q, q, q)
    cubic = cubic + 3.0 * np.einsum("ijk,j,k->i", second, q, level)
    return {"c": float(left @ cubic) / 6.0}


def takens_coefficients(flow: Flow, x: np.ndarray, p: np.ndarray) -> dict[str, float]:
    """Return the quadratic coefficients of a Bogdanov-Takens point.

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
    dict of str to float
        ``a`` and ``b`` of ``w0' = w1, w1' = b1 + b2 w1 + a w0^2 + b w0 w1``: Kuznetsov (2004),
        section 8.4, with ``J q0 = 0``, ``J q1 = q0``, ``<q0, q0> = 1``.
    """
    J = flow.linear(x[:, None], p)[1][0]
    U, _, V = np.linalg.svd(J)
    q0, p1 = oriented(V[-1]), U[:, -1]
    q1 = _bordered(J, p1, q0, q0)
    p0 = _bordered(J.T, q0, p1, p1)
    size = float(p1 @ q1)
    p1, p0 = p1 / size, p0 / size
    p0 = p0 - (p0 @ q1) * p1
    second = flow.tensors(x, p)[0]
    level = np.einsum("ijk,j,k->i", second, q0, q0)
    across = np.einsum("ijk,j,k->i", second, q0, q1)
    return {"a": float(0.5 * p1 @ level), "b": float(p0 @ level + p1 @ across)}


def bautin_coefficients(
    flow: Flow, x: np.ndarray, p: np.ndarray, scale: np.ndarray
) -> dict[str, float]:
    """Return the second Lyapunov coefficient where the first vanishes.

    Parameters
    ----------
    flow : Flow
        The drift.
    x : ndarray, shape (states,)
        The equilibrium.
    p : ndarray, shape (free,)
        Free parameters.
    scale : ndarray, shape (states,)
        Size of each state.

    Returns
    -------
    dict of str to float
        ``l2 = Re(c2)/omega``: Kuznetsov (2004), section 8.7.3, with ``<q, q> = <p, q> = 1``. The
        fourth and fifth derivatives are differences of the exact third ones.
    """
    forms = _Forms(flow, x, p, scale)
    B, C, D, E = forms.B, forms.C, forms.D, forms.E
    J = flow.linear(x[:, None], p)[1][0].astype(complex)
    hopf = hopf_form(flow, x, p)
    w, q, adjoint, c1 = hopf.omega, hopf.q, hopf.p, hopf.c1
    r, unit = q.conj(), np.eye(q.size)
    h20 = np.linalg.solve(2j * w * unit - J, B(q, q))
    h11 = -np.linalg.solve(J, B(q, r))
    h30 = np.linalg.solve(3j * w * unit - J, C(q, q, q) + 3.0 * B(q, h20))
    cubic = C(q, q, r) + B(r, h20) + 2.0 * B(q, h11)
    h21 = _bordered(1j * w * unit - J, q, adjoint, cubic - 2.0 * c1 * q)
    s20, s21 = h20.conj(), h21.conj()
    h31 = np.linalg.solve(
        2j * w * unit - J,
        D(q, q, q, r) + 3.0 * C(q, q, h11) + 3.0 * C(q, r, h20) + 3.0 * B(h20, h11)
        + B(r, h30) + 3.0 * B(q, h21) - 6.0 * c1 * h20,
    )  # fmt: skip
    h22 = -np.linalg.solve(
        J,
        D(q, q, r, r) + 4.0 * C(q, r, h11) + C(r, r, h20) + C(q, q, s20) + 2.0 * B(h11, h11)
        + 2.0 * B(q, s21) + 2.0 * B(r, h21) + B(s20, h20) - 4.0 * c1.real * 2.0 * h11,
    )  # fmt: skip
    G32 = (
        E(q, q, q, r, r) + D(q, q, q, s20) + 3.0 * D(q, r, r, h20) + 6.0 * D(q, q, r, h11)
        + C(r, r, h30) + 3.0 * C(q, q, s21) + 6.0 * C(q, r, h21) + 3.0 * C(q, s20, h20)
        + 6.0 * C(q, h11, h11) + 6.0 * C(r, h20, h11) + 2.0 * B(r, h31) + 3.0 * B(q, h22)
        + B(s20, h30) + 3.0 * B(s21, h20) + 6.0 * B(h11, h21)
    )  # fmt: skip
    return {"l2": float(np.vdot(adjoint, G32).real) / (12.0 * w)}


class _Forms:
    """The derivatives of a drift at a point as symmetric forms of two to five vectors."""

    def __init__(self, flow: Flow, x: np.ndarray, p: np.ndarray, scale: np.ndarray) -> None:
        self.flow = flow
        self.x, self.p, self.scale = x, p, scale
        self.second, self.third = flow.tensors(x, p)

    def B(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return np.einsum("ijk,j,k->i", self.second, a, b)

    def C(self, a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
        return np.einsum("ijkl,j,k,l->i", self.third, a, b, c)

    def D(self, a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> np.ndarray:
        slope = self._along(np.real(d), _ONCE, 1) + 1j * self._along(np.imag(d), _ONCE, 1)
        return np.einsum("ijkl,j,k,l->i", slope, a, b, c)

    def E(self, a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray, e: np.ndarray) -> Any:
        """Return the fifth derivative, by polarisation in the last two vectors."""
        total = np.zeros(self.third.shape, complex)
        for f, u in ((1.0, np.real(d)), (1j, np.imag(d))):
            for g, v in ((1.0, np.real(e)), (1j, np.imag(e))):
                sum_, gap = self._along(u + v, _TWICE, 2), self._along(u - v, _TWICE, 2)
                total += 0.25 * f * g * (sum_ - gap)
        return np.einsum("ijkl,j,k,l->i", total, a, b, c)

    def _along(self, way: np.ndarray, weights: np.ndarray, order: int) -> np.ndarray:
        """Return a derivative of the third derivatives along a real direction."""
        length = float(np.abs(way / self.scale).max())
        if length == 0.0:
            return np.zeros_like(self.third)
        h = _SHARE / length
        moved = (self.flow.tensors(self.x + h * k * way, self.p)[1] for k in _PLACES)
        return np.einsum("k,k...->...", weights, np.array(list(moved))) / h**order
