"""Runs that cannot go on: the message names the place, and what was computed is kept."""

import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import excitable as ex
from excitable.errors import ExcitableWarning, SimulationError
from excitable.simulation import _loop
from excitable.simulation._loop import Chunk, run_loop
from excitable.units import ms, mV, pA

ESCAPE = ex.Model(
    "Escape",
    equations="dx/dt = k*x**2",
    states=dict(x=1.0),
    parameters=dict(k="0.1/ms"),
)
with pytest.warns(ExcitableWarning, match="still holds"):
    ENDLESS = ex.Model(
        "Endless",
        equations="tau*dv/dt = -v + E",
        spike="v >= V_T",
        reset="v = V_R",
        states=dict(v=0 * mV),
        parameters=dict(tau=10 * ms, E=20 * mV, V_T=10 * mV, V_R=15 * mV),
    )


def test_a_state_that_escapes_in_finite_time():
    # x = 1/(1 - t/10): infinite at 10 ms.
    with pytest.raises(SimulationError) as caught:
        ex.simulate(ESCAPE, 20 * ms)
    error = caught.value
    assert error.owner == "Escape"
    assert error.name == "x"
    assert "x of neuron 0 at 10 ms" in str(error) or "9.99" in str(error)
    kept = error.run
    assert kept.stopped
    t = kept.t.to("ms").magnitude
    assert 5.0 < t[-1] <= 10.0
    before = t < 9.0
    np.testing.assert_allclose(kept.values["x"][before, 0], 1 / (1 - t[before] / 10), rtol=1e-5)


@pytest.mark.compiled
def test_overflow_under_a_fixed_step_names_neuron_and_time():
    with pytest.raises(SimulationError) as caught:
        ex.simulate(ESCAPE, 200 * ms, scheme="rk4", dt=1 * ms, initial=dict(x=[0.01, 1.0]))
    error = caught.value
    assert "neuron 1" in str(error)
    assert error.name == "x"
    assert np.isfinite(error.run.values["x"]).all()


@pytest.mark.parametrize("scheme", ["exact", "adaptive", "rk4"])
def test_a_model_that_fires_infinitely_often(scheme):
    with pytest.raises(SimulationError, match="infinitely often") as caught:
        ex.simulate(ENDLESS, 50 * ms, scheme=scheme)
    error = caught.value
    assert "neuron 0" in str(error)
    # The threshold is first reached at 10 ln 2 ms; all before it is kept.
    assert 0.0 < error.run.t[-1].to("ms").magnitude <= 10 * np.log(2) + 0.1
    assert error.run.values["v"][1, 0] > 0.0


def test_a_refractory_time_ends_the_same_burst():
    with pytest.warns(ExcitableWarning, match="once every refractory time"):
        rested = ex.Model(
            "Rested",
            equations=ENDLESS.equations,
            spike="v >= V_T",
            reset="v = V_R",
            refractory="t_ref",
            states=dict(v=0 * mV),
            parameters=dict(tau=10 * ms, E=20 * mV, V_T=10 * mV, V_R=15 * mV, t_ref=2 * ms),
        )
    times = ex.simulate(rested, 50 * ms).spikes[0].times.to("ms").magnitude
    np.testing.assert_allclose(np.diff(times), 2.0, atol=1e-9)


class Slow:
    """An engine that takes time and asks to be interrupted."""

    grouped = True

    def __init__(self, interrupts):
        self.chunks = [Chunk(0, 1, 8)]
        self.reached = np.zeros(1)
        self.interrupts = interrupts

    def state(self):
        return [self.reached]

    def advance(self, chunk, t_stop):
        time.sleep(0.001)
        self.reached[0] = t_stop
        for _ in range(self.interrupts):
            signal.raise_signal(signal.SIGINT)
        return 0


def test_the_first_interrupt_ends_the_run_after_its_slice():
    before = signal.getsignal(signal.SIGINT)
    outcome = run_loop(Slow(1), 1000.0, threads=1, work=100.0, progress=False)
    assert outcome.interrupted
    assert 0.0 < outcome.reached < 1000.0
    assert signal.getsignal(signal.SIGINT) is before


def test_the_second_interrupt_is_obeyed_at_once():
    with pytest.raises(KeyboardInterrupt):
        run_loop(Slow(2), 1000.0, threads=1, work=100.0, progress=False)


def test_an_interrupted_run_keeps_what_was_computed(monkeypatch):
    whole = ex.simulate(ex.LIF, 1000 * ms, I=300 * pA)
    advance = _loop._slice

    def interrupted(*arguments):
        failed = advance(*arguments)
        signal.raise_signal(signal.SIGINT)
        return failed

    monkeypatch.setattr(_loop, "_slice", interrupted)
    monkeypatch.setattr("excitable.simulation._simulate._guess", lambda problem, choice: 10.0)
    run = ex.simulate(ex.LIF, 1000 * ms, I=300 * pA)
    assert run.stopped.startswith("interrupted at ")
    reached = run.t[-1].to("ms").magnitude
    assert 0.0 < reached < 1000.0
    assert run.v.shape == run.t.shape
    np.testing.assert_array_equal(run.values["v"], whole.values["v"][: run.t.size])
    kept = run.spikes.grouped_ms
    np.testing.assert_array_equal(kept, whole.spikes.grouped_ms[: kept.size])


PROGRAM = """
import sys
import numpy as np
import excitable as ex
from excitable.units import ms, pA
ex.simulate(ex.LIF, 1*ms)
sys.stdout.write("ready\\n"); sys.stdout.flush()
run = ex.simulate(ex.LIF, "100000 second", I=np.linspace(200, 400, 500)*pA, record=False)
sys.stdout.write(f"{run.stopped}|{run.spikes.count}\\n")
"""


def test_control_c_in_a_process_of_its_own():
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    stopped, count = out.strip().split("|")
    assert stopped.startswith("interrupted at ")
    assert int(count) > 0
