"""Quantities written as text."""

import math
import time

import numpy as np
import pint
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from excitable.errors import UnitError
from excitable.units import (
    DIMENSIONLESS,
    attach,
    default_unit,
    dimension,
    factor,
    parse_quantity,
    strip,
    unit_text,
)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("20 ms", 20.0, "ms"),
        ("20ms", 20.0, "ms"),
        ("  -65   mV ", -65.0, "mV"),
        ("+5 pA", 5.0, "pA"),
        (".5 nS", 0.5, "nS"),
        ("5.", 5.0, ""),
        ("5", 5.0, ""),
        ("1e-3 V", 1e-3, "V"),
        ("1E3ms", 1e3, "ms"),
        ("0.3 mS/cm2", 0.3, "mS/cm2"),
        ("0.3 mS / cm^2", 0.3, "mS/cm2"),
        ("0.3 mS/cm**2", 0.3, "mS/cm2"),
        ("0.3 mS cm-2", 0.3, "mS/cm2"),
        ("0.3 mS·cm⁻²", 0.3, "mS/cm2"),
        ("3 µA/cm²", 3.0, "uA/cm2"),
        ("3 μA", 3.0, "uA"),
        ("2 kΩ", 2.0, "kOhm"),
        ("2 kohm*cm2", 2.0, "kOhm*cm2"),
        ("0.04 1/(mV*ms)", 0.04, "1/(mV*ms)"),
        ("0.04/(mV ms)", 0.04, "1/(mV*ms)"),
        ("5/ms", 5.0, "1/ms"),
        ("140 mV/ms", 140.0, "mV/ms"),
        ("2 mV*ms**-0.5", 2.0, "mV/ms**0.5"),
        ("2 mV/sqrt(ms)", 2.0, "mV/ms**0.5"),
        ("2 mV/ms**(1/2)", 2.0, "mV/ms**0.5"),
        ("1/15", 1 / 15, ""),
        ("1/2 ms", 0.5, "ms"),
        ("3 * 2 ms", 6.0, "ms"),
        ("20 millisecond", 20.0, "ms"),
        ("20 minutes", 20.0, "min"),
        ("50 %", 50.0, "%"),
        ("310 kelvin", 310.0, "K"),
        ("ms", 1.0, "ms"),
        ("inf mV", math.inf, "mV"),
        ("-inf mV", -math.inf, "mV"),
    ],
)
def test_what_is_read(text, value, unit):
    quantity = parse_quantity(text)
    assert quantity.magnitude == value
    assert unit_text(quantity) == unit
    assert parse_quantity(unit or "1").units == quantity.units


def test_lists():
    quantity = parse_quantity("[1, 2.5, -3,] mV")
    np.testing.assert_array_equal(quantity.magnitude, [1, 2.5, -3])
    assert unit_text(quantity) == "mV"
    np.testing.assert_array_equal(parse_quantity("[1, 2]").magnitude, [1, 2])
    quantity.magnitude[0] = 99.0
    assert parse_quantity("[1, 2.5, -3,] mV").magnitude[0] == 1.0


def test_nan_is_left_to_whom_it_concerns():
    assert math.isnan(parse_quantity("nan ms").magnitude)


@pytest.mark.parametrize(
    ("unit", "size"),
    [
        *[(u, 1.0) for u in ("ms", "mV", "pA", "nS", "pF", "GOhm", "fC", "mM", "K", "fmol")],
        *[(u, 1.0) for u in ("uA/cm2", "mS/cm2", "uF/cm2", "mV/ms", "1/ms", "kHz")],
        ("us", 1e-3),
        ("second", 1e3),
        ("minute", 6e4),
        ("hour", 3.6e6),
        ("uV", 1e-3),
        ("volt", 1e3),
        ("nA", 1e3),
        ("uA", 1e6),
        ("MOhm", 1e-3),
        ("ohm", 1e-9),
        ("S/m2", 0.1),
        ("um", 0.1),
        ("cm", 1e3),
        ("cm2", 1e6),
        ("Hz", 1e-3),
        ("nM", 1e-6),
        ("%", 0.01),
        ("", 1.0),
    ],
)
def test_sizes_in_the_internal_set(unit, size):
    assert factor(unit) == size


