"""The cells of Izhikevich's book: what each of them is known for.

Rheobases follow from the equilibria; firing was compared with an independent integrator.
"""

import numpy as np
import pytest

import excitable as ex
from excitable.expression import evaluate
from excitable.models import (
    Izhikevich2007,
    Izhikevich2007FastSpiking,
    Izhikevich2007LowThreshold,
    Izhikevich2007Thalamic,
)
from excitable.units import pA

# C, k, v_r, v_t, v_peak, a, b, c, d of chapter 8.
PUBLISHED = {
    "regular spiking": (100, 0.7, -60, -40, 35, 0.03, -2, -50, 100),
    "intrinsically bursting": (150, 1.2, -75, -45, 50, 0.01, 5, -56, 130),
    "chattering": (50, 1.5, -60, -40, 25, 0.03, 1, -40, 150),
}
NAMES = ("C", "k", "v_r", "v_t", "v_peak", "a", "b", "c", "d")


def spikes_of(model, current, duration="600 ms", before="0 pA"):
    """Spikes under a step at 0 ms, after whatever `before` adds."""
    stimulus = ex.step(f"{current} pA") + before
    return ex.simulate(model, duration, I=stimulus, record=False).spikes[0].times_ms


def groups_of(times, gap):
    return np.split(times, np.flatnonzero(np.diff(times) > gap) + 1)


def test_the_presets_are_those_of_the_book():
    assert list(Izhikevich2007.presets) == list(PUBLISHED)
    for name, published in PUBLISHED.items():
        values = Izhikevich2007.preset(name).values()
        assert tuple(values[key] for key in NAMES) == published
        assert Izhikevich2007.preset(name).states["v"].value == values["v_r"]
    assert Izhikevich2007.preset("regular spiking").values() == Izhikevich2007.values()


@pytest.mark.parametrize(
    ("model", "current"),
    [
        (Izhikevich2007, 85.0),
        (Izhikevich2007.preset("intrinsically bursting"), 500.0),
        (Izhikevich2007.preset("chattering"), 400.0),
        (Izhikevich2007FastSpiking, 200.0),
        (Izhikevich2007LowThreshold, 200.0),
        (Izhikevich2007Thalamic, 100.0),
        (Izhikevich2007Thalamic.preset("reticular"), 110.0),
    ],
)
def test_spikes_are_those_of_another_integrator(integrate, model, current):
    start = (model.values()["v_r"], 0.0)
    known = np.array(integrate(model, 300.0, start, I=current).spikes)
    initial = {name: f"{x} {unit}" for name, x, unit in zip("vu", start, ("mV", "pA"), strict=True)}
    run = ex.simulate(model, "300 ms", I=current * pA, initial=initial, record=False)
    assert run.spikes[0].times_ms == pytest.approx(known, abs=2e-3)
    assert known.size >= 3


def test_rheobase_of_the_regular_cell_is_its_saddle_node():
    values = Izhikevich2007.values()
    k, span, b = values["k"], values["v_t"] - values["v_r"], values["b"]
    fold = (k * span + b) ** 2 / (4 * k)
    assert fold == pytest.approx(51.4286, abs=1e-4)
    assert spikes_of(Izhikevich2007, fold - 0.05, "3 s").size == 0
    assert spikes_of(Izhikevich2007, fold + 0.5, "3 s").size >= 2


def test_regular_cell_fires_from_low_rates_on():
    slow = np.diff(spikes_of(Izhikevich2007, 52.0, "4 s"))
    fast = np.diff(spikes_of(Izhikevich2007, 100.0))
    assert slow[-1] > 5 * fast[-1]
    assert fast[0] <= fast[-1]  # the first interval is the shortest


def test_intrinsically_bursting_cell_begins_with_a_burst_above_rheobase():
    cell = Izhikevich2007.preset("intrinsically bursting")
    assert spikes_of(cell, 290.0).size == 0
    intervals = np.diff(spikes_of(cell, 550.0))
    assert np.all(intervals[:2] < 30.0)
    assert np.all(intervals[2:] > 2 * intervals[1])
    assert np.ptp(intervals[-3:]) < 2.0  # then it fires single spikes


