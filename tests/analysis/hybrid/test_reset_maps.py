"""The adaptation map against an integrator that shares nothing with the package."""

import math

import numpy as np
import pytest

import excitable as ex
from excitable.units import mV, pA


def izhikevich(given):
    a, b, c, d = (float(given[name]) for name in "abcd")
    cell = ex.Izhikevich(a=f"{a}/ms", b=f"{b}/ms", c=f"{c} mV", d=f"{d} mV/ms")
    return cell, f"{given['I']} mV/ms"


def adex_by_hand(reference, row, current, before):
    """An AdEx written out; `before` collects the adaptation just before each reset."""
    C, g_L, E_L, V_T, slope, a, tau_w, b, V_R = row

    def rate(t, y, drive):
        v, w = y
        spike = g_L * slope * math.exp((v - V_T) / slope)
        return [(g_L * (E_L - v) + spike - w + current) / C, (a * (v - E_L) - w) / tau_w]

    def reset(y):
        before.append(y[1])
        return np.array([V_R, y[1] + b])

    return reference.Cell(rate, peak=0.0, reset=reset, upstroke=V_T + 5.0 * slope)


IRREGULAR = (100.0, 12.0, -60.0, -50.0, 2.0, -11.0, 130.0, 30.0, -48.0)
BURSTING = (200.0, 10.0, -58.0, -50.0, 2.0, 2.0, 120.0, 100.0, -46.0)


@pytest.mark.parametrize("cell", ["RS", "IB", "CH", "FS", "TC", "RZ", "LTS"])
def test_every_reference_train_comes_to_its_cycle(reference_entries, cell):
    entries = [one for one in reference_entries(f"izh/{cell}/")]
    assert entries
    for entry in entries:
        model, level = izhikevich(entry["given"])
        found, value = ex.reset_map(model, I=level), entry["value"]
        attractor = found.attractor
        assert attractor.spikes_per_cycle == value["spikes_per_cycle"]
        assert attractor.kind == ("tonic" if value["spikes_per_cycle"] == 1 else "bursting")
        period = float(value["cycle_period_ms"])
        assert attractor.period.m_as("ms") == pytest.approx(period, abs=entry["tol"]["period"])
        assert abs(attractor.multiplier) < 1.0
        assert attractor.intervals.sum().m_as("ms") == pytest.approx(period, abs=1e-6)


def test_chattering_adds_spikes_as_the_input_grows():
    cell = ex.Izhikevich.preset("chattering")
    counts = [
        ex.orbit_diagram(cell, "I", f"{level} mV/ms", f"{level} mV/ms", n=1).spikes_per_cycle[0]
        for level in (5, 7, 10, 20)
    ]
    assert counts == [4, 4, 5, 7]


@pytest.mark.parametrize(
    ("preset", "row", "level", "places"),
    [
        ("regular bursting", BURSTING, 210.0, [100.0, 180.0]),
        ("irregular spiking", IRREGULAR, 160.0, [75.0, 130.0]),
    ],
)
def test_map_interval_and_slope_are_those_of_another_integrator(
    reference, preset, row, level, places
):
    found = ex.reset_map(ex.AdEx.preset(preset)(V_peak="0 mV"), I=level * pA)

    def one(w):
        before = []
        cell = adex_by_hand(reference, row, level, before)
        spikes, _ = cell.run([row[-1], w], 400.0, breaks=[400.0])
        return spikes[0], before[0] + row[-2]

    for w in places:
        interval, after = one(w)
        assert found.interval(w * pA).m_as("ms") == pytest.approx(interval, abs=2e-8)
        assert found.map(w * pA).m_as("pA") == pytest.approx(after, abs=2e-8)
        h = 1e-3
        slope = (one(w + h)[1] - one(w - h)[1]) / (2.0 * h)
        assert float(found.slope(w * pA)) == pytest.approx(slope, abs=2e-6)


