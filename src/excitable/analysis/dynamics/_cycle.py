"""A stable limit cycle, found by following solutions until they repeat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from excitable.analysis.dynamics._flow import Flow, Path

_SPIKES = 40
_LEAPS = 5
_SPIKE_STEPS = 1200
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
    """

    t: np.ndarray
    x: np.ndarray
    period: float
    resets: np.ndarray


def limit_cycle(flow: Flow, starts: np.ndarray, ends: np.ndarray) -> Cycle | None:
    """Return the largest stable cycle that is met from some places, or None."""
    if flow.threshold is not None:
        found = [_of_spikes(flow, start, ends) for start in starts[:2]]
    else:
        paths = flow.follow(
            starts, 1e5, steps=_STEPS, stride=0.25, tolerance=1e-7, ends=ends,
        )  # fmt: skip
        found = [_between_returns(flow, path) for path in paths]
    cycles = [one for one in found if one is not None]
    return max(cycles, key=lambda one: float(np.ptp(one.x[:, 0])), default=None)


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


def _between_returns(flow: Flow, path: Path) -> Cycle | None:
    """One turn between two crossings of a section, if the crossings no longer move."""
    half = len(path.t) // 2
    x = path.x[half:]
    size = float(np.ptp(x[:, 0]))
    if len(x) < 20 or size < 1e-3 * flow.reach[0]:
        return None
    level = 0.5 * float(x[:, 0].max() + x[:, 0].min())
    rows = half + np.nonzero((x[:-1, 0] < level) & (x[1:, 0] >= level))[0]
    if rows.size < 3:
        return None
    met = [_met(flow, path, int(row), level) for row in rows]
    places = np.array([place for _, place in met]) / flow.reach
    # All returns of the later half agree: what spirals in slowly moves on.
    if np.abs(places - places[-1]).max() > 2e-3 * size / flow.reach[0]:
        return None
    (t_0, first), (t_1, last) = met[-2:]
    inner = slice(int(rows[-2]) + 1, int(rows[-1]) + 1)
    t = np.concatenate([[t_0], path.t[inner], [t_1]]) - t_0
    return Cycle(t, np.vstack([first, path.x[inner], last]), float(t_1 - t_0), np.array([], int))


def _met(flow: Flow, path: Path, row: int, level: float) -> tuple[float, np.ndarray]:
    """Time and state where one step crosses the section, on the cubic through its ends."""
    ends = path.x[row : row + 2]
    h = path.t[row + 1] - path.t[row]
    a, b = (h * np.array(flow.rate(end.tolist())) for end in ends)
    low, high = 0.0, 1.0
    place = ends[1]
    for _ in range(45):
        s = 0.5 * (low + high)
        place = (
            ends[0] * (1 + 2 * s) * (1 - s) ** 2
            + ends[1] * s**2 * (3 - 2 * s)
            + a * s * (1 - s) ** 2
            - b * s**2 * (1 - s)
        )
        low, high = (s, high) if place[0] < level else (low, s)
    return float(path.t[row] + high * h), place
