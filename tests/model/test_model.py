"""Models as values: copies, presets, arrays, equality."""

import copy
import inspect
import pickle
import timeit

import numpy as np
import pytest

from excitable.errors import (
    ExcitableWarning,
    ModelError,
    ParameterError,
    UnitError,
    UnknownNameError,
)
from excitable.model import Model, Parameter, State
from excitable.units import TIME, VOLTAGE, MOhm, ms, mV


def test_a_call_gives_a_changed_copy_that_shares_the_equations(make):
    cell = make()
    other = cell(tau=10 * ms, R="50 MOhm")
    assert other.values()["tau"] == 10.0
    assert other.values()["R"] == 0.05
    assert cell.values()["tau"] == 20.0
    assert other.system is cell.system


def test_values_are_read_back_with_their_unit(make):
    assert make()["R"] == 100 * MOhm
    assert str(make()["R"]) == str(100.0 * MOhm)
    assert make()["v"] == -65 * mV


def test_a_bare_number_is_refused_with_the_full_name(make):
    with pytest.raises(UnitError) as caught:
        make()(tau=20)
    assert str(caught.value) == "Cell.tau: 20 has no unit; a time is expected. Write 20*ms."


def test_a_wrong_dimension_is_refused(make):
    with pytest.raises(UnitError, match=r"Cell\.tau: .*voltage; a time is expected"):
        make()(tau=20 * mV)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_values_that_are_not_finite_are_refused(make, bad):
    with pytest.raises(ParameterError, match=r"Cell\.tau: .*not finite"):
        make()(tau=bad * ms)


def test_an_unknown_parameter_is_answered_with_the_nearest(make):
    with pytest.raises(UnknownNameError, match="Did you mean tau"):
        make()(tou=20 * ms)
    with pytest.raises(UnknownNameError, match="initial=dict"):
        make()(v=-60 * mV)
    with pytest.raises(UnknownNameError, match=r"simulate\(\.\.\., I="):
        make()(I="3 pA")
    with pytest.raises(UnknownNameError, match="Did you mean tau"):
        make()["Tau"]


def test_arrays_make_populations(make):
    cell = make()
    assert cell.size is None
    assert cell(tau=[10, 20, 30] * ms).size == 3
    assert cell(tau=[10, 20] * ms, R=[1, 2] * MOhm).size == 2
    assert cell(tau=[10] * ms).size == 1
    with pytest.raises(ParameterError, match="tau has 2 values and R has 3"):
        cell(tau=[10, 20] * ms, R=[1, 2, 3] * MOhm)
    with pytest.raises(ParameterError, match="tau has 2 values and R has 1"):
        cell(tau=[10, 20] * ms, R=[1] * MOhm)
    with pytest.raises(ParameterError, match="flat array"):
        cell(tau=np.ones((2, 2)) * ms)
    with pytest.raises(ParameterError, match="tau has 2 values and v has 3"):
        make(states={"v": [-65, -64, -63] * mV})(tau=[10, 20] * ms)


def test_presets(make):
    cell = make(presets={"fast": {"tau": "5 ms", "v": "-70 mV"}, "slow": {"tau": 50 * ms}})
    assert list(cell.presets) == ["fast", "slow"]
    assert cell.presets["slow"]["tau"] == 50 * ms
    fast = cell(R=50 * MOhm).preset("fast")
    assert fast.values()["tau"] == 5.0
    assert fast.values()["R"] == 0.05
    assert fast.states["v"].value == -70.0
    assert cell(**{"tau": cell.presets["slow"]["tau"]}) == cell.preset("slow")
    with pytest.raises(UnknownNameError, match="'fast', 'slow'"):
        cell.preset("medium")
    with pytest.raises(UnknownNameError, match="no presets"):
        make().preset("medium")


@pytest.mark.parametrize(
    ("preset", "error", "words"),
    [
        ({"tou": 5 * ms}, ModelError, "Did you mean tau?"),
        ({"tau": 5}, UnitError, "Cell preset 'x', tau: 5 has no unit"),
        ({"tau": np.nan * ms}, ParameterError, "not finite"),
        ("tau", ModelError, "names with values"),
    ],
)
def test_presets_are_checked_when_the_model_is_made(make, preset, error, words):
    with pytest.raises(error, match=words.replace("?", r"\?")):
        make(presets={"x": preset})


def test_bounds_hold_for_every_copy(make):
    parameters = dict(make().parameters) | {"tau": Parameter(20 * ms, above=0 * ms)}
    cell = make(parameters=parameters)
    with pytest.raises(ParameterError, match=r"Cell\.tau: -3 ms is out of bounds; .* above 0 ms"):
        cell(tau=-3 * ms)


def test_models_compare_by_content(make):
    assert make() == make()
    assert hash(make()) == hash(make())
    assert make() != make()(tau=21 * ms)
    assert make()(tau=[1, 2] * ms) == make()(tau=[1, 2] * ms)
    assert make()(tau=[1, 2] * ms) != make()(tau=[1, 3] * ms)
    assert make() != make(reset="v = V_R + 1*mV")
    assert make() != "Cell"
    assert len({make(), make(), make()(tau=1 * ms)}) == 2


def test_systems_compare_by_content(make):
    assert make().system == make().system
    assert hash(make().system) == hash(make().system)
    assert make().system.fingerprint == make().system.fingerprint
    assert make().system.fingerprint != make(reset="v = V_R + 1*mV").system.fingerprint


def test_a_model_never_changes(make):
    cell = make()
    with pytest.raises(AttributeError, match="a model never changes"):
        cell.tau = 3
    with pytest.raises(AttributeError):
        del cell._states
    with pytest.raises(TypeError):
        cell.parameters["tau"] = Parameter(1 * ms)
    with pytest.raises(TypeError):
        cell.dimensions["tau"] = VOLTAGE


