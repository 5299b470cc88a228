"""The membrane under a sinusoid: how much of it passes, and how late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis._quantities import Bare, attached, stripped
from excitable.analysis.theory import _membrane

if TYPE_CHECKING:
    from excitable.units import Quantity


def impedance(frequency: Any, *, R: Any, tau_m: Any) -> Quantity:
    """Return the complex impedance of a membrane.

    Parameters
    ----------
    frequency : Quantity [rate], any shape
        Frequency in cycles, not radians, per time; arrays are broadcast together.
    R : Quantity [resistance, or resistance times area]
        Membrane resistance.
    tau_m : Quantity [time]
        Membrane time constant.

    Returns
    -------
    Quantity [as R], complex
        ``R/(1 + i*omega*tau_m)`` with ``omega = 2*pi*frequency``, in the unit of `R`.

    References
    ----------
    Equations 1.13 to 1.15 of Huang2023.

    Examples
    --------
    >>> from excitable.units import Hz, MOhm, ms
    >>> print(impedance(50*Hz, R=100*MOhm, tau_m=10*ms).round(4))
    (9.2-28.9025j) MOhm
    """
    owner = "theory.impedance"
    value, unit = _resistance(R, owner)
    return attached(value * _transfer(_cycles(frequency, tau_m, owner)), unit)


def gain(frequency: Any, *, R: Any, tau_m: Any) -> Quantity:
    """Return the amplitude of the potential per amplitude of a sinusoidal current.

    Parameters
    ----------
    frequency : Quantity [rate], any shape
        Frequency in cycles, not radians, per time; arrays are broadcast together.
    R : Quantity [resistance, or resistance times area]
        Membrane resistance.
    tau_m : Quantity [time]
        Membrane time constant.

    Returns
    -------
    Quantity [as R]
        ``R/sqrt(1 + (omega*tau_m)**2)``, in the unit of `R`.

    Notes
    -----
    The approximation ``1/(omega*C)`` for high frequencies is 5 % too high at
    ``omega*tau_m = pi`` and 88 % at 10 Hz with 10 ms.

    References
    ----------
    Equation 1.15 of Huang2023, whose middle expression lacks the bars of the modulus.

    Examples
    --------
    >>> from excitable.units import Hz, MOhm, ms
    >>> print(gain(50*Hz, R=100*MOhm, tau_m=10*ms).round(4))
    30.3314 MOhm
    """
    owner = "theory.gain"
    value, unit = _resistance(R, owner)
    return attached(value * np.abs(_transfer(_cycles(frequency, tau_m, owner))), unit)


def phase(frequency: Any, *, tau_m: Any) -> Quantity:
    """Return by how much the potential lags behind a sinusoidal current.

    Parameters
    ----------
    frequency : Quantity [rate], any shape
        Frequency in cycles, not radians, per time; arrays are broadcast together.
    tau_m : Quantity [time]
        Membrane time constant.

    Returns
    -------
    Quantity [dimensionless]
        ``-atan(omega*tau_m)`` in radians: between 0 and a quarter of a cycle late.

    References
    ----------
    The argument of the kernel's transform in equation 1.15 of Huang2023, which names only the
    modulus.

    Examples
    --------
    >>> from excitable.units import Hz, ms
    >>> print(phase(50*Hz, tau_m=10*ms).round(6))
    -1.262627
    """
    return attached(np.angle(_transfer(_cycles(frequency, tau_m, "theory.phase"))), "")


def sine_response(
    t: Any,
    I: Any,
    *,
    frequency: Any,
    R: Any,
    tau_m: Any,
    E_L: Any = "0 mV",
    angle: Any = 0.0,
) -> Quantity:
    """Return the lasting response to ``I*sin(omega*t + angle)``, after all transients.

    Parameters
    ----------
    t : Quantity [time], any shape
        Times; arrays are broadcast together as NumPy does.
    I : Quantity [current or current density]
        Amplitude of the current.
    frequency : Quantity [rate]
        Its frequency in cycles, not radians, per time.
    R, tau_m, E_L : Quantity
        Resistance, time constant and resting potential of the membrane.
    angle : float
        Its phase at t = 0, in radians.

    Returns
    -------
    Quantity [voltage]
        ``E_L + I*gain*sin(omega*t + angle + phase)``.

    References
    ----------
    Equation 1.14 of Huang2023.

    Examples
    --------
    >>> from excitable.units import Hz, MOhm, ms, pA
    >>> v = sine_response([0, 5]*ms, 100*pA, frequency=50*Hz, R=100*MOhm, tau_m=10*ms)
    >>> print(v.round(6))
    [-2.890255 0.919997] mV
    """
    owner = "theory.sine_response"
    turn = 2.0 * np.pi * stripped(frequency, units.RATE, f"{owner}.frequency")
    passed = _transfer(turn * _membrane.time_constant(tau_m, owner))
    shift = stripped(angle, units.DIMENSIONLESS, f"{owner}.angle") + np.angle(passed)
    height = _membrane.drive(I, R, owner) * np.abs(passed)
    wave = height * np.sin(turn * stripped(t, units.TIME, f"{owner}.t") + shift)
    return attached(_membrane.potential(E_L, owner, "E_L") + wave, "mV")


def _cycles(frequency: Any, tau_m: Any, owner: str) -> Bare:
    """Return ``omega*tau_m``."""
    f = stripped(frequency, units.RATE, f"{owner}.frequency")
    return 2.0 * np.pi * f * _membrane.time_constant(tau_m, owner)


def _transfer(cycles: Bare) -> Any:
    """Return the membrane's transfer function over its value at rest, of ``omega*tau_m``."""
    return 1.0 / (1.0 + 1j * np.asarray(cycles))


def _resistance(R: Any, owner: str) -> tuple[Bare, str]:
    """Return a bare resistance, absolute or of an area, and the unit it was given in."""
    value, current = _membrane.resistance(R, owner)
    unit = units.unit_text(R) if units.is_quantity(R) else ""
    return value, unit or units.default_unit(units.VOLTAGE / current)
