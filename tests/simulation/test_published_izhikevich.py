"""The scripts of Izhikevich (2003, 2004) to the bit, and where they part from the exact neuron."""

import numpy as np
import pytest

import excitable as ex
from excitable.errors import ParameterError, SchemeError
from excitable.models import izhikevich_patterns
from excitable.units import ms, mV

START = dict(v=-65 * mV, u="-13 mV/ms")


def script_of_2003(drive, steps=1000, a=0.02, b=0.2, c=-65.0, d=8.0):
    """The loop over one neuron; spikes as numbers of iterations, counted from 1."""
    v, u, spikes = -65.0, -13.0, []
    for iteration in range(1, steps + 1):
        if v >= 30.0:
            spikes.append(iteration)
            v = c
            u += d
        v = v + 0.5 * (0.04 * (v * v) + 5 * v + 140 - u + drive)
        v = v + 0.5 * (0.04 * (v * v) + 5 * v + 140 - u + drive)
        u = u + a * (b * v - u)
    return spikes, (v, u)


def run_of_2003(drive, model=ex.Izhikevich, **options):
    options = dict(dt=1 * ms, initial=START, scheme="izhikevich2003") | options
    return ex.simulate(model, 1000 * ms, I=drive, **options)


def test_2003_is_the_script_to_the_bit():
    # Some of these drives are chaotic at 1 ms: one rounding more would show.
    drives = np.linspace(0.0, 30.0, 61)
    run = run_of_2003(drives * ex.units.parse_quantity("1 mV/ms"))
    for k, drive in enumerate(drives):
        spikes, (v, u) = script_of_2003(drive)
        assert run.spikes[k].times_ms.tolist() == spikes
        if v < 30.0:  # the script resets in its next iteration
            assert (run.bare("v")[-1, k], run.bare("u")[-1, k]) == (v, u)


def test_2003_begins_with_a_spike_where_it_begins_above_the_peak():
    run = run_of_2003("10 mV/ms", initial=dict(v=40 * mV, u="-13 mV/ms"))
    assert run.spikes[0].times_ms[0] == 1.0


def test_2003_takes_1_ms_and_nothing_else():
    with pytest.raises(ParameterError, match="Write dt=1\\*ms"):
        run_of_2003("10 mV/ms", dt=0.5 * ms)


@pytest.mark.parametrize(
    ("scheme", "model"),
    [
        ("izhikevich2003", ex.LIF),
        ("izhikevich2003", ex.models.Izhikevich2007),
        ("izhikevich2003", ex.models.IzhikevichAccommodation),
        ("izhikevich2004", ex.AdEx),
        ("izhikevich2004", ex.models.Izhikevich2007),
    ],
)
def test_other_models_are_refused(scheme, model):
    with pytest.raises(SchemeError, match=f"{scheme} does not serve this model: its equations"):
        ex.simulate(model, 10 * ms, dt=1 * ms, scheme=scheme)


def test_a_copy_of_the_equations_is_served():
    copy = ex.Model.from_dict(ex.Izhikevich.to_dict() | {"name": "Another"})
    assert run_of_2003("10 mV/ms", copy).spikes.counts() == [20]


def drives_of_the_script(letter, t):
    """The conditions of the script of 2004, with its strict inequalities."""

    def inside(*starts, width):
        return any(start < t < start + width for start in starts)

    return {
        "A": lambda: 14 * (t > 10),
        "B": lambda: 0.5 * (t > 20),
        "C": lambda: 15 * (t > 22),
        "D": lambda: 0.6 * (t > 20),
        "E": lambda: 10 * (t > 16),
        "F": lambda: 30 * (t > 8.5),
        "G": lambda: 0.075 * (t - 30) * (t > 30),
        "H": lambda: -0.5 + 0.015 * (t - 30) * (t > 30),
        "I": lambda: 7.04 * inside(10, width=3),
        "J": lambda: 2 * inside(20, width=5),
        "K": lambda: 0.65 * inside(40, 60, 280, 320, width=4),
        "L": lambda: 9 * inside(100 / 11, 100 / 11 + 5, 70, 80, width=2),
        "M": lambda: -15 * inside(20, width=5),
        "N": lambda: -15 * inside(20, width=5),
        "O": lambda: inside(10, 80, width=5) - 6 * inside(70, width=5),
        "P": lambda: 0.24 + inside(37.5, 216, width=5),
        "Q": lambda: 20 * (abs(t - 10) < 1),
        "R": lambda: t / 25 if t < 200 else (t - 300) / 12.5 * 4 * (300 <= t < 312.5),
        "S": lambda: 80 if t < 50 or t > 250 else 75,
        "T": lambda: 80 if t < 50 or t > 250 else 75,
    }[letter]()


