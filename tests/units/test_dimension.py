"""Dimensions: their algebra and their names."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excitable import units
from excitable.units import (
    AREA,
    CAPACITANCE,
    CHARGE,
    CONDUCTANCE,
    CURRENT,
    CURRENT_DENSITY,
    DIMENSIONLESS,
    LENGTH,
    RATE,
    RESISTANCE,
    TIME,
    VOLTAGE,
    Dimension,
    default_unit,
    dimension,
    factor,
    in_python,
    unit_label,
)

exponents = st.sampled_from([-3, -2, -1, Fraction(-1, 2), 0, Fraction(1, 3), 0.5, 1, 2, 3])
dimensions = st.builds(
    Dimension,
    time=exponents,
    voltage=exponents,
    current=exponents,
    length=exponents,
    substance=exponents,
    temperature=exponents,
)


@given(dimensions, dimensions)
def test_products_and_quotients_undo_each_other(a, b):
    assert a * b / b == a
    assert hash(a * b) == hash(b * a)
    assert a / a == DIMENSIONLESS
    assert (a**2) ** 0.5 == a
    assert (a**3) ** (1 / 3) == a


@given(dimensions)
def test_the_default_unit_has_the_dimension(d):
    assert dimension(default_unit(d)) == d


@pytest.mark.parametrize(
    "name", [n for n in units.__all__ if isinstance(getattr(units, n), Dimension)]
)
def test_constants_are_shown_in_a_unit_of_factor_one(name):
    d = getattr(units, name)
    if d in (LENGTH, AREA, LENGTH**3):  # um; the internal length is 10 um
        assert factor(default_unit(d)) == pytest.approx(0.1 ** d.exponents[3], rel=1e-15)
    else:
        assert factor(default_unit(d)) == 1.0


@pytest.mark.parametrize(
    ("d", "name", "phrase", "unit"),
    [
        (TIME, "time", "a time", "ms"),
        (AREA, "area", "an area", "um2"),
        (DIMENSIONLESS, "dimensionless", "a plain number", ""),
        (CURRENT / VOLTAGE, "conductance", "a conductance", "nS"),
        (CHARGE / VOLTAGE, "capacitance", "a capacitance", "pF"),
        (VOLTAGE / CURRENT, "resistance", "a resistance", "GOhm"),
        (CURRENT_DENSITY, "current density", "a current density", "uA/cm2"),
        (VOLTAGE / TIME, "voltage/time", "a voltage/time", "mV/ms"),
        (CURRENT / TIME, "current/time", "a current/time", "pA/ms"),
        (RATE, "rate", "a rate", "1/ms"),
        (RATE / VOLTAGE, "rate/voltage", "a rate/voltage", "1/(ms*mV)"),
        (VOLTAGE * TIME**-0.5, "voltage/time**0.5", "a voltage/time**0.5", "mV/ms**0.5"),
        (VOLTAGE**2, "voltage**2", "a voltage**2", "mV2"),
        (TIME**-0.5, "1/time**0.5", "a 1/time**0.5", "1/ms**0.5"),
    ],
)
def test_names(d, name, phrase, unit):
    assert (str(d), d.phrase, default_unit(d)) == (name, phrase, unit)


def test_relations_of_electricity():
    assert CONDUCTANCE * RESISTANCE == DIMENSIONLESS
    assert RESISTANCE * CAPACITANCE == TIME
    assert CONDUCTANCE * VOLTAGE == CURRENT
    assert CAPACITANCE * VOLTAGE / TIME == CURRENT


def test_named_dimensions_are_different():
    found = [getattr(units, n) for n in units.__all__ if n.isupper() and len(n) > 2]
    found = [d for d in found if isinstance(d, Dimension)]
    assert all(a != b for a, b in itertools.combinations(found, 2))


def test_it_cannot_be_changed():
    with pytest.raises(AttributeError):
        TIME.exponents = ()


@pytest.mark.parametrize(
    ("text", "python", "label"),
    [
        ("uA/cm2", "uA/cm**2", "µA/cm²"),
        ("GOhm", "GOhm", "GΩ"),
        ("1/(ms*mV)", "1/(ms*mV)", "1/(ms·mV)"),
        ("us", "us", "µs"),
    ],
)
def test_ways_to_write_a_unit(text, python, label):
    assert in_python(text) == python
    assert unit_label(text) == label
