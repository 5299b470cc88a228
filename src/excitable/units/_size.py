"""The size of a unit in the internal set, and its dimension."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from excitable.errors import UnitError
from excitable.units._dimension import DIMENSIONLESS, Dimension
from excitable.units._parse import Powers
from excitable.units._table import resolve

_LARGEST_DECADE = 250


@dataclass(frozen=True, slots=True)
class Size:
    """One unit is `multiplier / divisor` in the internal set; both are exact where possible.

    Dividing by a power of ten rounds correctly where multiplying by its inverse does not:
    35 us is 35/1000 ms, and 35*0.001 is another float.
    """

    multiplier: float
    divisor: float
    dimension: Dimension


@lru_cache(maxsize=4096)
def size_of(powers: Powers) -> Size | None:
    """Return the size of a product of powers of units; None if a name is unknown."""
    mantissa, decade, dimension = 1.0, Fraction(0), DIMENSIONLESS
    for name, power in powers:
        unit = resolve(name)
        if unit is None:
            return None
        mantissa *= unit.mantissa ** float(power)
        decade += unit.decade * Fraction(power)
        dimension = dimension * unit.dimension**power
    if abs(decade) > _LARGEST_DECADE:
        raise UnitError(
            f"a unit of 10**{float(decade):g}",
            f"units are between 10**-{_LARGEST_DECADE} and 10**{_LARGEST_DECADE}",
            "Write smaller powers",
        )
    if decade.denominator != 1:
        return Size(mantissa * 10.0 ** float(decade), 1.0, dimension)
    if decade < 0:
        return Size(mantissa, float(10 ** -int(decade)), dimension)
    return Size(mantissa * float(10 ** int(decade)), 1.0, dimension)


def known_size(powers: Powers) -> Size:
    """Return the size of a product of powers whose names have been resolved before."""
    size = size_of(powers)
    if size is None:
        names = ", ".join(name for name, _ in powers)
        raise UnitError(
            f"one of the units {names} is not known", "", "Write units such as ms or mV"
        )
    return size


def powers_of(items: Iterable[tuple[str, Any]]) -> Powers:
    """Make exponents exact: pint keeps 0.5 and 1/3 as floats."""
    exact = ((name, Fraction(power).limit_denominator(1000)) for name, power in items)
    return tuple((name, p.numerator if p.denominator == 1 else p) for name, p in exact)
