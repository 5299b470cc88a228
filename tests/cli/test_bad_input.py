"""Bad input of any kind: one readable message, exit code 2, no traceback, nothing half written."""

import warnings

import numpy as np
import pytest

RUN = ("run", "LIF", "--plot", "out.svg")
TURN = ("bifurcation", "MorrisLecar")
WIDE = ("0uA/cm2", "300uA/cm2")

CASES = {
    "no such command": (("simulate",), "No such command"),
    "no such option": ((*RUN, "--speed", "9"), "No such option"),
    "an option without its value": ((*RUN, "--duration"), "requires an argument"),
    "no such model": (("run", "LIFF"), "Write LIF"),
    "no such file": (("run", "cell.toml"), "cell.toml"),
    "no such parameter": ((*RUN, "--set", "tau=10ms"), "tau_m"),
    "a parameter without its unit": ((*RUN, "--set", "tau_m=10"), "Write"),
    "a parameter of the wrong dimension": ((*RUN, "--set", "tau_m=10mV"), "time"),
    "a parameter out of bounds": ((*RUN, "--set", "tau_m=-10ms"), "tau_m"),
    "a parameter that is not a number": ((*RUN, "--set", "tau_m=nan ms"), "tau_m"),
    "a change without a value": ((*RUN, "--set", "tau_m"), "--set tau_m=10ms"),
    "no such preset": ((*RUN, "--preset", "fast"), "fast"),
    "no such input": ((*RUN, "--input", "J=300 pA"), "J"),
    "an input of the wrong dimension": ((*RUN, "--input", "I=300 mV"), "current"),
    "an input without its unit": ((*RUN, "--input", "I=300"), "pA"),
    "an input without a value": ((*RUN, "--input", "I"), "I=300 pA"),
    "the same input twice": ((*RUN, "-i", "I=1 pA", "-i", "I=2 pA"), "I"),
    "no such stimulus": ((*RUN, "-i", "I=stepp(300 pA)"), "step"),
    "code instead of a stimulus": ((*RUN, "-i", "I=__import__('os').getcwd()"), "I"),
    "a recording that is not there": ((*RUN, "--input", "I=nothing.csv::I_pA"), "nothing.csv"),
    "a recording that is empty": ((*RUN, "--input", "I=empty.csv::I_pA"), "empty.csv"),
    "a recording that is cut off": ((*RUN, "--input", "I=cut.npz::I_pA"), "cut.npz"),
    "no such key in a recording": ((*RUN, "--input", "I=good.npz::J_pA"), "I_pA"),
    "a duration without its unit": ((*RUN, "--duration", "500"), "time"),
    "a duration that is not a number": ((*RUN, "--duration", "nan ms"), "duration"),
    "a duration below zero": ((*RUN, "--duration", "-5ms"), "duration"),
    "a step of zero": ((*RUN, "--dt", "0 ms"), "dt"),
    "no such scheme": ((*RUN, "--scheme", "magic"), "magic"),
    "a seed that is not a number": ((*RUN, "--seed", "x"), "seed"),
    "no threads": ((*RUN, "--threads", "0"), "threads"),
    "a state that was not there to record": ((*RUN, "--record", "w"), "w"),
    "no such state to start": ((*RUN, "--initial", "w=1"), "w"),
    "a picture of an unknown kind": (("run", "LIF", "--plot", "out.bmp"), "out.svg"),
    "a picture in no folder": (("run", "LIF", "--plot", "no/out.svg"), "does not exist"),
    "a folder instead of a file": (("run", "LIF", "--plot", "folder.svg"), "folder"),
    "a result of an unknown kind": (("run", "LIF", "--save", "out.pkl"), "out.nc"),
    "a range without an end": ((*TURN, "I", "--json"), "START STOP"),
    "a range with one end": ((*TURN, "I", "5uA/cm2"), "START STOP"),
    "a range in five words": ((*TURN, "0", "uA/cm2", "300", "uA/cm2", "x"), "in one word"),
    "a range of nothing": ((*TURN, "I", "5uA/cm2", "5uA/cm2"), "another stop"),
    "a range without its unit": ((*TURN, "0", "300"), "uA/cm2"),
    "a parameter that is none": ((*TURN, "gCa", *WIDE), "g_Ca"),
    "a state to follow": ((*TURN, "w", *WIDE), "w is a state"),
    "a fixed input that varies": ((*TURN, *WIDE, "-i", "I=5uA/cm2"), "what varies"),
    "no such state to show": ((*TURN, *WIDE, "--state", "x"), "Write --state v"),
    "a diagram of an unknown kind": ((*TURN, *WIDE, "--plot", "out.bmp"), "out.svg"),
    "a table of an unknown kind": ((*TURN, *WIDE, "--save", "out.nc"), "out.csv"),
    "an option below zero": ((*TURN, "--cyles", *WIDE), "--cycles"),
    "a second parameter without a range": ((*TURN, *WIDE, "--second", "g_K"), "requires 3"),
    "a hostile model": (("run", "deep.toml"), "10002 characters"),
}


@pytest.fixture
def files(tmp_path):
    """Files, good and bad; returns their names."""
    (tmp_path / "empty.csv").write_text("")
    np.savez(tmp_path / "good.npz", I_pA=np.zeros(10), dt_ms=0.1)
    (tmp_path / "cut.npz").write_bytes((tmp_path / "good.npz").read_bytes()[:100])
    (tmp_path / "folder.svg").mkdir()
    deep = "(" * 5000 + "v" + ")" * 5000
    (tmp_path / "deep.toml").write_text(
        f'title = "x"\nequations = "dv/dt = {deep}"\n[states]\nv = "0 mV"\n'
    )
    return sorted(path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize("case", CASES)
def test_a_message_and_nothing_else(excitable, files, tmp_path, case):
    arguments, hint = CASES[case]
    outcome = excitable(*arguments)
    assert outcome.code == 2, outcome.out + outcome.err
    assert outcome.out == ""
    assert outcome.err.startswith("excitable: ")
    assert outcome.err.count("excitable: ") == 1
    assert hint in outcome.err
    assert "Traceback" not in outcome.err
    assert len(outcome.err) < 1000
    assert sorted(path.name for path in tmp_path.iterdir()) == files


def test_a_failed_run_leaves_an_old_picture_alone(excitable, tmp_path):
    (tmp_path / "out.svg").write_text("old")
    assert excitable("run", "LIF", "--set", "tau_m=0ms", "--plot", "out.svg").code == 2
    assert (tmp_path / "out.svg").read_text() == "old"


def test_too_little_memory_is_one_line(excitable, monkeypatch):
    def exhausted(*arguments, **options):
        raise MemoryError("Unable to allocate 8 TiB\nfor an array")

    monkeypatch.setattr("excitable.simulation.simulate", exhausted)
    outcome = excitable("run", "LIF", "--duration", "10ms")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "excitable: out of memory: Unable to allocate 8 TiB for an array. "
        "Ask for fewer neurons or samples.\n"
    )


@pytest.mark.filterwarnings("always")
def test_a_warning_is_one_line(excitable, tmp_path):
    (tmp_path / "cell.toml").write_text(
        'title = "Cell"\nequations = "tau*dv/dt = -v"\n'
        '[states]\nv = "0 mV"\n[parameters]\ntau = "10 ms"\nidle = "3 mV"\n'
    )
    before = warnings.showwarning
    outcome = excitable("show", "cell.toml")
    assert outcome.code == 0
    assert outcome.err.startswith("excitable: warning: ")
    assert "idle" in outcome.err
    assert outcome.err.count("\n") == 1
    assert warnings.showwarning is before
