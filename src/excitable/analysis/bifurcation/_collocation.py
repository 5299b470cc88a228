"""Limit cycles by collocation at Gauss points on a mesh that follows the solution.

On each interval of the mesh every state is a polynomial that obeys the equations at the Gauss
points. The unknowns inside an interval are eliminated there, all intervals at once, which leaves
the values at the mesh points, the period and the parameter, with the transfer matrices whose
product is the monodromy matrix. The states are in scales throughout.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from excitable.analysis.bifurcation._defining import Scaled
from excitable.analysis.bifurcation._elimination import closed


class Elements:
    """Polynomials of one degree on an interval from 0 to 1.

    Parameters
    ----------
    degree : int
        Number of Gauss points in an interval.
    """

    def __init__(self, degree: int) -> None:
        self.degree = degree
        points, weights = np.polynomial.legendre.leggauss(degree)
        self.gauss, self.weights = 0.5 * (points + 1.0), 0.5 * weights
        self.nodes = 0.5 * (1.0 - np.cos(np.pi * np.arange(degree + 1) / degree))
        powers = np.vander(self.nodes, increasing=True)
        self.to_powers = np.linalg.inv(powers)
        self.values = self.basis(self.gauss)
        slopes = np.zeros((degree, degree + 1))
        slopes[:, 1:] = np.vander(self.gauss, degree, increasing=True) * np.arange(1, degree + 1)
        self.slopes = slopes @ self.to_powers
        # Integrals of a product over an interval, by the nodal values of both factors.
        self.from_values = self.values.T @ (self.weights[:, None] * self.values)
        self.from_slopes = self.values.T @ (self.weights[:, None] * self.slopes)

    def basis(self, s: np.ndarray) -> np.ndarray:
        """Return what multiplies each nodal value at places s, shape (places, degree + 1)."""
        return np.vander(s, self.degree + 1, increasing=True) @ self.to_powers


@dataclass(frozen=True)
class Loop:
    """A closed curve with period and parameter, or a direction in the space of those.

    Parameters
    ----------
    mesh : ndarray, shape (intervals + 1,)
        From 0 to 1.
    u : ndarray, shape (intervals, degree + 1, states)
        Values at the nodes of each interval, in scales.
    period : float
        In ms; the change of its logarithm in a direction.
    p : float
        The parameter in units of its range.
    """

    mesh: np.ndarray
    u: np.ndarray
    period: float
    p: float

    def moved(self, way: Loop, length: float) -> Loop:
        """Return the loop reached along a direction."""
        return replace(
            self, u=self.u + length * way.u, period=self.period * np.exp(length * way.period),
            p=self.p + length * way.p,
        )  # fmt: skip


class Collocation:
    """The equations of limit cycles of a flow.

    Parameters
    ----------
    field : Scaled
        The drift in scaled states.
    span : float
        Range of the parameter, in internal units.
    elements : Elements
        Polynomials.
    """

    def __init__(self, field: Scaled, span: float, elements: Elements) -> None:
        self.field = field
        self.span = span
        self.elements = elements
        self.size = field.flow.size
        self._slopes = np.einsum("gj,ab->gajb", elements.slopes, np.eye(self.size))

    def inner(self, a: Loop, b: Loop) -> float:
        """Return the scalar product of two directions on one mesh."""
        e, h = self.elements, np.diff(a.mesh)
        products = ((e.values @ a.u) * (e.values @ b.u)).sum(axis=2)
        return float(h @ products @ e.weights) + a.period * b.period + a.p * b.p

    def solve(
        self, loop: Loop, phase: Loop, row: Loop
    ) -> tuple[Loop, Loop, np.ndarray, float] | None:
        """Return a Newton step with the tangent.

        Parameters
        ----------
        loop : Loop
            Where.
        phase : Loop
            The step is at right angles to its time derivative: that fixes where the loop begins.
        row : Loop
            The step is at right angles to this direction; the tangent has product one with it.

        Returns
        -------
        (Loop, Loop, ndarray, float) or None
            Step, tangent (not of unit length), transfer matrices of shape (intervals, states,
            states), divergence of the drift over the period; None where the drift is not finite.
        """
        e, n, m = self.elements, self.size, self.elements.degree
        h = np.diff(loop.mesh)
        count = h.size
        at, slope = e.values @ loop.u, e.slopes @ loop.u
        p = np.array([loop.p * self.span])
        f, J, by_free = self.field(at.reshape(-1, n).T, p)
        if not (np.isfinite(f).all() and np.isfinite(J).all()):
            return None
        hT = h * loop.period
        f = f.T.reshape(count, m, n)
        J = J.reshape(count, m, n, n)
        growth = float(hT @ np.trace(J, axis1=2, axis2=3) @ e.weights)
        weights = -hT[:, None, None] * e.values
        K = weights[:, :, None, :, None] * J[:, :, :, None, :]
        K += self._slopes
        K = K.reshape(count, m * n, (m + 1) * n)
        by_period = -(hT[:, None, None] * f).reshape(count, m * n, 1)
        by_p = -(hT[:, None] * by_free[:, :, 0].reshape(count, m * n))[..., None] * self.span
        residual = (slope - hT[:, None, None] * f).reshape(count, m * n, 1)
        right = np.concatenate([K[:, :, :n], by_period, by_p, -residual], axis=2)
        try:
            W = np.linalg.solve(K[:, :, n:], right)
        except np.linalg.LinAlgError:
            return None
        # Two rows over the nodal values: where the loop begins, and how far the step goes.
        start = e.from_slopes @ phase.u
        along = h[:, None, None] * (e.from_values @ row.u)
        last = W[:, -n:, :]
        found = _closed(last, W, start, along, row)
        if found is None or not np.isfinite(found).all():
            return None
        out = [self._expanded(loop.mesh, W, found[:, k], k == 0) for k in (0, 1)]
        return out[0], out[1], -last[:, :, :n], growth

    def _expanded(self, mesh: np.ndarray, W: np.ndarray, found: np.ndarray, step: bool) -> Loop:
        """Return values at all nodes from those at the mesh points."""
        n, m = self.size, self.elements.degree
        count = mesh.size - 1
        first = found[: count * n].reshape(count, n)
        period, p = float(found[-2]), float(found[-1])
        inside = -(W[:, :, :n] @ first[:, :, None])[:, :, 0]
        inside -= W[:, :, n] * period + W[:, :, n + 1] * p
        if step:
            inside += W[:, :, n + 2]
        u = np.concatenate([first[:, None, :], inside.reshape(count, m, n)], axis=1)
        return Loop(mesh, u, period, p)

    def remeshed(self, loop: Loop, *ways: Loop) -> list[Loop]:
        """Return loops on a mesh that spreads the error of the first evenly."""
        e, h = self.elements, np.diff(loop.mesh)
        top = e.to_powers[-1] @ loop.u / h[:, None] ** e.degree
        jump = np.abs(np.roll(top, -1, axis=0) - top).max(axis=1)
        gap = 0.5 * (h + np.roll(h, -1))
        at_right = jump / gap
        size = 0.5 * (at_right + np.roll(at_right, 1))
        monitor = size ** (1.0 / (e.degree + 1))
        monitor += 0.1 * float((monitor * h).sum()) + 1e-12
        total = np.concatenate([[0.0], np.cumsum(monitor * h)])
        mesh = np.interp(np.linspace(0.0, total[-1], h.size + 1), total, loop.mesh)
        mesh[0], mesh[-1] = 0.0, 1.0
        times = mesh[:-1, None] + np.diff(mesh)[:, None] * e.nodes
        return [replace(one, mesh=mesh, u=self.at(one, times)) for one in (loop, *ways)]

    def finer(self, loop: Loop) -> Loop:
        """Return the same loop on a mesh of twice as many intervals."""
        middle = 0.5 * (loop.mesh[:-1] + loop.mesh[1:])
        mesh = np.sort(np.concatenate([loop.mesh, middle]))
        s = self.elements.nodes
        halves = self.elements.basis(np.concatenate([0.5 * s, 0.5 + 0.5 * s]))
        u = halves @ loop.u
        return replace(loop, mesh=mesh, u=u.reshape(-1, s.size, self.size))

    def drift(self, loop: Loop) -> np.ndarray:
        """Return the time derivative at the beginning of each interval, in scales per ms."""
        x = loop.u[:, 0, :].T * self.field.scale[:, None]
        f = self.field.flow.drift(x, np.array([loop.p * self.span]))
        return f.T / self.field.scale

    def at(self, loop: Loop, times: np.ndarray) -> np.ndarray:
        """Return a loop's values at some phases, shape (*times, states)."""
        flat = np.clip(times.reshape(-1), 0.0, 1.0)
        k = np.clip(np.searchsorted(loop.mesh, flat, side="right") - 1, 0, loop.mesh.size - 2)
        s = (flat - loop.mesh[k]) / np.diff(loop.mesh)[k]
        values = (self.elements.basis(s)[:, None, :] @ loop.u[k])[:, 0, :]
        return values.reshape(*times.shape, self.size)


