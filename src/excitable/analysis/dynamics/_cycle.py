"""A stable limit cycle, found by following solutions until they repeat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from excitable.analysis.dynamics._flow import Flow, Path
from excitable.analysis.dynamics._maxima import maxima

_SPIKES = 40
_LEAPS = 5
_SPIKE_STEPS = 1200
_PEAKS = 12  # of the first state within one turn
_STEPS, _ALL_STEPS = 2000, 4000  # from one place, and from all of them


@dataclass(frozen=True)
class Cycle:
    """One turn.

    Parameters
    ----------
    t : ndarray
        Times in ms from its start.
    x : ndarray, shape (points, states)
        States.
    period : float
        In ms.
    resets : ndarray of int
        Rows before which the state jumps.
    stable : bool
        Whether orbits beside it come closer.
    """

    t: np.ndarray
    x: np.ndarray
    period: float
    resets: np.ndarray
    stable: bool = True

    def reversed(self) -> Cycle:
        """Return it forward in time, if it was followed backward: then it repels."""
        return Cycle(self.period - self.t[::-1], self.x[::-1], self.period, self.resets, False)


def limit_cycle(flow: Flow, starts: np.ndarray, ends: np.ndarray) -> Cycle | None:
    """Return the largest stable cycle that is met from some places, or None."""
    if flow.threshold is None:
        return _largest(_all_settled(flow, starts, ends))
    cycles = [_of_spikes(flow, start, ends) for start in starts[:2]]
    return _largest([one for one in cycles if one is not None])


def repelling_cycle(
    flow: Flow, starts: np.ndarray, ends: np.ndarray, box: tuple[np.ndarray, np.ndarray]
) -> Cycle | None:
    """Return the largest cycle that is met against time from some places of a box, or None."""
    one = _largest(_all_settled(flow, starts, ends, sense=-1.0, box=box))
    return None if one is None else one.reversed()


def _largest(found: list[Cycle]) -> Cycle | None:
    return max(found, key=lambda one: float(np.ptp(one.x[:, 0])), default=None)


def _of_spikes(flow: Flow, start: np.ndarray, ends: np.ndarray) -> Cycle | None:
    """The cycle of a model with a reset; slow adaptation is taken to its limit at once."""
    for _ in range(_LEAPS):
        (path,) = flow.follow(
            start[None, :], 1e5, spikes=_SPIKES, steps=_SPIKE_STEPS, stride=0.25,
            tolerance=1e-7, ends=ends,
        )  # fmt: skip
        if path.resets.size < 4:
            return None
        cycle = _between_resets(flow, path)
        if cycle is not None:
            return cycle
        after = path.x[path.resets[-3:] + flow.pauses]
        start = _limit(flow, after)
        start = start if flow.above(start) < 0.0 else after[-1]
    return None


def _limit(flow: Flow, x: np.ndarray) -> np.ndarray:
    """Where three states in a row tend to, by Aitken's extrapolation; the last if it fails."""
    before, now, last = x
    bend = last - 2.0 * now + before
    with np.errstate(all="ignore"):
        leap = np.where(np.abs(bend) > 1e-12 * flow.reach, (last - now) ** 2 / bend, 0.0)
    return last - leap if np.isfinite(leap).all() and np.abs(leap).max() < 1e3 else last


