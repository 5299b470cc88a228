"""Kernels of area 1 in closed form."""

from __future__ import annotations

from math import factorial
from typing import Any

import numpy as np

from excitable import units
from excitable.errors import ParameterError
from excitable.kernels._kernel import Kernel

# Where what is left of a kernel is below the rounding of its sum.
_GAUSSIAN_REACH = 9.0
_DECAY_REACH = 60.0


def gamma(n: int, tau: Any) -> Kernel:
    """Return the postsynaptic kernel h(t) = t^n exp(-t/tau) / (n! tau^(n+1)).

    Parameters
    ----------
    n : int
        Order: 0 is the exponential, 1 the alpha function; n + 1 is the number of linear stages
        that make it.
    tau : Quantity [time] or str
        Time constant of each stage.

    Returns
    -------
    Kernel
        Of area 1; peak at n tau, mean (n + 1) tau, variance (n + 1) tau^2.

    Raises
    ------
    ParameterError
        If n is not a whole number from 0 to 100, or tau is not above zero.

    Notes
    -----
    A train is convolved with it by recursion over the spikes, exactly, without an end at which
    the kernel would be cut off.

    References
    ----------
    Rall1967

    Examples
    --------
    >>> from excitable.units import ms
    >>> print(gamma(1, 5*ms)([0, 5, 10] * ms).round(3))
    [0.0 73.576 54.134] Hz
    """
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or not 0 <= n <= 100:
        raise ParameterError(
            f"n = {n!r}",
            "the order is a whole number from 0 to 100",
            "Write n=1 for the alpha function",
            owner="gamma",
            name="n",
        )
    constant, order = _positive(tau, "gamma", "tau"), int(n)
    scale = 1.0 / (factorial(order) * constant)

    def bare(lag: np.ndarray) -> np.ndarray:
        return scale * (lag / constant) ** order * np.exp(-lag / constant)

    def cumulative(lag: np.ndarray) -> np.ndarray:
        from scipy.special import gammainc

        return gammainc(order + 1.0, np.maximum(lag, 0.0) / constant)

    reach = constant * (_DECAY_REACH + 4.0 * order)
    shown = f"exponential({constant:g} ms)" if order == 0 else f"gamma({order}, {constant:g} ms)"
    return _shape(shown, (0.0, reach), bare, cumulative, (order, constant))


def exponential(tau: Any) -> Kernel:
    """Return the kernel exp(-t/tau)/tau for t >= 0.

    Parameters
    ----------
    tau : Quantity [time] or str
        Time constant.

    Returns
    -------
    Kernel
        Of area 1; it jumps at the spike.

    Raises
    ------
    ParameterError
        If tau is not above zero.

    Examples
    --------
    >>> from excitable.units import ms
    >>> print(exponential(5*ms)([-1, 0] * ms))
    [0.0 200.0] Hz
    """
    return gamma(0, tau)


def gaussian(sigma: Any) -> Kernel:
    """Return the Gaussian of area 1 around the spike.

    Parameters
    ----------
    sigma : Quantity [time] or str
        Standard deviation.

    Returns
    -------
    Kernel
        It reaches 9 sigma to both sides; what is beyond is below the rounding of the sum.

    Raises
    ------
    ParameterError
        If sigma is not above zero.

    Examples
    --------
    >>> from excitable.units import ms
    >>> print(gaussian(10*ms)(0*ms).round(3))
    39.894 Hz
    """
    width = _positive(sigma, "gaussian", "sigma")
    scale = 1.0 / (width * np.sqrt(2.0 * np.pi))

    def bare(lag: np.ndarray) -> np.ndarray:
        return scale * np.exp(-0.5 * (lag / width) ** 2)

    def cumulative(lag: np.ndarray) -> np.ndarray:
        from scipy.special import ndtr

        return ndtr(lag / width)

    reach = _GAUSSIAN_REACH * width
    return _shape(f"gaussian({width:g} ms)", (-reach, reach), bare, cumulative)


def boxcar(width: Any) -> Kernel:
    """Return the kernel that is constant on a window centred at the spike.

    Parameters
    ----------
    width : Quantity [time] or str
        Length of the window.

    Returns
    -------
    Kernel
        Of area 1, on [-width/2, width/2).

    Raises
    ------
    ParameterError
        If the width is not above zero.

    Examples
    --------
    >>> from excitable.units import ms
    >>> print(boxcar(10*ms)([-5, 0, 5] * ms))
    [100.0 100.0 0.0] Hz
    """
    length = _positive(width, "boxcar", "width")

    def bare(lag: np.ndarray) -> np.ndarray:
        return np.full(lag.shape, 1.0 / length)

    def cumulative(lag: np.ndarray) -> np.ndarray:
        return np.clip(lag / length + 0.5, 0.0, 1.0)

    return _shape(f"boxcar({length:g} ms)", (-length / 2, length / 2), bare, cumulative)


def _shape(
    name: str, ends: tuple[float, float], bare: Any, cumulative: Any, stages: Any = None
) -> Kernel:
    def function(lag: Any) -> Any:
        inside = np.asarray(units.strip(lag, units.TIME, name), dtype=np.float64)
        return units.attach(bare(inside), "Hz")

    return Kernel(
        function,
        units.attach(ends[0], "ms"),
        units.attach(ends[1], "ms"),
        name,
        bare=bare,
        cumulative=cumulative,
        stages=stages,
    )


def _positive(value: Any, owner: str, name: str) -> float:
    bare = units.strip(value, units.TIME, f"{owner}.{name}")
    if not isinstance(bare, float) or not (np.isfinite(bare) and bare > 0):
        raise ParameterError(
            f"{bare:g} ms" if isinstance(bare, float) else "an array",
            "one time above zero is expected",
            f"Write {name}=10*ms",
            owner=owner,
            name=name,
        )
    return bare