def test_multiplier_of_a_fixed_point_is_the_growth_of_a_small_deviation(reference):
    found = ex.reset_map(ex.AdEx.preset("irregular spiking")(V_peak="0 mV"), I=160 * pA)
    (point,) = found.fixed_points
    assert not point.stable

    def after(w):
        before = []
        adex_by_hand(reference, IRREGULAR, 160.0, before).run([-48.0, w], 60.0, breaks=[60.0])
        return before[0] + 30.0

    w, h = point.w.m_as("pA"), 1e-3
    assert abs(found.map(point.w).m_as("pA") - w) < 1e-9
    assert after(w) == pytest.approx(w, abs=1e-7)
    assert point.multiplier == pytest.approx((after(w + h) - after(w - h)) / (2 * h), abs=1e-5)
    assert point.rate.m_as("Hz") == pytest.approx(1e3 / point.interval.m_as("ms"))


@pytest.mark.parametrize("name", ["tonic", "adapting", "brette-gerstner 2005, I=1000"])
def test_reference_patterns_that_adapt_end_in_tonic_firing(reference_entries, name):
    (entry,) = reference_entries(f"adex/{name}")
    row = entry["given"]["params C gL EL VT DT a tauw b Vr I"]
    names = ("C", "g_L", "E_L", "V_T", "Delta_T", "a", "tau_w", "b", "V_R")
    unit = dict(C="pF", g_L="nS", a="nS", tau_w="ms", b="pA")
    cell = ex.AdEx(
        V_peak="0 mV",
        **{n: f"{x} {unit.get(n, 'mV')}" for n, x in zip(names, row[:-1], strict=True)},
    )
    found = ex.reset_map(cell, I=f"{row[-1]} pA")
    assert found.attractor.kind == "tonic"
    # The train of the reference still approaches its end, by the multiplier from one to the next.
    before, last = np.diff(entry["value"]["spikes_ms"])[-2:]
    m = found.attractor.multiplier
    period = found.attractor.period.m_as("ms")
    assert last == pytest.approx(entry["value"]["last_isi"], abs=1e-5)
    assert period == pytest.approx(last + m / (1.0 - m) * (last - before), abs=5e-5)
    # Interval by interval: each adaptation follows from the one before.
    w, intervals = found.orbit(spikes=6)
    assert found.map(w[:-1]).magnitude == pytest.approx(w[1:].magnitude, abs=1e-7)
    assert found.interval(w[:-1]).magnitude == pytest.approx(intervals.magnitude, abs=1e-7)


def test_reference_burst_has_two_spikes(reference_entries):
    (entry,) = reference_entries("adex/regular bursting")
    cell = ex.AdEx.preset("regular bursting")(V_peak="0 mV")
    attractor = ex.reset_map(cell, I=210 * pA).attractor
    assert (attractor.kind, attractor.spikes_per_cycle) == ("bursting", 2)
    spikes = np.array(entry["value"]["spikes_ms"])
    assert attractor.intervals.m_as("ms")[0] == pytest.approx(entry["value"]["last_isi"], abs=2e-5)
    assert attractor.period.m_as("ms") == pytest.approx(spikes[-1] - spikes[-3], abs=2e-5)
    assert attractor.rate.m_as("Hz") == pytest.approx(2e3 / attractor.period.m_as("ms"))


def test_irregular_firing_has_no_cycle_and_its_deviations_grow():
    cell = ex.AdEx.preset("irregular spiking")(V_peak="0 mV")
    found = ex.reset_map(cell, I=165 * pA)
    attractor = found.attractor
    assert attractor.kind == "irregular"
    assert attractor.period is None
    assert len(attractor.intervals) > 100
    assert np.log(np.abs(found.slope(attractor.w))).mean() > 0.1
    assert "irregular" in repr(attractor)
    # The orbit that is given is one of the map.
    w = attractor.w.magnitude
    assert found.map(attractor.w[:-1]).magnitude == pytest.approx(w[1:], abs=1e-4)


