"""The leaky and the exponential integrate-and-fire neuron."""

import numpy as np
import pytest
from scipy.integrate import quad

from excitable.errors import ParameterError, UnitError
from excitable.models import EIF, LIF
from excitable.units import mV


def test_defaults_of_lif():
    assert LIF.values() == {
        "tau_m": 20.0,
        "R": 0.1,
        "E_L": -65.0,
        "V_T": -50.0,
        "V_R": -65.0,
        "t_ref": 2.0,
    }
    assert LIF.system.held == ("v",)
    assert LIF.inputs["I"].unit == "pA"


def test_a_bare_number_is_refused():
    with pytest.raises(UnitError) as caught:
        LIF(tau_m=20)
    assert str(caught.value) == "LIF.tau_m: 20 has no unit; a time is expected. Write 20*ms."


@pytest.mark.parametrize("change", [{"tau_m": "0 ms"}, {"tau_m": "-20 ms"}, {"t_ref": "-1 ms"}])
def test_times_are_positive(change):
    with pytest.raises(ParameterError, match="out of bounds"):
        LIF(**change)


@pytest.mark.parametrize("current", [160.0, 200.0, 500.0])
def test_lif_fires_at_its_closed_form(integrate, current):
    values = LIF.values()
    end = values["E_L"] + values["R"] * current
    first = -values["tau_m"] * np.log((end - values["V_T"]) / (end - values["E_L"]))
    spikes = integrate(LIF, 3.0 * first, (-65.0,), I=current).spikes
    assert spikes[0] == pytest.approx(first, abs=1e-7)


def test_eif_time_to_peak_matches_the_quadrature(integrate):
    values = EIF.values()
    current = 300.0

    def slowness(v):
        spike = values["Delta_T"] * np.exp((v - values["V_T"]) / values["Delta_T"])
        return values["C"] / (values["g_L"] * (values["E_L"] - v + spike) + current)

    time, _ = quad(slowness, -65.0, values["V_peak"], epsabs=1e-12, epsrel=1e-12, limit=400)
    spikes = integrate(EIF, time + 1.0, (-65.0,), I=current).spikes
    assert spikes[0] == pytest.approx(time, abs=1e-6)


def test_eif_has_the_parameters_of_adex_without_adaptation():
    assert set(EIF.parameters) == {"C", "g_L", "E_L", "V_T", "Delta_T", "V_peak", "V_R", "t_ref"}
    with pytest.raises(ParameterError, match="use LIF"):
        EIF(Delta_T=0 * mV)
    assert EIF(Delta_T=1e-6 * mV).values()["Delta_T"] == 1e-6
