"""The table of units: names, sizes in the internal set, and prefixes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from excitable.units._dimension import (
    CAPACITANCE,
    CHARGE,
    CONCENTRATION,
    CONDUCTANCE,
    CURRENT,
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
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: `mantissa * 10**decade` in the internal set.

    The decade is kept apart so that conversions multiply or divide by an exact power of ten.
    """

    name: str
    symbol: str
    mantissa: float
    decade: int
    dimension: Dimension
    definition: str  # in SI base units, for the pint registry
    aliases: tuple[str, ...] = ()
    prefixed: bool = True


UNITS: tuple[Unit, ...] = (
    Unit("second", "s", 1, 3, TIME, "[time]", ("sec", "seconds")),
    Unit("volt", "V", 1, 3, VOLTAGE, "kilogram*meter**2/second**3/ampere", ("volts",)),
    Unit("ampere", "A", 1, 12, CURRENT, "[current]", ("amp", "amps", "amperes")),
    Unit("meter", "m", 1, 5, LENGTH, "[length]", ("metre", "meters", "metres")),
    Unit("mole", "mol", 1, 15, SUBSTANCE, "[substance]", ("moles",)),
    Unit("kelvin", "K", 1, 0, TEMPERATURE, "[temperature]"),
    Unit("siemens", "S", 1, 9, CONDUCTANCE, "ampere/volt"),
    Unit("ohm", "Ohm", 1, -9, RESISTANCE, "volt/ampere", ("Ω", "Ω", "ohms")),
    Unit("farad", "F", 1, 12, CAPACITANCE, "ampere*second/volt", ("farads",)),
    Unit("coulomb", "C", 1, 15, CHARGE, "ampere*second", ("coulombs",)),
    Unit("hertz", "Hz", 1, -3, RATE, "1/second"),
    Unit("henry", "H", 1, -6, INDUCTANCE, "volt*second/ampere"),
    Unit("liter", "L", 1, 12, VOLUME, "meter**3/1000", ("l", "litre", "liters", "litres")),
    Unit("molar", "M", 1, 3, CONCENTRATION, "mole/liter"),
    Unit("gram", "g", 1, 11, MASS, "kilogram/1000", ("grams",)),
    Unit("joule", "J", 1, 18, ENERGY, "volt*ampere*second", ("joules",)),
    Unit("watt", "W", 1, 15, POWER, "volt*ampere", ("watts",)),
    Unit("minute", "min", 6, 4, TIME, "60*second", ("minutes",), prefixed=False),
    Unit("hour", "h", 3.6, 6, TIME, "3600*second", ("hours",), prefixed=False),
    Unit("radian", "rad", 1, 0, DIMENSIONLESS, "[]", ("radians",), prefixed=False),
    Unit("degree", "deg", math.pi / 180, 0, DIMENSIONLESS, f"{math.pi / 180}*radian", (), False),
    Unit("percent", "%", 1, -2, DIMENSIONLESS, "0.01", (), False),
)

PREFIXES: tuple[tuple[str, str, int], ...] = (
    ("tera", "T", 12),
    ("giga", "G", 9),
    ("mega", "M", 6),
    ("kilo", "k", 3),
    ("deci", "d", -1),
    ("centi", "c", -2),
    ("milli", "m", -3),
    ("micro", "u", -6),
    ("nano", "n", -9),
    ("pico", "p", -12),
    ("femto", "f", -15),
    ("atto", "a", -18),
)

_SAME_PREFIX = {"µ": "u", "μ": "u"}  # the micro sign and the Greek letter mu

_BY_NAME = {name: unit for unit in UNITS for name in (unit.name, unit.symbol, *unit.aliases)}
_DECADES = {
    name: (long, short, decade) for long, short, decade in PREFIXES for name in (long, short)
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A prefixed unit: its size, and how pint and people write it."""

    name: str
    symbol: str
    mantissa: float
    decade: int
    dimension: Dimension


@lru_cache(maxsize=2048)
def resolve(name: str) -> Resolved | None:
    """Return the unit that `name` stands for, or None; a name without prefix goes first."""
    unit = _BY_NAME.get(name)
    if unit is not None:
        return Resolved(unit.name, unit.symbol, unit.mantissa, unit.decade, unit.dimension)
    if len(name) > 40:
        return None
    for cut in range(1, len(name)):
        prefix = _DECADES.get(_SAME_PREFIX.get(name[:cut], name[:cut]))
        unit = _BY_NAME.get(name[cut:])
        if prefix is not None and unit is not None and unit.prefixed:
            long, short, decade = prefix
            return Resolved(
                long + unit.name,
                short + unit.symbol,
                unit.mantissa,
                unit.decade + decade,
                unit.dimension,
            )
    return None


def known_names() -> list[str]:
    """Return the unit names that a misspelt one is compared with."""
    common = "us uV mV fC pC pA nA uA mA pS nS uS mS ms pF nF uF kOhm MOhm GOhm Hz kHz um mm cm mM"
    return [*(unit.name for unit in UNITS), *common.split()]
