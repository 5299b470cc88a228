"""``excitable phase``."""

import json

import excitable as ex


def test_a_table_of_equilibria(excitable):
    outcome = excitable("phase", "PersistentSodiumPotassium", "--I", "3uA/cm2")
    assert outcome.code == 0
    assert "stable focus" in outcome.out
    assert "saddle" in outcome.out
    assert "these are all" in outcome.out
    assert "no equilibrium" in excitable("phase", "QIF", "--at", "1").out


def test_json_holds_what_the_function_gives(excitable):
    data = json.loads(excitable("phase", "AdEx", "--at", "300 pA", "--json").out)
    found = ex.equilibria(ex.AdEx, I="300 pA")
    assert [one["kind"] for one in data["equilibria"]] == [one.kind for one in found]
    assert data["equilibria"][0]["state"]["v"] == found[0].state["v"].magnitude
    assert data["complete"]


def test_a_picture(excitable, tmp_path):
    target = tmp_path / "plane.svg"
    outcome = excitable("phase", "FitzHughNagumo", "--at", "0.5", "--plot", str(target))
    assert outcome.code == 0
    assert target.read_text(encoding="utf-8").startswith("<?xml")


def test_a_picture_of_one_state(excitable, tmp_path):
    target = tmp_path / "line.svg"
    outcome = excitable("phase", "LIF", "--at", "300 pA", "--plot", str(target))
    assert outcome.code == 0
    assert "beyond the threshold" in outcome.out
    assert target.read_text(encoding="utf-8").startswith("<?xml")


def test_an_input_that_is_none(excitable):
    outcome = excitable("phase", "AdEx", "--at", "3 pA", "--input", "J")
    assert outcome.code != 0
    assert "no input of AdEx" in outcome.err


FREE = """
title = "Free"
equations = "T*dx/dt = x - x**3/3 - y + J\\nT*dy/dt = e*(x + 0.7 - 0.8*y)"
spike = "x >= 1"
states = { x = -1.2, y = -0.6 }
inputs = { J = "" }
parameters = { T = "1 ms", e = 0.08 }
"""


def test_the_only_input_need_not_be_named(excitable, tmp_path):
    path = tmp_path / "free.toml"
    path.write_text(FREE, encoding="utf-8")
    outcome = excitable("phase", str(path), "--at", "0.5")
    assert outcome.code == 0
    assert outcome.out.startswith("Free at J = 0.5\n")
    assert "subcritical Hopf" in excitable("classify", str(path)).out
    phased = excitable("response", str(path), "--method", "phase", "--at", "0.5", "-n", "4")
    assert "39.474415 ms" in phased.out
    assert excitable("response", str(path), "-n", "3").code == 0
    assert excitable("fi", str(path), "--to", "0.5", "-n", "3").code == 0


def test_an_oscillator_without_input_has_a_phase_response(excitable, tmp_path):
    path = tmp_path / "free.toml"
    alone = FREE.replace("+ J", "+ 0.5").replace('inputs = { J = "" }\n', "")
    path.write_text(alone, encoding="utf-8")
    outcome = excitable("response", str(path), "--method", "phase", "-n", "4")
    assert "39.474415 ms" in outcome.out
    refused = excitable("phase", str(path), "--at", "0.5")
    assert refused.code == 2
    assert "its inputs: none. Give the model an input." in refused.err


def test_units_stand_in_the_heading_as_everywhere(excitable):
    outcome = excitable("phase", "HodgkinHuxley", "--at", "10uA/cm2")
    assert outcome.out.startswith("HodgkinHuxley at I = 10 µA/cm²\n")
