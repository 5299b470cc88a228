"""Sums over all earlier spikes of s^m exp(-s)/m!, where s is the time since in units of tau.

A chain of linear stages holds these sums for m = 0 ... n. From one spike to the next they follow
by a fixed linear map that depends on the distance only, so that stretches can be joined two by
two: log2(count) passes over arrays in place of a loop over the spikes. All terms are of one sign,
nothing cancels.
"""

from __future__ import annotations

from math import factorial

import numpy as np

# exp(-60) of what an earlier stretch adds is below the rounding of what is there.
_FORGOTTEN = 60.0


def stages_after(times: np.ndarray, jumps: np.ndarray, order: int, tau: float) -> np.ndarray:
    """Return the sums just after each spike, itself included.

    Parameters
    ----------
    times : ndarray, shape (count,)
        Ascending spike times.
    jumps : ndarray, shape (count,)
        What each spike adds to the first stage.
    order : int
        Highest power n.
    tau : float
        Time constant, in the unit of ``times``.

    Returns
    -------
    ndarray, shape (n + 1, count)
        Sum over spikes up to this one of its jump times s^m exp(-s)/m!.
    """
    sums = np.zeros((order + 1, times.size))
    sums[0] = jumps
    reach = 1
    while reach < times.size:
        distance = (times[reach:] - times[:-reach]) / tau
        if distance.min() > _FORGOTTEN + 8.0 * order:
            break
        weights = [_weight(distance, power) for power in range(order + 1)]
        for m in range(order, -1, -1):  # from the last stage on: earlier ones are still old
            added = sum(weights[m - j] * sums[j, :-reach] for j in range(m + 1))
            sums[m, reach:] += added
        reach *= 2
    return sums


def stages_between(states: np.ndarray, distance: np.ndarray, order: int) -> np.ndarray:
    """Return the last stage some time after the spikes whose sums are given.

    Parameters
    ----------
    states : ndarray, shape (n + 1, k)
        Sums just after a spike.
    distance : ndarray, shape (k,)
        Time since that spike in units of tau.
    order : int
        Power n.

    Returns
    -------
    ndarray, shape (k,)
        Sum of s^n exp(-s)/n! then.
    """
    return np.sum([_weight(distance, order - j) * states[j] for j in range(order + 1)], axis=0)


def _weight(distance: np.ndarray, power: int) -> np.ndarray:
    decay = np.exp(-distance)
    return decay * distance**power / factorial(power) if power else decay
