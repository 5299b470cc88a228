"""Victor and Purpura's distance between spike trains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable.recording._statistics import _check

if TYPE_CHECKING:
    from excitable.recording._spike_train import SpikeTrain


def victor_purpura(train: SpikeTrain, other: SpikeTrain, q: Any) -> float:
    """Return Victor and Purpura's distance to another train: the least cost of an edit.

    Parameters
    ----------
    other : SpikeTrain
        The other train; windows may differ.
    q : Quantity [1/time] or str
        Cost of moving a spike, per time. To insert or delete a spike costs 1.

    Returns
    -------
    float
        The least cost of turning one train into the other. For q = 0 it is the difference of the
        counts; the distance to an empty train is the count.

    Raises
    ------
    ParameterError
        If q is not one rate of zero or more.

    Notes
    -----
    To move a spike by more than 2/q costs more than to delete and insert it, so that only pairs
    nearer than this are looked at: the work is that of the pairs, all of them only where 2/q
    spans the whole trains.

    References
    ----------
    VictorPurpura1996

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import Hz, ms
    >>> one, two = SpikeTrain([10, 20] * ms), SpikeTrain([12] * ms)
    >>> one.victor_purpura(two, q=100*Hz)
    1.2
    """
    _check.other_train(other, "victor_purpura")
    cost = _check.rates(q, "victor_purpura", "q", zero=True)
    if cost.ndim:
        _check.refuse(f"{cost.size} values", "one rate is expected", "q=100*Hz",
                      "victor_purpura", "q")  # fmt: skip
    first, second = train._times, other._times
    if first.size > second.size:
        first, second = second, first
    both = first.size + second.size
    if cost == 0:
        return float(second.size - first.size)
    return float(both - _most_saved(first, second, float(cost)))


def _most_saved(rows: np.ndarray, columns: np.ndarray, cost: float) -> float:
    """Return what moving spikes saves at most against deleting and inserting all of them.

    A move saves 2 - q |t - u|. ``saved[j]`` is the most that the rows so far and the first j
    columns allow; it never falls with j. Beyond the furthest column that a row has reached it is
    constant, and is not written before a row reaches there.
    """
    first = np.searchsorted(columns, rows - 2.0 / cost)
    last = np.searchsorted(columns, rows + 2.0 / cost, side="right")
    saved = np.zeros(columns.size + 1)
    reached = 0
    for t, low, high in zip(rows.tolist(), first.tolist(), last.tolist(), strict=True):
        if high > reached:
            saved[reached + 1 : high + 1] = saved[reached]
            reached = high
        if high > low:
            moved = saved[low:high] + (2.0 - cost * np.abs(columns[low:high] - t))
            np.maximum(moved, saved[low + 1 : high + 1], out=moved)
            np.maximum.accumulate(moved, out=saved[low + 1 : high + 1])
    return float(saved[reached])
