"""When a train of intervals has become periodic, and what its mean interval is."""

from __future__ import annotations

import numpy as np

LONGEST_PATTERN = 48  # spikes in a burst that repeats


def steady_interval(intervals: np.ndarray, tolerance: float) -> float | None:
    """Return the mean interval of a train that has become periodic, or None.

    Parameters
    ----------
    intervals : ndarray, shape (count,)
        In ms.
    tolerance : float
        Relative error allowed in the mean interval.

    Returns
    -------
    float or None
        The mean over the shortest pattern of up to 48 intervals that repeats.

    Notes
    -----
    An interval that approaches its limit geometrically, by a factor q a spike, is still off by
    q/(1 - q) times its last change; the change alone would hide slow adaptation.

    Examples
    --------
    >>> steady_interval(np.array([9.0, 10.0, 10.0, 10.0, 10.0]), 1e-6)
    10.0
    """
    for length in range(1, min(LONGEST_PATTERN, intervals.size // 3) + 1):
        if length > 1 and intervals.size < 4 * length:
            return None
        last, middle, first = (
            intervals[intervals.size - k * length : intervals.size - (k - 1) * length]
            for k in (1, 2, 3)
        )
        mean = float(last.mean())
        step, before = (last - middle), (middle - first)
        # Each interval of the pattern must repeat, and so must their sum.
        if np.abs(step).max() > 1e3 * tolerance * mean or np.abs(before).max() > 0.1 * mean:
            continue
        change, earlier = abs(float(step.sum())), abs(float(before.sum()))
        # Below rounding of the times there is no ratio to be read.
        noise = 1e-12 * intervals.size * mean
        share = min(change / earlier, 0.999) if earlier > noise else 0.0
        left = max(change, noise) * max(share / (1.0 - share), 1.0)
        if left <= tolerance * mean * length:
            return mean
    return None
