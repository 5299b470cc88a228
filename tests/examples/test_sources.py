"""Each figure of the notes and of dynamics is drawn by a short script and stands in the docs."""

import re
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import excitable as ex
from excitable.units import Hz, fC, ms, pA, second

REPOSITORY = Path(__file__).parents[2]
FOLDERS = [REPOSITORY / "examples" / name for name in ("sources", "dynamics")]
SHARED = ("picture", "portrait")
SCRIPTS = sorted(
    path for folder in FOLDERS for path in folder.glob("*.py") if path.stem not in SHARED
)
LONGEST, LARGEST = {"sources": 40, "dynamics": 60}, 200_000

each_script = pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)


def pictures_of(folder):
    return REPOSITORY / "docs" / "images" / folder.name


def run_in_this_process(script, folder, monkeypatch):
    monkeypatch.setattr(sys, "argv", [str(script), str(folder)])
    monkeypatch.setattr(sys, "path", [str(script.parent), *sys.path])
    runpy.run_path(str(script), run_name="__main__")
    for name in SHARED:
        sys.modules.pop(name, None)


@pytest.mark.slow
@each_script
def test_a_script_draws_its_picture_and_prints_what_stands_beside_it(
    script, tmp_path, monkeypatch, capsys
):
    run_in_this_process(script, tmp_path, monkeypatch)
    drawn = {path.name: path for path in tmp_path.iterdir()}
    kept = pictures_of(script.parent).glob(f"{script.stem}*.svg")
    assert set(drawn) == {path.name for path in kept} != set()
    for picture in drawn.values():
        text = picture.read_text(encoding="utf-8")
        assert "<svg" in text
        assert text.rstrip().endswith("</svg>")
        assert not re.search(r"\bnan\b", text.lower())
    printed, beside = capsys.readouterr().out, script.with_suffix(".out")
    assert printed == (beside.read_text(encoding="utf-8") if beside.exists() else "")


@each_script
def test_a_script_is_short_and_its_picture_small_and_shown(script):
    folder = script.parent
    assert len(script.read_text(encoding="utf-8").splitlines()) <= LONGEST[folder.name]
    pages = "".join(page.read_text(encoding="utf-8") for page in REPOSITORY.glob("docs/*.md"))
    pictures = sorted(pictures_of(folder).glob(f"{script.stem}*.svg"))
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size < LARGEST
        assert f"images/{folder.name}/{picture.name}" in pages


def test_nothing_is_left_of_scripts_that_are_gone():
    for folder in FOLDERS:
        stems = {script.stem for script in SCRIPTS if script.parent == folder}
        assert {path.stem for path in folder.glob("*.out")} <= stems
        for picture in pictures_of(folder).glob("*.svg"):
            assert any(picture.stem.startswith(stem) for stem in stems), picture.name


@pytest.mark.slow
def test_a_script_runs_by_itself_and_writes_the_format_asked_for(tmp_path):
    script = FOLDERS[0] / "membrane_1_2_charge.py"
    subprocess.run([sys.executable, "-W", "error", script, tmp_path, "png"], check=True)
    assert (tmp_path / "membrane_1_2_charge.png").read_bytes().startswith(b"\x89PNG")


def test_the_mean_of_a_spiking_synapse_is_weight_times_rate():
    """The current of a regular train, averaged by quadrature over whole cycles of equilibrium."""
    weight, rate, kernel = 700 * fC, 40 * Hz, ex.kernels.gamma(2, 3 * ms)
    train = ex.trains.regular(rate, 2 * second)
    t = np.linspace(1000, 1250, 200_001) * ms  # ten cycles
    current = (weight * train.convolve(kernel)(t)).to("pA").magnitude
    mean = np.trapezoid(current, t.magnitude) / 250
    assert mean == pytest.approx((weight * rate).to("pA").magnitude, rel=1e-8)


def test_the_charge_of_one_spike_is_the_weight():
    single = ex.SpikeTrain([5] * ms, stop=400 * ms).convolve(ex.kernels.gamma(1, 10 * ms))
    t = np.linspace(5, 400, 400_001) * ms
    charge = np.trapezoid((700 * fC * single(t)).to("pA").magnitude, t.magnitude) * (pA * ms)
    assert charge.to("fC").magnitude == pytest.approx(700, rel=1e-8)


def test_the_slope_of_a_rate_neuron_is_that_of_its_activation():
    """Central differences of settled rates against the derivative, for every activation."""
    drive, h = np.array([-1.3, -0.4, 0.7, 1.9, 3.2]), 1e-3
    for name in ("logistic", "arctan", "tanh", "relu", "lif"):
        activation = getattr(ex.activation, name)
        cell = ex.models.rate_neuron(activation)(gain=1.5, bias=-0.2)
        low, high = (
            np.asarray(ex.simulate(cell, 400 * ms, I=drive + step, record="r").r.magnitude[-1])
            for step in (-h, h)
        )
        slope = activation.derivative(1.5 * drive - 0.2)
        expected = 1.5 * np.asarray(getattr(slope, "magnitude", slope))
        assert (high - low) / (2 * h) == pytest.approx(expected, rel=1e-5, abs=1e-5), name
