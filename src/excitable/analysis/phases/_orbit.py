"""A closed orbit in pieces: polynomials on the intervals of each piece, resets between pieces."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from excitable.analysis.bifurcation._collocation import Elements
from excitable.analysis.bifurcation._defining import Scaled

_HALVINGS = 50


@lru_cache(maxsize=8)
def elements(degree: int) -> Elements:
    """Return the polynomials of a degree."""
    return Elements(degree)


@dataclass(frozen=True)
class Arc:
    """A part of an orbit without a jump.

    The clock of an arc need not be time: where a potential blows up it is the length of the curve.

    Parameters
    ----------
    u : ndarray, shape (intervals, nodes, states)
        States at the nodes of each interval, in scales.
    t : ndarray, shape (intervals, nodes)
        Times in ms from the start of the orbit.
    pace : ndarray, shape (intervals, gauss)
        Time that passes at the Gauss points, in ms for one interval of the clock.
    held : bool
        Whether this is a refractory time.
    """

    u: np.ndarray
    t: np.ndarray
    pace: np.ndarray
    held: bool = False

    @property
    def elements(self) -> Elements:
        """Polynomials on an interval."""
        return elements(self.u.shape[1] - 1)

    @property
    def start(self) -> np.ndarray:
        """First state."""
        return self.u[0, 0]

    @property
    def end(self) -> np.ndarray:
        """Last state."""
        return self.u[-1, -1]

    def shifted(self, time: float) -> Arc:
        """Return the same arc some time later."""
        return Arc(self.u, self.t + time, self.pace, self.held)

    def places(self, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the interval and the place in it, from 0 to 1, at some times."""
        edges = self.t[1:, 0]
        k = np.searchsorted(edges, times, side="right")
        low, high = np.zeros(times.size), np.ones(times.size)
        for _ in range(_HALVINGS):
            s = 0.5 * (low + high)
            early = np.einsum("tj,tj->t", self.elements.basis(s), self.t[k]) <= times
            low, high = np.where(early, s, low), np.where(early, high, s)
        return k, 0.5 * (low + high)


@dataclass(frozen=True)
class Orbit:
    """A closed orbit.

    Parameters
    ----------
    arcs : tuple of Arc
        In order; after a free one the neuron fires if `resets`.
    period : float
        In ms.
    field : Scaled
        The drift in scaled states.
    p : ndarray, shape (1,)
        What the drift is given as its free parameter.
    multipliers : ndarray of complex
        How deviations shrink or grow in one turn; the one along the orbit is left out.
    resets : bool
        Whether free arcs end in a reset.
    """

    arcs: tuple[Arc, ...]
    period: float
    field: Scaled
    p: np.ndarray
    multipliers: np.ndarray
    resets: bool

    @property
    def stable(self) -> bool:
        """Whether all deviations shrink."""
        return bool((np.abs(self.multipliers) < 1.0).all())

    def error(self, adjoint: list[np.ndarray]) -> float:
        """Return how far the product of adjoint and drift, which is 1, is from that at most."""
        worst = 0.0
        for arc, values in zip(self.arcs, adjoint, strict=True):
            if not arc.held:
                x = arc.u.reshape(-1, arc.u.shape[2])
                f = self.field(x.T, self.p)[0].T.reshape(arc.u.shape)
                worst = max(worst, float(np.abs((values * f).sum(axis=2) - 1.0).max()))
        return worst

    def sampled(self, nodal: list[np.ndarray], times: np.ndarray) -> np.ndarray:
        """Return what is known at the nodes of all arcs at some times, shape (times, states)."""
        turned = np.mod(times, self.period)
        out = np.empty((turned.size, nodal[0].shape[2]))
        which = self.arc_at(turned)
        for a, (arc, values) in enumerate(zip(self.arcs, nodal, strict=True)):
            rows = np.flatnonzero(which == a)
            if rows.size:
                k, s = arc.places(turned[rows])
                out[rows] = np.einsum("tj,tjn->tn", arc.elements.basis(s), values[k])
        return out

    def arc_at(self, turned: np.ndarray) -> np.ndarray:
        """Return on which arc the orbit is at times from 0 to the period."""
        begins = np.array([arc.t[0, 0] for arc in self.arcs[1:]])
        return np.searchsorted(begins, turned, side="right")

    def states(self, times: np.ndarray) -> np.ndarray:
        """Return states at some times, in internal units, shape (times, states)."""
        return self.sampled([arc.u for arc in self.arcs], times) * self.field.scale

    def held(self, times: np.ndarray) -> np.ndarray:
        """Return whether the neuron is refractory at some times."""
        flags = np.array([arc.held for arc in self.arcs])
        return flags[self.arc_at(np.mod(times, self.period))]

    def crossings(self, heights: list[np.ndarray]) -> np.ndarray:
        """Return when a function, known at the nodes of all arcs, rises through zero.

        Parameters
        ----------
        heights : list of ndarray, shape (intervals, nodes)
            The function.

        Returns
        -------
        ndarray
            Times in ms.
        """
        found: list[float] = []
        for arc, height in zip(self.arcs, heights, strict=True):
            rows, places = np.nonzero((height[:, :-1] < 0.0) & (height[:, 1:] >= 0.0))
            e = arc.elements
            low, high = e.nodes[places], e.nodes[places + 1]
            for _ in range(_HALVINGS):
                s = 0.5 * (low + high)
                below = np.einsum("tj,tj->t", e.basis(s), height[rows]) < 0.0
                low, high = np.where(below, s, low), np.where(below, high, s)
            found += np.einsum("tj,tj->t", e.basis(high), arc.t[rows]).tolist()
        return np.array(sorted(np.mod(found, self.period)))
