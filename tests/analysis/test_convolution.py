"""The integrated form is the differential equation with its reset, for any input."""

import mpmath
import numpy as np
import pytest

import excitable as ex
from excitable.units import Hz, MOhm, ms, mV, pA

CELL = dict(tau_m=20 * ms, R=100 * MOhm, E_L=-65 * mV, V_T=-50 * mV, V_R=-70 * mV)
LIF = ex.LIF(**CELL, t_ref=0 * ms)
RECORDED = np.random.default_rng(8).normal(200.0, 300.0, 400) * pA
INPUTS = {
    "constant": 300 * pA,
    "steps off the grid": ex.step(250 * pA, start=3.33 * ms)
    + ex.step(400 * pA, start=31.17 * ms, stop=52.2 * ms),
    "a ramp": ex.ramp(0 * pA, 600 * pA, start=5.5 * ms, stop=88.8 * ms),
    "a sinusoid": 180 * pA + ex.sine(200 * pA, 40 * Hz, start=2 * ms),
    "a fast sinusoid": 180 * pA + ex.sine(900 * pA, 3000 * Hz),
    "a chirp": 170 * pA + ex.chirp(150 * pA, 2 * Hz, 500 * Hz, 0 * ms, 95 * ms),
    "a recorded current": ex.trace(RECORDED, dt=0.25 * ms),
    "a recorded current, joined": ex.trace(RECORDED, dt=0.25 * ms, hold="linear"),
    "frozen noise": ex.ornstein_uhlenbeck(200 * pA, 150 * pA, 3 * ms, dt=0.1 * ms, seed=3),
    "noise of the run": ex.ornstein_uhlenbeck(200 * pA, 150 * pA, 3 * ms),
}

# Smooth inputs are solved with error control instead of in closed form.
LARGEST = {"exact": 1e-11, "adaptive": 1e-5}


@pytest.mark.parametrize("name", INPUTS)
def test_integrated_form_equals_equation_and_reset(name):
    current = INPUTS[name]
    run = ex.simulate(LIF, 100 * ms, I=current, seed=5)
    assert run.spikes.count >= 2
    v = ex.theory.spike_response(run.t, current, run.spikes[0], **CELL, seed=5)
    assert np.abs((v - run.v).m_as("mV")).max() < LARGEST[run.scheme.name]


@pytest.mark.parametrize("name", INPUTS)
def test_convolution_is_the_membrane_without_a_threshold(name):
    current = INPUTS[name]
    run = ex.simulate(LIF(V_T=1e6 * mV), 100 * ms, I=current, seed=5)
    known = {key: CELL[key] for key in ("R", "tau_m", "E_L")}
    v = ex.theory.convolution(run.t, current, **known, seed=5)
    assert np.abs((v - run.v).m_as("mV")).max() < LARGEST[run.scheme.name]


def test_convolution_of_a_sinusoid_in_many_digits():
    with mpmath.workdps(30):
        w, tau, t = 2 * mpmath.pi * mpmath.mpf("0.04"), mpmath.mpf(20), mpmath.mpf(33)
        exact = mpmath.quad(
            lambda s: mpmath.sin(w * (t - s)) * mpmath.exp(-s / tau) * 10 / tau,
            mpmath.linspace(0, t, 12),
        )
    v = ex.theory.convolution(33 * ms, ex.sine(100 * pA, 40 * Hz), R=100 * MOhm, tau_m=20 * ms)
    assert v.m_as("mV") == pytest.approx(float(exact), rel=1e-13)


def test_the_kernel_is_the_derivative_of_charging_and_holds_the_resistance():
    known = dict(R=100 * MOhm, tau_m=20 * ms)
    t = np.linspace(0.0, 900.0, 200_001)
    kernel = ex.theory.membrane_kernel(t * ms, **known).m_as("GOhm/ms")
    area = np.concatenate([[0.0], np.cumsum((kernel[1:] + kernel[:-1]) / 2 * np.diff(t))])
    charged = ex.theory.charging(t * ms, 1000 * pA, **known).m_as("mV") / 1000
    assert np.abs(area - charged).max() < 1e-7
    assert area[-1] == pytest.approx(0.1, rel=1e-6)  # R, in GOhm
    assert ex.theory.membrane_kernel(-1 * ms, **known).magnitude == 0.0
    assert ex.theory.membrane_kernel(0 * ms, **known).m_as("1/pF") == pytest.approx(1 / 200)


def test_several_neurons_and_times_in_any_order():
    t = [50, 10, 30] * ms
    v = ex.theory.convolution(t, [100, 200] * pA, R=100 * MOhm, tau_m=[10, 20] * ms)
    assert v.shape == (3, 2)
    alone = ex.theory.convolution(30 * ms, 200 * pA, R=100 * MOhm, tau_m=20 * ms)
    assert v[2, 1].m_as("mV") == pytest.approx(alone.m_as("mV"), rel=1e-14)
    late = ex.theory.convolution(
        130 * ms, ex.step(200 * pA), R=100 * MOhm, tau_m=20 * ms, start=100 * ms
    )
    assert late.m_as("mV") == pytest.approx(alone.m_as("mV"), rel=1e-13)


def test_a_reset_pulls_later_potentials_down():
    kernel = ex.theory.reset_kernel(
        [-0.1, 0.0, 20.0] * ms, V_T=-50 * mV, V_R=-70 * mV, tau_m=20 * ms
    )
    assert kernel.m_as("mV") == pytest.approx([0.0, -20.0, -20.0 / np.e])
