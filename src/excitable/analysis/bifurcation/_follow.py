"""A branch of equilibria followed from end to end, with the special points on it located."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from excitable.analysis.bifurcation._arclength import Arc, root
from excitable.analysis.bifurcation._defining import (
    Scaled,
    branch_point_equations,
    fold_equations,
    hopf_equations,
    refine,
)
from excitable.analysis.bifurcation._flow import Flow
from excitable.analysis.bifurcation._normal_forms import rhythmic

_DEPTH = 6  # halvings of a step over which more than one thing happens
_NEAR = 1e-3  # in scales: a refined point farther from where it was found is another one
_STRIDE = 10.0  # steps outside the range are this much longer
_REACH = 100.0  # ranges beyond the start that a branch is followed to see whether it comes back

UNDEFINED = "the equations are not defined"


@dataclass(frozen=True)
class Node:
    """One solution on a branch, in internal units.

    Parameters
    ----------
    y : ndarray, shape (states + 1,)
        States, then the parameter.
    tangent : ndarray, shape (states + 1,)
        In the scales of its step.
    side : float
        Changes sign at a branch point.
    eigenvalues : ndarray of complex, shape (states,)
        By falling real part.
    """

    y: np.ndarray
    tangent: np.ndarray
    side: float
    eigenvalues: np.ndarray

    @property
    def unstable(self) -> int:
        """Number of eigenvalues with positive real part."""
        return int((np.real(self.eigenvalues) > 0.0).sum())

    @property
    def pairs(self) -> float:
        """Product of all sums of two eigenvalues, each by its size; zero at a Hopf point."""
        return pair_product(self.eigenvalues)


@dataclass(frozen=True)
class Found:
    """A special point of a branch, in internal units."""

    kind: str
    y: np.ndarray
    tangent: np.ndarray


@dataclass
class Trace:
    """What following a branch gave.

    Parameters
    ----------
    nodes : list of Node
        Solutions in order.
    found : list of Found
        Special points in order.
    places : list of int
        Index of the node before each special point.
    gaps : list of int
        Index of each node with which the branch comes back into the range.
    ended : str
        Why it stops.
    began : str
        Why it begins where it does, if not at the start that was asked for.
    limit : float or None
        Value of the parameter at which the equations are not defined, where that ends it.
    """

    nodes: list[Node] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    ended: str = ""
    began: str = ""
    limit: float | None = None


def pair_product(eigenvalues: np.ndarray) -> float:
    """Return the product of the sums of all pairs of eigenvalues, each divided by its size."""
    i, j = np.triu_indices(eigenvalues.size, 1)
    sizes = np.abs(eigenvalues[i]) + np.abs(eigenvalues[j])
    with np.errstate(all="ignore"):
        shares = np.where(sizes > 0.0, (eigenvalues[i] + eigenvalues[j]) / sizes, 0.0)
    return float(np.prod(shares).real)


def sorted_eigenvalues(J: np.ndarray) -> np.ndarray:
    """Return the eigenvalues by falling real part, the positive frequency of a pair first."""
    values = np.linalg.eigvals(J).astype(complex)
    return values[np.lexsort((-np.imag(values), -np.real(values)))]


class Follower:
    """Follows one branch of equilibria.

    Parameters
    ----------
    flow : Flow
        The drift, with one free parameter.
    scale : ndarray, shape (states + 1,)
        Size of a change that counts.
    longest : float
        Longest step, in scales.
    """

    def __init__(self, flow: Flow, scale: np.ndarray, longest: float) -> None:
        self.flow = flow
        self.size = flow.size
        self.arc = Arc(self._linear, scale, longest)

    def _linear(self, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        f, J, by_free = self.flow.linear(y[: self.size, None], y[self.size :])
        return f[:, 0], np.hstack([J[0], by_free[0]])

    def _node(self, y: np.ndarray, along: np.ndarray) -> Node:
        tangent, side, D = self.arc.tangent(y, along)
        return Node(y, tangent, side, sorted_eigenvalues(D[:, : self.size]))

    def follow(
        self, y: np.ndarray, along: np.ndarray, ends: tuple[float, float], most: int, leave: bool
    ) -> Trace:
        """Follow the branch until the parameter leaves its range.

        Parameters
        ----------
        y : ndarray, shape (states + 1,)
            A solution.
        along : ndarray, shape (states + 1,)
            Which way, in scales.
        ends : tuple of float
            Range of the parameter, from where the branch starts.
        most : int
            How many points at most.
        leave : bool
            Whether a branch that leaves the range where it started is followed outside, without
            record, to see whether it comes back.

        Returns
        -------
        Trace
            All that was found, and why it ends.
        """
        start, stop = ends
        trace = Trace()
        before: Node | None = None
        outside = False
        longest = self.arc.longest
        for point, tangent, side, D in self.arc.steps(y, along, most):
            node = Node(point, tangent, side, sorted_eigenvalues(D[:, : self.size]))
            share = (point[-1] - start) / (stop - start)
            if before is None:
                trace.nodes.append(node)
            elif self._over_pole(trace, before, node, ends):
                break
            elif outside and share >= 0.0:
                outside, self.arc.longest = False, longest
                trace.gaps.append(len(trace.nodes))
                before = self._at_edge(before, node, start) or node
                trace.nodes.append(before)
                if before is not node:
                    self._add(trace, before, node)
            elif share < 0.0 or share > 1.0:
                if not outside:
                    if not self._leaves(trace, before, node, stop if share > 1.0 else start):
                        break
                    outside, self.arc.longest = True, longest * _STRIDE
                if share > 1.0 or share < -_REACH or not leave:
                    break
            else:
                self._add(trace, before, node)
            before = node
        self.arc.longest = longest
        trace.ended = trace.ended or ("range" if outside else self.arc.ended)
        return trace

    def _over_pole(self, trace: Trace, a: Node, b: Node, ends: tuple[float, float]) -> bool:
        """Whether a step of a parameter through zero passes where one divides by it."""
        if ends[0] * ends[1] >= 0.0 or a.y[-1] * b.y[-1] >= 0.0:
            return False
        y = a.y + a.y[-1] / (a.y[-1] - b.y[-1]) * (b.y - a.y)
        y[-1] = 0.0
        if all(np.isfinite(part).all() for part in self._linear(y)):
            return False
        trace.ended, trace.limit = UNDEFINED, 0.0
        return True

    def _leaves(self, trace: Trace, a: Node, b: Node, edge: float) -> bool:
        """Add the point at the edge of the range; false where there is none."""
        last = self._at_edge(a, b, edge)
        if last is not None:
            self._add(trace, a, last)
        elif a.y[-1] != edge:
            self._stop_at(trace, np.append(a.y[:-1], edge))
            return False
        return True

    def _stop_at(self, trace: Trace, y: np.ndarray) -> None:
        """Say why there is no solution at some value of the parameter."""
        if all(np.isfinite(part).all() for part in self._linear(y)):
            trace.ended = "Newton's method finds no further point"
        else:
            trace.ended, trace.limit = UNDEFINED, float(y[-1])

    def _add(self, trace: Trace, a: Node, b: Node) -> None:
        self._scan(trace, a, b, 0)
        trace.nodes.append(b)

    def _at_edge(self, a: Node, b: Node, edge: float) -> Node | None:
        """Return the solution at the edge of the range."""
        if a.y[-1] == b.y[-1]:
            return None
        share = (edge - a.y[-1]) / (b.y[-1] - a.y[-1])
        guess = a.y + share * (b.y - a.y)
        guess[-1] = edge
        row = np.zeros(guess.size)
        row[-1] = 1.0
        found = self.arc.correct(guess, row, 25)
        if found is None:
            return None
        y = found[0]
        y[-1] = edge
        return None if np.array_equal(y, a.y) else self._node(y, a.tangent)

    def _scan(self, trace: Trace, a: Node, b: Node, depth: int) -> None:
        """Add the special points between two neighbouring solutions."""
        crossing = a.side * b.side < 0.0
        folded = a.tangent[-1] * b.tangent[-1] < 0.0 and not crossing
        turned = a.pairs * b.pairs < 0.0
        lost = abs(a.unstable - b.unstable)
        explained = int(crossing or folded) + 2 * int(turned)
        if depth < _DEPTH and (explained > 2 or lost > explained):
            y = self.arc.between(a.y, b.y, 0.5)
            if y is not None:
                middle = self._node(y, a.tangent)
                self._scan(trace, a, middle, depth + 1)
                self._scan(trace, middle, b, depth + 1)
                return
        new: list[Found | None] = []
        if crossing:
            new.append(self._locate(a, b, "branch point"))
        if folded:
            new.append(self._locate(a, b, "fold"))
        if turned:
            new.append(self._locate(a, b, "hopf"))
        chord = (b.y - a.y) / self.arc.scale
        found = [one for one in new if one is not None]
        for one in sorted(found, key=lambda one: float(chord @ (one.y / self.arc.scale))):
            trace.found.append(one)
            trace.places.append(len(trace.nodes) - 1)

    def _locate(self, a: Node, b: Node, kind: str) -> Found | None:
        """Locate a special point: by a sign change on the branch, then by its own equations."""

        def test(share: float) -> float | None:
            y = self.arc.between(a.y, b.y, share)
            if y is None:
                return None
            node = self._node(y, a.tangent)
            if kind == "fold":
                return float(node.tangent[-1])
            if kind == "hopf":
                return node.pairs
            D = self._linear(y)[1] * self.arc.scale
            return float(np.linalg.det(np.vstack([D, (b.y - a.y) / self.arc.scale])))

        ends = test(0.0), test(1.0)
        if ends[0] is None or ends[1] is None or ends[0] * ends[1] > 0.0:
            return None
        place = root(test, ends[0], ends[1])
        y = None if place is None else self.arc.between(a.y, b.y, place)
        if y is None and kind == "branch point":
            # At the crossing itself the corrector fails; its own equations need only a guess.
            share = ends[0] / (ends[0] - ends[1])
            y = a.y + share * (b.y - a.y)
        if y is None:
            return None
        refined = self._refined(kind, y)
        if refined is None:
            return None
        return Found(kind, refined, self._node(refined, a.tangent).tangent)

    def _refined(self, kind: str, y: np.ndarray) -> np.ndarray | None:
        """Solve the equations of the point, starting from where the branch showed it."""
        n, scale = self.size, self.arc.scale
        z = y / scale
        flow = Scaled(self.flow, scale[:n])
        J = self._linear(y)[1][:, :n] * scale[:n] / scale[:n, None]
        values, right = np.linalg.eig(J)
        p, unit = y[n:], scale[n:]
        if kind == "fold":
            q = np.real(right[:, int(np.argmin(np.abs(values)))])
            q = q / np.linalg.norm(q)
            solved = refine(
                fold_equations(flow, q), np.concatenate([z[:n], q, p]),
                np.concatenate([np.ones(2 * n), unit]),
            )  # fmt: skip
        elif kind == "hopf":
            k = rhythmic(values)
            omega = float(values[k].imag)
            if omega <= 0.0 or abs(values[k].real) > 1e-4 * omega:
                return None  # two real eigenvalues of opposite sign: nothing happens there
            q = np.real(right[:, k]) / np.linalg.norm(np.real(right[:, k]))
            solved = refine(
                hopf_equations(flow, q, np.imag(right[:, k])),
                np.concatenate([z[:n], q, [omega**2], p]),
                np.concatenate([np.ones(2 * n), [omega**2], unit]),
            )  # fmt: skip
        else:
            left_values, left = np.linalg.eig(J.T)
            psi = np.real(left[:, int(np.argmin(np.abs(left_values)))])
            psi = psi / np.linalg.norm(psi)
            solved = refine(
                branch_point_equations(flow), np.concatenate([z[:n], psi, [0.0], p]),
                np.concatenate([np.ones(2 * n + 1), unit]),
            )  # fmt: skip
        if solved is None:
            return None
        out = np.concatenate([solved[:n] * scale[:n], solved[-1:]])
        reach = self.arc.longest if kind == "branch point" else _NEAR
        return out if np.abs((out - y) / scale).max() < reach else None
