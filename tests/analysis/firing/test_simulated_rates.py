"""Rates by runs: against long runs, other integrators, published numbers."""

import numpy as np
import pytest

import excitable as ex
from excitable import units
from excitable.analysis.firing._intervals import steady_interval
from excitable.analysis.firing._swings import crossings, swing
from excitable.errors import ExcitableWarning, ParameterError
from excitable.units import ms, mV, pA

pytestmark = pytest.mark.slow

uA_cm2 = "uA/cm2"


def hertz(quantity):
    return np.asarray(units.strip(quantity, units.dimension("1/ms"), "rate")) * 1e3


def density(values):
    return units.attach(np.asarray(values, float), uA_cm2)


def test_c29_the_steady_interval_of_an_adapting_threshold():
    cell = ex.ALIF(
        tau_m=10 * ms, R="1 GOhm", E_L=0 * mV, V_R=0 * mV, V_T=15 * mV, t_ref=0 * ms,
        d_1=2 * mV, tau_1=100 * ms,
    )  # fmt: skip
    interval = 1e3 / hertz(ex.fi_curve(cell, 30 * pA).rate)[0]
    # 30 - 30 exp(-T/10) = 15 + 2/(exp(T/100) - 1)
    residual = 30 - 30 * np.exp(-interval / 10) - 15 - 2 / np.expm1(interval / 100)
    assert abs(residual) < 1e-12
    assert interval == pytest.approx(18.0905, abs=5e-5)


@pytest.mark.parametrize("name", ["GLIF2", "GLIF3", "GLIF4", "GLIF5"])
def test_the_map_of_a_linear_neuron_ends_where_long_runs_end(name):
    cell = getattr(ex, name)
    curve = ex.fi_curve(cell, [320, 500] * pA)
    assert curve.settled.all()
    run = ex.simulate(cell, 20_000 * ms, I=[320, 500] * pA, record=False, dt=1 * ms)
    for k in range(2):
        last = np.diff(run.spikes[k].times_ms)[-1]
        assert abs(hertz(curve.rate)[k] * last / 1e3 - 1) < 1e-9
    assert (hertz(curve.onset_rate) > hertz(curve.rate) * 0.999).all()


def test_hodgkin_huxley_locks_to_its_periods(reference_entries):
    for entry in reference_entries("hh/modern_EL-54.387/step_from_rest"):
        current = float(entry["given"]["I"])
        curve = ex.fi_curve(ex.HodgkinHuxley, density(current))
        if current > 6.5:
            wanted = 1e3 / entry["value"]["last_isi_ms"]
            assert abs(hertz(curve.rate)[0] / wanted - 1) < 1e-6
        else:  # a few spikes at most, then rest: no rate
            assert hertz(curve.rate)[0] == 0.0


def test_no_rhythm_is_missed_and_no_ripple_counted():
    # At 100 and 140 spikes no longer reach 0 mV; at 170 the axon rings and falls silent.
    curve = ex.fi_curve(ex.HodgkinHuxley, density([2.0, 60.0, 100.0, 140.0, 170.0]))
    rates = hertz(curve.rate)
    assert rates[0] == 0.0
    assert rates[4] == 0.0
    assert (np.diff(rates[1:4]) > 5.0).all()
    assert rates[2] == pytest.approx(147.3, abs=0.2)


def test_sweeps_up_and_down_tell_a_bistable_axon():
    levels = density([5.0, 7.0, 9.0, 11.0])
    up, down = (ex.fi_curve(ex.HodgkinHuxley, levels, start=way) for way in ("up", "down"))
    assert (hertz(up.rate) > 0).tolist() == [False, False, False, True]
    assert (hertz(down.rate) > 0).tolist() == [False, True, True, True]


def test_chaos_is_said_to_be_irregular():
    cell = ex.AdEx.preset("irregular spiking")
    with pytest.warns(ExcitableWarning, match="intervals keep changing"):
        curve = ex.fi_curve(cell, 150 * pA)
    assert not curve.settled[0]
    assert hertz(curve.rate)[0] > 0.0


