"""How units are written: for messages, labels, and Python code."""

from __future__ import annotations

import re
from functools import lru_cache

from excitable.units._dimension import (
    AREA,
    CAPACITANCE,
    CAPACITANCE_DENSITY,
    CHARGE,
    CONCENTRATION,
    CONDUCTANCE,
    CONDUCTANCE_DENSITY,
    CURRENT,
    CURRENT_DENSITY,
    DIMENSIONLESS,
    ENERGY,
    INDUCTANCE,
    LENGTH,
    MASS,
    POWER,
    RATE,
    RESISTANCE,
    SUBSTANCE,
    TEMPERATURE,
    TIME,
    VOLTAGE,
    VOLUME,
    Dimension,
    powers_text,
    split,
)
from excitable.units._parse import Powers, parse
from excitable.units._table import resolve

_DEFAULTS: dict[Dimension, str] = {
    DIMENSIONLESS: "",
    TIME: "ms",
    VOLTAGE: "mV",
    CURRENT: "pA",
    LENGTH: "um",
    SUBSTANCE: "fmol",
    TEMPERATURE: "K",
    RATE: "1/ms",
    AREA: "um2",
    VOLUME: "um3",
    CHARGE: "fC",
    CONDUCTANCE: "nS",
    RESISTANCE: "GOhm",
    CAPACITANCE: "pF",
    CURRENT_DENSITY: "uA/cm2",
    CONDUCTANCE_DENSITY: "mS/cm2",
    CAPACITANCE_DENSITY: "uF/cm2",
    CHARGE / AREA: "nC/cm2",
    RESISTANCE * AREA: "kOhm*cm2",
    RESISTANCE * LENGTH: "Ohm*cm",
    CONCENTRATION: "mM",
    POWER: "fW",
    ENERGY: "aJ",
    MASS: "g",
    INDUCTANCE: "H",
    LENGTH / TIME: "um/ms",
}

_BASE_UNITS = ("ms", "mV", "pA", "um", "fmol", "K")


@lru_cache(maxsize=1024)
def default_unit(dimension: Dimension) -> str:
    """Return the text of the unit in which values of a dimension are shown.

    Parameters
    ----------
    dimension : Dimension
        Any dimension; combinations without a unit of their own are composed.

    Returns
    -------
    str
        Text that `parse_quantity` reads; empty for a plain number.

    Examples
    --------
    >>> from excitable.units import CURRENT_DENSITY, TIME, VOLTAGE
    >>> default_unit(CURRENT_DENSITY), default_unit(VOLTAGE / TIME)
    ('uA/cm2', 'mV/ms')
    """
    known = _DEFAULTS.get(dimension)
    if known is not None:
        return known
    parts = split(dimension)
    if parts is None:
        return powers_text(list(zip(_BASE_UNITS, dimension.exponents, strict=True)), attached=True)
    dividend, divisor = parts
    powers = list(parse(_DEFAULTS[dividend]).powers)
    powers += zip(_BASE_UNITS, (-p for p in divisor.exponents), strict=True)
    return write_powers(tuple(powers))


def write_powers(powers: Powers) -> str:
    """Write powers of units as text that `parse` reads: "uA/cm2"."""
    total: dict[str, object] = {}
    for name, power in powers:
        unit = resolve(name)
        symbol = unit.symbol if unit else name
        total[symbol] = total.get(symbol, 0) + power  # type: ignore[operator]
    return powers_text(list(total.items()), attached=True)  # type: ignore[arg-type]


def in_python(unit_text: str) -> str:
    """Return how a unit is written in Python with the names of `excitable.units`.

    Parameters
    ----------
    unit_text : str
        Text of a unit, such as ``"uA/cm2"``.

    Returns
    -------
    str
        Python, such as ``"uA/cm**2"``.

    Examples
    --------
    >>> in_python("uA/cm2")
    'uA/cm**2'
    """
    return re.sub(r"([A-Za-z])(\d)", r"\1**\2", unit_text)


def unit_label(unit_text: str) -> str:
    """Return a unit as printed on an axis.

    Parameters
    ----------
    unit_text : str
        Text of a unit, such as ``"uA/cm2"``.

    Returns
    -------
    str
        Text with raised powers and the micro sign.

    Examples
    --------
    >>> unit_label("uA/cm2"), unit_label("GOhm")
    ('µA/cm²', 'GΩ')
    """
    digits = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    raised = re.sub(r"(?<=[A-Za-z])\d+", lambda m: m[0].translate(digits), unit_text)
    named = re.sub(r"(?<![A-Za-z])u(?=[A-Za-z])", "µ", raised).replace("Ohm", "Ω")
    return named.replace("*", "·") if "**" not in named else named
