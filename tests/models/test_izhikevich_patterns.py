"""What makes each of the twenty panels of Izhikevich (2004), under error control.

Times and counts come from Taylor series of order 26 in 34 digits and from DOP853 with events.
"""

import itertools

import numpy as np
import pytest

import excitable as ex
from excitable.errors import SimulationError, UnknownNameError
from excitable.models import izhikevich_patterns
from excitable.units import ms, mV

# A threshold that is only just crossed stretches the error of a step; else spikes are closer.
CLOSE = 5e-4


def run_of(letter, stimulus=None, **changes):
    pattern = izhikevich_patterns[letter]
    return ex.simulate(
        pattern.model(**changes),
        pattern.duration,
        I=pattern.stimulus if stimulus is None else stimulus,
        initial=pattern.initial,
    )


def spikes_of(letter, stimulus=None, **changes):
    return run_of(letter, stimulus, **changes).spikes[0].times_ms


def groups_of(times, gap):
    """Spikes parted where the interval is longer than `gap`."""
    return np.split(times, np.flatnonzero(np.diff(times) > gap) + 1)


def test_a_panel_is_a_model_a_stimulus_and_a_start():
    model, stimulus, initial = izhikevich_patterns["A"]
    assert model.values()["d"] == 6.0
    assert repr(stimulus) == "step(14 mV/ms, start=10 ms)"
    assert initial["v"].to("mV").magnitude == -70.0
    assert initial["u"].to("mV/ms").magnitude == pytest.approx(-14.0)
    assert list(izhikevich_patterns) == [chr(ord("A") + k) for k in range(20)]
    assert izhikevich_patterns["A"].title == "A tonic spiking"


def test_an_unknown_panel_is_answered_with_the_known_ones():
    with pytest.raises(UnknownNameError, match="the patterns are A, B, C"):
        izhikevich_patterns["U"]


def test_most_panels_share_one_set_of_equations():
    systems = {id(pattern.model.system) for pattern in izhikevich_patterns.values()}
    assert len(systems) == 2


def test_spikes_are_those_of_the_reference(reference_entries):
    compared = 0
    for entry in reference_entries("izh20/"):
        letter = entry["id"].removeprefix("izh20/")[0]
        published = np.array([float(t) for t in entry["value"]["exact_spikes_ms"]])
        spikes = spikes_of(letter)
        assert spikes.size == entry["value"]["exact_count"], letter
        assert np.abs(spikes[: published.size] - published).max() < CLOSE, letter
        compared += 1
    assert compared == 10


def test_a_tonic_spiking_goes_on_at_one_interval():
    pattern = izhikevich_patterns["A"]
    intervals = np.diff(spikes_of("A"))
    assert intervals[-1] == pytest.approx(intervals[-2], rel=0.02)
    longer = ex.simulate(pattern.model, "500 ms", I=pattern.stimulus, initial=pattern.initial)
    late = longer.spikes[0].times_ms
    assert np.ptp(np.diff(late[5:])) < 1e-3
    assert late[-1] > 500.0 - np.diff(late)[-1]


def test_b_phasic_spiking_answers_the_onset_with_one_spike():
    assert spikes_of("B").size == 1


def test_c_tonic_bursting_repeats_groups():
    spikes = spikes_of("C")
    groups = groups_of(spikes, 15.0)
    assert len(groups) >= 3
    assert all(len(group) >= 2 for group in groups)
    inner = max(np.diff(group).max() for group in groups)
    gaps = [later[0] - earlier[-1] for earlier, later in itertools.pairwise(groups)]
    assert min(gaps) > 3 * inner


def test_d_phasic_bursting_is_one_group():
    spikes = spikes_of("D")
    assert spikes.size >= 2
    assert np.diff(spikes).max() < 10.0
    assert spikes[-1] < 100.0  # and the drive lasts to 200 ms


def test_e_mixed_mode_is_a_group_and_then_single_spikes():
    intervals = np.diff(spikes_of("E"))
    assert intervals[0] < 3.0
    assert np.all(intervals[2:] > 2 * intervals[0])
    assert intervals[2:].size >= 3


def test_f_adaptation_lengthens_the_intervals():
    intervals = np.diff(spikes_of("F"))
    # The last two differ by 7 ms out of 28; all others grow.
    assert np.all(np.diff(intervals) > 0)
    assert intervals[-1] > 10 * intervals[0]


def test_g_class_1_starts_slowly():
    intervals = np.diff(spikes_of("G"))
    assert np.all(np.diff(intervals) < 0)
    assert intervals[0] > 2.5 * intervals[-1]
    # Under constant drive just above its onset it fires as slowly as one likes.
    model = izhikevich_patterns["G"].model
    onset = (4.1 + 0.1) ** 2 / 0.16 - 108.0
    for above, slowest in ((0.1, 400.0), (0.01, 1000.0)):
        run = ex.simulate(
            model, "3 s", I=f"{onset + above} mV/ms", initial=dict(v=-55 * mV, u="5.5 mV/ms")
        )
        assert np.diff(run.spikes[0].times_ms)[-1] > slowest


