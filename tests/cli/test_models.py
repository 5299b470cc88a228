"""``excitable models`` and ``excitable show``."""

import json

import pytest

import excitable as ex

BUILT_IN = sorted(name for name in ex.models.__all__ if name[0].isupper())


def test_every_built_in_model_is_listed_with_its_input(excitable):
    outcome = excitable("models")
    assert outcome.code == 0
    for name in BUILT_IN:
        line = next(line for line in outcome.out.splitlines() if line.startswith(f"{name} "))
        assert ex.models.__dict__[name].title in line
    assert "I [pA]" in outcome.out


def test_the_list_is_also_data(excitable):
    entries = {entry["name"]: entry for entry in json.loads(excitable("models", "--json").out)}
    assert sorted(entries) == BUILT_IN
    assert entries["LIF"]["parameters"]["tau_m"]["unit"] == "ms"
    assert entries["LIF"]["inputs"] == {"I": "pA"}
    assert "chattering" in entries["Izhikevich"]["presets"]


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_model_is_shown_with_equations_and_parameters(excitable, name):
    model = getattr(ex.models, name)
    outcome = excitable("show", name)
    assert outcome.code == 0
    for line in model.equations.splitlines():
        assert line.strip() in outcome.out
    for parameter in model.parameters:
        assert f"\n{parameter} " in outcome.out


def test_a_shown_model_can_be_read_back(excitable, tmp_path):
    path = tmp_path / "lif.json"
    path.write_text(excitable("show", "LIF", "--json").out)
    assert ex.read(path).to_dict() == ex.LIF.to_dict()


def test_names_are_found_whatever_their_case(excitable):
    assert excitable("show", "adex").out == excitable("show", "AdEx").out


def test_a_misspelt_model_is_answered_with_the_right_one(excitable):
    outcome = excitable("show", "AdExx")
    assert outcome.code == 2
    assert "Write AdEx." in outcome.err
    assert outcome.out == ""
