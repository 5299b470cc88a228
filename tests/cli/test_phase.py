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
