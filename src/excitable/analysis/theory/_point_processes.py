"""Poisson trains, dead time, bins, and what a membrane makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis._quantities import attached, not_negative, positive
from excitable.errors import ParameterError

if TYPE_CHECKING:
    from excitable.units import Quantity


def poisson_probability(count: Any, rate: Any, duration: Any) -> Any:
    """Return the probability of a number of spikes of a Poisson train.

    Parameters
    ----------
    count : int or array_like of int
        Numbers of spikes, zero or more.
    rate : Quantity [1/time]
        Rate; arrays are broadcast together as NumPy does.
    duration : Quantity [time]
        Time in which spikes are counted.

    Returns
    -------
    float or ndarray
        ``(rate*duration)**n * exp(-rate*duration) / n!``; mean and variance are rate*duration.

    Raises
    ------
    ParameterError
        If a number is not whole or below zero, or a rate or time is below zero.

    References
    ----------
    DayanAbbott2001, section 1.4

    Examples
    --------
    >>> from excitable.units import Hz, ms
    >>> round(poisson_probability(0, 20*Hz, 100*ms), 6)
    0.135335
    """
    from scipy.special import gammaln, xlogy

    owner = "theory.poisson_probability"
    n = np.asarray(count, dtype=np.float64)
    if not ((n >= 0).all() and (n == np.floor(n)).all() and np.isfinite(n).all()):
        raise ParameterError(
            f"count={count!r}",
            "whole numbers of zero or more are expected",
            "Write count=3",
            owner=owner,
        )
    mean = np.asarray(not_negative(rate, units.RATE, f"{owner}.rate")) * not_negative(
        duration, units.TIME, f"{owner}.duration"
    )
    return _plain(np.exp(xlogy(n, mean) - mean - gammaln(n + 1.0)))


def dead_time_rate(free_rate: Any, dead_time: Any) -> Quantity:
    """Return the rate of a Poisson train in which each spike is followed by a dead time.

    Parameters
    ----------
    free_rate : Quantity [1/time]
        Rate between dead times; arrays are broadcast together as NumPy does.
    dead_time : Quantity [time]
        Dead time.

    Returns
    -------
    Quantity [1/time]
        ``free_rate/(1 + free_rate*dead_time)``.

    Raises
    ------
    ParameterError
        If an argument is below zero.

    References
    ----------
    CoxLewis1966

    Examples
    --------
    >>> from excitable.units import Hz, ms
    >>> print(dead_time_rate(250*Hz, 4*ms))
    125.0 Hz
    """
    owner = "theory.dead_time_rate"
    free = np.asarray(not_negative(free_rate, units.RATE, f"{owner}.free_rate"))
    dead = not_negative(dead_time, units.TIME, f"{owner}.dead_time")
    return attached(free / (1.0 + free * dead), "Hz")


def dead_time_cv(rate: Any, dead_time: Any) -> Any:
    """Return the coefficient of variation of the intervals of a Poisson train with dead time.

    Parameters
    ----------
    rate : Quantity [1/time]
        Realised rate, as `trains.poisson` takes it; arrays are broadcast together.
    dead_time : Quantity [time]
        Dead time.

    Returns
    -------
    float or ndarray
        ``1 - rate*dead_time``. Its square is the Fano factor in long windows, as for every
        renewal train.

    Raises
    ------
    ParameterError
        If an argument is below zero, or their product reaches 1.

    References
    ----------
    CoxLewis1966

    Examples
    --------
    >>> from excitable.units import Hz, ms
    >>> dead_time_cv(125*Hz, 4*ms)
    0.5
    """
    return _plain(1.0 - _share(rate, dead_time, "theory.dead_time_cv", "dead_time"))


def bernoulli_cv(rate: Any, dt: Any) -> Any:
    """Return the coefficient of variation of the intervals of a train with a coin in each bin.

    Parameters
    ----------
    rate : Quantity [1/time]
        Rate; arrays are broadcast together.
    dt : Quantity [time]
        Width of a bin.

    Returns
    -------
    float or ndarray
        ``sqrt(1 - rate*dt)``. Its square is the Fano factor.

    Raises
    ------
    ParameterError
        If an argument is below zero, or their product reaches 1.

    References
    ----------
    DayanAbbott2001, section 1.4

    Examples
    --------
    >>> from excitable.units import Hz, ms
    >>> bernoulli_cv(190*Hz, 1*ms)
    0.9
    """
    return _plain(np.sqrt(1.0 - _share(rate, dt, "theory.bernoulli_cv", "dt")))


def shot_noise_mean(rate: Any, area: Any) -> Quantity:
    """Return the mean of what a Poisson train does to a linear membrane: Campbell's theorem.

    Parameters
    ----------
    rate : Quantity [1/time]
        Rate of the train; arrays are broadcast together.
    area : Quantity [voltage * time]
        Area under the response to one spike: jump times tau_m, or charge times resistance.

    Returns
    -------
    Quantity [voltage]
        ``rate*area``, whatever the shape of the response.

    Raises
    ------
    ParameterError
        If the rate is below zero.

    References
    ----------
    DayanAbbott2001

    Examples
    --------
    >>> from excitable.units import kHz, ms, mV
    >>> print(shot_noise_mean(1*kHz, 0.1*mV * 20*ms))
    2.0 mV
    """
    owner = "theory.shot_noise_mean"
    per_ms = np.asarray(not_negative(rate, units.RATE, f"{owner}.rate"))
    return attached(per_ms * units.strip(area, units.VOLTAGE * units.TIME, f"{owner}.area"), "mV")


def shot_noise_variance(rate: Any, area: Any, tau_m: Any, tau_s: Any = "0 ms") -> Quantity:
    """Return the variance of what a Poisson train does to a linear membrane.

    Parameters
    ----------
    rate : Quantity [1/time]
        Rate of the train; arrays are broadcast together.
    area : Quantity [voltage * time]
        Area under the response to one spike: jump times tau_m, or charge times resistance.
    tau_m : Quantity [time]
        Time constant of the membrane.
    tau_s : Quantity [time]
        Time constant of an exponential current; 0 for a jump.

    Returns
    -------
    Quantity [voltage^2]
        ``rate*area**2/(2*(tau_m + tau_s))``, also for equal time constants.

    Raises
    ------
    ParameterError
        If the rate or tau_s is below zero, or tau_m not above it.

    References
    ----------
    DayanAbbott2001

    Examples
    --------
    >>> from excitable.units import kHz, ms, mV
    >>> print(shot_noise_variance(1*kHz, 0.1*mV * 20*ms, tau_m=20*ms))
    0.1 mV²
    """
    owner = "theory.shot_noise_variance"
    per_ms = np.asarray(not_negative(rate, units.RATE, f"{owner}.rate"))
    each = np.asarray(units.strip(area, units.VOLTAGE * units.TIME, f"{owner}.area"))
    both = positive(tau_m, units.TIME, f"{owner}.tau_m") + np.asarray(
        not_negative(tau_s, units.TIME, f"{owner}.tau_s")
    )
    return attached(per_ms * each**2 / (2.0 * both), "mV**2")


def _share(rate: Any, time: Any, owner: str, name: str) -> np.ndarray:
    per_ms = np.asarray(not_negative(rate, units.RATE, f"{owner}.rate"))
    share = per_ms * not_negative(time, units.TIME, f"{owner}.{name}")
    if np.any(share >= 1.0):
        raise ParameterError(
            f"rate*{name} is {np.max(share):.3g}",
            "it is below 1",
            f"Write a smaller rate or {name}",
            owner=owner,
        )
    return np.asarray(share)


def _plain(values: Any) -> Any:
    """Return an array as it is, and what has no axes as a plain float."""
    array = np.asarray(values)
    return array.item() if array.ndim == 0 else array