def test_a_window_of_order_is_told_from_irregular_firing(reference):
    # At 160 pA, in a window 2 pA wide, ten spikes repeat; each step is confirmed independently.
    cell = ex.AdEx.preset("irregular spiking")(V_peak="0 mV")
    attractor = ex.reset_map(cell, I=160 * pA).attractor
    assert (attractor.kind, attractor.spikes_per_cycle) == ("bursting", 10)
    assert -1.0 < attractor.multiplier < 0.0
    w, times = attractor.w.m_as("pA"), attractor.intervals.m_as("ms")
    for k in range(10):
        before = []
        hand = adex_by_hand(reference, IRREGULAR, 160.0, before)
        spikes, _ = hand.run([-48.0, w[k]], times[k] + 1.0, breaks=[times[k] + 1.0])
        assert spikes[0] == pytest.approx(times[k], abs=1e-7)
        assert before[0] + 30.0 == pytest.approx(w[(k + 1) % 10], abs=1e-7)


def test_refractory_time_passes_in_the_map_as_in_a_run():
    cell = ex.AdEx(t_ref="3 ms")
    found = ex.reset_map(cell, I="1 nA")
    intervals = np.diff(ex.simulate(cell, "600 ms", I="1 nA").spikes[0].times.m_as("ms"))
    assert found.orbit(spikes=6)[1].m_as("ms") == pytest.approx(intervals[:6], rel=2e-6)
    m, (before, last) = found.attractor.multiplier, intervals[-2:]
    end = last + m / (1.0 - m) * (last - before)
    assert found.attractor.period.m_as("ms") == pytest.approx(end, rel=1e-5)


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        (ex.ALIF, "300 pA"),
        (ex.GLIF2, "300 pA"),
        (ex.Izhikevich2007, "100 pA"),
        (ex.Izhikevich2007LowThreshold, "300 pA"),
        (ex.Izhikevich2007Thalamic, "100 pA"),
        (ex.Izhikevich2007FastSpiking, "200 pA"),
        (ex.ResonateAndFire, "1.2/ms"),
    ],
    ids=lambda one: getattr(one, "name", one),
)
def test_other_models_of_two_states_fire_as_they_do_in_runs(cell, level):
    attractor = ex.reset_map(cell, I=level).attractor
    assert attractor.kind == "tonic"
    run = ex.simulate(cell, "1500 ms", I=level)
    last = np.diff(run.spikes[0].times.m_as("ms"))[-1]
    assert attractor.period.m_as("ms") == pytest.approx(last, rel=1e-4)


def test_adaptation_that_does_not_last_leaves_silence():
    cell = ex.AdEx.preset("transient spiking")
    found = ex.reset_map(cell, I="180 pA")
    assert found.attractor.kind is None
    assert found.attractors == ()
    assert found.fixed_points == ()
    assert found.attractor.rate.m_as("Hz") == 0.0
    run = ex.simulate(cell, "1000 ms", I="180 pA")
    assert found.attractor.transient == len(run.spikes[0].times)
    assert np.isnan(found.map(200 * pA).magnitude)
    assert np.isnan(found.interval([200, 300] * pA).magnitude).all()


def test_firing_beside_a_stable_rest_is_found_from_the_reset_line():
    # Between the least input that keeps up firing and the Hopf point there are both.
    found = ex.reset_map(ex.Izhikevich, I="3.785 mV/ms")
    assert [one.kind for one in found.attractors] == ["tonic"]
    assert ex.equilibria(ex.Izhikevich, I="3.785 mV/ms")[0].stable
    assert ex.reset_map(ex.Izhikevich, I="3.76 mV/ms").attractors == ()


