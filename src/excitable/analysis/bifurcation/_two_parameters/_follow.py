"""A curve of folds or of Hopf points in two parameters, with the special points on it located.

The unknowns are those of the defining equations, in scales; the derivative is taken by central
differences of exact first derivatives, so that points are exact to rounding and only the
tangent, which merely predicts, is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from excitable.analysis.bifurcation._arclength import Arc, root
from excitable.analysis.bifurcation._defining import (
    Scaled,
    derivative,
    fold_equations,
    hopf_equations,
)
from excitable.analysis.bifurcation._flow import Flow
from excitable.analysis.bifurcation._follow import pair_product, sorted_eigenvalues
from excitable.analysis.bifurcation._normal_forms import hopf_form, rhythmic

_LONGEST = 0.05  # of the scales
_REAL = 1e-10  # of the Jacobian's size, squared: slower pairs cannot be told from real ones
_ALIKE = 1e-12  # left and right null vector this near to right angles have no quadratic form
_FAINT = 1e-4  # of the frequency: a pair this near to the axis is on it


@dataclass(frozen=True)
class CurveNode:
    """One point of a curve, in internal units.

    Parameters
    ----------
    x : ndarray, shape (states,)
        The equilibrium.
    p : ndarray, shape (2,)
        First and second parameter.
    kappa : float
        Square of the angular frequency on a curve of Hopf points, else 0.
    eigenvalues : ndarray of complex, shape (states,)
        By falling real part.
    tests : dict of str to float
        What changes sign at a special point, by its kind.
    coefficient : float or None
        Quadratic coefficient at a fold, real part of the cubic one at a Hopf point.
    z : ndarray
        All unknowns, in scales.
    left : ndarray, shape (states,)
        Left null vector at a fold, in scales; its sign follows the curve.
    tangent : ndarray
        Direction, in scales.
    """

    x: np.ndarray
    p: np.ndarray
    kappa: float
    eigenvalues: np.ndarray
    tests: dict[str, float]
    coefficient: float | None
    z: np.ndarray
    left: np.ndarray
    tangent: np.ndarray


@dataclass
class CurveTrace:
    """What following a curve gave: nodes, special points, why it begins and ends."""

    nodes: list[CurveNode] = field(default_factory=list)
    found: list[tuple[str, CurveNode, int]] = field(default_factory=list)
    ended: str = ""
    began: str = ""


class CurveFollower:
    """Follows a fold or a Hopf point in two parameters.

    Parameters
    ----------
    flow : Flow
        The drift, with two free parameters.
    kind : str
        `"fold"` or `"hopf"`.
    scale : ndarray, shape (states,)
        Scales of the states.
    spans : ndarray, shape (2,)
        Lengths of the ranges of the parameters.
    """

    def __init__(self, flow: Flow, kind: str, scale: np.ndarray, spans: np.ndarray) -> None:
        self.flow = flow
        self.kind = kind
        self.scale = scale
        self.field = Scaled(flow, scale)
        self.size = flow.size
        self.spans = spans
        self._residual: Callable[[np.ndarray], np.ndarray] = lambda z: z

    def start(self, x: np.ndarray, p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the unknowns and their scales at a fold or a Hopf point."""
        n = self.size
        z = x / self.scale
        values, right = np.linalg.eig(self.field(z[:, None], p)[1][0])
        if self.kind == "fold":
            q = np.real(right[:, int(np.argmin(np.abs(values)))])
            # As in `fold_coefficient`; from here on the sign follows the curve.
            q = q * np.sign(q[int(np.argmax(np.abs(q * self.scale)))])
            sizes = np.ones(2 * n)
            z = np.concatenate([z, q, p])
        else:
            k = rhythmic(values)
            kappa = float(values[k].imag) ** 2
            sizes = np.append(np.ones(2 * n), kappa)
            z = np.concatenate([z, np.real(right[:, k]), [kappa], p])
        return z, np.concatenate([sizes, self.spans])

    def _plane(self, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return a basis of the plane of the critical pair, shape (2, states), and the Jacobian."""
        n = self.size
        J = self.field(z[:n, None], z[-2:])[1][0]
        return np.linalg.svd(J @ J + z[2 * n] * np.eye(n))[2][-2:], J

    def _fix(self, z: np.ndarray) -> None:
        """Let the equations fix the length and the phase of q as they are in some unknowns."""
        n = self.size
        q = z[n : 2 * n]
        if self.kind == "fold":
            self._residual = fold_equations(self.field, q)
        else:
            plane = self._plane(z)[0]
            across = plane.T @ np.array([-(plane[1] @ q), plane[0] @ q])
            self._residual = hopf_equations(self.field, q, across)

    def _settle(self, z: np.ndarray) -> np.ndarray:
        """Return the same point with q of unit length, in a phase in which it is moved most.

        That keeps q away from the null vector at a Bogdanov-Takens point, for which the
        equations of a Hopf point would be singular.
        """
        n, z = self.size, z.copy()
        if self.kind == "fold":
            z[n : 2 * n] /= np.linalg.norm(z[n : 2 * n])
        else:
            plane, J = self._plane(z)
            z[n : 2 * n] = np.linalg.svd(J @ plane.T)[2][0] @ plane
        self._fix(z)
        return z

    def _like(self, z: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Return a point with length and phase of q as another point fixes them."""
        n, z = self.size, z.copy()
        q = other[n : 2 * n]
        if self.kind == "fold":
            z[n : 2 * n] *= (q @ q) / (z[n : 2 * n] @ q)
        else:
            here, there = self._plane(z)[0], self._plane(other)[0]
            across = there.T @ np.array([-(there[1] @ q), there[0] @ q])
            moved = here.T @ np.array([-(here[1] @ across), here[0] @ across])
            z[n : 2 * n] = moved / np.linalg.norm(moved) * np.sign(moved @ q)
        return z

    def _arc(self, scale: np.ndarray) -> Arc:
        def linear(z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            return self._residual(z[:, None])[:, 0], derivative(self._residual, z, arc.scale)

        seen = np.ones(scale.size, bool)
        seen[self.size : 2 * self.size] = False
        arc = Arc(linear, scale, _LONGEST, self._settle, seen)
        return arc

    def follow(
        self, z: np.ndarray, scale: np.ndarray, way: float, box: np.ndarray, most: int
    ) -> CurveTrace:
        """Follow the curve one way.

        Parameters
        ----------
        z : ndarray
            Unknowns at a point of it.
        scale : ndarray
            Their scales.
        way : float
            Positive to begin with the second parameter rising.
        box : ndarray, shape (2, 2)
            Lowest and highest value of the first and of the second parameter.
        most : int
            How many points at most.

        Returns
        -------
        CurveTrace
            All that was found, and why it ends.
        """
        z = self._settle(z)
        arc = self._arc(scale)
        along = self._first(arc, z) * way
        trace = CurveTrace()
        for point, tangent, _, _ in arc.steps(z, along, most):
            last = trace.nodes[-1] if trace.nodes else None
            node = self._node(point, tangent, last)
            if last is None:
                trace.nodes.append(node)
                continue
            if self._last(arc, trace, node, box):
                return trace
            self._scan(arc, trace, last, node)
            self._fix(point)
            trace.nodes.append(node)
        trace.ended = arc.ended
        return trace

    def _last(self, arc: Arc, trace: CurveTrace, node: CurveNode, box: np.ndarray) -> bool:
        """End the curve where it leaves the ranges or the pair becomes real, if a step does."""
        before = trace.nodes[-1]
        if self.kind == "hopf" and node.kappa <= 0.0:
            meeting = self._located(arc, before, node, "bogdanov-takens")
            if meeting is not None and _inside(meeting.p, box):
                self._scan(arc, trace, before, meeting)
                trace.found.append(("bogdanov-takens", meeting, len(trace.nodes) - 1))
                trace.nodes.append(meeting)
                trace.ended = "bogdanov-takens"
                return True
        if _inside(node.p, box):
            return False
        trace.ended = "range"
        if not _on_edge(before.p, node.p, box):
            edge = self._at_edge(arc, before, node, box)
            if edge is None:
                trace.ended = "the equations have no solution at the end of the range"
            else:
                self._scan(arc, trace, before, edge)
                trace.nodes.append(edge)
        return True

    def _first(self, arc: Arc, z: np.ndarray) -> np.ndarray:
        """Return the direction in which the second parameter rises, else the first."""
        along = np.zeros(z.size)
        along[-1] = 1.0
        tangent = arc.tangent(z, along)[0]
        if abs(tangent[-1]) < 1e-12:
            along[-2] = 1.0
            tangent = arc.tangent(z, along)[0]
        return tangent

    def _node(self, z: np.ndarray, tangent: np.ndarray, near: CurveNode | None) -> CurveNode:
        n = self.size
        x, p = z[:n] * self.scale, z[-2:]
        J = self.field(z[:n, None], p)[1][0]
        values = sorted_eigenvalues(J)
        if self.kind == "hopf":
            return self._hopf_node(z, values, tangent, float(np.abs(J).max()))
        left = np.linalg.svd(J)[0][:, -1]
        if near is not None and left @ near.left < 0.0:
            left = -left
        q = z[n : 2 * n]
        second = self.flow.tensors(x, p)[0]
        bent = np.einsum("ijk,j,k->i", second, q * self.scale, q * self.scale) / self.scale
        others = np.delete(values, int(np.argmin(np.abs(values))))
        tests = {
            "cusp": float(left @ bent), "bogdanov-takens": float(left @ q),
            "fold-hopf": pair_product(others),
        }  # fmt: skip
        overlap = tests["bogdanov-takens"]
        coefficient = None
        if abs(overlap) > _ALIKE:
            coefficient = 0.5 * tests["cusp"] / overlap / float(np.linalg.norm(q * self.scale))
        return CurveNode(x, p, 0.0, values, tests, coefficient, z, left, tangent)

    def _hopf_node(
        self, z: np.ndarray, values: np.ndarray, tangent: np.ndarray, size: float
    ) -> CurveNode:
        x, p = z[: self.size] * self.scale, z[-2:]
        kappa = float(z[2 * self.size])
        pair = 1j * np.sqrt(complex(kappa))
        rest = values
        for one in (pair, -pair):
            rest = np.delete(rest, int(np.argmin(np.abs(rest - one))))
        tests = {
            "bogdanov-takens": kappa,
            "fold-hopf": float(np.prod(rest).real),
            "double hopf": pair_product(rest),
        }
        coefficient = None
        if kappa > _REAL * size**2:
            coefficient = hopf_form(self.flow, x, p).c1.real
            tests["bautin"] = coefficient
        return CurveNode(x, p, kappa, values, tests, coefficient, z, np.zeros(0), tangent)

    def _at_edge(self, arc: Arc, a: CurveNode, b: CurveNode, box: np.ndarray) -> CurveNode | None:
        """Return the point with which the curve leaves the ranges."""
        share, k, edge = min(
            ((edge - a.p[k]) / (b.p[k] - a.p[k]), k, edge)
            for k in (0, 1) for edge in box[k]
            if (b.p[k] - edge) * (edge - box[k].mean()) > 0.0
        )  # fmt: skip
        self._fix(a.z)
        guess = a.z + share * (self._like(b.z, a.z) - a.z)
        row = np.zeros(guess.size)
        row[k - 2] = 1.0
        guess[k - 2] = edge
        found = arc.correct(guess, row, 25)
        if found is None:
            return None
        z = found[0]
        z[k - 2] = edge
        return self._node(z, a.tangent, a)

    def _scan(self, arc: Arc, trace: CurveTrace, a: CurveNode, b: CurveNode) -> None:
        """Add the special points between two neighbouring points, in order."""
        new: list[tuple[float, str, CurveNode]] = []
        parts = np.ones(a.z.size, bool)
        parts[self.size : 2 * self.size] = False
        chord = np.where(parts, (b.z - a.z) / arc.scale, 0.0)
        for kind, value in a.tests.items():
            other = b.tests.get(kind)
            if other is None or value * other >= 0.0:
                continue
            if kind == "bogdanov-takens" and self.kind == "hopf":
                continue  # the curve ends there
            one = self._located(arc, a, b, kind)
            if one is None or not self._genuine(kind, one):
                continue
            # Beside a fold-Hopf point a coefficient changes sign through infinity.
            if abs(one.tests[kind]) < max(abs(value), abs(other)):
                new.append((float(chord @ ((one.z - a.z) / arc.scale)), kind, one))
        for _, kind, one in sorted(new, key=lambda item: item[0]):
            trace.found.append((kind, one, len(trace.nodes) - 1))

    def _located(self, arc: Arc, a: CurveNode, b: CurveNode, kind: str) -> CurveNode | None:
        """Return the point between two neighbours where a test function vanishes."""
        self._fix(a.z)
        to = self._like(b.z, a.z)

        def between(share: float) -> CurveNode | None:
            z = arc.between(a.z, to, share)
            return None if z is None else self._node(z, a.tangent, a)

        def test(share: float) -> float | None:
            node = between(share)
            return None if node is None else node.tests.get(kind)

        ends = test(0.0), test(1.0)
        if ends[0] is None or ends[1] is None or ends[0] * ends[1] > 0.0:
            return None
        place = root(test, ends[0], ends[1])
        return None if place is None else between(place)

    def _genuine(self, kind: str, node: CurveNode) -> bool:
        """Whether a pair that crosses is a complex one: two real ones of opposite sign do not."""
        if kind not in ("fold-hopf", "double hopf"):
            return True
        values = node.eigenvalues
        if kind == "fold-hopf" and self.kind == "hopf":
            return True
        used = 1 if self.kind == "fold" else 2
        on_axis = np.abs(np.real(values)) < _FAINT * np.abs(np.imag(values))
        return int(on_axis.sum()) >= 2 * used if self.kind == "hopf" else bool(on_axis.any())


def _inside(p: np.ndarray, box: np.ndarray) -> bool:
    return bool(((p >= box[:, 0]) & (p <= box[:, 1])).all())


def _on_edge(a: np.ndarray, b: np.ndarray, box: np.ndarray) -> bool:
    """Whether a point lies on the very edge over which the next one is."""
    low = (a <= box[:, 0]) & (b < box[:, 0])
    high = (a >= box[:, 1]) & (b > box[:, 1])
    return bool((low | high).any())
