"""The fast-spiking interneuron of Golomb et al. (2007): delayed, tonic or stuttering."""

import itertools

import numpy as np
import pytest

import excitable as ex
from excitable.expression import evaluate
from excitable.models import Golomb

TONIC = Golomb.preset("delayed tonic firing")
STUTTERING = Golomb.preset("delayed stuttering")


def spikes_of(model, current, duration="3 s"):
    run = ex.simulate(model, duration, I=f"{current} uA/cm2", record=False)
    return run.spikes[0].times_ms


def groups_of(times):
    intervals = np.diff(times)
    return np.split(times, np.flatnonzero(intervals > 3 * intervals.min()) + 1)


def test_presets_differ_in_the_slow_potassium_current_alone():
    assert TONIC.values() | {"g_d": 1.8} == STUTTERING.values()
    assert TONIC.values()["g_d"] == 0.39


def gate(v, half, width):
    return 1.0 / (1.0 + np.exp(-(v - half) / width))


@pytest.mark.parametrize("v", [-90.0, -70.0, -58.3, -50.0, -24.0, -12.4, 0.0, 30.0])
def test_rates_are_the_printed_formulas(v):
    system = Golomb.system
    values = Golomb.values() | {"v": v}
    known = {
        "m_inf": gate(v, -24, 11.5),
        "h_inf": gate(v, -58.3, -6.7),
        "n_inf": gate(v, -12.4, 6.8),
        "a_inf": gate(v, -50, 20),
        "b_inf": gate(v, -70, -6),
        "tau_h": 0.5 + 14 * gate(v, -60, -12),
        "tau_n": (0.087 + 11.4 * gate(v, -14.6, -8.6)) * (0.087 + 11.4 * gate(v, 1.3, 18.7)),
    }
    for name, value in known.items():
        found = evaluate(system.expand(dict(system.intermediates)[name]), values)
        assert found == pytest.approx(value, rel=1e-13), name


def test_rest_is_where_the_published_program_starts():
    run = ex.simulate(Golomb, "1 ms")
    known = dict(v=-70.038, h=0.8522, n=0.000208, a=0.2686, b=0.5016)
    for name, value in known.items():
        assert run.bare(name)[0] == pytest.approx(value, rel=2e-3), name


def both(integrate, model, duration):
    """Spikes of the package and of another integrator from the same start."""
    run = ex.simulate(model, f"{duration} ms", I="4.3 uA/cm2")
    start = [run.bare(name)[0] for name in "vhnab"]
    return run.spikes[0].times_ms, integrate(model, duration, start, tolerance=1e-9, I=4.3).spikes


def test_spikes_are_those_of_another_integrator(integrate):
    spikes, known = both(integrate, TONIC, 500.0)
    assert spikes == pytest.approx(known, abs=1e-4)


def test_groups_are_those_of_another_integrator(integrate):
    spikes, known = both(integrate, STUTTERING, 1200.0)
    # The delay is a slow passage along an equilibrium that has lost its stability, which stretches
    # errors; the intervals after it are close.
    assert spikes[0] == pytest.approx(known[0], rel=1e-3)
    assert np.diff(spikes) == pytest.approx(np.diff(known), rel=1e-3)


def test_tonic_preset_fires_without_a_pause():
    intervals = np.diff(spikes_of(TONIC, 4.3))
    assert intervals.size > 100
    assert intervals.max() < 1.1 * intervals.min()
    assert intervals.max() < 25.0


def test_stuttering_preset_waits_and_then_fires_in_groups():
    spikes = spikes_of(STUTTERING, 4.1)
    assert spikes[0] > 300.0  # the delay
    groups = groups_of(spikes)
    gaps = [later[0] - earlier[-1] for earlier, later in itertools.pairwise(groups)]
    inner = [np.diff(group) for group in groups]
    assert len(groups) >= 6
    assert all(group.size >= 4 for group in groups)
    assert min(gaps) > 200.0
    # Inside a group it fires as fast as the tonic preset and hardly slows down.
    assert max(part.max() for part in inner) < 30.0
    assert all(part.max() < 1.5 * part.min() for part in inner)
    # Silence is several times as long as any interval inside, under a constant current.
    assert min(gaps) > 7 * max(part.max() for part in inner)


def test_gaps_of_stuttering_are_unequal():
    groups = groups_of(spikes_of(STUTTERING, 4.1, "5 s"))[:-1]
    gaps = np.array([later[0] - earlier[-1] for earlier, later in itertools.pairwise(groups)])
    assert np.ptp(gaps[1:]) > 5.0


def test_stuttering_gives_way_to_tonic_firing_at_stronger_currents():
    intervals = np.diff(spikes_of(STUTTERING, 8.0))
    assert intervals.max() < 1.2 * intervals.min()


def test_small_oscillations_bridge_the_silence():
    run = ex.simulate(STUTTERING, "3 s", I="4.1 uA/cm2", record="v")
    groups = groups_of(run.spikes[0].times_ms)
    inside = (run.t_ms > groups[1][-1] + 10.0) & (run.t_ms < groups[2][0] - 3.0)
    v = run.bare("v")[inside]
    peaks = v[1:-1][(v[1:-1] > v[:-2]) & (v[1:-1] >= v[2:])]
    assert peaks.size >= 3
    assert peaks.max() < -45.0