def test_sizes_agree_with_pint():
    registry = pint.UnitRegistry()
    for text in ["mV", "uA/cm**2", "S/m**2", "mol/liter", "J", "W", "H", "g", "hour", "fC", "mM"]:
        ours, theirs = parse_quantity(f"1 {text}"), registry.Quantity(1.0, text)
        assert strip(theirs, dimension(ours)) == pytest.approx(factor(text), rel=1e-12)
        # Our registry holds the same definitions, if the kilogram is written as a gram.
        mass = theirs.dimensionality.get("[mass]", 0)
        roots = ours.to_root_units().magnitude, theirs.to_root_units().magnitude
        assert roots[0] * 1000**mass == pytest.approx(roots[1], rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "ms ms ms )",
        "20 msecs",
        "20 mV mV/",
        "1/mV ms",
        "20 ms + 3 ms",
        "20,5 ms",
        "0x10 ms",
        "1_000 ms",
        "--5 mV",
        "5 mV**",
        "5 mV**99",
        "5 mV**mV",
        "5 **mV",
        "[1, 2] + [3] mV",
        "[[1], 2] mV",
        "[1 2] mV",
        "(((((((((((1)))))))))))",
        "__import__('os')",
        "ms.__class__",
        "20 ms\0",
        "２０ ms",
        "٣ ms",
        "20 mЅ",
        "sqrt",
        "sqrt(4",
        "d",
        "mm m m%%%(",
    ],
)
def test_what_is_refused(text):
    with pytest.raises(UnitError) as caught:
        parse_quantity(text)
    assert caught.value.write


HOSTILE = [
    "9" * 1_000_000,
    "(" * 10_000 + "1" + ")" * 10_000,
    "ms" * 500_000,
    "9**9**9**9**9",
    "1e999999999 ms",
    "[" + "1," * 1_000_000 + "1] ms",
    "[" + "x," * 40_000 + "1] ms",
    "µ" * 100_000,
    "1 " + "*ms" * 60,
    "1" + " " * 100_000 + "!",
    "1 " + "*mol**12" * 20,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_refused_at_once(text):
    start = time.perf_counter()
    try:
        parse_quantity(text)
    except UnitError:
        pass
    assert time.perf_counter() - start < 0.05


words = st.text(alphabet="0123456789.eE+-*/^() ,[]msVAunpkcSFOhHzinf%µ²", max_size=30)


@settings(deadline=None)
@given(words)
@example("1e5")
@example("0/0 ms")
@example("(-1)**0.5")
@example("0**-1")
@example("9e999-9")
def test_any_text_is_read_or_refused(text):
    try:
        quantity = parse_quantity(text)
    except UnitError as error:
        str(error)
    else:
        assert dimension(unit_text(quantity)) == dimension(quantity)


symbols = st.sampled_from(
    "s ms us V mV A pA uA S nS mS F pF Ohm MOhm m um cm mol K Hz M mM".split()
)
powers = st.sampled_from([-2, -1, 1, 2, 0.5, -0.5])
unit_texts = st.lists(st.tuples(symbols, powers), max_size=3).map(
    lambda parts: "*".join(f"{name}**{power}" for name, power in parts)
)
numbers = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e100, max_value=1e100)


@settings(deadline=None)
@given(numbers, unit_texts)
def test_written_quantities_are_read_back(value, unit):
    quantity = parse_quantity(f"{value!r} {unit}".strip())
    again = parse_quantity(f"{quantity.magnitude!r} {unit_text(quantity)}")
    assert again.units == quantity.units
    assert again.magnitude == quantity.magnitude


@settings(deadline=None)
@given(numbers, unit_texts)
def test_attaching_undoes_stripping(value, unit):
    d = dimension(unit)
    inside = strip(f"{value!r} {unit}".strip(), d)
    assert attach(inside, unit).magnitude == pytest.approx(value, rel=1e-14)
    assert strip(attach(inside, default_unit(d)), d) == pytest.approx(inside, rel=1e-14)


def test_powers_of_ten_round_once():
    # 35 us is 35/1000 ms; 35*0.001 is another float.
    assert strip("35 us", dimension("ms")) == 35 / 1000
    assert strip("0.7 uV", dimension("mV")) == 0.7 / 1000


def test_a_number_may_carry_percent():
    assert strip("50 %", DIMENSIONLESS) == 0.5


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("3 mv", "Write mV."),
        ("3 pa", "Write pA."),
        ("3 secnd", "Write second."),
        ("3 degF", "Write units such as"),
        ("3 foo", "Write units such as"),
    ],
)
def test_only_a_near_unit_is_suggested(text, write):
    with pytest.raises(UnitError) as caught:
        parse_quantity(text)
    assert write in str(caught.value)


def test_a_plain_number_may_say_so():
    assert dimension("dimensionless") == DIMENSIONLESS
    assert strip("0.5 dimensionless", DIMENSIONLESS) == 0.5
