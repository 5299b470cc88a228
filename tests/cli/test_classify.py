"""``excitable classify``."""

import json

import excitable as ex


def test_a_table_with_the_reasons(excitable):
    outcome = excitable("classify", "MorrisLecar", "--preset", "saddle-node on cycle")
    assert outcome.code == 0
    assert "class            1" in outcome.out
    assert "onset            SNIC" in outcome.out
    assert "why:" in outcome.out
    assert "grows from 0" in outcome.out


def test_json_holds_what_the_function_gives(excitable):
    preset = "saddle-node off cycle"
    name = "PersistentSodiumPotassium"
    data = json.loads(excitable("classify", name, "--preset", preset, "--json").out)
    found = ex.excitability(ex.PersistentSodiumPotassium.preset(preset))
    assert data["class"] == found.cls
    assert data["onset"] == found.onset
    assert data["bistable"] == [end.magnitude for end in found.bistable]
    assert data["onset_frequency_Hz"] == found.onset_frequency.m_as("Hz")
    assert data["lost"]["rest"]["kind"] == found.lost.rest.kind
    assert data["evidence"] == list(found.evidence)


def test_changed_parameters_and_a_picture(excitable, tmp_path):
    target = tmp_path / "onset.svg"
    outcome = excitable("classify", "EIF", "--set", "V_T=-45mV", "--plot", str(target))
    assert outcome.code == 0
    assert target.read_text(encoding="utf-8").startswith("<?xml")


def test_an_input_that_is_not_there(excitable):
    outcome = excitable("classify", "LIF", "--input", "J")
    assert outcome.code == 2
    assert "J" in outcome.err
