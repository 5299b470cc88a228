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
_STEPS = 1200


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
    found: list[Cycle] = []
    for start in starts if flow.threshold is None else starts[:2]:
        if flow.threshold is None:
            one = _settled(flow, start, ends, found)
        else:
            one = _of_spikes(flow, start, ends)
        found += [] if one is None else [one]
    return _largest(found)


def repelling_cycle(
    flow: Flow, starts: np.ndarray, ends: np.ndarray, box: tuple[np.ndarray, np.ndarray]
) -> Cycle | None:
    """Return the largest cycle that is met against time from some places of a box, or None."""
    found: list[Cycle] = []
    for start in starts:
        one = _settled(flow, start, ends, found, sense=-1.0, box=box)
        found += [] if one is None else [one]
    one = _largest(found)
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
        # Aitken's extrapolation of the states after the last resets and refractory times.
        before, now, last = path.x[path.resets[-3:] + flow.pauses]
        bend = last - 2.0 * now + before
        with np.errstate(all="ignore"):
            leap = np.where(np.abs(bend) > 1e-12 * flow.reach, (last - now) ** 2 / bend, 0.0)
        start = last - leap if np.isfinite(leap).all() and np.abs(leap).max() < 1e3 else last
        start = start if flow.above(start) < 0.0 else last
    return None


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


def _settled(
    flow: Flow,
    start: np.ndarray,
    ends: np.ndarray,
    known: list[Cycle],
    *,
    sense: float = 1.0,
    box: tuple[np.ndarray, np.ndarray] | None = None,
) -> Cycle | None:
    """One turn between maxima of the first state, once they repeat; none that is known already."""
    free = np.full(len(flow.reach), np.inf)
    box = (-free, free) if box is None else box
    t, rows, tops = [0.0], [start], [0]
    for now, place, event in maxima(
        flow, start, 0, sense=sense, box=box, ends=ends, steps=_STEPS, tolerance=1e-7,
        stride=0.25,
    ):  # fmt: skip
        t.append(now)
        rows.append(place)
        if event != "maximum":
            continue
        tops.append(len(t) - 1)
        if any((np.abs(place - one.x[0]) < 1e-4 * flow.reach).all() for one in known):
            return None
        for count in range(1, min(_PEAKS, (len(tops) - 1) // 2) + 1):
            shifts = [
                np.abs((rows[a] - rows[b]) / flow.reach).max()
                for a, b in zip(tops[-count:], tops[-2 * count : -count], strict=True)
            ]
            cycle = _turn(flow, t, rows, tops[-1 - count], tops[-1])
            if cycle is not None and max(shifts) < 1e-6 * np.ptp(cycle.x[:, 0]) / flow.reach[0]:
                return cycle
    late = [k for k in tops if k > len(t) // 2]
    if len(late) < 3:
        return None
    cycle = _turn(flow, t, rows, late[-2], late[-1])
    # All maxima of the later half agree: what spirals in slowly moves on.
    apart = np.abs((np.array([rows[k] for k in late]) - rows[late[-1]]) / flow.reach).max()
    close = cycle is not None and apart < 2e-3 * np.ptp(cycle.x[:, 0]) / flow.reach[0]
    return cycle if close else None


def _turn(
    flow: Flow, t: list[float], rows: list[np.ndarray], first: int, last: int
) -> Cycle | None:
    """The part between two rows, unless it is too small to be told from rest."""
    x = np.array(rows[first : last + 1])
    if np.ptp(x[:, 0]) < 1e-3 * flow.reach[0]:
        return None
    times = np.array(t[first : last + 1]) - t[first]
    return Cycle(times, x, float(times[-1]), np.array([], int))
