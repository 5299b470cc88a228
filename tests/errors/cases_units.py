"""Messages of units."""

import numpy as np
import pint

from excitable.units import (
    CURRENT_DENSITY,
    DIMENSIONLESS,
    RATE,
    TIME,
    VOLTAGE,
    dimension,
    factor,
    mV,
    parse_quantity,
    strip,
)


def time(value):
    return strip(value, TIME, "LIF.tau_m")


CASES = [
    ("no unit", lambda: time(20)),
    ("no unit, a density", lambda: strip(3.5, CURRENT_DENSITY, "HodgkinHuxley.I")),
    ("no unit, a rate", lambda: strip(0.02, RATE, "Izhikevich.a")),
    ("no unit in text", lambda: time("20")),
    ("no unit for an array", lambda: time(np.array([10.0, 20.0]))),
    ("no unit for a part of a list", lambda: time(["10 ms", 20])),
    ("another dimension", lambda: time(20 * mV)),
    ("another dimension in text", lambda: time("20 mV")),
    ("another dimension in an array", lambda: time([1, 2] * mV)),
    ("a unit where none is due", lambda: strip("0.5 mV", DIMENSIONLESS, "EIF.n")),
    ("not a number", lambda: time(None)),
    ("a truth value", lambda: time(True)),
    ("a complex number", lambda: time(3j)),
    ("a dictionary", lambda: time({})),
    ("text as a magnitude", lambda: time(pint.UnitRegistry(None).Quantity("a", ""))),
    ("a list of unequal shapes", lambda: time(["1 ms", ["1 ms", "2 ms"]])),
    ("a unit beyond ours", lambda: strip(1 * pint.UnitRegistry().candela, VOLTAGE, "LIF.E_L")),
    ("empty text", lambda: parse_quantity(" ")),
    ("unknown unit", lambda: parse_quantity("20 msc")),
    ("unknown unit without a likeness", lambda: parse_quantity("20 furlong")),
    ("a temperature with an offset", lambda: parse_quantity("37 degC")),
    ("two readings", lambda: parse_quantity("0.04 1/mV ms")),
    ("a sum", lambda: parse_quantity("20 ms + 3 ms")),
    ("a foreign character", lambda: parse_quantity("20 ms; import os")),
    ("text ends too early", lambda: parse_quantity("20 mV/")),
    ("open bracket", lambda: parse_quantity("1/(mV*ms")),
    ("deep brackets", lambda: parse_quantity("(" * 40 + "1")),
    ("huge power", lambda: parse_quantity("5 mV**99")),
    ("huge unit", lambda: factor("*".join(["mol**12"] * 10))),
    ("a power that is no number", lambda: parse_quantity("5 mV**ms")),
    ("a power divided by 0", lambda: parse_quantity("5 mV**(1/0)")),
    ("long text", lambda: parse_quantity("1" * 100_000)),
    ("a list with a word", lambda: parse_quantity("[1, two] mV")),
    ("not a bare unit", lambda: factor("2 mV")),
    ("no dimension", lambda: dimension(None)),
]
