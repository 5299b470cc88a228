"""``excitable run``: what comes in reaches the model, what comes out is what the library gives."""

import json

import numpy as np
import pytest

import excitable as ex
from excitable.units import ms, pA

STEP = "I=step(300 pA, start=100 ms, stop=400 ms)"


def spike_times(outcome):
    return np.array(json.loads(outcome.out)["spike_times_ms"])


def test_it_gives_what_the_library_gives(excitable):
    outcome = excitable("run", "LIF", "--input", STEP, "--duration", "500ms", "--json")
    run = ex.simulate(ex.LIF, 500 * ms, I=ex.step(300 * pA, start=100 * ms, stop=400 * ms))
    assert run.spikes.count > 3
    assert np.array_equal(spike_times(outcome), run.spikes.times_ms)
    data = json.loads(outcome.out)
    assert data["spikes"] == run.spikes.count
    assert data["scheme"] == run.scheme.name
    assert data["duration_ms"] == 500.0


def test_the_summary_tells_what_happened(excitable):
    outcome = excitable("run", "LIF", "--input", STEP, "--duration", "500 ms")
    assert outcome.code == 0
    assert outcome.err == ""
    facts = dict(line.split(None, 1) for line in outcome.out.splitlines())
    assert facts["model"] == "LIF"
    assert facts["duration"] == "500 ms"
    assert facts["scheme"].startswith("exact: ")
    assert facts["rate"].endswith("Hz")
    assert facts["first"].startswith("spike ")


def test_changes_reach_the_model(excitable):
    plain = excitable("run", "LIF", "-i", STEP, "--json")
    slower = excitable("run", "LIF", "-i", STEP, "--set", "t_ref=20ms", "--json")
    run = ex.simulate(ex.LIF(t_ref=20 * ms), 1000 * ms, I=ex.step("300 pA", "100 ms", "400 ms"))
    assert np.array_equal(spike_times(slower), run.spikes.times_ms)
    assert spike_times(slower).size < spike_times(plain).size


def test_presets_seeds_and_schemes_reach_the_run(excitable):
    outcome = excitable(
        "run", "Izhikevich", "--preset", "chattering", "--input", "I=10 mV/ms",
        "--duration", "200ms", "--scheme", "rk4", "--dt", "0.05ms", "--json",
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    run = ex.simulate(
        ex.Izhikevich.preset("chattering"), "200 ms", I="10 mV/ms", scheme="rk4", dt="0.05 ms"
    )
    assert np.array_equal(spike_times(outcome), run.spikes.times_ms)
    assert json.loads(outcome.out)["scheme"] == "rk4"


def test_a_run_may_start_elsewhere(excitable):
    outcome = excitable("run", "LIF", "--initial", "v=-40mV", "--duration", "1ms", "--json")
    assert spike_times(outcome)[0] == 0.0


def test_a_recording_drives_a_model_to_its_own_end(excitable, tmp_path):
    t = np.arange(0, 250, 0.1)
    current = 250 + 150 * np.sin(t / 20)
    rows = "\n".join(
        f"{time:.1f},{value!r}" for time, value in zip(t, current.tolist(), strict=True)
    )
    (tmp_path / "recording.csv").write_text(f"t_ms,I_pA\n{rows}\n")
    outcome = excitable("run", "LIF", "--input", "I=recording.csv::I_pA", "--json")
    assert outcome.code == 0, outcome.err
    run = ex.simulate(ex.LIF, 250 * ms, I=ex.trace(current * pA, dt=0.1 * ms))
    assert json.loads(outcome.out)["duration_ms"] == pytest.approx(250.0)
    assert spike_times(outcome) == pytest.approx(run.spikes.times_ms, abs=1e-9)
    assert run.spikes.count > 3


def test_a_model_from_a_file_runs(excitable, tmp_path):
    ex.LIF(t_ref=7 * ms).save(tmp_path / "cell.toml")
    outcome = excitable("run", "cell.toml", "-i", "I=300 pA", "--json")
    run = ex.simulate(ex.LIF(t_ref=7 * ms), "1 s", I="300 pA")
    assert np.array_equal(spike_times(outcome), run.spikes.times_ms)


def test_files_are_written_and_named(excitable, tmp_path):
    outcome = excitable(
        "run", "LIF", "-i", STEP, "--duration", "450ms",
        "--plot", "out.svg", "--save", "out.nc", "--csv", "out.csv",
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "out.csv",
        "out.nc",
        "out.svg",
        "out_spikes.csv",
    ]
    for name in ("out.csv", "out.nc", "out.svg"):
        assert name in outcome.out
    again = ex.load(tmp_path / "out.nc")
    assert again.duration == 450 * ms
    assert (tmp_path / "out.svg").read_text().startswith("<?xml")


@pytest.mark.parametrize(("record", "expected"), [("v", ["v"]), ("none", []), (None, ["v"])])
def test_what_is_recorded(excitable, record, expected):
    options = [] if record is None else ["--record", record]
    outcome = excitable("run", "LIF", "--duration", "10ms", "--json", *options)
    assert json.loads(outcome.out)["recorded"] == expected


def test_a_silent_run_has_no_rate_of_its_own(excitable):
    outcome = excitable("run", "LIF", "--duration", "20ms")
    assert outcome.code == 0
    assert "spikes" in outcome.out
    assert "first spike" not in outcome.out


def test_a_population_in_a_file_is_summed_up(excitable, tmp_path):
    ex.LIF(t_ref=[2, 5, 9] * ms).save(tmp_path / "three.json")
    data = json.loads(excitable("run", "three.json", "-i", "I=300 pA", "--json").out)
    assert data["neurons"] == 3
    assert len(data["spike_neurons"]) == data["spikes"] == len(data["spike_times_ms"])
