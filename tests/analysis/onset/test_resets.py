"""Neurons with a reset: class, onset and rheobase against closed forms."""

import numpy as np
import pytest

import excitable as ex
from excitable.errors import ExcitableWarning


def test_the_leaky_neuron_loses_rest_at_the_threshold():
    found = ex.excitability(ex.LIF)
    V_T, E_L, R = (ex.LIF.parameters[name].value for name in ("V_T", "E_L", "R"))
    assert found.rheobase.m_as("pA") == pytest.approx((V_T - E_L) / R, rel=1e-12)
    assert (found.cls, found.onset, found.lost.rest.kind) == (1, "SNIC", "threshold")
    assert found.onset_frequency.magnitude == 0.0
    assert found.integrator_or_resonator == "integrator"
    assert any("logarithm" in line for line in found.evidence)


def test_the_exponential_neuron():
    found = ex.excitability(ex.EIF)
    one = ex.EIF.values()
    exact = one["g_L"] * (one["V_T"] - one["E_L"] - one["Delta_T"])
    assert found.rheobase.m_as("pA") == pytest.approx(exact, rel=1e-9)
    assert (found.cls, found.onset, found.lost.rest.kind) == (1, "SNIC", "fold")


def test_the_quadratic_neuron_and_its_circle():
    for model in (ex.QIF, ex.Theta):
        found = ex.excitability(model)
        assert (found.cls, found.onset) == (1, "SNIC")
        assert found.rheobase.magnitude == 0.0


def test_regular_spiking_is_lost_in_a_hopf_point_before_the_fold(reference_entries):
    (entry,) = reference_entries("izh/hopf/a=0.02_b=0.2")
    found = ex.excitability(ex.Izhikevich)
    assert (found.cls, found.onset) == (2, "subcritical Hopf")
    assert found.lost.rest.input.magnitude == pytest.approx(float(entry["value"]["I_H"]), rel=1e-9)
    assert found.lost.rest.input.magnitude < 4.0
    assert found.integrator_or_resonator == "resonator"
    (peak,) = reference_entries("impedance/izhikevich:RS")
    expected = float(peak["value"]["f_res_Hz"])
    assert found.resonance.frequency.m_as("Hz") == pytest.approx(expected, abs=1e-4)
    low, high = found.bistable
    assert low <= found.rheobase <= high
    assert found.onset_frequency.m_as("Hz") > 1.0


def test_the_rate_of_a_picture_is_that_of_the_closed_form():
    found = ex.excitability(ex.LIF)
    (rates,) = found.rates
    curve = ex.fi_curve(ex.LIF, rates.input)
    assert rates.stable
    np.testing.assert_allclose(rates.frequency.m_as("Hz"), curve.rate.m_as("Hz"), rtol=1e-9)


def test_more_than_two_states_are_simulated():
    found = ex.excitability(ex.GLIF3)
    assert found.cls == 1
    assert found.begins.kind == "found by simulation"
    simulated = ex.rheobase(ex.GLIF3, "repetitive").value
    assert found.rheobase.m_as("pA") == pytest.approx(simulated.m_as("pA"), rel=1e-5)


def test_a_neuron_that_accommodates_is_of_class_3():
    found = ex.excitability(ex.IzhikevichAccommodation)
    assert (found.cls, found.onset, found.rheobase, found.lost.rest) == (3, None, None, None)


def test_picture_of_a_neuron_with_a_reset():
    upper, lower = ex.excitability(ex.LIF).plot().axes
    assert upper.get_title(loc="left") == "LIF\nclass 1: SNIC; integrator"
    assert lower.get_xlim()[1] > 150.0


def test_a_reset_beyond_the_threshold_is_no_bifurcation():
    with pytest.warns(ExcitableWarning, match="leaves v"):
        cell = ex.LIF(V_T="-70 mV")
    found = ex.excitability(cell)
    assert found.onset is None
    assert found.cls == 2
    assert "no bifurcation of rest" in repr(found)


def test_the_only_input_grows_whatever_its_name():
    cell = ex.Model(
        "Leaky cell with another letter", equations="dv/dt = (J - v)/tau_m", spike="v >= 1",
        reset="v = 0", states={"v": 0.0}, inputs={"J": ""}, parameters={"tau_m": "10 ms"},
    )  # fmt: skip
    found = ex.excitability(cell)
    assert found.input == "J"
    assert found.rheobase.magnitude == pytest.approx(1.0, rel=1e-9)
