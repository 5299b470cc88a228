"""Pulses so short that only their charge counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable.analysis._quantities import attached
from excitable.analysis.theory import _membrane

if TYPE_CHECKING:
    from excitable.units import Quantity


def short_pulse(width: Any, I: Any, *, R: Any, tau_m: Any, E_L: Any = "0 mV") -> Quantity:
    """Return the potential at the end of a short pulse, to first order in its length.

    Parameters
    ----------
    width : Quantity [time], any shape
        Length of the pulse, much shorter than `tau_m`.
    I : Quantity [current or current density]
        Its height.
    R, tau_m, E_L : Quantity
        Resistance, time constant and resting potential of the membrane.

    Returns
    -------
    Quantity [voltage]
        ``E_L + R*I*width/tau_m``.

    Notes
    -----
    Too high by ``R*I*(width/tau_m)**2/2`` to leading order; never by more.

    References
    ----------
    Equation 1.5 of Huang2023.

    Examples
    --------
    >>> from excitable.units import MOhm, ms, pA
    >>> print(short_pulse(0.1*ms, 1000*pA, R=100*MOhm, tau_m=20*ms))
    0.5 mV
    """
    owner = "theory.short_pulse"
    length = _membrane.duration(width, owner, "width")
    share = length / _membrane.time_constant(tau_m, owner)
    rest = _membrane.potential(E_L, owner, "E_L")
    return attached(rest + _membrane.drive(I, R, owner) * share, "mV")


def psp_delta(
    t: Any, q: Any, *, R: Any, tau_m: Any, E_L: Any = "0 mV", start: Any = "0 ms"
) -> Quantity:
    """Return the response to a charge that arrives at one instant: a jump by q/C and its decay.

    Parameters
    ----------
    t : Quantity [time], any shape
        Times; arrays are broadcast together as NumPy does.
    q : Quantity [charge or charge per area]
        The charge, for example ``1*pA*ms``.
    R, tau_m, E_L : Quantity
        Resistance, time constant and resting potential of the membrane; ``C = tau_m/R``.
    start : Quantity [time]
        When it arrives.

    Returns
    -------
    Quantity [voltage]
        ``E_L + q/C*exp(-(t - start)/tau_m)`` from `start` on, ``E_L`` before.

    References
    ----------
    Equations 1.6 (the jump) and 1.7 of Huang2023, and 1.21, the limit of a fast current.

    Examples
    --------
    >>> from excitable.units import MOhm, fC, ms
    >>> print(psp_delta([-1, 0, 20]*ms, 100*fC, R=100*MOhm, tau_m=20*ms).round(6))
    [0.0 0.5 0.18394] mV
    """
    owner = "theory.psp_delta"
    jump, tau = _membrane.kick(q, R, tau_m, owner)
    s = np.asarray(_membrane.elapsed(t, start, owner))
    rest = _membrane.potential(E_L, owner, "E_L")
    decayed = np.where(s >= 0.0, jump * np.exp(-np.maximum(s, 0.0) / tau), 0.0)
    return attached(rest + decayed, "mV")
