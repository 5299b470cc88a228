"""Units of quantities and texts, and the function that attaches them to bare floats."""

from __future__ import annotations

import numbers
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from excitable.errors import UnitError
from excitable.units._dimension import DIMENSIONLESS, Dimension
from excitable.units._display import default_unit, write_powers
from excitable.units._foreign import is_quantity, quantity_size, shown
from excitable.units._parse import Powers, parse
from excitable.units._size import Size, known_size, powers_of, size_of
from excitable.units._table import resolve

if TYPE_CHECKING:
    from pint import Quantity


def parse_quantity(text: str) -> Quantity:
    """Return the quantity that a text states.

    Parameters
    ----------
    text : str
        A number and a unit, such as ``"20 ms"``, ``"0.3 mS/cm2"``, ``"-65 mV"``, ``"5"``, or
        a list such as ``"[1, 2, 3] mV"``.

    Returns
    -------
    pint.Quantity
        The value in the stated unit.

    Raises
    ------
    UnitError
        The text is not a number with a known unit.

    Notes
    -----
    A small grammar of our own is read; nothing is evaluated. A product written with a space
    after a division, as in ``"1/mV ms"``, is refused because it can be read in two ways.

    Examples
    --------
    >>> print(parse_quantity("0.3 mS/cm2"))
    0.3 mS/cm²
    """
    parsed = parse(text)
    value = np.array(parsed.value) if isinstance(parsed.value, tuple) else parsed.value
    return _quantity(value, parsed.powers)


def factor(unit_text: str) -> float:
    """Return the internal value of one unit.

    Parameters
    ----------
    unit_text : str
        Text of a unit, such as ``"mV"`` or ``"uA/cm2"``.

    Returns
    -------
    float
        Its size in the internal set: 1.0 for mV, ms, pA, nS, uA/cm2.

    Raises
    ------
    UnitError
        The unit is not known.

    Examples
    --------
    >>> factor("mV"), factor("volt"), factor("us")
    (1.0, 1000.0, 0.001)
    """
    size = _text_size(unit_text)
    return size.multiplier / size.divisor


def dimension(value: str | Quantity) -> Dimension:
    """Return the dimension of a quantity or of a unit written as text.

    Parameters
    ----------
    value : str or pint.Quantity
        Text such as ``"uA/cm2"``, a quantity, or a unit.

    Returns
    -------
    Dimension
        Its dimension; `DIMENSIONLESS` for an empty text or a bare number.

    Raises
    ------
    UnitError
        The unit is not known.

    Examples
    --------
    >>> print(dimension("uA/cm2"))
    current density
    """
    if isinstance(value, str):
        return _text_size(value).dimension
    if is_quantity(value):
        return quantity_size(value)[0].dimension
    if isinstance(value, numbers.Real | np.ndarray):
        return DIMENSIONLESS
    raise UnitError(f"{shown(value)} has no dimension", "a unit is expected", 'Write "mV"')


def attach(value: float | np.ndarray, unit_text: str) -> Quantity:
    """Return a quantity in a chosen unit from a bare number in the internal set.

    Parameters
    ----------
    value : float or ndarray
        Value in the internal set.
    unit_text : str
        The unit to show it in, such as ``"mV"``.

    Returns
    -------
    pint.Quantity
        The same value in that unit.

    Raises
    ------
    UnitError
        The unit is not known.

    Examples
    --------
    >>> print(attach(20.0, "second"))
    0.02 s
    """
    size = _text_size(unit_text)
    magnitude = value
    if size.divisor != 1.0:
        magnitude = magnitude * size.divisor
    if size.multiplier != 1.0:
        magnitude = magnitude / size.multiplier
    return _quantity(magnitude, parse(unit_text).powers if unit_text.strip() else ())


def unit_text(quantity: Quantity) -> str:
    """Return the text of a quantity's unit, as `parse_quantity` reads it.

    Parameters
    ----------
    quantity : pint.Quantity
        Any quantity.

    Returns
    -------
    str
        Such as ``"uA/cm2"``; empty for a plain number. A unit that our table lacks (inch) is
        replaced by the default unit of its dimension.

    Examples
    --------
    >>> unit_text(parse_quantity("3 uA/cm**2"))
    'uA/cm2'
    """
    powers = powers_of(quantity.unit_items())
    size, _ = quantity_size(quantity)
    if size_of(powers) == size:
        return write_powers(powers)
    return default_unit(size.dimension)


@lru_cache(maxsize=1024)
def _text_size(text: str) -> Size:
    if not text.strip():
        return Size(1.0, 1.0, DIMENSIONLESS)
    parsed = parse(text)
    if parsed.value != 1.0:
        raise UnitError(f"{text[:40]!r} is not a bare unit", "a unit is expected", 'Write "mV"')
    return known_size(parsed.powers)


@lru_cache(maxsize=1024)
def _own_units(powers: Powers) -> Any:
    from excitable.units._registry import registry

    made = registry()
    container: dict[str, float] = {}
    for name, power in powers:
        unit = resolve(name)
        # Asking for the name makes pint define the prefixed unit.
        long = made.get_name(unit.name if unit else name)
        exponent = power if isinstance(power, int) else float(power)
        container[long] = container.get(long, 0) + exponent
    return made.Unit(made.UnitsContainer(container))


def _quantity(value: float | np.ndarray, powers: Powers) -> Quantity:
    from excitable.units._registry import registry

    return cast("Quantity", registry().Quantity(value, _own_units(powers)))
