"""One step of the pair of Dormand and Prince of order 8, many lanes at once.

Hairer, Norsett and Wanner, *Solving Ordinary Differential Equations I*, 2nd ed., section II.5; the
coefficients are those that SciPy publishes with its own solver.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

Rates = Callable[[np.ndarray], np.ndarray]

_STAGES = 12
ORDER = 8


@cache
def _tableau() -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    from scipy.integrate import DOP853

    method: Any = DOP853
    rows = [method.A[s, :s].copy() for s in range(1, _STAGES)]
    return [*rows, method.B.copy()], method.E3, method.E5


def step(
    rates: Rates, y: np.ndarray, k: np.ndarray, h: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Take one step.

    Parameters
    ----------
    rates : callable
        The rates at states of the shape of y.
    y, k : ndarray, shape (rows, lanes)
        Where the step begins, and the rates there.
    h : ndarray, shape (lanes,)
        How long it is.

    Returns
    -------
    end : ndarray, shape (rows, lanes)
        Where it ends.
    slopes : ndarray, shape (13, rows, lanes)
        The rates on the way; the last are those at the end.
    """
    rows, _, _ = _tableau()
    slopes = np.empty((_STAGES + 1, *y.shape))
    flat = slopes.reshape(_STAGES + 1, -1)
    slopes[0] = k
    end = y
    for s, row in enumerate(rows, start=1):
        end = y + h * (row @ flat[:s]).reshape(y.shape)
        slopes[s] = rates(end)
    return end, slopes


def error(slopes: np.ndarray, h: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Return the estimated error of a step over what is allowed, shape (lanes,)."""
    _, third, fifth = _tableau()
    flat = slopes.reshape(_STAGES + 1, -1)
    shape = slopes.shape[1:]
    a = np.square((fifth @ flat).reshape(shape) / scale).mean(axis=0)
    b = np.square((third @ flat).reshape(shape) / scale).mean(axis=0)
    worst = np.abs(h) * a / np.sqrt(a + 0.01 * b + 1e-300)
    return np.where(
        np.isfinite(worst) & np.isfinite(flat[-1].reshape(shape)).all(axis=0), worst, np.inf
    )