def test_h_class_2_starts_fast():
    intervals = np.diff(spikes_of("H"))
    assert spikes_of("H").size >= 10
    assert intervals[0] < 2.5 * intervals[-1]
    assert intervals[0] < 25.0


def test_i_latency_is_a_spike_after_the_pulse():
    spikes = spikes_of("I")
    assert spikes == pytest.approx([16.5926], abs=CLOSE)
    assert spikes[0] > 13.0


def test_j_oscillations_follow_one_spike():
    run = run_of("J")
    assert run.spikes[0].times_ms.size == 1
    v, t = run.bare("v"), run.t_ms
    after = v[t > run.spikes[0].times_ms[0] + 1.0]
    peaks = after[1:-1][(after[1:-1] > after[:-2]) & (after[1:-1] >= after[2:])]
    assert peaks.size >= 2
    assert np.all(np.diff(peaks[:3]) < 0)


def test_k_resonator_picks_the_pair_40_ms_apart():
    spikes = spikes_of("K")
    assert spikes == pytest.approx([336.73], abs=0.01)  # pulses at 40, 60, 280 and 320 ms


def test_l_integrator_picks_the_close_pair():
    spikes = spikes_of("L")
    assert spikes == pytest.approx([19.48], abs=0.01)  # pairs 5 ms and 10 ms apart
    assert spikes[0] < 70.0


def test_m_rebound_is_a_spike_after_inhibition():
    spikes = spikes_of("M")
    assert spikes.size == 1
    assert spikes[0] > 25.0
    assert spikes_of("M", stimulus="0 mV/ms").size == 0


def test_n_rebound_is_a_group_after_inhibition():
    spikes = spikes_of("N")
    assert spikes.size >= 2
    assert spikes[0] > 25.0
    assert np.diff(spikes).max() < 30.0
    assert spikes_of("N", stimulus="0 mV/ms").size == 0


def test_o_threshold_varies_with_what_came_before():
    assert spikes_of("O") == pytest.approx([91.89], abs=0.01)
    excitation = ex.pulse("1 mV/ms", "10 ms", "5 ms") + ex.pulse("1 mV/ms", "80 ms", "5 ms")
    assert spikes_of("O", stimulus=excitation).size == 0


def two_pulses(second):
    return (
        ex.pulse("1 mV/ms", 37.5 * ms, 5 * ms)
        + ex.pulse("1 mV/ms", second * ms, 5 * ms)
        + "0.24 mV/ms"
    )


def test_p_bistability_starts_at_the_first_pulse():
    assert spikes_of("P", stimulus="0.24 mV/ms").size == 0
    assert 37.5 < spikes_of("P")[0] < 50.0


@pytest.mark.parametrize("second", [206.0, 208.0])
def test_p_bistability_stops_at_a_pulse_of_the_right_phase(second):
    assert spikes_of("P", stimulus=two_pulses(second))[-1] < second + 10.0


@pytest.mark.parametrize("second", [204.0, 210.0, 216.0])
def test_p_published_pulse_does_not_stop_the_exact_neuron(second):
    assert spikes_of("P", stimulus=two_pulses(second))[-1] > 250.0


def test_q_published_b_gives_eight_spikes_and_018_gives_one():
    assert spikes_of("Q").size == 8
    run = run_of("Q", b="0.18/ms")
    spikes = run.spikes[0].times_ms
    assert spikes.size == 1
    # The after-potential stands well above rest for some milliseconds.
    soon = (run.t_ms > spikes[0]) & (run.t_ms < spikes[0] + 5.0)
    rest = ex.simulate(izhikevich_patterns["Q"].model(b="0.18/ms"), 1 * ms).bare("v")[0]
    assert np.all(run.bare("v")[soon] > rest + 7.0)


def test_r_accommodation_tells_a_fast_ramp_from_a_slow_one():
    assert spikes_of("R") == pytest.approx([310.50], abs=0.01)
    # The slow ramp came to twice the height of the fast one.
    slow = spikes_of("R", stimulus=ex.ramp("0 mV/ms", "8 mV/ms", 0 * ms, 200 * ms))
    assert slow.size == 0


def test_s_inhibition_induces_spikes_and_one_of_rebound():
    spikes = spikes_of("S")
    inside = spikes[(spikes > 50.0) & (spikes < 250.0)]
    assert inside.size >= 3
    assert spikes[inside.size :] == pytest.approx([254.58], abs=0.01)


def test_t_bursts_during_inhibition_without_the_jump():
    spikes = spikes_of("T", d="0 mV/ms")
    inside = spikes[(spikes > 50.0) & (spikes < 250.0)]
    intervals = np.diff(inside)
    assert inside.size >= 4
    assert intervals.max() > 3 * intervals.min()


def test_t_runs_away_and_is_stopped_with_a_message():
    with pytest.raises(SimulationError, match="fires ever faster") as caught:
        run_of("T")
    spikes = caught.value.run.spikes[0].times_ms
    assert 85.0 < spikes[0] < 86.0
    assert spikes.size < 5000
    assert np.all(np.diff(spikes, 2)[-1000:] < 0)
