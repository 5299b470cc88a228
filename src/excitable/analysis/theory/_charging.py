"""The membrane under a constant current, and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable.analysis._quantities import attached
from excitable.analysis.theory import _membrane

if TYPE_CHECKING:
    from excitable.units import Quantity


def relaxed(s: Any, v_0: Any, v_inf: Any, tau: Any) -> Any:
    """Return where ``tau*dv/dt = v_inf - v`` is a time s after v_0; v_0 before."""
    return v_0 - (v_inf - v_0) * np.expm1(-np.maximum(s, 0.0) / tau)


def relaxation(
    t: Any, I: Any, *, v_0: Any, R: Any, tau_m: Any, E_L: Any = "0 mV", start: Any = "0 ms"
) -> Quantity:
    """Return the potential under a constant current, from any start.

    Parameters
    ----------
    t : Quantity [time], any shape
        Times; arrays are broadcast together as NumPy does.
    I : Quantity [current or current density]
        Current from `start` on.
    v_0 : Quantity [voltage]
        Potential until `start`.
    R : Quantity [resistance, or resistance times area]
        Membrane resistance.
    tau_m : Quantity [time]
        Membrane time constant.
    E_L : Quantity [voltage]
        Resting potential.
    start : Quantity [time]
        When the current starts.

    Returns
    -------
    Quantity [voltage]
        ``v_inf + (v_0 - v_inf)*exp(-(t - start)/tau_m)`` with ``v_inf = E_L + R*I``.

    Raises
    ------
    UnitError, ParameterError
        If a unit is wrong, or a resistance or time constant is not above zero.

    References
    ----------
    Solution of equation 1.2 of Huang2023; GerstnerEtAl2014, section 1.3.

    Examples
    --------
    >>> from excitable.units import MOhm, ms, mV, pA
    >>> print(relaxation(20*ms, 100*pA, v_0=-70*mV, R=100*MOhm, tau_m=20*ms, E_L=-65*mV).round(6))
    -60.518192 mV
    """
    return _relaxation("relaxation", t, I, v_0=v_0, R=R, tau_m=tau_m, E_L=E_L, start=start)


def _relaxation(
    name: str, t: Any, I: Any, *, v_0: Any, R: Any, tau_m: Any, E_L: Any, start: Any
) -> Quantity:
    owner = f"theory.{name}"
    rest = _membrane.potential(E_L, owner, "E_L")
    v_inf = rest + _membrane.drive(I, R, owner)
    tau = _membrane.time_constant(tau_m, owner)
    begin = _membrane.potential(v_0, owner, "v_0")
    return attached(relaxed(_membrane.elapsed(t, start, owner), begin, v_inf, tau), "mV")


def charging(
    t: Any, I: Any, *, R: Any, tau_m: Any, E_L: Any = "0 mV", start: Any = "0 ms"
) -> Quantity:
    """Return the potential that a step of current charges from rest.

    Parameters
    ----------
    t : Quantity [time], any shape
        Times; arrays are broadcast together as NumPy does.
    I : Quantity [current or current density]
        Height of the step.
    R, tau_m, E_L : Quantity
        Resistance, time constant and resting potential of the membrane.
    start : Quantity [time]
        When the step begins.

    Returns
    -------
    Quantity [voltage]
        ``E_L + R*I*(1 - exp(-(t - start)/tau_m))``; ``E_L`` before `start`.

    References
    ----------
    Equation 1.3 of Huang2023.

    Examples
    --------
    >>> from excitable.units import MOhm, ms, mV, pA
    >>> print(charging([0, 20]*ms, 100*pA, R=100*MOhm, tau_m=20*ms).round(6))
    [0.0 6.321206] mV
    """
    return _relaxation("charging", t, I, v_0=E_L, R=R, tau_m=tau_m, E_L=E_L, start=start)


def discharging(
    t: Any, *, v_0: Any, tau_m: Any, E_L: Any = "0 mV", start: Any = "0 ms"
) -> Quantity:
    """Return the potential that decays back to rest when no current flows.

    Parameters
    ----------
    t : Quantity [time], any shape
        Times; arrays are broadcast together as NumPy does.
    v_0 : Quantity [voltage]
        Potential until `start`.
    tau_m, E_L : Quantity
        Time constant and resting potential of the membrane.
    start : Quantity [time]
        When the current stopped.

    Returns
    -------
    Quantity [voltage]
        ``E_L + (v_0 - E_L)*exp(-(t - start)/tau_m)``; ``v_0`` before `start`.

    References
    ----------
    Equation 1.4 of Huang2023, which prints a factor R too much and starts from ``u(0)`` where
    the potential at `start` is meant.

    Examples
    --------
    >>> from excitable.units import ms, mV
    >>> print(discharging(20*ms, v_0=-55*mV, tau_m=20*ms, E_L=-65*mV).round(6))
    -61.321206 mV
    """
    owner = "theory.discharging"
    rest = _membrane.potential(E_L, owner, "E_L")
    begin = _membrane.potential(v_0, owner, "v_0")
    tau = _membrane.time_constant(tau_m, owner)
    return attached(relaxed(_membrane.elapsed(t, start, owner), begin, rest, tau), "mV")


def square_pulse(
    t: Any, I: Any, *, width: Any, R: Any, tau_m: Any, E_L: Any = "0 mV", start: Any = "0 ms"
) -> Quantity:
    """Return the response to one square pulse: it charges the membrane, which then discharges.

    Parameters
    ----------
    t : Quantity [time], any shape
        Times; arrays are broadcast together as NumPy does.
    I : Quantity [current or current density]
        Height of the pulse.
    width : Quantity [time]
        Its length.
    R, tau_m, E_L : Quantity
        Resistance, time constant and resting potential of the membrane.
    start : Quantity [time]
        When it begins.

    Returns
    -------
    Quantity [voltage]
        The potential at each time.

    References
    ----------
    Equations 1.3 and 1.4 of Huang2023 joined (its figure 1.4).

    Examples
    --------
    >>> from excitable.units import MOhm, ms, pA
    >>> print(square_pulse([10, 30]*ms, 100*pA, width=10*ms, R=100*MOhm, tau_m=20*ms).round(6))
    [3.934693 1.447493] mV
    """
    owner = "theory.square_pulse"
    s = _membrane.elapsed(t, start, owner)
    rest = _membrane.potential(E_L, owner, "E_L")
    tau = _membrane.time_constant(tau_m, owner)
    length = _membrane.duration(width, owner, "width")
    charged = relaxed(np.minimum(s, length), rest, rest + _membrane.drive(I, R, owner), tau)
    return attached(relaxed(s - length, charged, rest, tau), "mV")
