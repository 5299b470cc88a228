"""Intervals between spikes of the quadratic and of the adapting integrate-and-fire neuron."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis._quantities import attached, stripped
from excitable.analysis.theory import _membrane
from excitable.analysis.theory._lif import passage
from excitable.errors import ParameterError, UnknownNameError

if TYPE_CHECKING:
    from excitable.units import Quantity

_HALVINGS = 100
_DOUBLINGS = 1100
_COMPONENT = re.compile(r"(d|tau)_([1-9]\d*)")


def qif_period(I: Any, *, tau: Any, x_reset: Any = -np.inf, x_peak: Any = np.inf) -> Quantity:
    """Return the interval between spikes of the quadratic integrate-and-fire neuron.

    Parameters
    ----------
    I : float, any shape
        The dimensionless current; arrays are broadcast together as NumPy does.
    tau : Quantity [time]
        Its time constant.
    x_reset, x_peak : float
        Where it starts after a spike, and where a spike is fired; may be infinite.

    Returns
    -------
    Quantity [time]
        How long ``tau*dx/dt = x**2 + I`` leads from `x_reset` to `x_peak`:
        ``tau*(atan(x_peak/sqrt(I)) - atan(x_reset/sqrt(I)))/sqrt(I)`` for I > 0, which is
        ``pi*tau/sqrt(I)`` from minus to plus infinity. Infinite if it never gets there; for I <= 0
        it does from a reset above the unstable equilibrium ``sqrt(-I)``.

    Raises
    ------
    ParameterError
        If `x_peak` is not above `x_reset`.

    References
    ----------
    ErmentroutKopell1986; GerstnerEtAl2014, section 5.3.

    Examples
    --------
    >>> from excitable.units import ms
    >>> print(qif_period([-1, 1, 4], tau=10*ms).round(6))
    [inf 31.415927 15.707963] ms
    """
    owner = "theory.qif_period"
    none = units.DIMENSIONLESS
    scale = _membrane.time_constant(tau, owner, "tau")
    given = (stripped(x, none, owner) for x in (I, x_reset, x_peak))
    current, low, high = np.broadcast_arrays(*(np.asarray(x, dtype=float) for x in given))
    if not np.all(high > low):
        raise ParameterError(
            "x_peak is not above x_reset",
            "the way up from the reset to the peak is asked for",
            "Write x_reset=-10, x_peak=10",
            owner=owner,
        )
    root = np.sqrt(np.abs(current))
    with np.errstate(divide="ignore", invalid="ignore"):
        turning = (np.arctan(high / root) - np.arctan(low / root)) / root
        # Partial fractions; 1/(x - r) - 1/(x + r) is 2 r/(x**2 - r**2).
        fleeing = (np.log1p(2.0 * root / (low - root)) - np.log1p(2.0 * root / (high - root))) / (
            2.0 * root
        )
        still = 1.0 / low - 1.0 / high
    escapes = np.where(low > root, np.where(root > 0.0, fleeing, still), np.inf)
    return attached(scale * np.where(current > 0.0, turning, escapes), "ms")


def alif_period(
    I: Any,
    *,
    R: Any,
    tau_m: Any,
    V_T: Any,
    V_R: Any,
    E_L: Any,
    t_ref: Any = "0 ms",
    **components: Any,
) -> Quantity:
    """Return the steady interval between spikes of a neuron whose threshold adapts.

    Parameters
    ----------
    I : Quantity [current or current density], any shape
        Constant current; arrays are broadcast together as NumPy does.
    R, tau_m, V_T, V_R, E_L, t_ref : Quantity
        Parameters of `excitable.LIF`.
    **components : Quantity
        Jumps ``d_1, d_2, ...`` [voltage] and time constants ``tau_1, tau_2, ...`` [time] of the
        threshold's components, as many of each; they decay in the refractory time too.

    Returns
    -------
    Quantity [time]
        The T at which the potential, ``v_inf - (v_inf - V_R)*exp(-(T - t_ref)/tau_m)``, meets the
        threshold, ``V_T + sum of d_k/(exp(T/tau_k) - 1)``; infinite if `v_inf` is not above `V_T`.

    Raises
    ------
    UnknownNameError, ParameterError
        If a component has no partner, or a value is out of range.

    Notes
    -----
    For jumps of zero or more; one side grows with T and the other falls, so the answer is unique,
    and it is bisected to the last digits.

    Examples
    --------
    >>> from excitable.units import MOhm, ms, mV, pA
    >>> cell = dict(R=100*MOhm, tau_m=10*ms, E_L=0*mV, V_T=15*mV, V_R=0*mV)
    >>> print(alif_period(300*pA, **cell, d_1=2*mV, tau_1=100*ms).round(4))
    18.0905 ms
    """
    owner = "theory.alif_period"
    jumps, constants = _components(components, owner)
    v_inf = _membrane.potential(E_L, owner, "E_L") + _membrane.drive(I, R, owner)
    tau = _membrane.time_constant(tau_m, owner)
    threshold = _membrane.potential(V_T, owner, "V_T")
    reset = _membrane.potential(V_R, owner, "V_R")
    pause = _membrane.duration(t_ref, owner, "t_ref")
    v_inf, tau, threshold, reset, pause, *rest = np.broadcast_arrays(
        *(np.asarray(x, float) for x in (v_inf, tau, threshold, reset, pause, *jumps, *constants))
    )
    pairs = list(zip(rest[: len(jumps)], rest[len(jumps) :], strict=True))

    def early(T: np.ndarray) -> np.ndarray:
        level = threshold
        with np.errstate(over="ignore", divide="ignore"):
            for jump, constant in pairs:
                level = level + np.where(jump > 0.0, jump / np.expm1(T / constant), 0.0)
            gap = (v_inf - level) - (v_inf - reset) * np.exp(-(T - pause) / tau)
        return gap < 0.0

    fires = v_inf > threshold
    low = pause.copy()
    high = pause + passage(v_inf, reset, threshold, tau) + tau
    high = np.where(fires, high, low + tau)
    for _ in range(_DOUBLINGS):
        late = early(high) & fires
        if not late.any():
            break
        high = np.where(late, low + 2.0 * (high - low), high)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        below = early(middle)
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return attached(np.where(fires, 0.5 * (low + high), np.inf), "ms")


def _components(components: dict[str, Any], owner: str) -> tuple[list[Any], list[Any]]:
    numbers: set[int] = set()
    for name in components:
        match = _COMPONENT.fullmatch(name)
        partner = "" if match is None else f"{'tau' if match[1] == 'd' else 'd'}_{match[2]}"
        if match is None or partner not in components:
            raise UnknownNameError(
                f"{name} without {partner}" if match else f"no argument is called {name!r:.66}",
                "pairs of jumps d_1, d_2, ... and time constants tau_1, tau_2, ... are expected",
                "Write d_1=2*mV, tau_1=100*ms",
                owner=owner,
                name=name,
            )
        numbers.add(int(match[2]))
    order = sorted(numbers)
    jumps = [_membrane.jump(components[f"d_{k}"], owner, f"d_{k}") for k in order]
    constants = [_membrane.time_constant(components[f"tau_{k}"], owner, f"tau_{k}") for k in order]
    return jumps, constants
