"""Temperatures, in degrees Celsius or as quantities, and what they do to rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis._quantities import Bare, attached, positive
from excitable.errors import ParameterError

if TYPE_CHECKING:
    from excitable.units import Quantity

ZERO_CELSIUS = 273.15  # kelvin


def kelvin(temperature: Any, owner: str) -> Bare:
    """Return an absolute temperature: bare numbers are degrees Celsius, quantities say it."""
    bare = _kelvin(temperature, owner)
    if np.all(np.isfinite(bare)) and np.all(np.asarray(bare) > 0.0):
        return bare
    raise ParameterError(
        f"a temperature of {np.min(bare):g} kelvin",
        "a temperature above absolute zero is expected",
        "Write temperature=37 for degrees Celsius, or 310*kelvin",
        owner=owner,
    )


def _kelvin(temperature: Any, owner: str) -> Bare:
    if isinstance(temperature, str) or (
        units.is_quantity(temperature) and units.dimension(temperature) == units.TEMPERATURE
    ):
        return units.strip(temperature, units.TEMPERATURE, owner)
    if units.is_quantity(temperature):  # says what it is and what is expected
        return units.strip(temperature, units.TEMPERATURE, owner)
    celsius = units.strip(temperature, units.DIMENSIONLESS, owner)
    return celsius + ZERO_CELSIUS


def q10(Q10: Any, T: Any, T_0: Any) -> Quantity:
    """Return the factor by which rates grow from one temperature to another.

    Parameters
    ----------
    Q10 : float, any shape
        The factor for ten degrees, above zero; about 3 for the gates of the squid axon.
    T : float or Quantity [temperature]
        The temperature. A bare number is in degrees Celsius.
    T_0 : float or Quantity [temperature]
        The temperature at which the rates were measured.

    Returns
    -------
    Quantity [dimensionless]
        ``Q10**((T - T_0)/10)``: the `phi` of `excitable.HodgkinHuxley`.

    Raises
    ------
    UnitError, ParameterError
        If a value is no number, no temperature, or not above (absolute) zero.

    References
    ----------
    HodgkinHuxley1952, with Q10 = 3 and T_0 = 6.3 degrees Celsius.

    Examples
    --------
    >>> import excitable as ex
    >>> phi = ex.q10(3, 16.3, 6.3)
    >>> print(phi.round(12))
    3.0
    >>> warm = ex.HodgkinHuxley(phi=phi)
    """
    base = positive(Q10, units.DIMENSIONLESS, "q10.Q10")
    warmer = np.subtract(kelvin(T, "q10.T"), kelvin(T_0, "q10.T_0"))
    return attached(base ** (warmer / 10.0), "")
