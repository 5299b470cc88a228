"""What the closed forms are given and give: quantities outside, bare numbers inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.errors import ParameterError

if TYPE_CHECKING:
    from excitable.units import Dimension, Quantity

Bare = float | np.ndarray


def stripped(value: Any, dimension: Dimension, owner: str) -> Bare:
    """Return the bare number or array of an argument that must have a dimension."""
    return units.strip(value, dimension, owner)


def positive(value: Any, dimension: Dimension, owner: str) -> Bare:
    """Return the bare number of an argument that must be above zero."""
    bare = units.strip(value, dimension, owner)
    if not np.all(np.asarray(bare) > 0.0):  # so that nan is refused too
        refuse_below(bare, dimension, owner, "above zero")
    return bare


def not_negative(value: Any, dimension: Dimension, owner: str) -> Bare:
    """Return the bare number of an argument that must not be below zero."""
    bare = units.strip(value, dimension, owner)
    if not np.all(np.asarray(bare) >= 0.0):
        refuse_below(bare, dimension, owner, "of zero or more")
    return bare


def refuse_below(bare: Bare, dimension: Dimension, owner: str, bound: str) -> None:
    """Say what value is not in its range."""
    unit = units.default_unit(dimension)
    example = f"20{unit[1:]}" if unit.startswith("1/") else f"20*{units.in_python(unit)}"
    values = np.asarray(bare)
    worst = float(values[~(values > 0.0)].flat[0]) if values.ndim else float(values)
    name = owner.rpartition(".")[2]
    raise ParameterError(
        f"{worst:g} {unit}".rstrip(),
        f"{dimension.phrase} {bound} is expected",
        f"Write {name}={example}" if unit else f"Write {name}=2",
        owner=owner,
    )


def per_area(value: Any, absolute: Dimension, owner: str) -> tuple[Bare, Dimension]:
    """Return a bare number that is absolute (a current) or per area, and which of the two."""
    quantity = units.parse_quantity(value) if isinstance(value, str) else value
    first = quantity[0] if isinstance(quantity, list | tuple) and quantity else quantity
    dimension = absolute
    if units.is_quantity(first) and units.dimension(first) == absolute / units.AREA:
        dimension = absolute / units.AREA
    return units.strip(value, dimension, owner), dimension


def attached(bare: Any, unit: str) -> Quantity:
    """Return a quantity; what has no axes becomes a plain float."""
    array = np.asarray(bare)
    return units.attach(array[()].item() if array.ndim == 0 else array, unit)
