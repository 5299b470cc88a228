"""Values as a model keeps them: bare numbers, with the unit that they are shown in."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.errors import ParameterError, UnitError

if TYPE_CHECKING:
    from excitable.units import Dimension

Value = float | np.ndarray

_SHOWN_ELEMENTS = 3
_NUMBER_FIRST = re.compile(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?([^\d.].*)?")


def split_value(value: Any, owner: str) -> tuple[Value, Dimension, str]:
    """Split a quantity, text or number into internal value, dimension and unit text."""
    try:
        return _split(value, owner)
    except UnitError as error:
        error.owner = error.owner or owner
        raise


def _split(value: Any, owner: str) -> tuple[Value, Dimension, str]:
    first = value[0] if isinstance(value, list | tuple) and value else value
    unit = ""
    if isinstance(first, str):
        unit = _unit_of(first)
    elif units.is_quantity(first):
        unit = units.unit_text(first)
    dimension = units.dimension(unit)
    return stripped(value, dimension, owner), dimension, unit


def _unit_of(text: str) -> str:
    """Return the unit that follows a number, without loading pint where that can be avoided."""
    match = _NUMBER_FIRST.fullmatch(text)
    if match is not None:
        rest = (match[1] or "").strip()
        unit = f"1{rest}" if rest.startswith("/") else rest
        with suppress(UnitError):
            units.dimension(unit)
            return unit
    return units.unit_text(units.parse_quantity(text))


def stripped(value: Any, dimension: Dimension, owner: str) -> Value:
    """Strip the unit of a value that must have a dimension, and check its shape."""
    try:
        return checked(units.strip(value, dimension, owner), owner)
    except OverflowError:  # an int of hundreds of digits
        found, expected = "the number is too large", "a finite value is expected"
        raise ParameterError(found, expected, "Write a number", owner=owner) from None


def checked(number: Value, owner: str) -> Value:
    """Return a float, or a flat array that nobody else can write to."""
    if isinstance(number, np.ndarray) and number.ndim:
        if number.ndim > 1 or number.size == 0:
            shape = " by ".join(str(n) for n in number.shape)
            found = f"an array of {shape} values"
            expected = "a number, or a flat array with one value per neuron, is expected"
            write = "Write array.ravel()" if number.size else "Give at least one value"
            raise ParameterError(found, expected, write, owner=owner)
        number = np.array(number, dtype=np.float64)
        number.flags.writeable = False
        return number
    return float(number)


def value_key(value: Value) -> float | bytes:
    """Return something hashable that is equal exactly when the values are."""
    return value.tobytes() if isinstance(value, np.ndarray) else value


def short_text(value: Value, unit: str) -> str:
    """Show a value with its unit for reading: rounded to twelve digits, long arrays cut."""
    return _joined(shown_number(value, unit), unit)


def shown_number(value: Value, unit: str) -> str:
    """Show a value for reading, in a unit that is written elsewhere."""
    factor = units.factor(unit)
    if not isinstance(value, np.ndarray):
        return f"{value / factor:.12g}"
    shown = ", ".join(f"{x / factor:.12g}" for x in value[:_SHOWN_ELEMENTS])
    if len(value) <= _SHOWN_ELEMENTS:
        return f"[{shown}]"
    return f"[{shown}, ...] ({len(value)} values)"


def exact_text(value: float, dimension: Dimension, unit: str) -> str:
    """Show a number with its unit so that reading it back gives the same bits.

    Notes
    -----
    Most numbers survive the way to the unit they are shown in and back, some only with all
    their digits; where one does not, the internal unit is used, which changes nothing.
    """
    number = value / units.factor(unit)
    for digits in (f"{number:.12g}", f"{number:.15g}", repr(number)):
        text = _joined(digits, unit)
        if units.strip(text, dimension) == value:
            return text
    return _joined(repr(value), units.default_unit(dimension))


def _joined(number: str, unit: str) -> str:
    return f"{number}{unit[1:]}" if unit.startswith("1/") else f"{number} {unit}".rstrip()
