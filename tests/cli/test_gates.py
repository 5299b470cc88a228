"""``excitable gates``."""

import json

import numpy as np

import excitable as ex
from excitable.units import mV


def test_values_and_formulas(excitable):
    outcome = excitable("gates", "HodgkinHuxley", "--at", "-40mV")
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert lines[0] == "HodgkinHuxley at v = -40.0 mV"
    assert lines[4].split() == [
        "m", "0.5006", "0.5006", "ms", "alpha_m/(alpha_m", "+", "beta_m)", "1/(phi*(alpha_m", "+",
        "beta_m))",
    ]  # fmt: skip
    assert "beta_h = 1/(exp(0.1*(30 - x)) + 1)" in lines


def test_json_holds_the_curves(excitable):
    data = json.loads(excitable("gates", "MorrisLecar", "--preset", "Hopf", "--json").out)
    curves = ex.gates(ex.MorrisLecar.preset("Hopf"), np.array(data["v"]) * mV)
    assert np.allclose(data["gates"]["w"]["steady_value"], curves["w"].inf.magnitude, rtol=1e-14)
    assert data["gates"]["m"]["time_constant_ms"] is None
    assert data["files"] == {}


def test_a_picture_and_changed_parameters(excitable, tmp_path):
    warm = excitable("gates", "HodgkinHuxley", "--set", "phi=3", "--at=-65mV", "--plot", "out.svg")
    assert "n     0.3177        1.82 ms" in warm.out
    assert (tmp_path / "out.svg").read_text().startswith("<?xml")


def test_arrays_are_shown_from_least_to_most(excitable):
    outcome = excitable("gates", "AdEx", "--set", "a=[1, 2] nS", "--at", "-60.6mV")
    assert "10 to 20 pA" in outcome.out


def test_a_model_without_gates(excitable):
    outcome = excitable("gates", "LIF")
    assert outcome.code == 2
    assert outcome.err.startswith("excitable: gates: no state of LIF relaxes")
