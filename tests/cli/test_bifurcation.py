"""``excitable bifurcation``."""

import csv
import json

import pytest

import excitable as ex


@pytest.fixture(scope="module")
def planar():
    """The diagram that the table below shows."""
    return ex.continuation(ex.MorrisLecar, "I", "0 uA/cm2", "300 uA/cm2")


def test_a_table_of_special_points(excitable, planar):
    outcome = excitable("bifurcation", "MorrisLecar", "0uA/cm2", "300uA/cm2")
    assert outcome.code == 0
    for point in planar.special:
        assert f"subcritical Hopf  {point.parameter.magnitude:.10g}" in outcome.out
        assert f"{point.frequency.magnitude:.8g}" in outcome.out
    assert "fold of cycles  88.29325054" in outcome.out
    assert "it shrinks to a Hopf point at 212.019" in outcome.out
    assert outcome.out.count("unstable") == 1


def test_json_holds_what_the_functions_give(excitable, planar):
    outcome = excitable("bifurcation", "MorrisLecar", "I", "0uA/cm2", "300uA/cm2", "--json")
    data = json.loads(outcome.out)
    assert data["parameter"] == "I"
    assert data["values"] == planar.values.magnitude.tolist()
    assert data["states"]["w"] == planar["w"].magnitude.tolist()
    assert [one["l1"] for one in data["special"]] == [one.l1 for one in planar.special]
    (family,) = data["cycles"]
    assert [one["kind"] for one in family["special"]] == ["fold of cycles"] * 2
    assert len(family["values"]) == len(family["multipliers"]) == len(family["stable"])


def test_a_file_and_a_picture(excitable, tmp_path):
    outcome = excitable(
        "bifurcation", "PersistentSodiumPotassium", "0uA/cm2", "400uA/cm2",
        "--plot", "diagram.svg", "--save", "diagram.csv", "--state", "n",
    )  # fmt: skip
    assert outcome.code == 0
    assert "SNIC" in outcome.out
    text = (tmp_path / "diagram.svg").read_text(encoding="utf-8")
    assert text.startswith("<?xml")
    with (tmp_path / "diagram.csv").open() as file:
        rows = list(csv.DictReader(file))
    kinds = {row["what"] for row in rows}
    assert kinds == {"equilibrium", "cycle 1"}
    cycle = next(row for row in rows if row["what"] == "cycle 1")
    assert float(cycle["max v (mV)"]) > float(cycle["min v (mV)"])
    rest = rows[0]
    assert rest["min n"] == rest["max n"]
    assert (rest["stable"], rest["period (ms)"]) == ("1", "")


def test_values_below_zero_are_no_options(excitable):
    outcome = excitable("bifurcation", "QIF", "I", "-1", "1")
    assert outcome.code == 0
    assert "fold           0  0" in outcome.out
    assert "stable      -1    0" in outcome.out
    assert "there is no Hopf point" in outcome.out


def test_a_parameter_with_an_input_and_a_start(excitable):
    line = ("bifurcation", "FitzHughNagumo", "b", "0.1", "1.5", "-i", "I=0.35", "--no-cycles")
    found = ex.continuation(ex.FitzHughNagumo, "b", 0.1, 1.5, I=0.35)
    outcome = excitable(*line)
    assert f"{found.special[0].parameter.magnitude:.10g}" in outcome.out
    assert "limit cycle" not in outcome.out
    again = excitable(*line, "--initial", "v=1", "--initial", "w=1")
    assert again.code == 0


def test_two_parameters(excitable, tmp_path):
    line = ("bifurcation", "HodgkinHuxley", "0uA/cm2", "200uA/cm2")
    line += ("--second", "g_K", "20mS/cm2", "60mS/cm2")
    outcome = excitable(*line, "--plot", "two.svg", "--save", "two.csv")
    assert outcome.code == 0
    assert "Bautin" in outcome.out
    assert "curve 1: Hopf points" in outcome.out
    assert "curve 2" not in outcome.out  # both Hopf points lie on one curve
    assert "limit cycle" not in outcome.out
    assert (tmp_path / "two.svg").exists()
    with (tmp_path / "two.csv").open() as file:
        rows = list(csv.DictReader(file))
    data = json.loads(excitable(*line, "--json").out)
    (curve,) = data["curves"]
    assert len(rows) == len(curve["values"]) == len(curve["states"]["n"])
    assert curve["special"][0]["kind"] == "bautin"
    assert data["cycles"] is None


def test_nothing_to_follow_in_two_parameters(excitable):
    outcome = excitable("bifurcation", "LIF", "0pA", "200pA", "--second", "R", "50MOhm", "200MOhm")
    assert (outcome.code, outcome.out) == (2, "")
    assert "leave --second out" in outcome.err


def test_nowhere_to_begin_is_a_failure(excitable):
    outcome = excitable("bifurcation", "QIF", "1", "2")
    assert (outcome.code, outcome.out) == (1, "")
    assert "no equilibrium of QIF was found at I = 1" in outcome.err


def test_long_work_is_told_on_a_terminal(monkeypatch, capsys):
    import sys
    import time

    from excitable.cli import _progress

    monkeypatch.setattr(_progress, "DELAY", 0.01)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with _progress.at_work("following limit cycles"):
        time.sleep(0.1)
    assert "following limit cycles: 0 s" in capsys.readouterr().err
