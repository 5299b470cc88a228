"""The folder of models: found without a list, loaded one at a time."""

import subprocess
import sys

import pytest

from excitable import models
from excitable.model import Model
from excitable.models import _catalogue


def test_every_file_is_found():
    assert {"EIF", "LIF", "AdEx", "HodgkinHuxley", "Izhikevich"} <= set(models.__all__)
    assert set(dir(models)) == {*models.__all__, "channels"}


MODELS = list(_catalogue.models())


def test_no_file_hides_a_function_that_it_defines():
    assert not set(_catalogue.files()) & set(models.__all__)


def test_a_builder_stands_beside_its_models():
    assert {"alif", "glif"} <= set(models.__all__) - set(MODELS)
    assert models.glif(3) == models.GLIF3


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_named_as_it_is_imported(name):
    model = getattr(models, name)
    assert isinstance(model, Model)
    assert model.name == name
    assert model.reference


@pytest.mark.parametrize("name", MODELS)
def test_every_parameter_and_state_says_what_it_is(name):
    model = getattr(models, name)
    for declared in (*model.parameters.values(), *model.states.values(), *model.inputs.values()):
        assert declared.description


@pytest.mark.parametrize("name", MODELS)
def test_every_preset_is_a_model(name):
    model = getattr(models, name)
    for preset in model.presets:
        assert model.preset(preset).system is model.system


def test_a_misspelt_model_is_answered_with_the_right_one():
    with pytest.raises(AttributeError, match="Did you mean 'AdEx'"):
        models.AdExx  # noqa: B018
    assert not hasattr(models, "_private")
    assert not hasattr(models, "__wrapped__")


def run(program):
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return result.stdout.split()


def test_one_model_loads_one_file_and_no_pint():
    loaded = run("import sys; from excitable.models import LIF; print(*sys.modules)")
    assert "excitable.models.lif" in loaded
    assert "excitable.models.adex" not in loaded
    assert "pint" not in loaded
