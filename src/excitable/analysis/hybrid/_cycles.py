"""Fixed points and cycles of the adaptation map, and what orbits come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from excitable.analysis.hybrid._return_map import ReturnMap, Step
from excitable.analysis.hybrid._table import Table

LONGEST = 64  # spikes per cycle at most
_TRANSIENT = 4000
_NEWTON = 12
_CLOSE = 1e-3  # of the range: how well an orbit repeats before a cycle is looked for
_SOLVED = 1e-10


@dataclass(frozen=True, eq=False)
class Cycle:
    """A cycle of the map in bare numbers.

    Parameters
    ----------
    w : ndarray, shape (spikes,)
        Its points, in the order of the spikes, the one after the longest interval first.
    interval : ndarray, shape (spikes,)
        Time from each spike to the next, in ms.
    multiplier : float
        Derivative of the map over the whole cycle.
    """

    w: np.ndarray
    interval: np.ndarray
    multiplier: float

    @property
    def stable(self) -> bool:
        """Whether orbits come back to it."""
        return abs(self.multiplier) < 1.0


def solve_cycle(
    the_map: ReturnMap, guess: np.ndarray, span: float,
    lanes: Mapping[str, np.ndarray] | None = None,
) -> Cycle | None:  # fmt: skip
    """Return the cycle near a guess, by Newton's method on all its points at once.

    Parameters
    ----------
    the_map : ReturnMap
        The map.
    guess : ndarray, shape (spikes,)
        Its points, about.
    span : float
        The range that matters.
    lanes : mapping of str to ndarray, shape (spikes,), optional
        The parameters and inputs that the map leaves open.

    Returns
    -------
    Cycle or None
        None where Newton's method finds none nearby.
    """
    w = np.array(guess, float)
    n = w.size
    worst = np.inf
    for _ in range(_NEWTON):
        step = the_map(w, lanes, slope=True)
        if step.slope is None or not (np.isfinite(step.w) & np.isfinite(step.slope)).all():
            return None
        miss = step.w - np.roll(w, -1)
        # To the end: where the multiplier is near one, small misses are large errors.
        if np.abs(miss).max() >= 0.3 * worst and worst <= _SOLVED * span:
            return _ordered(w, step)
        worst = float(np.abs(miss).max())
        # d_{k+1} - P'(w_k) d_k = miss_k
        J = np.zeros((n, n))
        J[np.arange(n), np.arange(n)] -= step.slope
        J[np.arange(n), (np.arange(n) + 1) % n] += 1.0
        try:
            change = np.linalg.solve(J, miss)
        except np.linalg.LinAlgError:
            return None
        w = w + change
        if np.abs(w - guess).max() > 20.0 * _CLOSE * span:
            return None
    return None


def _ordered(w: np.ndarray, step: Step) -> Cycle:
    slope = np.full(w.size, np.nan) if step.slope is None else step.slope
    start = (int(np.argmax(step.interval)) + 1) % w.size
    return Cycle(np.roll(w, -start), np.roll(step.interval, -start), float(np.prod(slope)))


def fixed_points(the_map: ReturnMap, table: Table) -> list[Cycle]:
    """Return all fixed points that the table shows, exactly.

    Parameters
    ----------
    the_map : ReturnMap
        The map.
    table : Table
        Its table.

    Returns
    -------
    list of Cycle
        Of one spike each, rising.
    """
    gap = table.value - table.w
    with np.errstate(invalid="ignore"):
        change = table.whole & (np.sign(gap[:-1]) * np.sign(gap[1:]) <= 0.0)
    found: list[Cycle] = []
    span = float(table.w[-1] - table.w[0])
    for k in np.flatnonzero(change):
        low, high = table.w[k], table.w[k + 1]
        for _ in range(60):
            middle = 0.5 * (low + high)
            if (float(table(np.array([middle]))[0]) - middle) * gap[k] > 0.0:
                low = middle
            else:
                high = middle
        one = solve_cycle(the_map, np.array([0.5 * (low + high)]), span)
        if one is not None and not any(abs(one.w[0] - o.w[0]) < 1e-8 * span for o in found):
            found.append(one)
    return sorted(found, key=lambda one: one.w[0])


@dataclass(frozen=True, eq=False)
class Orbits:
    """What tabulated orbits from many starts come to.

    Parameters
    ----------
    w : ndarray, shape (points, lanes)
        Their points; nan from where they fell silent.
    """

    w: np.ndarray

    @property
    def last(self) -> np.ndarray:
        """The last points of each."""
        return self.w[-4 * LONGEST :]

    @property
    def spikes(self) -> np.ndarray:
        """How many spikes there were before silence, at most those that were followed."""
        return np.isfinite(self.w).sum(axis=0)

    def transient(self, lane: int, cycle: int, span: float) -> int:
        """Return after how many spikes an orbit repeats itself to a thousandth of the range."""
        one = self.w[:, lane]
        apart = np.flatnonzero(np.abs(one[cycle:] - one[:-cycle]) > _CLOSE * span)
        return int(apart[-1]) + 1 if apart.size else 0


def orbits(table: Table, starts: np.ndarray) -> Orbits:
    """Follow orbits through the table.

    Parameters
    ----------
    table : Table
        The map.
    starts : ndarray, shape (lanes,)
        Where they begin.

    Returns
    -------
    Orbits
        Their ends.
    """
    w = np.array(starts, float)
    whole = np.full((_TRANSIENT + 4 * LONGEST, w.size), np.nan)
    for row in whole:
        w = table(w)
        row[:] = w
        if not np.isfinite(w).any():
            break
    return Orbits(whole)


def cycle_of(the_map: ReturnMap, last: np.ndarray, span: float) -> Cycle | None:
    """Return the stable cycle that the last points of an orbit come to.

    Parameters
    ----------
    the_map : ReturnMap
        The map.
    last : ndarray, shape (window,)
        Last points of an orbit.
    span : float
        The range that matters.

    Returns
    -------
    Cycle or None
        None where there is none of at most `LONGEST` spikes.
    """
    for n in range(1, LONGEST + 1):
        if not np.abs(last[n:] - last[:-n])[-2 * LONGEST :].max() <= _CLOSE * span:
            continue
        cycle = solve_cycle(the_map, last[-n:], span)
        if cycle is not None and cycle.stable:
            return cycle
    return None
