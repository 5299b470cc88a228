"""Wang-Buzsaki, Connor-Stevens, Traub-Miles and Pospischil: parameters, rest, firing."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq, minimize_scalar

import excitable as ex
from excitable.models import ConnorStevens, Pospischil, TraubMiles, WangBuzsaki
from excitable.units import cm, ms, uA

DENSITY = uA / cm**2


def quotient(x, scale):
    return x / -np.expm1(-x / scale) if x else scale


def wang_buzsaki(v, h, n, I):
    """The right sides as printed in the paper, apart from the package."""
    a_m, b_m = 0.1 * quotient(v + 35, 10), 4 * np.exp(-(v + 60) / 18)
    a_h, b_h = 0.07 * np.exp(-(v + 58) / 20), 1 / (np.exp(-0.1 * (v + 28)) + 1)
    a_n, b_n = 0.01 * quotient(v + 34, 10), 0.125 * np.exp(-(v + 44) / 80)
    ionic = 35 * (a_m / (a_m + b_m)) ** 3 * h * (v - 55) + 9 * n**4 * (v + 90) + 0.1 * (v + 65)
    return [I - ionic, 5 * (a_h * (1 - h) - b_h * h), 5 * (a_n * (1 - n) - b_n * n)]


def steady_current(v):
    """The current that holds the Wang-Buzsaki cell at v."""
    a_h, b_h = 0.07 * np.exp(-(v + 58) / 20), 1 / (np.exp(-0.1 * (v + 28)) + 1)
    a_n, b_n = 0.01 * quotient(v + 34, 10), 0.125 * np.exp(-(v + 44) / 80)
    return -wang_buzsaki(v, a_h / (a_h + b_h), a_n / (a_n + b_n), 0.0)[0]


def traub_miles(v, m, h, n, I):
    x = v + 63
    a_m, b_m = 0.32 * quotient(x - 13, 4), 0.28 * quotient(40 - x, 5)
    a_h, b_h = 0.128 * np.exp((17 - x) / 18), 4 / (1 + np.exp((40 - x) / 5))
    a_n, b_n = 0.032 * quotient(x - 15, 5), 0.5 * np.exp((10 - x) / 40)
    ionic = 100 * m**3 * h * (v - 50) + 30 * n**4 * (v + 90) + 0.05 * (v + 60)
    gates = a_m * (1 - m) - b_m * m, a_h * (1 - h) - b_h * h, a_n * (1 - n) - b_n * n
    return [I - ionic, *gates]


def period(rate, start, duration):
    """The last interval between upward crossings of 0 mV, by DOP853."""

    def crossing(t, y):
        return y[0]

    crossing.direction = 1
    run = solve_ivp(rate, (0.0, duration), start, "DOP853", events=crossing, rtol=1e-11, atol=1e-11)
    return float(np.diff(run.t_events[0])[-1])


def rates_of(model, currents, duration=2000):
    """Firing rates in Hz from the last interval; 0 with fewer than five spikes."""
    run = ex.simulate(model, duration * ms, I=np.array(currents) * DENSITY, record=False)
    trains = (run.spikes[k].times_ms for k in range(len(currents)))
    return np.array([0.0 if t.size < 5 else 1000.0 / (t[-1] - t[-2]) for t in trains])


def test_parameters_of_wang_and_buzsaki():
    published = {"C": 1.0, "g_Na": 35.0, "g_K": 9.0, "g_L": 0.1}
    published |= {"E_Na": 55.0, "E_K": -90.0, "E_L": -65.0, "phi": 5.0}
    assert WangBuzsaki.values() == published


def test_parameters_of_connor_and_stevens():
    published = {"C": 1.0, "g_Na": 120.0, "g_K": 20.0, "g_L": 0.3, "g_A": 47.7}
    published |= {"E_Na": 55.0, "E_K": -72.0, "E_L": -17.0, "E_A": -75.0}
    assert ConnorStevens.values() == published


def test_parameters_of_the_benchmark_of_networks():
    published = {"C": 1.0, "g_Na": 100.0, "g_K": 30.0, "g_L": 0.05}
    published |= {"E_Na": 50.0, "E_K": -90.0, "E_L": -60.0, "V_T": -63.0}
    assert TraubMiles.values() == published


def test_wang_buzsaki_rests_where_no_current_holds_it():
    expected = brentq(steady_current, -68.0, -62.0, xtol=1e-12)
    run = ex.simulate(WangBuzsaki, 1 * ms)
    assert run.start.startswith("at rest")
    assert run.bare("v")[0] == pytest.approx(expected, abs=1e-9)


@pytest.mark.slow
def test_c13_wang_buzsaki_does_not_drift():
    run = ex.simulate(WangBuzsaki, 10_000 * ms, record_dt=100 * ms)
    assert np.ptp(run.bare("v")) < 1e-10


@pytest.mark.parametrize("I", [1.0, 5.0])
def test_the_period_of_wang_buzsaki(I):
    def rate(t, y):
        return wang_buzsaki(*y, I)

    expected = period(rate, [-64.0, 0.78, 0.09], 200.0)
    found = 1000.0 / rates_of(WangBuzsaki, [I], 200)[0]
    assert found == pytest.approx(expected, abs=2e-6)


@pytest.mark.slow
def test_wang_buzsaki_starts_to_fire_at_any_rate():
    """Class 1: at the saddle-node of rest, with the square root of the distance to it."""
    fold = minimize_scalar(lambda v: -steady_current(v), (-62.0, -59.0)).x
    onset = steady_current(fold)
    assert onset == pytest.approx(0.16008633, abs=1e-8)
    above = np.array([2.5e-4, 1e-3, 4e-3])
    found = rates_of(WangBuzsaki, [onset - 1e-4, *(onset + above)], 12_000)
    assert found[0] == 0.0
    assert 0.0 < found[1] < 1.0
    assert found[2:] / found[1:-1] == pytest.approx(2.0, rel=0.03)


def test_wang_buzsaki_reaches_the_rates_of_the_paper():
    """Up to some 400 Hz at 20 uA/cm2."""
    assert rates_of(WangBuzsaki, [20.0], 200)[0] == pytest.approx(400.0, rel=0.05)


@pytest.mark.slow
def test_the_a_current_lets_the_axon_fire_slowly():
    """With it class 1, without it class 2: rates jump from nothing to 85 Hz."""
    rest = [
        ex.simulate(model, 1 * ms).bare("v")[0]
        for model in (ConnorStevens, ConnorStevens.preset("without A-current"))
    ]
    assert rest[0] == pytest.approx(-68.0, abs=0.05)
    assert rest[1] == pytest.approx(rest[0], abs=0.05)
    with_it = rates_of(ConnorStevens, [8.0, 8.2, 8.5, 10.0, 20.0])
    assert with_it[0] == 0.0
    assert 0.0 < with_it[1] < 5.0
    assert np.all(np.diff(with_it) > 0.0)
    without = rates_of(ConnorStevens.preset("without A-current"), [7.0, 7.5, 8.0, 10.0])
    assert without[0] == 0.0
    assert without[1] > 80.0


@pytest.mark.slow
def test_traub_miles_fires_without_a_current():
    """Known of the cell of the benchmark: a leak at -60 mV and V_T = -63 mV leave no rest."""

    def rate(t, y):
        return traub_miles(*y, 0.0)

    run = ex.simulate(TraubMiles, 1000 * ms, record=False)
    assert run.start.startswith("no stable equilibrium")
    expected = period(rate, [-63.0, 0.02, 0.99, 0.05], 400.0)
    assert np.diff(run.spikes[0].times_ms)[-1] == pytest.approx(expected, abs=1e-5)
    # A leak at -65 mV lets it rest.
    assert ex.simulate(TraubMiles(E_L="-65 mV"), 1 * ms).start.startswith("at rest")


@pytest.mark.parametrize(
    ("preset", "rest"),
    [("regular spiking", -71.9), ("fast spiking", -71.4), ("low-threshold spiking", -54.0)],
)
def test_rest_of_the_cortical_cells(preset, rest):
    run = ex.simulate(Pospischil.preset(preset), 1 * ms)
    assert run.start.startswith("at rest")
    assert run.bare("v")[0] == pytest.approx(rest, abs=0.05)


def test_the_default_is_the_regular_spiking_cell():
    assert Pospischil.preset("regular spiking").values() == Pospischil.values()


@pytest.mark.slow
def test_regular_spiking_adapts_and_low_threshold_spiking_rebounds():
    pulse = ex.step(2 * DENSITY, start=100 * ms, stop=600 * ms)
    gaps = np.diff(ex.simulate(Pospischil, 700 * ms, I=pulse).spikes[0].times_ms)
    assert gaps[-1] > 1.5 * gaps[0]
    assert np.all(np.diff(gaps) > -0.05)
    inhibition = ex.step(-1 * DENSITY, start=100 * ms, stop=600 * ms)
    bursts = {
        preset: ex.simulate(Pospischil.preset(preset), 800 * ms, I=inhibition).spikes[0].times_ms
        for preset in Pospischil.presets
    }
    burst = bursts.pop("low-threshold spiking")
    assert burst.size >= 3
    assert burst[0] > 600.0
    assert burst[2] - burst[0] < 20.0
    assert all(times.size == 0 for times in bursts.values())