def script_of_2004(letter):
    """Euler's rule as the script has it; spikes at the times that it plots them at."""
    pattern = izhikevich_patterns[letter]
    p = pattern.model.values()
    v, u = (pattern.initial[name].magnitude for name in "vu")
    tau = pattern.published_dt.magnitude
    spikes = []
    for k in range(round(pattern.duration.magnitude / tau)):
        I = drives_of_the_script(letter, k * tau)
        v = v + tau * (p["q_2"] * (v * v) + p["q_1"] * v + p["q_0"] - u + I)
        rest = p["b"] * (v + 65) if letter == "R" else p["b"] * v - u
        u = u + tau * p["a"] * rest
        if v > 30:
            spikes.append(k * tau)
            v = p["c"]
            u = u + p["d"]
    return spikes


def published(letter, stimulus=None):
    pattern = izhikevich_patterns[letter]
    return ex.simulate(
        pattern.model,
        pattern.duration,
        dt=pattern.published_dt,
        scheme="izhikevich2004",
        I=pattern.published_stimulus if stimulus is None else stimulus,
        initial=pattern.initial,
    )


@pytest.mark.parametrize("letter", izhikevich_patterns)
def test_2004_draws_the_panels_of_the_script(letter):
    spikes = script_of_2004(letter)
    assert published(letter).spikes[0].times_ms == pytest.approx(spikes, rel=1e-12)
    assert spikes


def test_2004_agrees_with_the_reference(reference_entries):
    """There a step or pulse takes in its last sample and not its first: all comes a step later."""
    for entry in reference_entries("izh20/"):
        letter = entry["id"].removeprefix("izh20/")[0]
        pattern = izhikevich_patterns[letter]
        spikes = published(letter, pattern.stimulus).spikes[0].times_ms
        known = np.array(entry["value"]["published_euler_spikes"])
        ramps_alone = letter in "GR"
        shift = 0.0 if ramps_alone else pattern.published_dt.magnitude
        assert spikes.size == entry["value"]["published_euler_count"]
        assert spikes[: known.size] + shift == pytest.approx(known, abs=1e-9)


def test_p_is_stopped_by_the_second_pulse_only_in_the_script():
    exact = ex.simulate(
        (p := izhikevich_patterns["P"]).model, p.duration, I=p.stimulus, initial=p.initial
    )
    assert published("P").spikes[0].times_ms[-1] < 216.0
    assert exact.spikes[0].times_ms[-1] > 250.0


def test_q_has_one_spike_only_in_the_script():
    exact = ex.simulate(
        (q := izhikevich_patterns["Q"]).model, q.duration, I=q.stimulus, initial=q.initial
    )
    assert (published("Q").spikes.counts(), exact.spikes.counts()) == ([1], [8])
    run = published("Q")
    spike = run.spikes[0].times_ms[0]
    after = (run.t_ms > spike + 0.2) & (run.t_ms < spike + 5.0)
    assert np.all(run.bare("v")[after] > -65.0)  # rest is -70 mV


def test_t_bursts_only_in_the_script():
    spikes = published("T").spikes[0].times_ms
    assert spikes.size < 20
    inside = np.diff(spikes[(spikes > 50.0) & (spikes < 250.0)])
    assert inside.max() > 10 * inside.min()
