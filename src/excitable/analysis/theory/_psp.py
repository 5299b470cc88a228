"""Postsynaptic potentials of currents that rise as a power and decay exponentially."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis._quantities import attached, positive, stripped
from excitable.analysis.theory import _membrane
from excitable.analysis.theory._exponentials import mean_exponential
from excitable.errors import ParameterError

if TYPE_CHECKING:
    from excitable.units import Quantity

_LARGEST_POWER = 100
_DOUBLINGS = 200
_HALVINGS = 80


def synaptic_kernel(t: Any, *, tau_s: Any, n: int = 0) -> Quantity:
    """Return the current that a spike of unit charge causes, its area being one.

    Parameters
    ----------
    t : Quantity [time], any shape
        Times since the spike.
    tau_s : Quantity [time]
        Synaptic time constant.
    n : int
        0 for an exponential, 1 for an alpha function; up to 100.

    Returns
    -------
    Quantity [1/time]
        ``t**n*exp(-t/tau_s)/(n!*tau_s**(n + 1))``, 0 before the spike: peak at ``n*tau_s``,
        mean ``(n + 1)*tau_s``, variance ``(n + 1)*tau_s**2``.

    Raises
    ------
    ParameterError
        If n is not a whole number from 0 to 100, or the time constant is not above zero.

    References
    ----------
    GerstnerEtAl2014, section 3.1.

    Examples
    --------
    >>> from excitable.units import ms
    >>> print(synaptic_kernel([-1, 0, 5]*ms, tau_s=5*ms, n=1).round(6))
    [0.0 0.0 0.073576] 1/ms
    """
    owner = "theory.synaptic_kernel"
    power = _power(n, owner)
    tau = _membrane.time_constant(tau_s, owner, "tau_s")
    s = np.asarray(stripped(t, units.TIME, f"{owner}.t"))
    x = np.maximum(s, 0.0) / tau
    value = x**power * np.exp(-x) / (math.factorial(power) * tau)
    return attached(np.where(s >= 0.0, value, 0.0), "1/ms")


def psp_gamma(
    t: Any,
    q: Any,
    *,
    n: int,
    tau_s: Any,
    R: Any,
    tau_m: Any,
    E_L: Any = "0 mV",
    start: Any = "0 ms",
) -> Quantity:
    """Return the response to a current of charge q shaped like `synaptic_kernel`.

    Parameters
    ----------
    t : Quantity [time], any shape
        Times; arrays are broadcast together as NumPy does.
    q : Quantity [charge or charge per area]
        Charge of the current, its area.
    n : int
        0 for an exponential, 1 for an alpha function; up to 100.
    tau_s : Quantity [time]
        Synaptic time constant; any ratio to `tau_m`, one included.
    R, tau_m, E_L : Quantity
        Resistance, time constant and resting potential of the membrane.
    start : Quantity [time]
        When the current begins.

    Returns
    -------
    Quantity [voltage]
        The potential; ``E_L`` before `start`.

    Raises
    ------
    ParameterError
        If n is not a whole number from 0 to 100, or a time constant is not above zero.

    Notes
    -----
    ``q*R/tau_m`` times a divided difference of the exponential over the rates ``1/tau_m`` (once)
    and ``1/tau_s`` (n + 1 times), computed without subtracting what is nearly equal: smooth in the
    time constants, relative error below 1e-13 for n up to 5 and times up to 100 time constants.

    References
    ----------
    GerstnerEtAl2014, section 3.1, for the currents.

    Examples
    --------
    >>> from excitable.units import MOhm, fC, ms
    >>> print(psp_gamma(20*ms, 100*fC, n=2, tau_s=5*ms, R=100*MOhm, tau_m=20*ms).round(6))
    0.251492 mV
    """
    return _response("psp_gamma", t, q, n=n, tau_s=tau_s, R=R, tau_m=tau_m, E_L=E_L, start=start)


def psp_exponential(
    t: Any,
    q: Any,
    *,
    tau_s: Any,
    R: Any,
    tau_m: Any,
    E_L: Any = "0 mV",
    start: Any = "0 ms",
) -> Quantity:
    """Return the response to the current ``q/tau_s*exp(-(t - start)/tau_s)``.

    Parameters
    ----------
    t : Quantity [time], any shape
        Times; arrays are broadcast together as NumPy does.
    q : Quantity [charge or charge per area]
        Charge of the current, its area.
    tau_s : Quantity [time]
        Synaptic time constant; any ratio to `tau_m`, one included.
    R, tau_m, E_L : Quantity
        Resistance, time constant and resting potential of the membrane.
    start : Quantity [time]
        When the current begins.

    Returns
    -------
    Quantity [voltage]
        ``E_L + q*R/(tau_m - tau_s)*(exp(-s/tau_m) - exp(-s/tau_s))`` with ``s = t - start``; for
        ``tau_s = tau_m``, ``E_L + q*R*s/tau_m**2*exp(-s/tau_m)``. Computed as `psp_gamma` with
        n = 0, so that no digits are lost between the two.

    References
    ----------
    Equations 1.18 (where ``u_reset`` is printed for ``u_rest``), 1.19 (whose denominator has the
    wrong sign at first) and 1.20 of Huang2023.

    Examples
    --------
    >>> from excitable.units import MOhm, fC, ms
    >>> for tau_s in (5, 20):
    ...     v = psp_exponential(20*ms, 100*fC, tau_s=tau_s*ms, R=100*MOhm, tau_m=20*ms)
    ...     print(v.round(6))
    0.233043 mV
    0.18394 mV
    """
    return _response(
        "psp_exponential", t, q, n=0, tau_s=tau_s, R=R, tau_m=tau_m, E_L=E_L, start=start
    )


def psp_alpha(
    t: Any,
    q: Any,
    *,
    tau_s: Any,
    R: Any,
    tau_m: Any,
    E_L: Any = "0 mV",
    start: Any = "0 ms",
) -> Quantity:
    """Return the response to the current ``q*(t - start)/tau_s**2*exp(-(t - start)/tau_s)``.

    Parameters
    ----------
    t : Quantity [time], any shape
        Times; arrays are broadcast together as NumPy does.
    q : Quantity [charge or charge per area]
        Charge of the current, its area.
    tau_s : Quantity [time]
        Synaptic time constant; any ratio to `tau_m`, one included.
    R, tau_m, E_L : Quantity
        Resistance, time constant and resting potential of the membrane.
    start : Quantity [time]
        When the current begins.

    Returns
    -------
    Quantity [voltage]
        The potential; for ``tau_s = tau_m`` it is ``E_L + q*R*s**2/(2*tau_m**3)*exp(-s/tau_m)``.

    References
    ----------
    GerstnerEtAl2014, section 3.1, for the current.

    Examples
    --------
    >>> from excitable.units import MOhm, fC, ms
    >>> for tau_s in (5, 20):
    ...     v = psp_alpha(20*ms, 100*fC, tau_s=tau_s*ms, R=100*MOhm, tau_m=20*ms)
    ...     print(v.round(6))
    0.261882 mV
    0.09197 mV
    """
    return _response("psp_alpha", t, q, n=1, tau_s=tau_s, R=R, tau_m=tau_m, E_L=E_L, start=start)


def _response(
    name: str, t: Any, q: Any, *, n: Any, tau_s: Any, R: Any, tau_m: Any, E_L: Any, start: Any
) -> Quantity:
    owner = f"theory.{name}"
    power = _power(n, owner)
    jump, tau = _membrane.kick(q, R, tau_m, owner)
    synaptic = _membrane.time_constant(tau_s, owner, "tau_s")
    s = np.asarray(_membrane.elapsed(t, start, owner))
    after = np.maximum(s, 0.0)
    x = (after / synaptic) ** (power + 1) / math.factorial(power)
    value = jump * x * mean_exponential(power, 1.0 / tau, 1.0 / synaptic, after)
    return attached(_membrane.potential(E_L, owner, "E_L") + np.where(s > 0.0, value, 0.0), "mV")


def psp_peak_time(*, tau_s: Any, tau_m: Any, n: int = 0) -> Quantity:
    """Return when a postsynaptic potential is largest, since the beginning of its current.

    Parameters
    ----------
    tau_s : Quantity [time], any shape
        Synaptic time constant; any ratio to `tau_m`, one included.
    tau_m : Quantity [time], any shape
        Membrane time constant.
    n : int
        0 for an exponential, 1 for an alpha function; up to 100.

    Returns
    -------
    Quantity [time]
        The peak of `psp_gamma`. For n = 0 it is
        ``tau_m*tau_s/(tau_m - tau_s)*log(tau_m/tau_s)``, and ``tau_m`` where both are equal.

    Raises
    ------
    ParameterError
        If n is not a whole number from 0 to 100, or a time constant is not above zero.

    Notes
    -----
    For n > 0 there is no elementary form: at the peak the leak equals the current, and the time
    of that is bisected to the last digits.

    Examples
    --------
    >>> from excitable.units import ms
    >>> print(psp_peak_time(tau_s=[5, 10]*ms, tau_m=10*ms).round(6))
    [6.931472 10.0] ms
    >>> print(psp_peak_time(tau_s=10*ms, tau_m=10*ms, n=1).round(6))
    20.0 ms
    """
    owner = "theory.psp_peak_time"
    power = _power(n, owner)
    tau = positive(tau_m, units.TIME, f"{owner}.tau_m")
    synaptic = positive(tau_s, units.TIME, f"{owner}.tau_s")
    m, s = np.broadcast_arrays(np.asarray(tau, float), np.asarray(synaptic, float))
    if power:
        return attached(_balanced(power, m, s), "ms")
    longer, shorter = np.maximum(m, s), np.minimum(m, s)
    gap = (longer - shorter) / shorter
    # longer*log(longer/shorter)/gap, finite where the two are equal.
    ratio = np.where(gap == 0.0, 1.0, np.log1p(gap) / np.where(gap == 0.0, 1.0, gap))
    return attached(longer * ratio, "ms")


def _balanced(n: int, tau_m: np.ndarray, tau_s: np.ndarray) -> np.ndarray:
    """Return the time at which the filtered current equals the current itself."""

    def early(t: np.ndarray) -> np.ndarray:
        # Both sides divided by the current: t/tau_m times a mean, which grows with t. The rates
        # are shifted by 1/tau_s, which is what the division does to the exponentials.
        a = 1.0 / tau_m - 1.0 / tau_s
        # A mean that overflows is late all the same.
        with np.errstate(over="ignore", invalid="ignore"):
            return t / tau_m * mean_exponential(n, a, 0.0, t) < 1.0

    low = n * tau_s  # the current still rises until then
    high = low + tau_s + tau_m
    for _ in range(_DOUBLINGS):
        if not early(high).any():
            break
        high = np.where(early(high), 2.0 * high, high)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        is_early = early(middle)
        low, high = np.where(is_early, middle, low), np.where(is_early, high, middle)
    return 0.5 * (low + high)


def _power(n: Any, owner: str) -> int:
    if isinstance(n, int | np.integer) and not isinstance(n, bool) and 0 <= n <= _LARGEST_POWER:
        return int(n)
    raise ParameterError(
        f"{n!r}",
        f"a whole number from 0 to {_LARGEST_POWER} is expected",
        "Write n=1 for an alpha function",
        owner=f"{owner}.n",
    )
