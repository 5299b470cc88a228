"""Constant currents and short pulses: closed forms against runs of the model."""

import math

import numpy as np
import pytest

import excitable as ex
from excitable.units import MOhm, kOhm, ms, mV, nA, pA, uA

CELL = dict(R=100 * MOhm, tau_m=20 * ms, E_L=-65 * mV)
MEMBRANE = ex.LIF(**CELL, V_T=1e6 * mV)
T = np.arange(1001) * 0.1 * ms


def bare(quantity):
    return quantity.m_as("mV")


def test_charging_and_discharging_are_the_two_halves_of_a_square_pulse():
    """The answer to a square pulse (figure 1.4 of the notes), from the model and from the forms."""
    current = ex.pulse(150 * pA, start=10 * ms, width=30 * ms)
    v = ex.simulate(MEMBRANE, 100 * ms, I=current).bare("v")
    whole = ex.theory.square_pulse(T, 150 * pA, start=10 * ms, width=30 * ms, **CELL)
    assert np.abs(bare(whole) - v).max() < 1e-12
    up = ex.theory.charging(T, 150 * pA, start=10 * ms, **CELL)
    assert np.abs(bare(up) - v)[:401].max() < 1e-12
    reached = ex.theory.charging(40 * ms, 150 * pA, start=10 * ms, **CELL)
    down = ex.theory.discharging(T, v_0=reached, start=40 * ms, tau_m=20 * ms, E_L=-65 * mV)
    assert np.abs(bare(down) - v)[400:].max() < 1e-12


def test_nothing_happens_before_the_start():
    assert ex.theory.charging(5 * ms, 1 * nA, start=10 * ms, **CELL) == -65 * mV
    held = ex.theory.discharging(5 * ms, v_0=-50 * mV, start=10 * ms, tau_m=20 * ms)
    assert held == -50 * mV


@pytest.mark.parametrize("v_0", [-90.0, -65.0, -20.0])
def test_relaxation_from_any_start(v_0):
    run = ex.simulate(MEMBRANE, 100 * ms, I=300 * pA, initial=dict(v=v_0 * mV))
    closed = ex.theory.relaxation(T, 300 * pA, v_0=v_0 * mV, **CELL)
    assert np.abs(bare(closed) - run.bare("v")).max() < 1e-12


def test_a_short_pulse_is_right_to_first_order():
    for width in (2.0, 0.2, 0.02):
        first = ex.theory.short_pulse(width * ms, 1 * nA, **CELL)
        exact = ex.theory.charging(width * ms, 1 * nA, **CELL)
        excess = bare(first - exact)
        bound = 100.0 * (width / 20.0) ** 2 / 2
        assert 0.0 < excess <= bound
        assert excess == pytest.approx(bound, rel=width / 20.0)


def test_a_charge_at_an_instant_is_the_limit_of_short_pulses():
    jump = ex.theory.psp_delta(T, 100 * pA * ms, start=10 * ms, **CELL)
    assert bare(jump[99]) == -65.0
    assert bare(jump[100]) == -64.5  # q/C = 100 fC / 200 pF
    late = []
    for width in (1e-1, 1e-3, 1e-5):
        pulse = ex.theory.square_pulse(
            30 * ms, 100 / width * pA, width=width * ms, start=10 * ms, **CELL
        )
        limit = ex.theory.psp_delta(30 * ms, 100 * pA * ms, start=10 * ms, **CELL)
        late.append(abs(bare(pulse - limit)))
    assert late[1] == pytest.approx(late[0] / 100, rel=0.01)
    assert late[2] < 1e-7


def test_a_charge_is_what_the_model_makes_of_a_start_that_is_raised():
    run = ex.simulate(MEMBRANE, 100 * ms, initial=dict(v=-64.5 * mV))
    jump = ex.theory.psp_delta(T, 100 * pA * ms, **CELL)
    assert np.abs(bare(jump) - run.bare("v")).max() < 1e-12


def test_densities_and_absolute_values_give_the_same():
    area = 1e-5  # cm2: 100 MOhm are 1 kOhm cm2
    cm = 1 * ex.units.cm
    absolute = ex.theory.charging(T, 150 * pA, **CELL)
    dense = ex.theory.charging(
        T, 150e-6 / area * uA / cm**2, R=100e3 * area * kOhm * cm**2, tau_m=20 * ms, E_L=-65 * mV
    )
    assert np.abs(bare(absolute - dense)).max() < 1e-11


def test_arrays_are_broadcast_and_text_is_read():
    v = ex.theory.charging(T[:, None], [100, 200] * pA, R="100 MOhm", tau_m=[10, 20] * ms)
    assert v.shape == (1001, 2)
    one = ex.theory.charging("20 ms", "200 pA", R="100 MOhm", tau_m="20 ms")
    assert v[200, 1] == one
    assert bare(one) == pytest.approx(20 * (1 - math.exp(-1)), rel=1e-15)
