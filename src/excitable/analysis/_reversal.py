"""Where ions come to rest: the potentials of Nernst and of Goldman, Hodgkin and Katz."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis._quantities import attached, not_negative, positive
from excitable.analysis._temperature import kelvin
from excitable.errors import ParameterError

if TYPE_CHECKING:
    from excitable.units import Quantity

# Exact since 2019: the gas constant in J/(mol K) and Faraday's in C/mol; 1e3 for mV.
_GAS, _FARADAY = 8.31446261815324, 96485.33212331001
_BODY = 37.0


def thermal(temperature: Any, owner: str) -> Any:
    """Return R T/F in mV."""
    return 1e3 * _GAS / _FARADAY * kelvin(temperature, owner)


def nernst(outside: Any, inside: Any, valence: Any, temperature: Any = _BODY) -> Quantity:
    """Return the potential at which an ion is in balance across the membrane.

    Parameters
    ----------
    outside, inside : Quantity [concentration], any shape
        Concentrations, above zero; arrays are broadcast together as NumPy does.
    valence : int, any shape
        Charges of the ion with their sign: 1 for Na+ and K+, 2 for Ca2+, -1 for Cl-.
    temperature : float or Quantity [temperature]
        A bare number is in degrees Celsius.

    Returns
    -------
    Quantity [voltage]
        ``R*T/(z*F)*log(outside/inside)``, inside minus outside.

    Raises
    ------
    UnitError, ParameterError
        If a unit is wrong, a concentration not above zero, or the valence no whole number or zero.

    References
    ----------
    Hille2001, chapter 1.

    Examples
    --------
    >>> from excitable.units import mM
    >>> print(nernst(4*mM, 140*mM, valence=1).round(3))  # potassium
    -95.023 mV
    >>> print(nernst("20 mM", "400 mM", valence=1, temperature=6.3).round(3))  # the squid's
    -72.141 mV
    """
    c_out = positive(outside, units.CONCENTRATION, "nernst.outside")
    c_in = positive(inside, units.CONCENTRATION, "nernst.inside")
    z = _charges(valence, "nernst.valence")
    # The difference of logarithms: a ratio may overflow.
    ratio = np.log(c_out) - np.log(c_in)
    return attached(thermal(temperature, "nernst.temperature") / z * ratio, "mV")


def goldman(
    permeability: Any, outside: Any, inside: Any, valence: Any, temperature: Any = _BODY
) -> Quantity:
    """Return the potential at which no net current flows through a membrane leaky to several ions.

    Parameters
    ----------
    permeability : array_like or Quantity, shape (ions,)
        How easily each ion passes; only ratios matter, so any common unit will do.
    outside, inside : Quantity [concentration], shape (ions,) or (..., ions)
        Concentrations, zero or more.
    valence : int, scalar or shape (ions,)
        1 or -1 for each ion.
    temperature : float or Quantity [temperature]
        A bare number is in degrees Celsius.

    Returns
    -------
    Quantity [voltage], shape () or (...)
        ``R*T/F*log((sum of P*c_out of cations + P*c_in of anions)/(the same with out and in
        exchanged))``; the last axis is summed over.

    Raises
    ------
    UnitError, ParameterError
        If a unit is wrong, a value negative, or a valence other than 1 and -1.

    References
    ----------
    Goldman1943, HodgkinKatz1949.

    Examples
    --------
    >>> from excitable.units import mM
    >>> rest = goldman([1, 0.04, 0.45], outside=[20, 440, 560]*mM, inside=[400, 50, 52]*mM,
    ...                valence=[1, 1, -1], temperature=20)  # K, Na and Cl of the squid
    >>> print(rest.round(2))
    -59.93 mV
    """
    unit = units.DIMENSIONLESS
    first = permeability[0] if isinstance(permeability, list | tuple) else permeability
    if units.is_quantity(first):
        unit = units.dimension(first)
    P = not_negative(permeability, unit, "goldman.permeability")
    c_out = not_negative(outside, units.CONCENTRATION, "goldman.outside")
    c_in = not_negative(inside, units.CONCENTRATION, "goldman.inside")
    z = _charges(valence, "goldman.valence")
    if not np.all(np.abs(z) == 1.0):
        raise ParameterError(
            "an ion with more than one charge",
            "valences of 1 and -1 are expected, for which alone the formula holds",
            "Leave calcium out, or write nernst(...)",
            owner="goldman.valence",
        )
    toward = np.sum(P * np.where(z > 0.0, c_out, c_in), axis=-1)
    away = np.sum(P * np.where(z > 0.0, c_in, c_out), axis=-1)
    if not (np.all(toward > 0.0) and np.all(away > 0.0)):
        raise ParameterError(
            "no ion that can pass is there on one side",
            "one on each side is expected",
            "Give a permeability and a concentration above zero",
            owner="goldman",
        )
    ratio = np.log(toward) - np.log(away)
    return attached(thermal(temperature, "goldman.temperature") * ratio, "mV")


def _charges(valence: Any, owner: str) -> Any:
    z = np.asarray(units.strip(valence, units.DIMENSIONLESS, owner))
    if np.all((z == np.round(z)) & (z != 0.0)):
        return z
    raise ParameterError(
        f"a valence of {z.flat[0]:g}" if z.size == 1 else "valences that are no charges",
        "a whole number other than zero is expected",
        "Write valence=1 for K+ and Na+, 2 for Ca2+, -1 for Cl-",
        owner=owner,
    )
