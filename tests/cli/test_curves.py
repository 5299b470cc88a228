"""``excitable fi`` and ``excitable response``."""

import json

import numpy as np
import pytest

import excitable as ex
from excitable.units import Hz, pA


def test_rates_as_a_table(excitable):
    outcome = excitable("fi", "LIF", "--to", "500pA", "-n", "6")
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert lines[:3] == ["model     LIF", "method    closed form", "rheobase  150 pA"]
    assert lines[4].split("  ")[0] == "I (pA)"
    assert lines[-1].split() == ["500", "109.487", "109.487"]


def test_rates_as_data_files_and_pictures(excitable, tmp_path):
    outcome = excitable(
        "fi", "LIF", "--from", "100pA", "--to", "400pA", "-n", "4", "--set", "t_ref=0ms",
        "--json", "--save", "fi.csv", "--plot", "fi.svg",
    )  # fmt: skip
    data = json.loads(outcome.out)
    curve = ex.fi_curve(ex.LIF(t_ref="0 ms"), [100, 200, 300, 400] * pA)
    assert data["rate_Hz"] == curve.rate.m_as("Hz").tolist()
    assert data["levels"] == [100.0, 200.0, 300.0, 400.0]
    assert (data["unit"], data["rheobase"]) == ("pA", "150 pA")
    assert data["files"] == {"plot": "fi.svg", "save": "fi.csv"}
    table = np.loadtxt(tmp_path / "fi.csv", delimiter=",", skiprows=1)
    assert table[:, 1].tolist() == data["rate_Hz"]
    assert (tmp_path / "fi.svg").read_text().startswith("<?xml")


def test_a_long_curve_is_thinned_and_says_so(excitable):
    out = excitable("fi", "LIF", "--to", "1nA", "-n", "200").out
    assert "200 points in all" in out
    assert len(out.splitlines()) == 3 + 1 + 2 + 30 + 1
    assert out.splitlines()[-2].split()[0] == "1000"


def test_noise_and_several_neurons_have_no_rheobase(excitable):
    out = excitable("fi", "NoisyLIF", "--to", "200pA", "-n", "3").out
    assert "closed form" in out
    assert "rheobase" not in out
    out = excitable("fi", "LIF", "--to", "300pA", "-n", "2", "--set", "R=[100, 200] MOhm").out
    assert out.splitlines()[-1].split() == ["300", "63.04", "128.972"]


def test_rates_of_a_cell_of_a_database(excitable, shared):
    cells = sorted((shared / "reference" / "glif").rglob("*neuron_config*.json"))
    assert cells
    outcome = excitable("fi", str(cells[0]), "--to", "200pA", "-n", "3", "--json")
    assert outcome.code == 0, outcome.err
    assert json.loads(outcome.out)["rate_Hz"][0] == 0.0


def test_impedance_as_a_table_and_as_data(excitable, tmp_path):
    arguments = ("response", "HodgkinHuxley", "--frequencies", "1Hz..1kHz", "-n", "4")
    outcome = excitable(*arguments, "--save", "z.csv", "--plot", "z.svg")
    assert outcome.code == 0
    assert "resonance  66.687 Hz, Q = 2.828" in outcome.out
    assert "frequency (Hz)  gain (kOhm*cm2)  phase (rad)" in outcome.out
    data = json.loads(excitable(*arguments, "--json").out)
    found = ex.frequency_response(ex.HodgkinHuxley, [1, 10, 100, 1000] * Hz)
    assert data["gain (kOhm*cm2)"] == pytest.approx(found.gain.magnitude.tolist())
    assert data["Q"] == pytest.approx(found.resonance.Q)
    assert np.loadtxt(tmp_path / "z.csv", delimiter=",", skiprows=1).shape == (4, 3)


def test_spikes_over_the_frequency_of_a_drive(excitable):
    outcome = excitable(
        "response", "LIF", "--frequencies", "[50, 70] Hz", "--method", "spikes", "--at", "200pA",
        "--amplitude", "300pA", "--json",
    )  # fmt: skip
    assert json.loads(outcome.out)["spikes per cycle"] == [1.0, 0.5]


def test_pushes_at_each_phase(excitable, tmp_path):
    arguments = ("response", "HodgkinHuxley", "--method", "phase", "--at", "10uA/cm2", "-n", "4")
    outcome = excitable(*arguments, "--save", "z.csv", "--plot", "z.svg")
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert lines[1:4] == [
        "period      14.63621 ms", "type        type II, 35.9 % delays", "phase zero  spike",
    ]  # fmt: skip
    assert lines[5].split("  ")[-1] == "advance by v (ms/mV)"
    found = ex.phase_response(ex.HodgkinHuxley, I="10 uA/cm2", points=4).response
    table = np.loadtxt(tmp_path / "z.csv", delimiter=",", skiprows=1)
    assert table[:, 3] == pytest.approx(found["v"].magnitude)
    data = json.loads(excitable(*arguments, "--json", "--output", "n").out)
    assert data["advance by n (ms)"] == pytest.approx(found["n"].magnitude.tolist())
    assert data["type"] == "type II"


def test_rate_units_have_plain_rates(excitable):
    out = excitable("fi", "RateNeuron", "--from=-1", "--to", "1", "-n", "3").out
    assert out.splitlines()[-2].split() == ["0", "0.5", "0.5"]
    assert "rheobase" not in out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("fi", "LIF"), 2, "Missing option '--to'"),
        (("fi", "LIF", "--to", "5mV"), 2, "two ends of one unit"),
        (("fi", "LIF", "--to", "5pA", "--input", "J"), 2, "its inputs: I"),
        (("fi", "LIF", "--to", "5pA", "--start", "left"), 2, "no way to start"),
        (("fi", "LIF", "--to", "5pA", "--plot", "x.bmp"), 2, "does not say a known format"),
        (("fi", "FitzHughNagumo", "--to", "1", "--set", "tau=0ms"), 2, "tau"),
        (("response", "LIF", "--frequencies", "9Hz..1Hz"), 2, "from a lower one above 0"),
        (("response", "LIF", "--at", "1nA"), 1, "does not rest under"),
        (("response", "LIF", "--method", "spikes"), 2, "no amplitude"),
        (("response", "LIF", "--save", "x.txt"), 2, "--save writes .csv"),
        (("response", "LIF", "--method", "phase"), 1, "comes to rest at I = 0 pA"),
        (("response", "LIF", "--method", "phase", "--amplitude", "1pA"), 2, "to small pushes"),
        (
            ("response", "LIF", "--method", "phase", "--at", "300pA", "--output", "w"),
            2,
            "there are: v, I",
        ),
    ],
)
def test_bad_input_ends_with_one_line(excitable, arguments, code, words):
    outcome = excitable(*arguments)
    assert outcome.code == code
    assert words in outcome.err
    assert len(outcome.err.splitlines()) == 1
