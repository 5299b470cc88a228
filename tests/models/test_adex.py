"""AdEx: the numbers of its papers, and the patterns that its presets are named after."""

import numpy as np
import pytest

from excitable.errors import ParameterError
from excitable.expression import evaluate
from excitable.models import AdEx
from excitable.units import mV

# Table 1 of Naud et al. (2008): C, g_L, E_L, V_T, Delta_T, a, tau_w, b, V_R and the current.
PUBLISHED = {
    "tonic spiking": (200, 10, -70, -50, 2, 2, 30, 0, -58, 500),
    "adaptation": (200, 12, -70, -50, 2, 2, 300, 60, -58, 500),
    "initial burst": (130, 18, -58, -50, 2, 4, 150, 120, -50, 400),
    "regular bursting": (200, 10, -58, -50, 2, 2, 120, 100, -46, 210),
    "delayed accelerating": (200, 12, -70, -50, 2, -10, 300, 0, -58, 300),
    "delayed regular bursting": (100, 10, -65, -50, 2, -10, 90, 30, -47, 110),
    "transient spiking": (100, 10, -65, -50, 2, 10, 90, 100, -47, 180),
    "irregular spiking": (100, 12, -60, -50, 2, -11, 130, 30, -48, 160),
}
NAMES = ("C", "g_L", "E_L", "V_T", "Delta_T", "a", "tau_w", "b", "V_R")


def test_the_default_is_the_cell_of_brette_and_gerstner():
    published = {"C": 281.0, "g_L": 30.0, "E_L": -70.6, "V_T": -50.4, "Delta_T": 2.0}
    published |= {"tau_w": 144.0, "a": 4.0, "b": 80.5, "V_R": -70.6, "V_peak": 20.0, "t_ref": 0.0}
    assert AdEx.values() == published


@pytest.mark.parametrize("name", PUBLISHED)
def test_presets_are_the_published_rows(name):
    values = AdEx.preset(name).values()
    assert tuple(values[key] for key in NAMES) == PUBLISHED[name][:-1]
    assert AdEx.preset(name).states["v"].value == values["E_L"]


@pytest.fixture(scope="module")
def intervals(integrate):
    """Interspike intervals of a preset under the current of its row, and the first spike."""
    found = {}

    def measure(name):
        if name not in found:
            model = AdEx.preset(name)(V_peak=0 * mV)
            start = (model.values()["E_L"], 0.0)
            current = float(PUBLISHED[name][-1])
            spikes = integrate(model, 500.0, start, tolerance=1e-7, I=current).spikes
            found[name] = spikes, np.diff(spikes)
        return found[name]

    return measure


def test_tonic_spiking_keeps_its_interval(intervals):
    _, gaps = intervals("tonic spiking")
    assert len(gaps) > 10
    assert np.ptp(gaps[10:]) < 0.01 * gaps.mean()


def test_adaptation_lengthens_the_interval(intervals):
    _, gaps = intervals("adaptation")
    assert gaps[-1] > 2 * gaps[0]
    assert np.all(np.diff(gaps) > -1e-6)


def test_initial_burst_is_followed_by_regular_spikes(intervals):
    _, gaps = intervals("initial burst")
    assert gaps[0] < gaps[-1] / 5
    assert np.ptp(gaps[-3:]) < 0.1 * gaps[-1]


def test_regular_bursting_repeats(intervals):
    _, gaps = intervals("regular bursting")
    assert gaps.max() > 4 * gaps.min()
    assert np.count_nonzero(gaps > 2 * np.median(gaps)) >= 3


def test_delayed_accelerating_speeds_up(intervals):
    spikes, gaps = intervals("delayed accelerating")
    assert gaps[0] > 1.5 * gaps[-1]
    assert spikes[0] > gaps[-1]


def test_delayed_regular_bursting_waits(intervals):
    spikes, gaps = intervals("delayed regular bursting")
    assert spikes[0] > 2 * gaps.min()
    assert gaps.max() > 3 * gaps.min()


def test_transient_spiking_falls_silent(intervals):
    spikes, _ = intervals("transient spiking")
    assert 1 <= len(spikes) < 10
    assert spikes[-1] < 200.0


def test_irregular_spiking_does_not_repeat(intervals):
    _, gaps = intervals("irregular spiking")
    late = gaps[len(gaps) // 3 :]
    assert late.std() > 0.2 * late.mean()
    assert len(np.unique(np.round(late, 3))) > 0.8 * len(late)


def test_the_peak_and_not_the_soft_threshold_fires():
    threshold = AdEx.system.threshold
    values = AdEx.values()
    assert evaluate(threshold, {**values, "v": values["V_T"]}) < 0
    assert evaluate(threshold, {**values, "v": values["V_peak"]}) == 0


def test_only_the_potential_stands_still_in_the_refractory_time():
    assert AdEx.system.held == ("v",)


def test_no_width_is_refused_with_a_way_out():
    with pytest.raises(ParameterError) as caught:
        AdEx(Delta_T=0 * mV)
    assert str(caught.value) == (
        "AdEx.Delta_T: 0 mV is out of bounds; a value above 0 mV is expected. "
        "For a spike that starts at one potential use LIF."
    )
