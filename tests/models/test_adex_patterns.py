"""The patterns of Naud et al. (2008) as tables of presets and steps, under error control.

What makes each pattern is tested once more with another integrator in `test_adex.py`.
"""

import itertools

import numpy as np
import pytest

import excitable as ex
from excitable.models import AdEx, adex_patterns
from excitable.units import mV

CURRENTS = {
    "tonic spiking": 500,
    "adaptation": 500,
    "initial burst": 400,
    "regular bursting": 210,
    "delayed accelerating": 300,
    "delayed regular bursting": 110,
    "transient spiking": 180,
    "irregular spiking": 160,
}
# Names in the reference numbers, and how many spikes are compared: two integrators with errors of
# 1e-12 agree on 16 of the irregular ones, so one with 1e-7 on fewer.
COMPARED = {
    "tonic": ("tonic spiking", 62),
    "adapting": ("adaptation", 12),
    "regular bursting": ("regular bursting", 11),
    "irregular": ("irregular spiking", 8),
}


def spikes_of(name, duration=None):
    pattern = adex_patterns[name]
    run = ex.simulate(
        pattern.model,
        pattern.duration if duration is None else duration,
        I=pattern.stimulus,
        initial=pattern.initial,
        record=False,
    )
    return run.spikes[0].times_ms


def test_every_preset_comes_with_its_current():
    assert list(adex_patterns) == list(AdEx.presets)
    for name, current in CURRENTS.items():
        pattern = adex_patterns[name]
        assert repr(pattern.stimulus) == f"step({current} pA)"
        assert pattern.model.values() == AdEx.preset(name).values()
        assert pattern.initial["v"].to("mV").magnitude == AdEx.preset(name).values()["E_L"]
        assert pattern.initial["w"].to("pA").magnitude == 0.0


def test_spikes_are_those_of_the_reference(reference_entries):
    compared = 0
    for entry in reference_entries("adex/"):
        key = entry["id"].removeprefix("adex/")
        name, agreed = COMPARED.get(key, (None, 20))
        model = (AdEx.preset(name) if name else AdEx)(V_peak=0 * mV)
        values = model.values()
        names = ("C", "g_L", "E_L", "V_T", "Delta_T", "a", "tau_w", "b", "V_R")
        *row, current = map(float, entry["given"]["params C gL EL VT DT a tauw b Vr I"])
        assert [values[name] for name in names] == row
        run = ex.simulate(
            model,
            "600 ms",
            I=f"{current} pA",
            initial=dict(v=values["E_L"] * mV, w="0 pA"),
            record=False,
        )
        spikes = run.spikes[0].times_ms
        published = np.array(entry["value"]["spikes_ms"])[:agreed]
        # A millionth of the time passed; the irregular one is chaotic and multiplies errors.
        limit = 1e-3 if key == "irregular" else 1e-6 * published
        assert np.all(np.abs(spikes[: published.size] - published) < limit), key
        if key != "irregular":
            assert spikes.size == entry["value"]["count_600ms"], key
        compared += 1
    assert compared == 5


def test_tonic_spiking_settles_to_one_interval():
    intervals = np.diff(spikes_of("tonic spiking", "600 ms"))
    assert np.ptp(intervals[-5:]) < 1e-3
    assert intervals[-1] == pytest.approx(9.585249, abs=1e-4)
    # Adaptation by the potential alone changes it by less than a tenth.
    assert np.ptp(intervals) < 0.1 * intervals[-1]


def test_adaptation_lengthens_every_interval():
    intervals = np.diff(spikes_of("adaptation"))
    assert np.all(np.diff(intervals) > 0)
    assert intervals[-1] > 5 * intervals[0]


def test_initial_burst_comes_once():
    intervals = np.diff(spikes_of("initial burst"))
    assert np.all(intervals[:2] < 10.0)
    assert np.all(intervals[2:] > 50.0)
    assert np.ptp(intervals[-3:]) < 0.01 * intervals[-1]


def test_regular_bursting_repeats_groups_of_two():
    spikes = spikes_of("regular bursting")
    groups = np.split(spikes, np.flatnonzero(np.diff(spikes) > 50.0) + 1)
    assert [group.size for group in groups[1:-1]] == [2] * (len(groups) - 2)
    starts = np.array([group[0] for group in groups[1:]])
    assert np.ptp(np.diff(starts)) < 0.1
    assert len(groups) >= 4


def test_delayed_accelerating_waits_and_speeds_up():
    spikes = spikes_of("delayed accelerating")
    intervals = np.diff(spikes)
    assert spikes[0] > 2 * intervals[-1]
    assert np.all(np.diff(intervals) < 0)


def test_delayed_regular_bursting_waits_for_equal_bursts():
    spikes = spikes_of("delayed regular bursting")
    assert spikes[0] > 50.0
    groups = np.split(spikes, np.flatnonzero(np.diff(spikes) > 30.0) + 1)
    assert {group.size for group in groups[:-1]} == {4}
    starts = np.array([group[0] for group in groups])
    assert np.ptp(np.diff(starts)[1:]) < 0.1


def test_transient_spiking_falls_silent_under_the_current():
    spikes = spikes_of("transient spiking", "2 s")
    assert spikes.size >= 1
    assert spikes[-1] < 100.0


def test_irregular_spiking_never_repeats():
    intervals = np.diff(spikes_of("irregular spiking", "3 s"))[20:]
    assert intervals.std() > 0.3 * intervals.mean()
    for period in range(1, 20):
        assert np.abs(intervals[period:] - intervals[:-period]).max() > 5.0
    # Neighbouring starts part: the sign of chaos.
    pattern = adex_patterns["irregular spiking"]
    near = ex.simulate(
        pattern.model,
        "3 s",
        I=pattern.stimulus,
        initial=dict(v=(-60 + np.array([0.0, 1e-6])) * mV, w="0 pA"),
        record=False,
    )
    first, second = (near.spikes[k].times_ms for k in range(2))
    apart = np.abs(first[:15] - second[:15]).max()
    assert apart < 1.0
    late = min(first.size, second.size)
    assert np.abs(first[:late] - second[:late]).max() > 5.0


def test_patterns_differ_from_each_other():
    trains = {name: spikes_of(name, "300 ms") for name in adex_patterns}
    for one, other in itertools.combinations(trains, 2):
        assert trains[one].size != trains[other].size or np.any(trains[one] != trains[other])
