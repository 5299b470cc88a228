"""What only a process of its own can show: exit codes, pipes, signals, start-up."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

import excitable as ex

HEAVY = ("numpy", "pint", "numba", "matplotlib", "scipy", "xarray", "rich")


def test_help_and_version(start):
    process = start("--help")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    for command in ("models", "show", "run", "demo", "bench"):
        assert f"\n  {command} " in out
    out, _ = start("--version").communicate(timeout=60)
    assert out == f"excitable {ex.__version__}\n"


def test_no_arguments_print_the_help(start):
    process = start()
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert "Usage: excitable" in out


def test_help_loads_nothing_heavy(tmp_path):
    import subprocess

    program = (
        "import sys; from excitable.cli import main; sys.argv = ['excitable', '--help']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert set(HEAVY) & set(result.stderr.split()) == set()


def test_bad_input_is_one_line(start):
    process = start("run", "LIF", "--set", "tau_m=10")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, "")
    assert err.count("\n") == 1


def test_a_reader_that_goes_away_is_not_an_error_message(start):
    process = start("models", "--json")
    process.stdout.close()
    process.stdout = None
    _, err = process.communicate(timeout=60)
    assert err == ""
    assert process.returncode in (0, 141)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_a_message(start):
    with Path("/dev/full").open("w") as full:
        process = start("models", stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.startswith("excitable: ")
    assert "No space left" in err
    assert err.count("\n") == 1


def test_an_unwritable_folder_is_a_message(start, tmp_path):
    if os.geteuid() == 0:
        target = Path("/proc/out.svg")  # nobody can make files there
    else:
        (tmp_path / "locked").mkdir(mode=0o500)
        target = tmp_path / "locked" / "out.svg"
    process = start("run", "LIF", "--duration", "10ms", "--plot", target)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (2, "")
    assert err.startswith("excitable: ")
    assert err.count("\n") == 1


@pytest.mark.slow
def test_an_interrupted_run_keeps_what_was_computed(start, tmp_path):
    endless = ("run", "AdEx", "--input", "I=800 pA", "--record", "none", "--duration")
    start(*endless, "10 ms").communicate(timeout=300)  # compiled from here on
    process = start(*endless, "100000 s", "--plot", "out.svg")
    time.sleep(5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "spikes" in out
    assert (tmp_path / "out.svg").exists()


@pytest.mark.slow
def test_the_demo_leaves_a_recording_and_a_picture(start, tmp_path):
    process = start("demo")
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo.svg", "recording.csv"]
    assert "excitable run AdEx --input I=recording.csv::I_pA --plot demo.svg" in out
    lines = (tmp_path / "recording.csv").read_text().splitlines()
    assert lines[0] == "t_ms,I_pA,V_mV"
    assert len(lines) == 10_001
    voltages = [float(line.split(",")[2]) for line in lines[1:]]
    assert max(voltages) > 0 > -60 > min(voltages)


@pytest.mark.slow
def test_a_real_recording_drives_adex(start, tmp_path, shared):
    recording = shared / "recordings" / "qsnmc2007_A" / "cond04.npz"
    process = start(
        "run", "AdEx", "--input", f"I={recording}::I_pA[0],dt=1ms", "--plot", "out.svg", "--json"
    )
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    assert '"duration_ms": 34000.0' in out
    assert (tmp_path / "out.svg").stat().st_size > 10_000
