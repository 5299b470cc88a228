"""Spike times and refractoriness of the leaky integrate-and-fire neuron, against closed forms."""

import math

import numpy as np
import pytest

import excitable as ex
from excitable.units import MOhm, ms, mV, pA

TAU = 20.0
# In units of the distance from rest to threshold: 0 mV at rest, fires at 10 mV.
UNIT = ex.LIF(tau_m=TAU * ms, R=100 * MOhm, E_L=0 * mV, V_T=10 * mV, V_R=0 * mV)


def drive(v_in):
    """The current whose steady potential is v_in times the threshold."""
    return v_in * 100 * pA


def closed_form(v_in, t_ref, duration):
    """All spike times k (t_ref + T) - t_ref, where T is the time from reset to threshold."""
    to_threshold = -TAU * math.log1p(-1.0 / v_in)
    count = int((duration + t_ref) / (t_ref + to_threshold))
    return np.arange(1, count + 1) * (t_ref + to_threshold) - t_ref


@pytest.mark.parametrize("dt", [0.01, 0.1, 1.0])
@pytest.mark.parametrize("v_in", [1.05, 2.0, 5.0, 100.0])
def test_c1_spike_times_do_not_lie_on_the_grid(v_in, dt):
    run = ex.simulate(UNIT(t_ref=2 * ms), 500 * ms, dt=dt * ms, record=False, I=drive(v_in))
    expected = closed_form(v_in, 2.0, 500.0)
    assert run.spikes[0].times_ms.size == expected.size
    assert np.abs(run.spikes[0].times_ms - expected).max() < 1e-9


def test_c1_figures_of_the_table():
    run = ex.simulate(UNIT(t_ref=2 * ms), 5 * ms, I=drive(100.0))
    first, second = run.spikes[0].times_ms[:2]
    assert first == pytest.approx(0.2010, abs=5e-5)
    assert second - first == pytest.approx(2.2010, abs=5e-5)


@pytest.mark.parametrize("dt", [0.1, 0.3])
@pytest.mark.parametrize("t_ref", [0.0, 0.3, 1.0, 1.05, 2.0])
def test_c2_refractory_time_is_no_count_of_steps(t_ref, dt):
    for v_in in (1.2, 7.0):
        run = ex.simulate(UNIT(t_ref=t_ref * ms), 300 * ms, dt=dt * ms, I=drive(v_in), record=False)
        expected = closed_form(v_in, t_ref, 300.0)
        assert run.spikes[0].times_ms.size == expected.size
        assert np.abs(run.spikes[0].times_ms - expected).max() < 1e-9


def test_c2_intervals_tend_to_the_refractory_time():
    for v_in in (1e6, 1e9):
        run = ex.simulate(UNIT(t_ref=1.05 * ms), 50 * ms, I=drive(v_in), record=False)
        interval = 1.05 - TAU * math.log1p(-1.0 / v_in)
        assert np.abs(np.diff(run.spikes[0].times_ms) - interval).max() < 1e-12


@pytest.mark.parametrize("t_ref", [0.3, 1.0, 5.0])
def test_c3_a_hundred_thousand_intervals_are_equal(t_ref):
    interval = t_ref - TAU * math.log1p(-1.0 / 40.0)
    run = ex.simulate(
        UNIT(t_ref=t_ref * ms), (1e5 * interval + 1.0) * ms, I=drive(40.0), record=False
    )
    times = run.spikes[0].times_ms
    assert times.size >= 100_000
    assert np.unique(np.round(np.diff(times), 9)).size == 1
    # No drift either: the last spike is where the closed form has it, to the last place.
    assert times[99_999] == pytest.approx(1e5 * interval - t_ref, rel=4e-16)


