"""Thresholds that adapt in every run and through refractory time, by jumps of stated size."""

import numpy as np
import pytest
from scipy.optimize import brentq

import excitable as ex
from excitable.errors import ParameterError, UnitError
from excitable.models import alif
from excitable.models.adaptive_lif import jump_of_drive
from excitable.units import ms, mV, pA


@pytest.mark.parametrize("scheme", ["exact", "adaptive", "rk4", "exponential_euler"])
def test_c28_the_threshold_decays_also_in_refractory_time(scheme):
    model = alif(2)(d_2=3 * mV, tau_2=4 * ms, t_ref=5 * ms)
    run = ex.simulate(
        model, 150 * ms, dt=0.05 * ms, scheme=scheme, I=ex.step(350 * pA, stop=90 * ms)
    )  # fmt: skip
    times, t = run.spikes[0].times_ms, run.t.magnitude
    assert times.size >= 3
    for k, (d, tau) in enumerate(((2.0, 100.0), (3.0, 4.0)), start=1):
        expected = sum(np.where(t >= s, d * np.exp(-np.maximum(t - s, 0) / tau), 0) for s in times)
        difference = np.abs(run.bare(f"theta_{k}") - expected)
        assert difference.max() < (1e-11 if scheme == "exact" else 1e-5)
    held = run.bare("v")[(t > times[0]) & (t < times[0] + 5.0)]
    assert held.size > 90
    assert np.ptp(held) == 0.0


def test_c28_each_neuron_has_its_own_threshold():
    """Not the mean over those that run together."""
    run = ex.simulate(ex.ALIF, 100 * ms, I=[0, 300, 600] * pA)
    last = run.bare("theta_1")[-1]
    assert last[0] == 0.0
    assert last[2] > last[1] > 0.0
    alone = ex.simulate(ex.ALIF, 100 * ms, I=300 * pA)
    assert alone.bare("theta_1")[-1] == last[1]


def steady_interval(v_inf, v_r, theta, d, tau_m, tau, t_ref=0.0):
    """Root of v(T) = theta(T), the threshold having settled; T is counted from spike to spike."""

    def gap(T):
        v = v_inf - (v_inf - v_r) * np.exp(-(T - t_ref) / tau_m)
        return v - theta - d / np.expm1(T / tau)

    return brentq(gap, t_ref + 1e-9, 1e4, xtol=1e-13)


def settled(model, drive=300):
    times = ex.simulate(model, 3000 * ms, I=drive * pA, record=False).spikes[0].times_ms
    assert np.ptp(np.diff(times)[-10:]) < 1e-8
    return np.diff(times)[-1]


BOOK = dict(E_L=0 * mV, V_R=0 * mV, V_T=15 * mV, tau_m=10 * ms, t_ref=0 * ms)


def test_c29_the_steady_interval():
    model = ex.ALIF(**BOOK, d_1=2 * mV, tau_1=100 * ms)
    expected = steady_interval(30.0, 0.0, 15.0, 2.0, 10.0, 100.0)
    assert expected == pytest.approx(18.0905, abs=5e-5)
    assert settled(model) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("t_ref", [2.0, 10.0])
def test_c29_with_refractory_time(t_ref):
    model = ex.ALIF(**BOOK | dict(t_ref=t_ref * ms), d_1=2 * mV, tau_1=100 * ms)
    expected = steady_interval(30.0, 0.0, 15.0, 2.0, 10.0, 100.0, t_ref)
    assert settled(model) == pytest.approx(expected, abs=1e-8)


def test_c29_a_delta_inside_the_equation_is_divided_by_tau():
    d = jump_of_drive("200 mV*ms", 100 * ms)
    assert d.to("mV").magnitude == pytest.approx(2.0, rel=1e-15)
    assert settled(ex.ALIF(**BOOK, d_1=d, tau_1=100 * ms)) == pytest.approx(18.0905, abs=5e-5)
    many = jump_of_drive([100, 300] * mV * ms, [50, 100] * ms)
    assert many.to("mV").magnitude == pytest.approx([2.0, 3.0])
    with pytest.raises(UnitError):
        jump_of_drive(2 * mV, 100 * ms)
    with pytest.raises(ParameterError):
        jump_of_drive("2 mV*ms", 0 * ms)


def test_c29_the_rule_of_a_least_threshold():
    """theta <- max(theta, theta_reset): a floor after each spike, and no jump where d is 0."""
    floor = alif(1, floor=True)(d_1=0 * mV, theta_reset=4 * mV, tau_1=50 * ms)
    run = ex.simulate(floor, 100 * ms, I=400 * pA)
    times, t = run.spikes[0].times_ms, run.t.magnitude
    assert times.size > 3
    for spike in times:
        soon = (t > spike) & (t < spike + 1.0)
        assert run.bare("theta_1")[soon] == pytest.approx(
            4.0 * np.exp(-(t[soon] - spike) / 50.0), abs=1e-6
        )
    # Below what the jumps reach by themselves the floor does nothing.
    low = alif(1, floor=True)(theta_reset=-1 * mV)
    plain = ex.simulate(ex.ALIF, 200 * ms, I=400 * pA, scheme="adaptive")
    same = ex.simulate(low, 200 * ms, I=400 * pA)
    assert same.spikes[0].times_ms == pytest.approx(plain.spikes[0].times_ms, abs=1e-6)
