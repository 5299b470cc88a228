"""Steady intervals of linear neurons with reset: the fixed point of their exact map.

Over one interval T the state goes through a linear map: held for the refractory time, free for the
rest, then reset. For a given T the state that repeats itself solves linear equations, and T itself
is the root of one scalar function, the distance to threshold at its end.
"""

from __future__ import annotations

import numpy as np

from excitable.analysis.firing._lanes import Lanes
from excitable.numerics.linear import LinearForm, linear_arrays, linear_form

_TERMS = 20
_ROUNDS = 30
_REACH = 1e-2  # the root must lie this close, relatively, to the interval that was simulated


def flows(matrices: np.ndarray) -> np.ndarray:
    """Return e^M of every matrix by Taylor series and doubling.

    Parameters
    ----------
    matrices : ndarray, shape (m, n, n)
        The exponents.

    Returns
    -------
    ndarray, shape (m, n, n)
        No difference of rates is divided by, so equal time constants are no case of their own.
    """
    size = np.abs(matrices).sum(axis=2).max(initial=0.0)
    halvings = max(0, int(np.ceil(np.log2(max(size, 1e-300)))) + 1)
    small = matrices * 0.5**halvings
    one = np.eye(matrices.shape[1])
    # Without the identity: doubling e^M - 1 keeps the digits of slow states.
    change = small / _TERMS
    for k in range(_TERMS - 1, 0, -1):
        change = small @ (one + change) / k
    for _ in range(halvings):
        change = 2.0 * change + change @ change
    return one + change


def steady_intervals(lanes: Lanes, near: np.ndarray) -> np.ndarray:
    """Return the exact steady interval of each lane.

    Parameters
    ----------
    lanes : Lanes
        Neurons of a model that is linear between spikes, under constant inputs.
    near : ndarray, shape (lanes,)
        Intervals close to the steady ones, in ms.

    Returns
    -------
    ndarray, shape (lanes,)
        In ms; what was given where no root lies within a hundredth of it.
    """
    form = linear_form(lanes.system)
    if not isinstance(form, LinearForm) or near.size == 0:
        return near
    model = lanes.model
    arrays = linear_arrays(lanes.system, form, model.values(), lanes.count)
    n = len(lanes.system.states)
    drive = arrays.c.copy()
    for m, name in enumerate(lanes.system.inputs):
        if name in lanes.drive():
            drive += arrays.gain[:, m] * lanes.drive()[name][:, None]

    def extended(matrix: np.ndarray, column: np.ndarray, corner: float) -> np.ndarray:
        out = np.zeros((lanes.count, n + 1, n + 1))
        out[:, :n, :n], out[:, :n, n], out[:, n, n] = matrix, column, corner
        return out

    free = extended(arrays.A, drive, 0.0)
    held = extended(arrays.A_held, drive * arrays.mask, 0.0)
    after_cut = flows(held * arrays.t_ref[:, None, None])
    reset = extended(arrays.keep, arrays.put, 1.0)

    def distance(interval: np.ndarray) -> np.ndarray:
        through = flows(free * (interval - arrays.t_ref)[:, None, None]) @ after_cut
        whole = reset @ through
        repeated = np.linalg.solve(np.eye(n) - whole[:, :n, :n], whole[:, :n, n:])
        end = through[:, :n, :n] @ repeated + through[:, :n, n:]
        return np.einsum("li,li->l", arrays.normal, end[:, :, 0]) - arrays.theta

    return _secant(distance, near, arrays.t_ref)


def _secant(distance: object, near: np.ndarray, least: np.ndarray) -> np.ndarray:
    """Root of a function of many lanes at once, from below-threshold neighbours."""
    old, new = near, np.maximum(near * (1.0 + 1e-5), least)
    with np.errstate(all="ignore"):
        f_old, f_new = distance(old), distance(new)  # type: ignore[operator]
        for _ in range(_ROUNDS):
            move = f_new * (new - old) / (f_new - f_old)
            move = np.where(np.isfinite(move), move, 0.0)
            if np.all(np.abs(move) <= 4e-16 * new):
                break
            old, f_old = new, f_new
            new = np.maximum(new - move, least)
            f_new = distance(new)  # type: ignore[operator]
    close = np.isfinite(new) & (np.abs(new - near) <= _REACH * near)
    return np.where(close, new, near)
