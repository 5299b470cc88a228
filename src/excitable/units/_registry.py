"""The one pint registry, built from our table when the first quantity is needed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from excitable.units._table import PREFIXES, UNITS

if TYPE_CHECKING:
    from pint import UnitRegistry


@lru_cache(maxsize=1)
def registry() -> UnitRegistry[Any]:
    """Return the registry; pint's own definitions (0.2 s to read) are not loaded."""
    from pint import UnitRegistry

    made: UnitRegistry[Any] = UnitRegistry(cast("str", None))
    made.load_definitions(_definitions())
    made.separate_format_defaults = True
    made.formatter.default_format = "~P"
    return made


def _definitions() -> list[str]:
    lines = [f"{long}- = 1e{decade} = {short}-" for long, short, decade in PREFIXES]
    lines[[long for long, _, _ in PREFIXES].index("micro")] = "micro- = 1e-6 = µ- = u- = μ-"
    lines.append("kilogram = [mass] = kg")
    for unit in UNITS:
        names = " = ".join((unit.symbol, *unit.aliases))
        lines.append(f"{unit.name} = {unit.definition} = {names}")
    return lines


def let_quantities_defer(kind: type) -> None:
    """Have ``quantity + value`` leave the operation to a class of ours.

    Parameters
    ----------
    kind : type
        The class; pint asks only types that it has been told of.

    Examples
    --------
    >>> from excitable.units import pA
    >>> class Sum:
    ...     def __radd__(self, quantity):
    ...         return f"{quantity} and more"
    >>> let_quantities_defer(Sum)
    >>> 5 * pA + Sum()
    '5 pA and more'
    """
    from pint import compat

    types: Any = compat.upcast_type_map
    types[f"{kind.__module__}.{kind.__qualname__}"] = kind