def _closed(
    last: np.ndarray, W: np.ndarray, start: np.ndarray, along: np.ndarray, row: Loop
) -> np.ndarray | None:
    """Solve for the values at the mesh points, the period and the parameter."""
    count, n = last.shape[:2]
    common = np.concatenate([-last[:, :, n : n + 2], last[:, :, n + 2 :]], axis=2)
    try:
        relation, points = closed(-last[:, :, :n], common)
    except np.linalg.LinAlgError:
        return None
    M = np.zeros((n + 2, n + 2))
    rhs = np.zeros((n + 2, 2))
    M[:n] = relation[:, : n + 2]
    rhs[:n, 0] = -relation[:, n + 2]
    for k, weights in ((n, start), (n + 1, along)):
        inside = (weights[:, 1:].reshape(count, 1, -1) @ W)[:, 0, :]
        head = weights[:, 0] - inside[:, :n]
        total = head.reshape(-1) @ points.reshape(count * n, -1)
        M[k] = total[: n + 2]
        M[k, n:] -= inside[:, n : n + 2].sum(axis=0)
        rhs[k, 0] = -total[n + 2] - inside[:, n + 2].sum()
    M[-1, n:] += (row.period, row.p)
    rhs[-1, 1] = 1.0
    try:
        found = np.linalg.solve(M, rhs)
    except np.linalg.LinAlgError:
        return None
    known = np.vstack([found, [1.0, 0.0]])
    return np.concatenate([(points @ known).reshape(-1, 2), found[n:]])
