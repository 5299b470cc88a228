"""Responses to sinusoids: linear ones against 50 digits, measured ones against linear ones."""

import numpy as np
import pytest

import excitable as ex
from excitable.units import Hz, MOhm, ms, mV, pA

MODELS = {
    "hh:modern_EL-54.387": ex.HodgkinHuxley,
    "napk:high_threshold": ex.PersistentSodiumPotassium,
    "napk:low_threshold": ex.PersistentSodiumPotassium.preset("supercritical Hopf"),
    "ml:hopf": ex.MorrisLecar.preset("Hopf"),
    "izhikevich:RS a=0.02 b=0.2": ex.Izhikevich.preset("regular spiking"),
}


@pytest.mark.parametrize("name", MODELS)
def test_the_entries_of_impedances(reference_entries, name):
    (entry,) = reference_entries(f"impedance/{name} I=")
    model, value, tol = MODELS[name], entry["value"], entry["tol"]
    level = ex.units.attach(
        float(entry["given"]["I"]), ex.units.default_unit(model.inputs["I"].dimension)
    )
    rows = value["values"]
    response = ex.frequency_response(model, [row["f_Hz"] for row in rows] * Hz, at=level)
    state = [float(x) for x in value["x_eq"]]
    assert response.point.state == pytest.approx(state, rel=1e-9)
    gain = [float(row["abs"]) for row in rows]
    assert response.gain.magnitude == pytest.approx(gain, rel=tol["abs_rel"])
    phase = [float(row["phase_rad"]) for row in rows]
    assert response.phase == pytest.approx(phase, abs=1e-9)
    assert response.at_rest.magnitude == pytest.approx(float(value["Z0"]), rel=tol["abs_rel"])
    peak = response.resonance
    assert (peak is not None) == value["resonant"]
    if peak is not None:
        assert abs(peak.frequency.m_as("Hz") - float(value["f_res_Hz"])) < tol["f_res"]
        assert peak.gain.magnitude == pytest.approx(float(value["absZ_res"]), rel=1e-7)
        assert peak.Q == pytest.approx(float(value["Q=|Zres|/|Z0|"]), rel=1e-7)


def test_every_entry_of_an_impedance_is_tested(reference_entries):
    names = [entry["id"] for entry in reference_entries("impedance/")]
    assert len(names) == len(MODELS)
    assert all(any(f"impedance/{m} I=" in name for m in MODELS) for name in names)


@pytest.mark.parametrize("method", ["sine", "chirp"])
@pytest.mark.parametrize("model", [ex.LIF, ex.AdEx, ex.HodgkinHuxley])
def test_measured_responses_are_the_linear_ones(model, method):
    f = [4.0, 30.0, 150.0] * Hz
    linear = ex.frequency_response(model, f).impedance.magnitude
    found = ex.frequency_response(model, f, method=method).impedance.magnitude
    assert np.abs(found / linear - 1).max() < 1e-6


def test_a_chirp_over_four_decades_and_a_slow_one_alone():
    for f in ([0.1, 10, 1000] * Hz, [0.1] * Hz):
        linear = ex.frequency_response(ex.LIF, f).impedance.magnitude
        found = ex.frequency_response(ex.LIF, f, method="chirp").impedance.magnitude
        assert np.abs(found / linear - 1).max() < 1e-6


def test_other_outputs_and_other_inputs():
    # The sodium current over the membrane current: the named quantity, measured and derived.
    f = [20, 80] * Hz
    linear, measured = (
        ex.frequency_response(ex.HodgkinHuxley, f, output="I_Na", method=method).impedance
        for method in ("linear", "sine")
    )
    assert linear.magnitude == pytest.approx(measured.magnitude, rel=1e-5)
    cell = ex.Model(
        "Two inputs", equations="tau*dv/dt = -v + R*(I + v*J/V)",
        states={"v": 0 * mV}, inputs={"I": pA, "J": pA},
        parameters={"tau": 20 * ms, "R": 100 * MOhm, "V": 10 * mV},
    )  # fmt: skip
    # J = -100 pA doubles the leak.
    for method in ("linear", "sine"):
        z = ex.frequency_response(cell, [10] * Hz, J=-100 * pA, method=method).gain.m_as("MOhm")
        assert z == pytest.approx(50 / np.hypot(1, 2 * np.pi * 0.01 * 10), rel=1e-6)


def test_the_operating_point_moves_the_resonance():
    rest, driven = (
        ex.frequency_response(ex.HodgkinHuxley, [10] * Hz, at=level).resonance
        for level in ("0 uA/cm2", "6 uA/cm2")
    )
    assert driven.frequency > rest.frequency
    assert driven.Q > 2 * rest.Q
    assert ex.frequency_response(ex.LIF, [10] * Hz, at="100 pA").resonance is None