def _between_resets(flow: Flow, path: Path) -> Cycle | None:
    """The shortest run of spikes after which the state after the reset is the same."""
    after = path.x[path.resets] / flow.reach
    for count in range(1, len(after) // 2):
        if np.abs(after[-count:] - after[-2 * count : -count]).max() < 1e-5:
            first, last = path.resets[-1 - count], path.resets[-1]
            rows = slice(first, last + 1)
            jumps = path.resets[-count:] - first
            t = path.t[rows] - path.t[first]
            return Cycle(t, path.x[rows], float(t[-1]), jumps)
    return None


def _all_settled(
    flow: Flow,
    starts: np.ndarray,
    ends: np.ndarray,
    *,
    sense: float = 1.0,
    box: tuple[np.ndarray, np.ndarray] | None = None,
) -> list[Cycle]:
    """The cycles into which solutions from some places run."""
    free = np.full(len(flow.reach), np.inf)
    found: list[Cycle] = []
    left = _ALL_STEPS
    for start in starts:
        search = _Search(flow, ends, sense, (-free, free) if box is None else box)
        one = search.settled(start, found, min(left, _STEPS))
        found += [] if one is None else [one]
        left -= search.taken
        if left <= 0:
            break
    return found


class _Search:
    """One solution, until the maxima of its first state repeat.

    Parameters
    ----------
    flow : Flow
        The drift.
    ends : ndarray, shape (places, states)
        Where it ends.
    sense : float
        1 forward in time, -1 backward.
    box : (ndarray, ndarray)
        Where it ends too.
    """

    def __init__(
        self, flow: Flow, ends: np.ndarray, sense: float, box: tuple[np.ndarray, np.ndarray]
    ) -> None:
        self.flow, self.ends, self.sense, self.box = flow, ends, sense, box
        self.taken = 0
        self.t: list[float] = []
        self.rows: list[np.ndarray] = []
        self.tops: list[int] = []  # rows of maxima

    def settled(self, start: np.ndarray, known: list[Cycle], steps: int) -> Cycle | None:
        """Return one turn, if it is none that is known already."""
        onward: np.ndarray | None = start
        while onward is not None and self.taken < steps:
            start, onward = onward, None
            self.t, self.rows, self.tops = [0.0], [start], [0]
            for now, place, event in maxima(
                self.flow, start, 0, sense=self.sense, box=self.box, ends=self.ends,
                steps=steps - self.taken, tolerance=1e-7, stride=0.25,
            ):  # fmt: skip
                self.t.append(now)
                self.rows.append(place)
                if event != "maximum":
                    continue
                self.tops.append(len(self.t) - 1)
                near = [np.abs(place - one.x[0]) < 1e-4 * self.flow.reach for one in known]
                if any(one.all() for one in near):
                    self.taken += len(self.t)
                    return None
                cycle = self._repeated()
                if cycle is not None:
                    self.taken += len(self.t)
                    return cycle
                onward = self._onward()
                if onward is not None:
                    break
            self.taken += len(self.t)
        return self._nearly()

    def _repeated(self) -> Cycle | None:
        """The shortest run of maxima that came twice."""
        tops, rows = self.tops, self.rows
        for count in range(1, min(_PEAKS, (len(tops) - 1) // 2) + 1):
            shift = max(
                float(np.abs((rows[a] - rows[b]) / self.flow.reach).max())
                for a, b in zip(tops[-count:], tops[-2 * count : -count], strict=True)
            )
            if shift < 1e-6:
                cycle = self._turn(tops[-1 - count], tops[-1])
                if cycle is not None and shift < 1e-6 * self._size(cycle):
                    return cycle
        return None

    def _onward(self) -> np.ndarray | None:
        """Where maxima that approach each other slowly tend to, as with slow adaptation."""
        if len(self.tops) < 5:
            return None
        places = np.array([self.rows[k] for k in self.tops[-4:]])
        shifts = np.abs(np.diff(places, axis=0) / self.flow.reach).max(axis=1)
        slow = (shifts[1:] < shifts[:-1]) & (shifts[1:] > 0.5 * shifts[:-1])
        return _limit(self.flow, places[1:]) if slow.all() and shifts[-1] < 0.02 else None

    def _nearly(self) -> Cycle | None:
        """The last turn, if all late maxima agree with it: what spirals in slowly moves on."""
        late = [k for k in self.tops if k > len(self.t) // 2]
        if len(late) < 3:
            return None
        cycle = self._turn(late[-2], late[-1])
        apart = np.array([self.rows[k] for k in late]) - self.rows[late[-1]]
        shift = float(np.abs(apart / self.flow.reach).max())
        return cycle if cycle is not None and shift < 2e-3 * self._size(cycle) else None

    def _turn(self, first: int, last: int) -> Cycle | None:
        """The part between two rows, unless it is too small to be told from rest."""
        t = np.array(self.t[first : last + 1]) - self.t[first]
        one = Cycle(t, np.array(self.rows[first : last + 1]), float(t[-1]), np.array([], int))
        return one if self._size(one) >= 1e-3 else None

    def _size(self, cycle: Cycle) -> float:
        return float(np.ptp(cycle.x[:, 0]) / self.flow.reach[0])