def test_chattering_cell_repeats_fast_bursts():
    cell = Izhikevich2007.preset("chattering")
    spikes = spikes_of(cell, 300.0)
    groups = groups_of(spikes, 20.0)[1:-1]
    assert len(groups) >= 8
    assert all(group.size == 2 for group in groups)
    assert np.diff(groups[0])[0] < 5.0  # 200 per second and more inside
    assert {group.size for group in groups_of(spikes_of(cell, 600.0), 15.0)[1:-1]} == {3}


def test_fast_spiking_cell_starts_at_a_high_rate_and_does_not_adapt():
    assert spikes_of(Izhikevich2007FastSpiking, 72.0, "2 s").size == 1  # and then no more
    lowest = np.diff(spikes_of(Izhikevich2007FastSpiking, 73.2))
    assert 1e3 / lowest[-1] > 20.0
    fast = np.diff(spikes_of(Izhikevich2007FastSpiking, 400.0))
    assert 1e3 / fast[-1] > 140.0
    assert np.ptp(fast[1:]) < 0.1 * fast[-1]


def test_recovery_of_the_fast_cell_has_no_part_below_v_b():
    run = ex.simulate(Izhikevich2007FastSpiking, "100 ms", I=ex.step("-50 pA", "10 ms"))
    assert np.abs(run.bare("u")).max() < 1e-6
    assert run.bare("v").min() < -57.0


def test_low_threshold_cell_adapts_and_its_spikes_shrink():
    spikes = spikes_of(Izhikevich2007LowThreshold, 300.0)
    intervals = np.diff(spikes)
    assert np.all(np.diff(intervals[:10]) > 0)
    run = ex.simulate(Izhikevich2007LowThreshold, "400 ms", dt="0.01 ms", I=300 * pA)
    peaks = [run.bare("v")[(run.t_ms > t - 1.0) & (run.t_ms < t + 1.0)].max() for t in spikes[:8]]
    assert peaks[0] - peaks[7] > 10.0


def test_reset_of_the_low_threshold_cell_follows_its_recovery():
    (v, to), (u, raised) = Izhikevich2007LowThreshold.system.reset
    known = Izhikevich2007LowThreshold.values()
    assert (v, u) == ("v", "u")
    assert evaluate(to, known | {"u": 100.0}) == pytest.approx(-49.0)
    assert evaluate(raised, known | {"u": 100.0}) == 120.0
    assert evaluate(raised, known | {"u": 669.0}) == 670.0


def test_low_threshold_cell_is_the_more_excitable():
    assert spikes_of(Izhikevich2007LowThreshold, 125.0).size >= 3
    assert spikes_of(Izhikevich2007.preset("intrinsically bursting"), 125.0).size == 0


HOLD = ex.pulse("-1200 pA", "0 ms", "120 ms")


def test_thalamic_cell_fires_regularly_from_rest():
    intervals = np.diff(spikes_of(Izhikevich2007Thalamic, 100.0))
    assert np.all(intervals > 40.0)
    assert np.ptp(intervals[3:]) < 3.0


def test_thalamic_cell_bursts_when_released_from_hyperpolarisation():
    spikes = spikes_of(Izhikevich2007Thalamic, 0.0, "800 ms", before=HOLD)
    assert spikes.size >= 3
    assert spikes[0] > 120.0
    assert np.diff(spikes)[0] < 20.0
    # Without the line below v_b there is no rebound.
    flat = Izhikevich2007Thalamic(b_low="0 nS")
    assert spikes_of(flat, 0.0, "800 ms", before=HOLD).size == 0


def test_reticular_cell_has_both_modes_too():
    cell = Izhikevich2007Thalamic.preset("reticular")
    tonic = np.diff(spikes_of(cell, 110.0))
    assert np.ptp(tonic[1:]) < 5.0
    burst = spikes_of(cell, 90.0, "700 ms", before=ex.pulse("-350 pA", "0 ms", "120 ms"))
    assert burst[0] > 120.0
    assert np.diff(burst)[0] < 10.0 < np.diff(burst)[-1] / 5
