"""Sustained oscillations that a fixed voltage would miss, found by their size.

Spikes near depolarisation block shrink until they no longer cross any fixed level, and a decaying
ripple after a step crosses some. What counts is a swing that is large and does not decay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from excitable.analysis._cubic import hermite

PROMINENCE = 0.1  # of the distance from rest to the spike condition
_CYCLES = 3  # at least, before a swing is called one
STEADY = 1e-3  # change of the swing from the middle of the trace to its end


@dataclass(frozen=True)
class Swing:
    """What the end of a trace does.

    Parameters
    ----------
    size : float
        Distance from trough to peak over the last cycle.
    sustained : bool
        Whether it has stopped changing.
    level : float
        Middle between trough and peak.
    crossings : ndarray, shape (count,)
        Times in ms at which the trace rises through the middle of its swing.
    """

    size: float
    sustained: bool
    level: float
    crossings: np.ndarray


def swing(t: np.ndarray, v: np.ndarray, slope: np.ndarray) -> Swing:
    """Return how the second half of a trace swings.

    Parameters
    ----------
    t, v, slope : ndarray, shape (samples,)
        Times in ms, the state and its rate of change; crossings are found on the cubic through
        both.

    Returns
    -------
    Swing
        Its size and whether it lasts.
    """
    half = t.size // 2
    t, v, slope = t[half:], v[half:], slope[half:]
    quarter = v.size // 4
    early, late = (float(np.ptp(part)) for part in (v[: 2 * quarter], v[2 * quarter :]))
    level = float(0.5 * (v[2 * quarter :].max() + v[2 * quarter :].min()))
    times = crossings(t, v, slope, level)
    sustained = late > 0.0 and abs(early - late) <= STEADY * late and times.size > _CYCLES
    return Swing(late, bool(sustained), level, times)


def crossings(t: np.ndarray, v: np.ndarray, slope: np.ndarray, level: float) -> np.ndarray:
    """Return when a trace rises through a level, on the cubics through values and slopes.

    Parameters
    ----------
    t, v, slope : ndarray, shape (samples,)
        As in `swing`.
    level : float
        The level.

    Returns
    -------
    ndarray, shape (count,)
        Times in ms.
    """
    at = np.flatnonzero((v[:-1] < level) & (v[1:] >= level))
    width = t[at + 1] - t[at]
    y0, y1 = v[at] - level, v[at + 1] - level
    d0, d1 = slope[at] * width, slope[at + 1] * width
    low, high = np.zeros(at.size), np.ones(at.size)
    for _ in range(30):
        s = 0.5 * (low + high)
        first, last, rise, last_rise = hermite(s)
        below = first * y0 + last * y1 + rise * d0 + last_rise * d1 < 0.0
        low, high = np.where(below, s, low), np.where(below, high, s)
    return t[at] + low * width
