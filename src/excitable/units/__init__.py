"""Physical units: quantities at the border, bare floats in one coherent set inside.

The internal set is ms, mV, pA, a length of 10 um, fmol and kelvin. It follows that nS, pF,
GOhm, fC and mM, and for densities uA/cm2, mS/cm2 and uF/cm2, all have the factor 1.
"""

from typing import TYPE_CHECKING, Any

from excitable.units._boundary import attach, dimension, factor, parse_quantity, unit_text
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
    LENGTH,
    RATE,
    RESISTANCE,
    SUBSTANCE,
    TEMPERATURE,
    TIME,
    VOLTAGE,
    VOLUME,
    Dimension,
)
from excitable.units._display import default_unit, in_python, unit_label
from excitable.units._foreign import is_quantity
from excitable.units._registry import let_quantities_defer
from excitable.units._strip import strip

if TYPE_CHECKING:
    from pint import Quantity

    us: Quantity
    ms: Quantity
    second: Quantity
    uV: Quantity
    mV: Quantity
    volt: Quantity
    fC: Quantity
    pC: Quantity
    pA: Quantity
    nA: Quantity
    uA: Quantity
    mA: Quantity
    pS: Quantity
    nS: Quantity
    uS: Quantity
    mS: Quantity
    pF: Quantity
    nF: Quantity
    uF: Quantity
    ohm: Quantity
    kOhm: Quantity
    MOhm: Quantity
    GOhm: Quantity
    Hz: Quantity
    kHz: Quantity
    um: Quantity
    mm: Quantity
    cm: Quantity
    nM: Quantity
    uM: Quantity
    mM: Quantity
    mol: Quantity
    kelvin: Quantity

__all__ = [
    "AREA",
    "CAPACITANCE",
    "CAPACITANCE_DENSITY",
    "CHARGE",
    "CONCENTRATION",
    "CONDUCTANCE",
    "CONDUCTANCE_DENSITY",
    "CURRENT",
    "CURRENT_DENSITY",
    "DIMENSIONLESS",
    "LENGTH",
    "RATE",
    "RESISTANCE",
    "SUBSTANCE",
    "TEMPERATURE",
    "TIME",
    "VOLTAGE",
    "VOLUME",
    "Dimension",
    "GOhm",
    "Hz",
    "MOhm",
    "attach",
    "cm",
    "default_unit",
    "dimension",
    "fC",
    "factor",
    "in_python",
    "is_quantity",
    "kHz",
    "kOhm",
    "kelvin",
    "let_quantities_defer",
    "mA",
    "mM",
    "mS",
    "mV",
    "mm",
    "mol",
    "ms",
    "nA",
    "nF",
    "nM",
    "nS",
    "ohm",
    "pA",
    "pC",
    "pF",
    "pS",
    "parse_quantity",
    "second",
    "strip",
    "uA",
    "uF",
    "uM",
    "uS",
    "uV",
    "um",
    "unit_label",
    "unit_text",
    "us",
    "volt",
]


def __getattr__(name: str) -> Any:
    # All other public names are above, so this is a unit. Units are made on first use, so that
    # programs without quantities never import pint.
    if name in __all__:
        value = parse_quantity(f"1 {name}")
        value = type(value)(1, value.units)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
