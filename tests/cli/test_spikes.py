"""``excitable spikes``: statistics, raster and JSON of a file."""

import json

import pytest

from excitable import trains
from excitable.interop import read_spikes, write_spikes
from excitable.units import Hz, ms, second

MADE = trains.poisson([20, 0, 60] * Hz, 5 * second, seed=1)


@pytest.fixture
def file(tmp_path):
    write_spikes(MADE, tmp_path / "spikes.csv")
    return "spikes.csv"


def test_a_table_of_statistics(excitable, file):
    outcome = excitable("spikes", file)
    assert outcome.code == 0, outcome.err
    lines = outcome.out.splitlines()
    assert lines[0].split() == ["trains", "3"]
    assert f"{MADE[2].cv():.4g}" in lines[-1]
    assert lines[-2].split() == ["1", "0", "0", "-", "-", "-", "-"]


def test_json_has_all_digits_and_null_for_what_does_not_exist(excitable, file):
    data = json.loads(excitable("spikes", file, "--json", "--window", "200ms").out)
    first, silent, _ = data["statistics"]
    assert first["cv"] == MADE[0].cv()
    assert first["fano"] == MADE[0].fano(200 * ms)
    assert first["rate_Hz"] == MADE[0].rate().magnitude
    assert silent == {
        "spikes": 0, "rate_Hz": 0.0, "cv": None, "cv2": None, "lv": None, "fano": None
    }  # fmt: skip
    assert (data["start_ms"], data["stop_ms"]) == (0.0, 5000.0)


def test_pictures_and_copies(excitable, file, tmp_path):
    outcome = excitable("spikes", file, "--plot", "raster.svg", "--save", "copy.nwb", "--json")
    assert json.loads(outcome.out)["files"] == {"plot": "raster.svg", "save": "copy.nwb"}
    assert (tmp_path / "raster.svg").read_text().startswith("<?xml")
    assert read_spikes(tmp_path / "copy.nwb").counts().tolist() == MADE.counts().tolist()


def test_many_trains_are_cut_off_in_the_table_only(excitable, tmp_path):
    write_spikes(trains.poisson(20 * Hz, 1 * second, n=40), tmp_path / "many.csv")
    out = excitable("spikes", "many.csv").out
    assert "and 10 more; --json prints all" in out
    assert len(json.loads(excitable("spikes", "many.csv", "--json").out)["statistics"]) == 40


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("nothing.csv",), "no such file"),
        (("spikes.csv", "--stop", "10ms"), "outside the window"),
        (("spikes.csv", "--stop", "10"), "time"),
        (("spikes.csv", "--window", "-5ms"), "above zero"),
        (("spikes.csv", "--window", "5mV"), "a time is expected"),
        (("bare.csv",), "unit=ms"),
        (("broken.csv",), "line 2"),
        (("spikes.csv", "--plot", "raster.bmp"), "raster.svg"),
        (("spikes.csv", "--save", "spikes.nc"), ".csv"),
    ],
)
def test_bad_input_is_one_message(excitable, file, tmp_path, arguments, hint):
    (tmp_path / "bare.csv").write_text("1\n2\n")
    (tmp_path / "broken.csv").write_text("time_ms\nx\n")
    before = sorted(tmp_path.iterdir())
    outcome = excitable("spikes", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("excitable: ")
    assert hint in outcome.err
    assert sorted(tmp_path.iterdir()) == before
