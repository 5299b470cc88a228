"""Limit cycles, their multipliers, and what following a family of them gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from excitable.analysis.bifurcation._collocation import Collocation, Loop
from excitable.analysis.bifurcation._floquet import floquet

_CLOSE = 1e-8
_ITERATIONS = 7


@dataclass(frozen=True)
class Cycle:
    """One limit cycle, in internal units.

    Parameters
    ----------
    equations : Collocation
        What it obeys.
    loop : Loop
        The solution.
    tangent : Loop
        Unit direction of the family.
    transfers : ndarray, shape (intervals, states, states)
        Derivatives of the flow from each mesh point to the next, in scales.
    divergence : float
        Integral of the divergence of the drift over the period.
    """

    equations: Collocation
    loop: Loop
    tangent: Loop
    transfers: np.ndarray
    divergence: float

    @cached_property
    def _floquet(self) -> tuple[np.ndarray, float]:
        return floquet(self.transfers, self.equations.drift(self.loop), self.divergence)

    @property
    def multipliers(self) -> np.ndarray:
        """Floquet multipliers, shape (states,), the trivial one first."""
        return self._floquet[0]

    @property
    def trivial_error(self) -> float:
        """How far the direction of the flow is from being carried onto itself."""
        return self._floquet[1]

    @property
    def others(self) -> np.ndarray:
        """Multipliers without the trivial one."""
        return self.multipliers[1:]

    @property
    def folding(self) -> float:
        """Changes sign where a multiplier passes 1."""
        return float(np.prod((self.others - 1.0) / (np.abs(self.others) + 1.0)).real)

    @property
    def doubling(self) -> float:
        """Changes sign where a multiplier passes -1."""
        return float(np.prod((self.others + 1.0) / (np.abs(self.others) + 1.0)).real)

    @property
    def turning(self) -> float:
        """Changes sign where a pair of multipliers passes the unit circle."""
        i, j = np.triu_indices(self.others.size, 1)
        pairs = self.others[i] * self.others[j]
        return float(np.prod((pairs - 1.0) / (np.abs(pairs) + 1.0)).real)


@dataclass(frozen=True)
class CycleFound:
    """A special point on a family of cycles."""

    kind: str
    cycle: Cycle
    place: int


@dataclass
class Family:
    """What following cycles gave: solutions, special points and why it ends."""

    cycles: list[Cycle] = field(default_factory=list)
    found: list[CycleFound] = field(default_factory=list)
    ended: str = ""
    hopf: int | None = None
    fold: int | None = None


@dataclass(frozen=True)
class Birth:
    """A Hopf point in scales.

    Parameters
    ----------
    x : ndarray, shape (states,)
        Equilibrium.
    q : ndarray of complex, shape (states,)
        Critical eigenvector.
    omega : float
        In rad/ms.
    p : float
        In ranges.
    """

    x: np.ndarray
    q: np.ndarray
    omega: float
    p: float


def correct(
    equations: Collocation, guess: Loop, row: Loop, close: float = _CLOSE
) -> tuple[Cycle, int] | None:
    """Return the cycle nearest to a guess at right angles to a direction.

    Parameters
    ----------
    equations : Collocation
        What a cycle obeys.
    guess : Loop
        Where to begin.
    row : Loop
        The direction.
    close : float
        Size of the last step; a larger one will do where rounding lets it get no smaller.

    Returns
    -------
    (Cycle, int) or None
        It and the count of steps; None if Newton's method does not converge.
    """
    loop = guess
    last = np.inf
    for count in range(1, _ITERATIONS + 1):
        solved = equations.solve(loop, guess, row)
        if solved is None:
            return None
        step, tangent, transfers, growth = solved
        size = max(float(np.abs(step.u).max()), abs(step.period), abs(step.p))
        if not np.isfinite(size) or size > 2.0 or (count > 2 and size > last > _CLOSE):
            return None
        loop = loop.moved(step, 1.0)
        if size < close or (size < _CLOSE and (size > 0.1 * last or count == _ITERATIONS)):
            unit = _unit(equations, tangent, row)
            return Cycle(equations, loop, unit, transfers, growth), count
        last = size
    return None


def fixed(equations: Collocation, guess: Loop, close: float = _CLOSE) -> Cycle | None:
    """Return the cycle near a guess with the guess's parameter."""
    row = Loop(guess.mesh, np.zeros_like(guess.u), 0.0, 1.0)
    found = correct(equations, guess, row, close)
    return None if found is None else found[0]


def _unit(equations: Collocation, way: Loop, row: Loop) -> Loop:
    """Return a direction of unit length that points as another does."""
    length = np.sqrt(equations.inner(way, way))
    if equations.inner(way, row) < 0.0:
        length = -length
    return Loop(way.mesh, way.u / length, way.period / length, way.p / length)
