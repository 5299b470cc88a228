"""Where one state of a solution is largest: the returns to a nullcline."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from excitable.analysis.dynamics._flow import CLOSE, Flow, Limits


def maxima(
    flow: Flow,
    start: np.ndarray,
    along: int,
    *,
    sense: float,
    box: tuple[np.ndarray, np.ndarray],
    ends: np.ndarray,
    steps: int,
    tolerance: float,
    stride: float = 0.1,
) -> Iterator[tuple[float, np.ndarray, str]]:
    """Yield the steps of a solution and, between them, where one state is largest.

    Parameters
    ----------
    flow : Flow
        The drift.
    start : ndarray, shape (states,)
        Where it begins; if that is a maximum, it is not yielded.
    along : int
        Which state.
    sense : float
        1 forward, -1 backward.
    box, ends, steps, tolerance, stride
        As of `follow`.

    Yields
    ------
    (float, ndarray, str)
        Time, state and ``"maximum"``, ``"left"`` at the end, beyond the box or the threshold,
        or nothing.
    """
    limits = Limits(1e5, sense, 0, steps, stride, tolerance, flow.reach.tolist())
    rows: list[tuple[float, np.ndarray]] = [(0.0, np.array(start, float))]
    rising = False
    with np.errstate(all="ignore"):
        for _ in flow.steps(rows, [], limits):
            (before, x), (now, y) = rows[-2:]
            if ((y < box[0]) | (y > box[1])).any():
                yield now, y, "left"
                return
            speed = sense * flow.rate(y.tolist())[along]
            if rising and speed <= 0.0:
                h, place = _largest(flow, x.tolist(), now - before, along, limits)
                yield before + h, place, "maximum"
            yield now, y, ""
            if len(ends) and (np.abs((y - ends) / flow.reach).max(axis=1) < CLOSE).any():
                return
            rising = speed > 0.0
    if flow.threshold is not None and flow.above(rows[-1][1]) >= 0.0:
        yield *rows[-1], "left"


def _largest(
    flow: Flow, x: list[float], h: float, along: int, limits: Limits
) -> tuple[float, np.ndarray]:
    """Where within a step one state is largest: its rate is zero at the end of a shorter one."""
    f = [limits.sign * v for v in flow.rate(x)]
    low, high, f_low, f_high = 0.0, 1.0, f[along], 0.0
    share, side, place = 1.0, 0, x
    for _ in range(30):
        place, last, _error = flow.trial(x, f, share * h, limits)
        rate = last[along]
        if abs(rate) <= 1e-12 * abs(f[along]) or high - low < 1e-13:
            break
        # The rule of false position; an end that stays counts half (Illinois).
        if rate > 0.0:
            low, f_low, f_high = share, rate, 0.5 * f_high if side > 0 else f_high
        else:
            high, f_high, f_low = share, rate, 0.5 * f_low if side < 0 else f_low
        side = 1 if rate > 0.0 else -1
        share = low + (high - low) * f_low / (f_low - f_high)
    return share * h, np.array(place)
