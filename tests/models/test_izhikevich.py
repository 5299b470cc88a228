"""The Izhikevich neuron against an independent integrator and the numbers of its paper."""

import numpy as np
import pytest

import excitable as ex
from excitable.models import Izhikevich

PUBLISHED = {
    "regular spiking": (0.02, 0.2, -65, 8),
    "intrinsically bursting": (0.02, 0.2, -55, 4),
    "chattering": (0.02, 0.2, -50, 2),
    "fast spiking": (0.1, 0.2, -65, 2),
    "thalamo-cortical": (0.02, 0.25, -65, 0.05),
    "resonator": (0.1, 0.26, -65, 2),
    "low-threshold spiking": (0.02, 0.25, -65, 2),
}


def test_the_presets_are_those_of_the_paper():
    assert list(Izhikevich.presets) == list(PUBLISHED)
    for name, published in PUBLISHED.items():
        values = Izhikevich.preset(name).values()
        assert tuple(values[key] for key in "abcd") == published


def test_the_default_is_regular_spiking():
    assert Izhikevich.preset("regular spiking").values() == Izhikevich.values()


@pytest.mark.parametrize(
    ("current", "count", "first"),
    [(4, 8, 12.2358), (5, 11, 7.1094), (10, 23, 3.1271), (20, 46, 1.8030)],
)
def test_spike_counts_in_one_second(integrate, current, count, first):
    run = integrate(Izhikevich, 1000.0, (-65.0, -13.0), I=current)
    assert len(run.spikes) == count
    assert run.spikes[0] == pytest.approx(first, abs=5e-5)


ABBREVIATED = {
    "RS": "regular spiking",
    "IB": "intrinsically bursting",
    "CH": "chattering",
    "FS": "fast spiking",
    "TC": "thalamo-cortical",
    "RZ": "resonator",
    "LTS": "low-threshold spiking",
}


def test_every_preset_fires_as_in_the_reference(reference_entries):
    """Taylor series of order 26 in 34 digits, from v = -65 mV and u = b v."""
    compared = set()
    for entry in reference_entries("izh/"):
        if entry["quantity"] != "exact spike train":
            continue
        given, value = entry["given"], entry["value"]
        model = Izhikevich.preset(ABBREVIATED[given["type"]])
        compared.add(given["type"])
        run = ex.simulate(
            model,
            "600 ms",
            I=f"{given['I']} mV/ms",
            initial=dict(v="-65 mV", u=f"{-65 * model.values()['b']} mV/ms"),
            record=False,
        )
        times = run.spikes[0].times_ms
        known = np.array([float(t) for t in value["first_spikes_ms"]])
        assert np.all(np.abs(times[: known.size] - known) < 1e-6 * known), entry["id"]
        assert np.count_nonzero(times < 200.0) == value["count_200ms"], entry["id"]
        assert times.size == value["count_600ms"], entry["id"]
        n, period = value["spikes_per_cycle"], float(value["cycle_period_ms"])
        late = times[-1] - times[-1 - n]
        assert late == pytest.approx(period, rel=2e-3), entry["id"]
    assert compared == set(ABBREVIATED)


def test_reset_sees_the_peak():
    (v, to), (u, raised) = Izhikevich.system.reset
    assert (v, str(to)) == ("v", "c")
    assert (u, str(raised)) == ("u", "u + d")


@pytest.mark.parametrize(
    ("preset", "shortest", "longest"), [("chattering", 6, 60), ("intrinsically bursting", 6, 60)]
)
def test_bursting_presets_mix_short_and_long_intervals(integrate, preset, shortest, longest):
    times = integrate(Izhikevich.preset(preset), 500.0, (-65.0, -13.0), I=10.0).spikes
    intervals = np.diff(times)
    assert min(intervals) < shortest
    assert max(intervals) > 3 * min(intervals)
    assert max(intervals) < longest
