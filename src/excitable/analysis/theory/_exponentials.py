r"""Divided differences of the exponential, which every filtered exponential is made of.

A current ``s**n exp(-b s)`` filtered by a membrane that forgets like ``exp(-a s)`` is

    t**(n + 1) * mean(n, a, b, t),  mean = integral of x**n exp(-b t x - a t (1 - x)), 0 < x < 1,

and n! times less is the divided difference of ``exp(-r t)`` over the rates a, b, b, ... b. The
text-book form, a difference divided by powers of ``a - b``, is 0/0 where the rates are equal and
loses its digits near it; here nothing is subtracted that is nearly equal.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from excitable.expression import function

_exprel: Any = function("exprel").numpy

# Up to here the power series serves; beyond it the recursion by parts, whose subtraction is
# then harmless, because every step multiplies errors by less than a half.
_NEAR = 30.0


def mean_exponential(n: int, a: Any, b: Any, t: Any) -> np.ndarray:
    """Return the mean of ``x**n exp(-b t x - a t (1 - x))`` over x in (0, 1).

    Parameters
    ----------
    n : int
        Power, 0 or more.
    a, b : float or ndarray
        Rates of the membrane and of the current.
    t : float or ndarray
        Times, 0 or more; all are broadcast together.

    Returns
    -------
    ndarray
        Neither overflows nor loses digits, whatever the rates: the larger exponential is taken
        out, and what remains is an integral of ``exp(-y x)`` with y >= 0.
    """
    a, b, t = np.broadcast_arrays(*(np.asarray(x, dtype=np.float64) for x in (a, b, t)))
    y = np.abs(a - b) * t
    slower = np.exp(-np.minimum(a, b) * t)
    return slower * np.where(b >= a, _moment(n, y), _mirrored_moment(n, y))


def _moment(n: int, y: np.ndarray) -> np.ndarray:
    """Return the integral of ``x**n exp(-y x)`` over x in (0, 1)."""
    if n == 0:
        return _exprel(-y)
    limit = _NEAR + 2 * n
    near = np.minimum(y, limit)
    # exp(-y) times the sum of y**k n!/(n + k + 1)!: all terms are positive.
    total = np.zeros_like(y)
    for k in range(_terms(limit), -1, -1):
        total = (1.0 + near * total) / (n + 1 + k)
    far = np.maximum(y, limit)
    decayed = np.exp(-far)
    value = _exprel(-far)
    for k in range(1, n + 1):
        value = (k * value - decayed) / far
    return np.where(y <= limit, np.exp(-near) * total, value)


def _mirrored_moment(n: int, y: np.ndarray) -> np.ndarray:
    """Return the integral of ``(1 - x)**n exp(-y x)`` over x in (0, 1)."""
    if n == 0:
        return _exprel(-y)
    limit = _NEAR + 2 * n
    near = np.minimum(y, limit)
    # exp(-y) times the sum of y**k/(k! (n + k + 1)): all terms are positive.
    total = np.zeros_like(y)
    for k in range(_terms(limit), -1, -1):
        total = 1.0 / (n + 1 + k) + near * total / (k + 1)
    far = np.maximum(y, limit)
    value = _exprel(-far)
    for k in range(1, n + 1):
        value = (1.0 - k * value) / far
    return np.where(y <= limit, np.exp(-near) * total, value)


def _terms(limit: float) -> int:
    """Return how many terms of the series of exp suffice for 17 digits up to a limit."""
    return int(60 + 2.2 * limit)