def test_a_model_can_be_copied_and_sent_to_a_process(make):
    cell = make()(tau=[10, 20] * ms)
    assert copy.deepcopy(cell) == cell
    assert pickle.loads(pickle.dumps(cell)) == cell  # noqa: S301


def test_dimensions_of_every_name(make):
    dimensions = make(equations="tau*dv/dt = -x\nx = v - E_L - R*I").dimensions
    assert dimensions["tau"] == TIME
    assert dimensions["x"] == VOLTAGE
    assert set(dimensions) == {"v", "I", "tau", "R", "E_L", "V_T", "V_R", "t_ref", "x"}


def test_plain_values_are_wrapped_and_wrapped_ones_kept(make):
    state = State(-70 * mV, "potential")
    assert make(states={"v": state}).states["v"] is state
    assert make(states={"v": -70 * mV}).states["v"] == State("-70 mV")


def test_parameters_are_completed_as_keywords(make):
    signature = inspect.signature(make())
    assert list(signature.parameters) == ["tau", "R", "E_L", "V_T", "V_R", "t_ref"]
    assert signature.parameters["tau"].default == "20 ms"
    assert all(p.kind is p.KEYWORD_ONLY for p in signature.parameters.values())
    assert "equations" in inspect.signature(Model).parameters


def test_ipython_completes_a_parameter(make):
    from IPython.core.completer import IPCompleter, provisionalcompleter

    completer = IPCompleter(namespace={"cell": make()}, use_jedi=False)
    with provisionalcompleter():
        matches = [completion.text for completion in completer.completions("cell(ta", 7)]
    assert "tau=" in matches


def test_a_copy_is_quick(make):
    cell, tau = make(), 10 * ms
    best = min(timeit.repeat(lambda: cell(tau=tau), number=100, repeat=20)) / 100
    assert best < 500e-6  # 40 us where nothing else runs; the bound is for a busy machine


def test_a_name_that_stands_nowhere_is_said(make):
    parameters = {**make().parameters, "g": "1 nS"}
    with pytest.warns(ExcitableWarning, match="the parameter g stands in no equation"):
        make(parameters=parameters)
    with pytest.warns(ExcitableWarning, match="the input J stands in no equation"):
        make(inputs={"I": "pA", "J": "pA"})


def test_the_name_defaults_to_the_title(make):
    assert make().name == "Cell"
    assert make(name="LIF").name == "LIF"
    assert make(name="LIF").title == "Cell"
    for bad in ("two\nlines", "x" * 300):
        with pytest.raises(ModelError, match="one line"):
            make(name=bad)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"states": {}}, "at least one state"),
        ({"equations": "  "}, "at least one equation"),
        ({"equations": 3}, "equations is a number"),
        ({"spike": 3}, "spike is a number"),
        ({"states": ["v"]}, "names with values"),
        ({"parameters": "tau"}, "names with values"),
        ({"spike": None}, "a reset without a spike condition"),
        ({"spike": None, "reset": ""}, "a refractory without a spike condition"),
        ({"refractory": None, "hold": ["v"]}, "without a refractory time"),
        ({"hold": ["w"]}, "'w' is not a state"),
        ({"hold": [1]}, "names of states"),
        ({"states": {"v": "-65 mV", "tau": "1 ms"}}, "as a state and as a parameter"),
        ({"inputs": {"I": "pA", "tau": "ms"}}, "as an input and as a parameter"),
        ({"description": 3}, "text is expected"),
        ({"source": 3}, "text is expected"),
    ],
)
def test_declarations_that_contradict_each_other_are_refused(make, change, words):
    with pytest.raises(ModelError, match=words):
        make(**change)


@pytest.mark.parametrize(
    "name", ["t", "dt", "xi", "xi_2", "_a", "a__b", "exp", "lambda", "tau m", "1a", "", "é", 3]
)
def test_names_that_mean_something_else_are_refused(make, name):
    with pytest.raises(ModelError):
        make(parameters={**make().parameters, name: "1 ms"})


def test_an_input_cannot_be_named_like_a_keyword_of_a_run(make):
    with pytest.raises(ModelError, match="keyword of simulate"):
        make(inputs={"duration": "pA"}, equations="tau*dv/dt = E_L - v + R*duration")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "tau",
            "Cell has the parameter tau as an item; attributes are what every model has. "
            'Write Cell["tau"].',
        ),
        (
            "v",
            "Cell has the state v as an item, where it starts; its course is in a run. "
            'Write Cell["v"], or run.v.',
        ),
        (
            "I",
            "Cell has the input I among its inputs; attributes are what every model has. "
            'Write Cell.inputs["I"].',
        ),
        ("tou", "Cell has no attribute 'tou'. Did you mean tau?"),
        ("parametres", "Cell has no attribute 'parametres'. Did you mean parameters?"),
    ],
)
def test_a_name_asked_for_as_an_attribute_is_answered(make, name, message):
    with pytest.raises(UnknownNameError) as caught:
        getattr(make(), name)
    assert isinstance(caught.value, AttributeError)
    assert str(caught.value) == message


def test_what_is_probed_for_is_plainly_absent(make):
    cell = make()
    for name in ("tau", "units", "shape", "_ipython_display_", "__array__", "_repr_png_"):
        assert not hasattr(cell, name)
    assert copy.deepcopy(cell) == copy.copy(cell) == cell
    assert pickle.loads(pickle.dumps(cell)) == cell  # noqa: S301
    with pytest.raises(AttributeError):
        _ = object.__new__(Model).name  # a half-made model does not recurse