def test_c3_a_late_start_changes_no_interval():
    runs = [
        ex.simulate(UNIT(t_ref=1 * ms), 2e4 * ms, t_start=start * ms, I=drive(40.0), record=False)
        for start in (0.0, 1e7)
    ]
    early, late = (run.spikes[0].times_ms for run in runs)
    assert early.size > 10_000
    # Times near 1e7 ms are apart by 2e-9 ms at least: the sums are rounded once and not before.
    assert np.array_equal(late, early + 1e7)


def test_c3_with_two_linear_states(adapting):
    """The countdown of the general engine drifts no more than that of the scalar one."""
    run = ex.simulate(adapting(t_ref=0.3 * ms), 8000 * ms, I=drive(40.0), record=False)
    times = run.spikes[0].times_ms
    interval = 0.3 - TAU * math.log1p(-1.0 / 40.0)
    assert times.size >= 8000 / 0.9
    assert np.unique(np.round(np.diff(times), 9)).size == 1
    assert times[-1] == pytest.approx(times.size * interval - 0.3, abs=1e-9)


def test_c10_a_steady_potential_at_threshold_never_fires(adapting):
    for model in (UNIT, adapting):
        for dt in (0.1, 7.0):
            run = ex.simulate(model, 5000 * ms, dt=dt * ms, I=drive(1.0), record="v")
            assert run.spikes.count == 0
            assert run.bare("v")[-1] == pytest.approx(10.0, rel=1e-14)


def test_c10_a_start_at_threshold_fires_at_once():
    """Threshold is >=: a neuron that a jump has put exactly there fires at that time."""
    run = ex.simulate(UNIT, 1 * ms, initial=dict(v=10 * mV))
    assert run.spikes[0].times_ms.tolist() == [0.0]
    below = ex.simulate(UNIT, 1 * ms, initial=dict(v=math.nextafter(10.0, 0.0) * mV))
    assert below.spikes.count == 0


def test_c10_a_start_at_threshold_fires_at_once_in_every_scheme():
    for scheme in ("adaptive", "rk4", "exponential_euler"):
        run = ex.simulate(UNIT, 1 * ms, scheme=scheme, initial=dict(v=10 * mV))
        assert run.spikes[0].times_ms.tolist() == [0.0]


@pytest.mark.parametrize("v_in", [1.05, 3.0])
def test_c12_potential_at_a_spike_is_the_threshold(v_in):
    """Read where it cannot be reset: in the same cell with the threshold out of reach."""
    run = ex.simulate(UNIT, 200 * ms, record=False, I=drive(v_in))
    at = run.spikes[0].times_ms[0]
    free = ex.simulate(UNIT(V_T=1e6 * mV), 100 * ms, record_dt=at * ms, I=drive(v_in))
    assert abs(free.bare("v")[1] - 10.0) < 1e-9


def test_c12_potential_at_a_spike_of_the_squid_axon():
    run = ex.simulate(ex.HodgkinHuxley, 60 * ms, record=False, I="10 uA/cm2")
    for at in run.spikes[0].times_ms:
        v = ex.simulate(ex.HodgkinHuxley, 60 * ms, record_dt=at * ms, I="10 uA/cm2").bare("v")
        assert abs(v[1]) < 1e-9


@pytest.mark.parametrize("dt", [0.1, 0.07, 5.0])
def test_c12_a_run_may_end_inside_the_refractory_time(dt):
    spike = closed_form(3.0, 5.0, 100.0)[0]
    duration = spike + 2.5
    run = ex.simulate(UNIT(t_ref=5 * ms), duration * ms, dt=dt * ms, I=drive(3.0))
    v, t = run.bare("v"), run.t_ms
    assert v.size == t.size == int(duration / dt) + 1
    assert run.spikes[0].times_ms == pytest.approx([spike], abs=1e-12)
    assert np.array_equal(v[t > spike], np.zeros(np.count_nonzero(t > spike)))
    assert v[t < spike] == pytest.approx(-30.0 * np.expm1(-t[t < spike] / TAU), rel=1e-13)
