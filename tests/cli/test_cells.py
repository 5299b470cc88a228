"""Real cells on the command line: files of the Allen database, of NEST, and folders of them."""

import json

import pytest

import excitable as ex
from excitable.units import nS

allen = ex.interop.allen
STEP = "I=step(300 pA, start=20 ms)"


@pytest.fixture
def cell(tmp_path):
    """A file beside the folder that a command runs in."""
    path = tmp_path / "485904755_neuron_config.json"
    allen.write(ex.models.GLIF3, path)
    return path


@pytest.fixture
def cells(tmp_path):
    folder = tmp_path / "cells"
    folder.mkdir()
    for number, g in enumerate((8, 9, 10)):
        allen.write(ex.models.GLIF1(g=g * nS), folder / f"{number}7.json")
    allen.write(ex.models.GLIF4, folder / "99.json")
    return folder


def run(excitable, *arguments):
    outcome = excitable("run", *arguments, "--input", STEP, "--duration", "200 ms", "--json")
    assert outcome.code == 0, outcome.err
    return json.loads(outcome.out)


def test_a_cell_is_run_like_a_model(excitable, cell):
    outcome = excitable("run", cell, "--input", STEP, "--duration", "200 ms")
    assert outcome.code == 0
    assert outcome.err == ""
    assert "GLIF3 485904755" in outcome.out
    built_in = run(excitable, "GLIF3")
    assert run(excitable, cell)["spike_times_ms"] == pytest.approx(built_in["spike_times_ms"])
    assert len(built_in["spike_times_ms"]) > 3


def test_a_cell_takes_the_options_of_a_model(excitable, cell, tmp_path):
    slow = run(excitable, cell, "--set", "t_ref=20ms", "--plot", tmp_path / "out.svg")
    assert len(slow["spike_times_ms"]) < len(run(excitable, cell)["spike_times_ms"])
    assert (tmp_path / "out.svg").stat().st_size > 1000


def test_parameters_of_nest_are_run(excitable, tmp_path):
    (tmp_path / "cell.json").write_text(json.dumps(allen.to_nest(ex.models.GLIF3)))
    times = run(excitable, tmp_path / "cell.json")["spike_times_ms"]
    assert times == pytest.approx(run(excitable, "GLIF3")["spike_times_ms"])


def test_a_model_file_is_still_a_model_file(excitable, tmp_path):
    for name in ("cell.json", "cell.toml"):
        ex.models.GLIF3.save(tmp_path / name)
        assert run(excitable, tmp_path / name)["model"] == "GLIF3"


def test_a_folder_is_a_population_whose_neurons_keep_their_names(excitable, cells):
    data = run(excitable, cells)
    assert data["neurons"] == 4
    assert data["cells"] == ["07", "17", "27", "99"]
    shown = excitable("show", cells).out
    assert "4 values, 8 to 10" in shown
    lines = [line.split() for line in shown.splitlines()]
    assert ["1", "17", "GLIF1"] in lines
    assert ["3", "99", "GLIF4"] in lines


def test_a_folder_does_not_hide_a_model(excitable, tmp_path):
    (tmp_path / "GLIF1").mkdir()
    assert run(excitable, "GLIF1")["model"] == "GLIF1"


def test_one_level_of_many_is_chosen(excitable, cells, tmp_path):
    assert run(excitable, cells, "--level", "4")["cells"] == ["99"]
    table = {f"GLIF{n}": {"neuron_config": allen.to_config(getattr(ex.models, f"GLIF{n}"))}
             for n in (1, 3)}  # fmt: skip
    (tmp_path / "485904755.json").write_text(json.dumps(table))
    assert run(excitable, "485904755.json", "--level", "3")["model"] == "GLIF3 485904755"
    outcome = excitable("run", "485904755.json")
    assert (outcome.code, outcome.out) == (2, "")
    assert "the levels are 1, 3" in outcome.err


def test_a_cell_is_shown_and_its_model_saved(excitable, cell, tmp_path):
    shown = excitable("show", cell).out
    assert shown.startswith("GLIF3 485904755: Allen GLIF neuron LIF-ASC")
    assert "delta_2" in shown
    (tmp_path / "own.json").write_text(excitable("show", cell, "--json").out)
    assert ex.read(tmp_path / "own.json") == allen.read(cell)


BAD = {
    "no JSON": ('{"C": ', "is not JSON"),
    "of nobody": ('{"colour": "red"}', "its fields are 'colour'"),
    "nothing": ("{}", "it is empty"),
    "a list": ("[1]", "a table of fields is expected"),
    "a cell without threshold": ('{"El_reference": -0.07, "R_input": 1e8}', "it is missing"),
    "a cell in mV": ('{"C_m": 8e-11, "V_th": -50, "g": 9, "E_L": -78}', "Write 80"),
}


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("command", ["run", "show"])
def test_bad_files_end_with_one_line_and_code_2(excitable, tmp_path, command, case):
    text, words = BAD[case]
    (tmp_path / "cell.json").write_text(text)
    outcome = excitable(command, "cell.json")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1
    assert words in outcome.err
    assert "cell" in outcome.err


def test_other_bad_input(excitable, cell, tmp_path):
    (tmp_path / "empty").mkdir()
    for arguments, words in (
        (("run", "empty"), "no JSON file of a cell"),
        (("run", "none.json"), "no such file"),
        (("run", cell, "--level", "5"), "no cell of level 5"),
        (("run", cell, "--level", "x"), "Write level=3"),
        (("run", "LIF", "--level", "3"), "Write GLIF3"),
        (("show", "LIF", "--level", "x"), "Leave it out"),
        (("run", cell, "--preset", "Hopf"), "has no presets"),
    ):
        outcome = excitable(*arguments)
        assert (outcome.code, outcome.out) == (2, ""), arguments
        assert words in outcome.err, arguments


@pytest.mark.filterwarnings("always")
def test_what_a_file_leaves_open_is_one_warning_line(excitable, cell, tmp_path):
    content = json.loads(cell.read_text()) | {"colour": "red"}
    (tmp_path / "odd.json").write_text(json.dumps(content))
    outcome = excitable("show", "odd.json")
    assert outcome.code == 0
    assert outcome.err.startswith("excitable: warning: ")
    assert outcome.err.count("\n") == 1
    assert "colour" in outcome.err
