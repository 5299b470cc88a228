"""The boundary: units are stripped going in and attached going out."""

import subprocess
import sys
import timeit
from fractions import Fraction

import numpy as np
import pint
import pytest

from excitable import units
from excitable.errors import UnitError
from excitable.units import (
    CURRENT_DENSITY,
    DIMENSIONLESS,
    LENGTH,
    TEMPERATURE,
    TIME,
    VOLTAGE,
    attach,
    cm,
    default_unit,
    dimension,
    is_quantity,
    ms,
    mV,
    second,
    strip,
    uA,
    unit_text,
)

FOREIGN = pint.UnitRegistry()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (20 * ms, 20.0),
        (20.5 * ms, 20.5),
        (0.02 * second, 20.0),
        (ms, 1.0),
        ("20 ms", 20.0),
        (np.float32(2) * ms, 2.0),
        (ms * np.array(3), 3.0),
        (35 * units.us, 0.035),
        (FOREIGN.Quantity(20, "ms"), 20.0),
        (FOREIGN.Quantity(1, "fortnight"), 14 * 86400e3),
        (FOREIGN.ms, 1.0),
    ],
)
def test_one_number(value, expected):
    result = strip(value, TIME, "LIF.tau_m")
    assert type(result) is float
    assert result == expected


@pytest.mark.parametrize(
    "value", [2, 2.0, np.float64(2), np.int8(2), Fraction(2), "2", np.array(2)]
)
def test_plain_numbers_are_plain(value):
    result = strip(value, DIMENSIONLESS)
    assert type(result) is float
    assert result == 2.0


@pytest.mark.parametrize(
    "value",
    [
        [1, 2] * mV,
        np.array([1, 2]) * mV,
        [1 * mV, 2 * mV],
        [1 * mV, 0.002 * units.volt],
        (1 * mV, "2 mV"),
        ["1 mV", "2 mV"],
        np.array(["1 mV", "2 mV"]),
        np.array([1 * mV, 2 * mV], dtype=object),
        "[1, 2] mV",
        FOREIGN.Quantity([1000, 2000], "uV"),
    ],
    ids=range(10),
)
def test_arrays(value):
    result = strip(value, VOLTAGE)
    assert result.dtype == np.float64
    np.testing.assert_array_equal(result, [1.0, 2.0])


def test_arrays_of_more_dimensions():
    np.testing.assert_array_equal(
        strip([["1 mV", "2 mV"], ["3 mV", "4 mV"]], VOLTAGE), [[1, 2], [3, 4]]
    )
    assert strip(np.ones((2, 3)) * mV, VOLTAGE).shape == (2, 3)


@pytest.mark.parametrize("value", [np.arange(3.0), np.arange(3.0) * mV])
def test_the_result_is_a_copy(value):
    d = VOLTAGE if is_quantity(value) else DIMENSIONLESS
    strip(value, d)[0] = 99.0
    assert np.max(value).item() != 99.0 if not is_quantity(value) else value.magnitude[0] == 0.0


@pytest.mark.parametrize(
    "value",
    [
        20,
        0,
        20.0,
        np.float64(20),
        "20",
        [1, 2],
        np.arange(3),
        None,
        True,
        np.True_,
        3j,
        {},
        {"v": 1},
        object(),
        b"20 ms",
        20 * mV,
        "20 mV",
        [1 * ms, 2 * mV],
        [1 * ms, 2],
        [["1 ms"], "2 ms"],
        [],
        np.array([1j, 2]) * ms,
        np.array(["a", None], dtype=object),
    ],
)
def test_what_is_refused(value):
    with pytest.raises(UnitError) as caught:
        strip(value, TIME, "LIF.tau_m")
    assert str(caught.value).startswith("LIF.tau_m: ")


def test_units_we_do_not_have_pass_if_they_are_made_of_ours():
    assert strip(FOREIGN.Quantity(1, "inch"), LENGTH) == pytest.approx(2540.0, rel=1e-14)
    assert strip(FOREIGN.Quantity(20.0, "degC"), TEMPERATURE) == pytest.approx(293.15, rel=1e-14)
    assert unit_text(FOREIGN.Quantity(1, "inch")) == default_unit(LENGTH)


def test_a_name_with_another_meaning_is_measured():
    other = pint.UnitRegistry(None)
    other.load_definitions(["second = [time] = s", "millisecond = 5 * second = ms"])
    assert strip(other.Quantity(1, "millisecond"), TIME) == 5000.0


@pytest.mark.parametrize("unit", ["ms", "mV", "uA/cm2", "S/m2", "1/ms", "mV/ms**0.5", "", "%"])
def test_attach_gives_the_unit_asked_for(unit):
    quantity = attach(np.array([1.0, 2.0]), unit)
    assert unit_text(quantity) == unit
    np.testing.assert_allclose(strip(quantity, dimension(unit)), [1.0, 2.0], rtol=1e-15)


def test_quantities_behave_as_pint_does():
    assert 20 * ms == 0.02 * second
    assert (20 * ms).to("second").magnitude == 0.02
    assert str(3 * uA / cm**2) == "3.0 µA/cm²"
    assert f"{20 * ms:.2f}" == "20.00 ms"
    assert (300 * units.pA / (10 * units.nS)).to(mV).magnitude == pytest.approx(30.0)
    assert dimension(3 * uA / cm**2) == CURRENT_DENSITY
    with pytest.raises(pint.DimensionalityError):
        20 * ms + 3 * mV


@pytest.mark.parametrize("name", [n for n in units.__all__ if is_quantity(getattr(units, n))])
def test_every_unit_is_one_of_itself(name):
    unit = getattr(units, name)
    assert unit.magnitude == 1
    assert unit_text(unit) == units._display.write_powers(((name, 1),))


def test_unknown_units_are_no_attributes():
    with pytest.raises(AttributeError, match="furlong"):
        units.furlong  # noqa: B018


def test_names_complete_in_an_editor():
    assert {"ms", "strip", "TIME"} <= set(dir(units))


def test_it_is_quick():
    quantity = 20 * ms
    strip(quantity, TIME)
    best = min(timeit.repeat(lambda: strip(quantity, TIME), number=200, repeat=5)) / 200
    assert best < 100e-6
    best = min(timeit.repeat(lambda: strip("20 ms", TIME), number=200, repeat=5)) / 200
    assert best < 100e-6


def test_text_and_tables_do_not_import_pint():
    code = (
        "import sys; from excitable.units import strip, factor, dimension, default_unit, TIME; "
        "strip('20 ms', TIME); factor('uA/cm2'); default_unit(dimension('mV')); strip(2, TIME**0); "
        "sys.exit('pint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
