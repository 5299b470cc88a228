"""The cubic through two values with two slopes."""

from __future__ import annotations

from typing import Any


def hermite(s: Any) -> tuple[Any, Any, Any, Any]:
    """Return the weights of Hermite's cubic on an interval.

    Parameters
    ----------
    s : float or ndarray
        Places in the interval, from 0 to 1.

    Returns
    -------
    first, last : float or ndarray
        What multiplies the values at its ends.
    slope, last_slope : float or ndarray
        What multiplies the slopes there, each times the length of the interval.

    Examples
    --------
    >>> hermite(0.5)
    (0.5, 0.5, 0.125, -0.125)
    """
    r = 1.0 - s
    return (1.0 + 2.0 * s) * r**2, s**2 * (3.0 - 2.0 * s), s * r**2, -(s**2) * r
