"""Quantities of any pint registry: recognise them and find the size of their units."""

from __future__ import annotations

import numbers
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeGuard, cast

import numpy as np

from excitable.errors import UnitError
from excitable.units._display import write_powers
from excitable.units._parse import Powers
from excitable.units._size import Size, known_size, powers_of, size_of

if TYPE_CHECKING:
    from pint import Quantity

# SI base units as pint names them, for quantities of a registry that is not ours.
_ROOTS = {
    "second": "s",
    "ampere": "A",
    "meter": "m",
    "metre": "m",
    "gram": "g",
    "kilogram": "kg",
    "mole": "mol",
    "kelvin": "K",
    "radian": "rad",
}


def is_quantity(value: object) -> TypeGuard[Quantity]:
    """Return whether a value is a pint quantity or unit, of any registry.

    Parameters
    ----------
    value : object
        Anything.

    Returns
    -------
    bool
        True for pint quantities and units. Does not import pint.
    """
    return hasattr(value, "dimensionality") and hasattr(value, "is_compatible_with")


def quantity_size(value: Quantity) -> tuple[Size, Quantity]:
    """Return the size of a quantity's unit, and the quantity to which that size applies."""
    quantity = value if hasattr(value, "magnitude") else cast("Quantity", 1 * value)
    made = quantity._REGISTRY
    powers = powers_of(quantity.unit_items())
    size = size_of(powers)
    if size is not None and (made is _own_registry() or _agrees(made, powers, size)):
        return size, quantity
    roots = cast("Quantity", quantity.to_root_units())
    items = [(name, p) for name, p in powers_of(roots.unit_items())]
    unknown = [name for name, _ in items if name not in _ROOTS]
    if unknown:
        raise UnitError(
            f"{shown(value)} is measured in {', '.join(unknown)}",
            "only units of time, voltage, current, length, substance and temperature are known",
            "Write a value in ms, mV, pA or units made of these",
        )
    return known_size(tuple((_ROOTS[name], p) for name, p in items)), roots


def _own_registry() -> object:
    from excitable.units._registry import registry

    return registry()


@lru_cache(maxsize=256)
def _agrees(made: Any, powers: Powers, size: Size) -> bool:
    """Check that another registry means by its names what we mean."""
    roots = made.Quantity(1.0, made.UnitsContainer(dict(powers))).to_root_units()
    items = powers_of(roots.unit_items())
    if any(name not in _ROOTS for name, _ in items):
        return False
    theirs = known_size(tuple((_ROOTS[name], p) for name, p in items))
    value = roots.magnitude * theirs.multiplier / theirs.divisor
    ours = size.multiplier / size.divisor
    return theirs.dimension == size.dimension and abs(value - ours) <= 1e-9 * abs(ours)


def shown(value: object) -> str:
    """Write a value for a message; large ones by their kind."""
    magnitude: Any = getattr(value, "magnitude", value)
    unit = f" {_unit_name(value)}".rstrip() if is_quantity(value) else ""
    if isinstance(magnitude, np.ndarray | list | tuple):
        return f"an array of shape {np.shape(magnitude)}" + (f" in{unit}" if unit else "")
    if isinstance(magnitude, str):
        return repr(magnitude[:40]) + unit
    if isinstance(magnitude, bool | np.bool_) or magnitude is None:
        return str(magnitude)
    if isinstance(magnitude, numbers.Real):
        return f"{magnitude:.12g}{unit}"
    if is_quantity(value) and not hasattr(value, "magnitude"):
        return f"the unit{unit}"
    return f"a {type(magnitude).__name__}"


def _unit_name(value: Quantity) -> str:
    quantity = value if hasattr(value, "magnitude") else cast("Quantity", 1 * value)
    return write_powers(powers_of(quantity.unit_items()))