def test_a_burst_counts_by_its_mean_interval():
    cell = ex.Izhikevich.preset("chattering")
    drive = units.attach(10.0, "mV/ms")
    curve = ex.fi_curve(cell, drive)
    run = ex.simulate(cell, 20_000 * ms, I=drive, record=False)
    counted = run.spikes[0].count / 20.0
    assert hertz(curve.rate)[0] == pytest.approx(counted, rel=0.01)
    assert hertz(curve.onset_rate)[0] > 3 * counted


def test_neurons_side_by_side_are_neurons_one_by_one():
    cells = ex.EIF(Delta_T=[1.0, 2.0, 4.0] * mV)
    levels = [50, 120, 200] * pA
    together = ex.fi_curve(cells, levels)
    assert np.shape(together.rate) == (3, 3)
    for k, width in enumerate((1.0, 2.0, 4.0)):
        alone = ex.fi_curve(ex.EIF(Delta_T=width * mV), levels)
        assert np.array_equal(hertz(together.rate)[:, k], hertz(alone.rate))


def test_a_sweep_without_a_number_finds_the_onset():
    curve = ex.fi_curve(ex.QIF, ex.sweep(-1.0, 4.0))
    levels, rates = np.asarray(curve.I.magnitude), hertz(curve.rate)
    first = np.flatnonzero(rates)[0]
    assert 0.0 <= levels[first] < 2e-5
    assert levels[first] - levels[first - 1] < 5e-5
    assert 40 < levels.size < 400


def test_the_steady_interval_waits_for_slow_adaptation():
    spikes = np.arange(40)
    slow = 10.0 + 5.0 * 0.9**spikes
    assert steady_interval(slow, 1e-6) is None
    assert steady_interval(10.0 + 5.0 * 0.3**spikes, 1e-6) == pytest.approx(10.0, rel=1e-6)
    pattern = np.tile([2.0, 2.5, 40.0], 6)
    assert steady_interval(pattern, 1e-6) == pytest.approx(44.5 / 3)
    rng = np.random.default_rng(1)
    assert steady_interval(rng.exponential(1.0, 500), 1e-6) is None
    assert steady_interval(np.array([5.0, 5.0]), 1e-6) is None


def test_swings_are_told_from_ripples():
    t = np.linspace(0.0, 100.0, 4001)
    lasting = swing(t, np.sin(t), np.cos(t))
    assert lasting.sustained
    assert np.diff(lasting.crossings) == pytest.approx(2 * np.pi, abs=1e-6)
    decay = np.exp(-0.02 * t)
    ripple = swing(t, decay * np.sin(t), decay * (np.cos(t) - 0.02 * np.sin(t)))
    assert not ripple.sustained
    assert crossings(t, np.sin(t), np.cos(t), 0.5)[0] == pytest.approx(np.pi / 6, abs=1e-7)


def test_no_rate_is_found_inside_a_jump():
    """The onset of FitzHugh and Nagumo's neuron is a jump: nothing gives 10 Hz."""
    curve = ex.fi_curve(ex.FitzHughNagumo, [0, 0.5])
    with pytest.raises(ParameterError, match="the rate jumps from 0 Hz to 16"):
        curve.inverse("10 Hz")


def test_the_inverse_of_a_ramped_curve_is_on_its_branch():
    """On a rising ramp the squid axon rests up to 9.78 uA/cm2, and there begins with 68 Hz."""
    rising = ex.fi_curve(ex.HodgkinHuxley, ["8 uA/cm2", "14 uA/cm2"], start="up")
    assert rising.rate[0].magnitude == 0.0
    with pytest.raises(ParameterError, match=r"at 9\.7\d+ µA/cm² the rate jumps from 0 Hz to 6"):
        rising.inverse("60 Hz")


def test_the_sensitivity_of_a_ramped_curve_is_on_its_branch():
    """Between fold and end of rest a falling ramp fires, a rising one does not."""
    levels = ["7 uA/cm2", "8 uA/cm2", "11 uA/cm2"]
    up, down = (
        ex.fi_curve(ex.HodgkinHuxley, levels, start=start).sensitivity("I").magnitude
        for start in ("up", "down")
    )
    assert up[:2].tolist() == [0.0, 0.0]
    assert (down > 0.0).all()
    assert up[2] == pytest.approx(down[2], rel=1e-4)
