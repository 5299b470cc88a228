"""Models as plain dicts: the way there and back is exact."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import excitable
from excitable.errors import ExcitableError, FileError, ModelError, UnitError
from excitable.model import Input, Model, Parameter, State
from excitable.models import _catalogue
from excitable.units import MOhm, factor, ms

UNITS = ["ms", "s", "us", "mV", "MOhm", "GOhm", "pF", "nF", "uA/cm2", "mS/cm2", "1/ms", "Hz", ""]

finite = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300)
arrays = st.lists(finite, min_size=1, max_size=5).map(np.array)
words = st.text(st.characters(exclude_categories=("C",)), max_size=40)
names = st.from_regex(r"[a-zA-Z](_?[a-zA-Z0-9]){0,8}", fullmatch=True).filter(
    lambda name: name not in {"dt", "t", "v"}
)


def quantity(number, unit):
    """Attach a unit as a user would, through pint, or none."""
    return number * excitable.units.attach(factor(unit), unit) if unit else number


@st.composite
def parameters(draw):
    number, unit = draw(finite | arrays), draw(st.sampled_from(UNITS))
    bounds = {}
    if draw(st.booleans()):
        kind = draw(st.sampled_from(["low", "above"]))
        bounds[kind] = quantity(float(np.min(number)) - abs(draw(finite)) / 2 - 1.0, unit)
    try:
        return Parameter(quantity(number, unit), draw(words), advice=draw(words), **bounds)
    except ExcitableError:  # rounding to infinity, or to the bound itself
        return Parameter(quantity(1.5, unit), draw(words))


@settings(deadline=None)  # the first example imports pint
@given(parameter=parameters())
def test_a_parameter_survives_to_the_last_bit(parameter):
    bare = Parameter(1.0) if not parameter.unit else Parameter(f"1 {parameter.unit}")
    model = Model(
        "Any",
        equations="dv/dt = rate*p/one",
        states={"v": "0 mV"},
        parameters={"p": parameter, "one": bare, "rate": "1 mV/ms"},
    )
    content = json.loads(json.dumps(model.to_dict(), allow_nan=False))
    again = Model.from_dict(content)
    assert again == model
    before, after = np.asarray(parameter.value), np.asarray(again.parameters["p"].value)
    assert before.tobytes() == after.tobytes()


@settings(deadline=None)
@given(
    title=words.filter(lambda title: title.strip() and title.isprintable()),
    description=words,
    source=words,
    preset=words.filter(lambda name: name.strip() and name.isprintable()),
    value=finite,
)
def test_words_survive(title, description, source, preset, value):
    model = Model(
        title,
        equations="ms*dx/dt = p - x",
        states={"x": State(0.5, description)},
        parameters={"p": Parameter(1.0, description)},
        presets={preset: {"p": value}},
        description=description,
        source=source,
    )
    assert Model.from_dict(json.loads(json.dumps(model.to_dict()))) == model


def test_everything_survives(make):
    model = make(
        name="LIF",
        hold=[],
        description="words",
        source="Lapicque1907",
        inputs={"I": Input("pA", "current")},
        presets={"fast": {"tau": 5 * ms, "v": "-70 mV"}},
    )(tau=[10, 20, 30] * ms)
    again = Model.from_dict(model.to_dict())
    assert again == model
    assert again.system == model.system
    assert again.preset("fast") == model.preset("fast")


def test_the_content_reads_like_the_definition(make):
    content = make()(R=50 * MOhm).to_dict()
    assert content["parameters"]["R"] == {"value": "50 MOhm"}
    assert content["inputs"] == {"I": {"unit": "pA"}}
    assert content["equations"] == "tau*dv/dt = E_L - v + R*I"
    assert "presets" not in content
    assert "hold" not in content


def test_a_person_may_write_less():
    model = Model.from_dict(
        {
            "title": "Leaky integrator",
            "equations": "tau*dv/dt = k*R*I - v",
            "states": {"v": "0 mV"},
            "inputs": {"I": "pA"},
            "parameters": {"tau": "20 ms", "R": ["10 MOhm", "20 MOhm"], "k": 2},
        }
    )
    assert model.values()["R"].tolist() == [0.01, 0.02]
    assert model.values()["k"] == 2.0
    assert type(model.values()["k"]) is float


@pytest.mark.parametrize("name", sorted(_catalogue.models()))
def test_every_built_in_model_survives(name):
    model = getattr(excitable.models, name)
    assert Model.from_dict(json.loads(json.dumps(model.to_dict()))) == model
    for preset in model.presets:
        changed = model.preset(preset)
        assert Model.from_dict(changed.to_dict()) == changed


def content(**changes):
    whole = {
        "title": "Cell",
        "equations": "tau*dv/dt = -v",
        "states": {"v": "0 mV"},
        "parameters": {"tau": "20 ms"},
    }
    whole.update(changes)
    return {field: value for field, value in whole.items() if value is not None}


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ([], FileError, "a table of fields"),
        (None, FileError, "a table of fields"),
        ({}, FileError, "no title"),
        (content(title=3), FileError, "no title"),
        (content(format="netCDF"), FileError, "the format 'netCDF'"),
        (content(version=2), FileError, "version 2; version 1 is expected"),
        (content(version=True), FileError, "version True"),
        (content(version="1"), FileError, "version '1'"),
        (content(equation="dv/dt = 1"), FileError, "Did you mean equations"),
        (content(equations=["tau*dv/dt = -v"]), FileError, "equations is a list"),
        (content(equations=None), ModelError, "no equations"),
        (content(spike={"v": 3}), FileError, "spike is a table"),
        (content(states=["v"]), FileError, "states is a list"),
        (content(states={"v": None}), FileError, "a value is nothing"),
        (content(states={"v": {"valu": "0 mV"}}), FileError, "Did you mean value"),
        (content(states={"v": {}}), FileError, "states.v has no value"),
        (content(parameters={"tau": {"value": "20 ms", "lo": "0 ms"}}), FileError, "'lo'"),
        (content(parameters={"tau": {"values": "20", "unit": "ms"}}), FileError, "not numbers"),
        (content(parameters={"tau": {"values": [1, "2"], "unit": "ms"}}), FileError, "not numb"),
        (content(parameters={"tau": {"values": [[1], [2]], "unit": "ms"}}), FileError, "not numb"),
        (content(parameters={"tau": {"values": [1], "unit": 3}}), FileError, "other fields"),
        (content(parameters={"tau": {"values": [], "unit": "ms"}}), ExcitableError, "Cell.tau"),
        (content(parameters={"tau": {"values": [1], "unit": "mx"}}), UnitError, "Cell.tau"),
        (content(parameters={"tau": 10**400}), FileError, "a value is a number"),
        (content(parameters={"tau": {"values": [10**400]}}), FileError, "not numbers"),
        (content(parameters={"tau": True}), FileError, "a value is true or false"),
        (content(parameters={"tau": 20}), UnitError, "Cell"),
        (content(parameters={"tau": "20 mx"}), UnitError, "Cell.tau: the unit mx"),
        (content(parameters={"tau": {"value": "20 ms", "description": 3}}), ModelError, "text"),
        (content(parameters={"tau": "nan ms"}), ExcitableError, "Cell.tau: nan ms is not finite"),
        (content(parameters={"tau": "1e999 ms"}), ExcitableError, "Cell.tau: inf ms"),
        (content(parameters={"tau": float("inf")}), ExcitableError, "Cell.tau: inf"),
        (content(parameters={3: "1 ms"}), ModelError, "is a number"),
        (content(parameters={"__class__": "1 ms"}), ModelError, "underscore"),
        (content(parameters={f"p{k}": 1 for k in range(2000)}), FileError, "2000 names"),
        (content(inputs={"I": 3}), FileError, "inputs.I"),
        (content(inputs={"I": {"unit": 3}}), FileError, "text is expected"),
        (content(presets={"a": 3}), FileError, "presets.a is a number"),
        (content(presets={"a": {"tau": [[1]]}}), FileError, "a value is a list"),
        (content(hold=3), ModelError, "names of states"),
    ],
)
def test_content_that_is_not_a_model_is_refused(given, error, message):
    with pytest.raises(error) as caught:
        Model.from_dict(given)
    assert message in str(caught.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "values", "unit", "v", "tau", "description"])
            | st.text(max_size=8),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


FIELDS = "title name description source equations spike reset refractory hold states inputs"


@settings(deadline=None)
@given(field=st.sampled_from([*FIELDS.split(), "parameters", "presets"]), value=json_values)
def test_no_content_whatever_escapes_the_errors_of_the_package(field, value):
    try:
        model = Model.from_dict(content(**{field: value}))
    except ExcitableError as refusal:
        message = str(refusal)
    else:
        message = ""
        assert Model.from_dict(model.to_dict()) == model
    assert len(message) < 3000


@pytest.mark.parametrize("unit", ["1", "", " 1 ", "dimensionless"])
def test_an_input_that_is_a_plain_number_comes_back_equal(unit):
    model = Model(
        "Filter",
        equations="tau*dx/dt = I - x",
        states={"x": 0},
        inputs={"I": unit},
        parameters={"tau": "10 ms"},
    )
    assert model.inputs["I"].unit == ""
    assert Model.from_dict(model.to_dict()) == model
