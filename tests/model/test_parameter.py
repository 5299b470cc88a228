"""Declared quantities: values, bounds, and what is refused."""

import numpy as np
import pytest

from excitable import units
from excitable.errors import ParameterError, UnitError
from excitable.model import Input, Parameter, State
from excitable.units import MOhm, mS, ms, mV, pA, second


@pytest.mark.parametrize(
    ("given", "value", "unit"),
    [
        ("20 ms", 20.0, "ms"),
        ("20ms", 20.0, "ms"),
        (20 * ms, 20.0, "ms"),
        (0.02 * second, 20.0, "s"),
        ("100 MOhm", 0.1, "MOhm"),
        (100 * MOhm, 0.1, "MOhm"),
        ("0.3 mS/cm2", 0.3, "mS/cm2"),
        (0.3 * mS / units.cm**2, 0.3, "mS/cm2"),
        ("-65 mV", -65.0, "mV"),
        ("0.04/(mV*ms)", 0.04, "1/(mV*ms)"),
        ("5/ms", 5.0, "1/ms"),
        ("1e-3 volt", 1.0, "volt"),
        (3, 3.0, ""),
        (0.5, 0.5, ""),
        ("0.5", 0.5, ""),
        (np.float64(2.5), 2.5, ""),
    ],
)
def test_values_are_kept_in_the_internal_set(given, value, unit):
    parameter = Parameter(given)
    assert parameter.value == value
    assert type(parameter.value) is float
    assert parameter.unit == unit
    assert units.dimension(unit) == parameter.dimension


def test_an_array_is_one_value_per_neuron_and_cannot_be_written():
    parameter = Parameter([10, 20, 30] * ms)
    assert parameter.value.tolist() == [10.0, 20.0, 30.0]
    with pytest.raises(ValueError, match="read-only"):
        parameter.value[0] = 1.0


def test_an_array_of_the_caller_is_copied():
    values = np.array([1.0, 2.0])
    parameter = Parameter(values)
    values[0] = 9.0
    assert parameter.value[0] == 1.0


def test_a_list_of_texts_or_quantities_is_an_array():
    assert Parameter(["10 ms", 20 * ms]).value.tolist() == [10.0, 20.0]
    assert Parameter("[10, 20] ms").value.tolist() == [10.0, 20.0]


@pytest.mark.parametrize("bad", [np.ones((2, 2)) * ms, [] * ms])
def test_arrays_that_are_not_flat_or_empty_are_refused(bad):
    with pytest.raises(ParameterError, match="flat array with one value per neuron"):
        Parameter(bad)


@pytest.mark.parametrize("bad", [np.nan * ms, np.inf * ms, "nan ms", [1, np.nan] * ms, 1e400])
def test_values_that_are_not_finite_are_refused(bad):
    with pytest.raises(ParameterError, match="not finite"):
        Parameter(bad)


@pytest.mark.parametrize("bad", [10**400, 10**400 * ms, [10**400, 1]])
def test_numbers_beyond_the_range_of_floats_are_refused(bad):
    with pytest.raises((ParameterError, UnitError)):
        Parameter(bad)


@pytest.mark.parametrize("bad", ["20 mx", "", "twenty ms", None, True, object(), {"a": 1}])
def test_what_is_not_a_quantity_is_refused(bad):
    with pytest.raises(UnitError):
        Parameter(bad)


@pytest.mark.parametrize(
    ("bound", "inside", "edge", "outside"),
    [
        ({"above": "0 ms"}, 1, False, -1),
        ({"low": "0 ms"}, 1, True, -1),
        ({"below": "0 ms"}, -1, False, 1),
        ({"high": "0 ms"}, -1, True, 1),
    ],
)
def test_bounds(bound, inside, edge, outside):
    Parameter(inside * ms, **bound)
    with pytest.raises(ParameterError, match="out of bounds"):
        Parameter(outside * ms, **bound)
    if edge:
        Parameter(0 * ms, **bound)
    else:
        with pytest.raises(ParameterError, match="out of bounds"):
            Parameter(0 * ms, **bound)


def test_one_wrong_element_is_named():
    with pytest.raises(ParameterError, match=r"element 1 \(-2 ms\) is out of bounds"):
        Parameter([1, -2, 3] * ms, above=0 * ms)


def test_a_bound_has_the_dimension_of_the_value():
    with pytest.raises(UnitError, match=r"Parameter\.low"):
        Parameter(1 * ms, low=0 * mV)
    with pytest.raises(UnitError, match=r"Parameter\.above"):
        Parameter(1 * ms, above=0)
    with pytest.raises(ParameterError, match="one value is expected"):
        Parameter(1 * ms, low=[0, 1] * ms)


def test_declarations_never_change():
    parameter = Parameter(1 * ms)
    with pytest.raises(AttributeError):
        parameter.value = 2.0


def test_equality_is_by_content():
    assert Parameter(20 * ms, "a") == Parameter("20 ms", "a")
    assert hash(Parameter(20 * ms, "a")) == hash(Parameter("20 ms", "a"))
    assert Parameter(20 * ms) != Parameter(20 * ms, "a")
    assert Parameter(20 * ms) != Parameter(20 * mV)
    assert Parameter(20 * ms) != Parameter(20 * ms, low=0 * ms)
    assert Parameter([1, 2]) == Parameter([1.0, 2.0])
    assert Parameter([1, 2]) != Parameter([1, 3])
    assert State(1 * mV) == State("1 mV")
    assert State(1 * mV) != Parameter(1 * mV)


def test_input_keeps_its_unit():
    assert Input(pA).unit == "pA"
    assert Input("uA/cm2").dimension == units.CURRENT_DENSITY
    assert Input("").dimension == units.DIMENSIONLESS


@pytest.mark.parametrize("bad", ["ampore", "3 pA", 3, None, True, ["pA"]])
def test_what_is_not_a_unit_is_refused(bad):
    with pytest.raises(UnitError, match=r"^Input: "):
        Input(bad)


def test_repr_shows_value_and_meaning():
    assert repr(Parameter(20 * ms, "time constant")) == "Parameter('20 ms', 'time constant')"
    assert repr(State(-65 * mV)) == "State('-65 mV')"
    assert repr(Parameter(np.arange(5.0) * mV)) == "Parameter('[0, 1, 2, ...] (5 values) mV')"
