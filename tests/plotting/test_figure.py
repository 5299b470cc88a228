"""Figures are written whole or not at all, the same bytes each time."""

import re

import pytest

from excitable.errors import FileError
from excitable.plotting import plot_run, plot_stimulus, save_figure
from excitable.plotting._figure import label, new_figure, pretty_unit, symbol
from excitable.stimuli import step

STARTS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.mark.parametrize("ending", STARTS)
def test_each_format_is_written(make_run, tmp_path, ending):
    path = save_figure(plot_run(make_run()), tmp_path / f"run.{ending}")
    assert path.read_bytes().startswith(STARTS[ending])
    assert [entry.name for entry in tmp_path.iterdir()] == [f"run.{ending}"]


@pytest.mark.parametrize("ending", ["svg", "pdf"])
def test_the_same_run_gives_the_same_bytes(make_run, tmp_path, ending):
    pictures = [
        save_figure(plot_run(make_run()), tmp_path / f"{name}.{ending}").read_bytes()
        for name in ("first", "second")
    ]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("name", ["run.bmp", "run", "no/such/folder/run.svg"])
def test_a_file_that_cannot_be_written_is_a_clear_error(tmp_path, name):
    with pytest.raises(FileError):
        save_figure(new_figure(1, 1), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_picture_leaves_the_old_one_alone(tmp_path, monkeypatch):
    target = tmp_path / "run.svg"
    target.write_text("old")
    figure = new_figure(1, 1)

    def full_disk(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(figure, "savefig", full_disk)
    with pytest.raises(FileError, match="No space left"):
        save_figure(figure, target)
    assert target.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["run.svg"]


def test_a_notebook_shows_a_figure_by_itself(make_run):
    assert plot_run(make_run())._repr_png_().startswith(STARTS["png"])


@pytest.mark.parametrize(
    ("plain", "printed"),
    [
        ("uA/cm2", "µA/cm²"),
        ("mS/cm2", "mS/cm²"),
        ("mV", "mV"),
        ("um", "µm"),
        ("MOhm", "MΩ"),
        ("1/ms", "1/ms"),
        ("", ""),
    ],
)
def test_units_are_printed_as_in_papers(plain, printed):
    assert pretty_unit(plain) == printed


def test_names_become_symbols():
    assert symbol("g_L") == r"$g_{\mathrm{L}}$"
    assert symbol("tau_m") == r"$\tau_{\mathrm{m}}$"
    assert symbol("I_M_2") == r"$I_{\mathrm{M,2}}$"
    assert symbol("rate") == "rate"
    assert label("z", "") == "$z$"


def test_a_stimulus_is_drawn_with_its_unit():
    figure = plot_stimulus(step("300 pA", start="20 ms", stop="80 ms"), "100 ms")
    axes = figure.axes[0]
    assert re.fullmatch(r"stimulus \(pA\)", axes.get_ylabel())
    assert axes.get_xlim() == (0.0, 100.0)
    assert axes.lines[0].get_ydata().max() == 300.0