def test_neurons_of_one_state_have_a_period():
    found = ex.reset_map(ex.LIF, I=300 * pA)
    assert found.adaptation is None
    assert found.attractor.period.m_as("ms") == pytest.approx(2 + 20 * math.log(2), rel=1e-12)
    assert found.attractor.rate.m_as("Hz") == pytest.approx(1e3 / found.attractor.period.m_as("ms"))
    assert "tonic" in repr(found)
    assert ex.reset_map(ex.LIF, I=100 * pA).attractor.kind is None
    # Reset above the unstable equilibrium: silent from rest, yet it fires for ever once it has.
    above = ex.reset_map(ex.QIF(x_reset=2.0), I=-1)
    assert above.attractor.kind is None
    (other,) = above.attractors
    exact = 0.5 * (math.log(9 / 11) - math.log(1 / 3))
    assert other.period.m_as("ms") == pytest.approx(exact, rel=1e-10)
    assert ex.reset_map(ex.EIF, I=10 * pA).attractors == ()


def test_the_map_keeps_the_shape_of_what_it_is_given():
    found = ex.reset_map(ex.AdEx, I="1 nA")
    w = np.linspace(0, 500, 6).reshape(2, 3) * pA
    assert found.map(w).shape == found.interval(w).shape == found.slope(w).shape == (2, 3)
    assert np.ndim(found.map(100 * pA).magnitude) == 0
    low, high = found.range
    assert low < found.fixed_points[0].w < high
    assert found.map(w)[1, 2].m_as(pA) == pytest.approx(found.map(w[1, 2]).m_as(pA), rel=1e-12)


def test_reset_that_depends_on_adaptation_is_mapped_before_it():
    found = ex.reset_map(ex.Izhikevich2007LowThreshold, I="300 pA")
    assert found.coordinate == "before"
    assert ex.reset_map(ex.GLIF2, I="300 pA").coordinate == "after"
    w = found.fixed_points[0].w
    assert found.map(w).m_as("pA") == pytest.approx(w.m_as("pA"), abs=1e-7)


def test_pictures_show_map_orbit_and_fixed_points():
    found = ex.reset_map(ex.AdEx.preset("irregular spiking"), I="160 pA")
    panel = found.plot().axes[0]
    assert {"from rest", "unstable fixed point"} <= set(panel.get_legend_handles_labels()[1])
    assert panel.get_xlabel().startswith("$w$ (pA)")
    start = found.plot(orbit=50 * pA, spikes=3).axes[0]
    assert "orbit" in start.get_legend_handles_labels()[1]
    silent = ex.reset_map(ex.AdEx, I="-1 uA").plot().axes[0]
    assert not silent.lines
    assert [text.get_text() for text in silent.texts] == ["silent"]


def test_orbit_diagram_follows_period_adding_into_silence():
    cell = ex.Izhikevich.preset("chattering")
    found = ex.orbit_diagram(cell, "I", "3 mV/ms", "20 mV/ms", n=18)
    counts = found.spikes_per_cycle
    assert found.silent.tolist() == [True] + 17 * [False]
    assert counts[[2, 4, 7, 17]].tolist() == [4, 4, 5, 7]
    assert [len(times) for times in found.intervals] == counts.tolist()
    single = ex.reset_map(cell, I="10 mV/ms").attractor
    assert found.intervals[7].m_as("ms") == pytest.approx(single.intervals.m_as("ms"), abs=1e-5)
    assert found.w[7].magnitude == pytest.approx(single.w.magnitude, abs=1e-5)
    assert found.plot().axes[0].get_yscale() == "log"
    assert "4, 5" in repr(found)


def test_orbit_diagram_of_a_parameter_doubles_periods():
    cell = ex.AdEx.preset("irregular spiking")
    found = ex.orbit_diagram(cell, "V_R", -50 * mV, -48.6 * mV, n=3, I=160 * pA)
    assert found.spikes_per_cycle.tolist() == [1, 1, 2]
    assert found.values.m_as("mV") == pytest.approx([-50.0, -49.3, -48.6])
