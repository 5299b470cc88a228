"""Impulse responses against kernels in closed form, and against short pulses that are run."""

import numpy as np
import pytest

import excitable as ex
from excitable.units import MOhm, ms, mV, pA

T = np.linspace(0.0, 80.0, 161)


def test_a_leaky_membrane_answers_with_its_kernel():
    cell = ex.LIF(tau_m=12 * ms, R=150 * MOhm)
    found = ex.impulse_response(cell, t=T * ms).value.m_as("mV/fC")
    kernel = ex.theory.membrane_kernel(T * ms, R=150 * MOhm, tau_m=12 * ms)
    assert found == pytest.approx(kernel.m_as("mV/fC"), rel=1e-13)


@pytest.mark.parametrize("tau_s", [3.0, 20.0, 20.0 * (1 + 1e-9)])
def test_a_synapse_and_a_membrane_answer_with_the_potential(tau_s):
    cell = ex.Model(
        "Leaky membrane with a synaptic current",
        equations="tau_m*dv/dt = -v + R*s\ntau_s*ds/dt = a - s",
        states={"v": 0 * mV, "s": 0 * pA}, inputs={"a": pA},
        parameters={"tau_m": 20 * ms, "tau_s": tau_s * ms, "R": 100 * MOhm},
    )  # fmt: skip
    found = ex.impulse_response(cell, input="a", t=T * ms).value.m_as("mV/fC")
    potential = ex.theory.psp_exponential(
        T * ms, "1 fC", tau_s=tau_s * ms, R=100 * MOhm, tau_m=20 * ms
    )
    assert found == pytest.approx(potential.m_as("mV"), rel=1e-12, abs=1e-18)


@pytest.mark.parametrize("level", ["0 uA/cm2", "3 uA/cm2"])
def test_a_short_small_pulse_does_what_the_impulse_response_says(level):
    area, width = 1e-4, 1e-3
    response = ex.impulse_response(ex.HodgkinHuxley, at=level, t=[0.5, 2, 5, 10, 20] * ms)
    at = ex.units.parse_quantity(level)
    state = dict(zip(ex.HodgkinHuxley.states, response.point.state, strict=True))
    units = {name: ex.HodgkinHuxley.states[name].unit for name in state}
    start = {name: ex.units.attach(value, units[name]) for name, value in state.items()}
    runs = []
    for sign in (1, -1):
        kick = ex.pulse(sign * area / width * at.units, start=0 * ms, width=width * ms)
        run = ex.simulate(ex.HodgkinHuxley, 21 * ms, I=kick + at, initial=start, dt=0.25 * ms)
        runs.append(np.interp([0.5, 2, 5, 10, 20], run.t_ms, run.bare("v")))
    change = (runs[0] - runs[1]) / (2 * area)
    assert change == pytest.approx(response.value.magnitude, abs=2e-3)


def test_times_are_chosen_to_show_it_all():
    response = ex.impulse_response(ex.HodgkinHuxley)
    v = response.value.magnitude
    assert response.t.magnitude[0] == 0.0
    assert v[0] == pytest.approx(1.0)  # one over the capacitance
    assert np.abs(v[-40:]).max() < 1e-3
