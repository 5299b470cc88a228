"""What `simulate` is given: every wrong argument has an answer, every right one is heard."""

import numpy as np
import psutil
import pytest

import excitable as ex
from excitable.errors import (
    MemoryLimitError,
    ModelError,
    ParameterError,
    SchemeError,
    StimulusError,
    UnitError,
    UnknownNameError,
)
from excitable.units import MOhm, ms, mV, pA

LIF = ex.LIF
POPULATION = LIF(tau_m=[10, 20, 30] * ms)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: ex.simulate("LIF", 10 * ms), ModelError, "is no model"),
        (lambda: ex.simulate(LIF, 10), UnitError, "has no unit"),
        (lambda: ex.simulate(LIF, 10 * mV), UnitError, "a time is expected"),
        (lambda: ex.simulate(LIF, "soon"), ValueError, "soon"),
        (lambda: ex.simulate(LIF, None), ValueError, "duration"),
        (lambda: ex.simulate(LIF, float("nan") * ms), ParameterError, "duration"),
        (lambda: ex.simulate(LIF, float("inf") * ms), ParameterError, "finite"),
        (lambda: ex.simulate(LIF, 0 * ms), ParameterError, "positive"),
        (lambda: ex.simulate(LIF, -5 * ms), ParameterError, "positive"),
        (lambda: ex.simulate(LIF, [5, 6] * ms), ParameterError, "one time"),
        (lambda: ex.simulate(LIF, 10 * ms, dt=0 * ms), ParameterError, "dt"),
        (lambda: ex.simulate(LIF, 10 * ms, dt=-1 * ms), ParameterError, "dt"),
        (lambda: ex.simulate(LIF, 10 * ms, dt=0.1), UnitError, "dt"),
        (lambda: ex.simulate(LIF, 10 * ms, record_dt=0 * ms), ParameterError, "record_dt"),
        (lambda: ex.simulate(LIF, 10 * ms, t_start=np.nan * ms), ParameterError, "t_start"),
        (lambda: ex.simulate(LIF, 10 * ms, J=1 * pA), UnknownNameError, "has the inputs: I"),
        (lambda: ex.simulate(LIF, 10 * ms, R=1 * MOhm), UnknownNameError, "LIF(R=...)"),
        (lambda: ex.simulate(LIF, 10 * ms, I=1 * mV), UnitError, "current"),
        (lambda: ex.simulate(LIF, 10 * ms, I=300), UnitError, "no unit"),
        (lambda: ex.simulate(LIF, 10 * ms, I=np.nan * pA), StimulusError, "LIF.I"),
        (lambda: ex.simulate(LIF, 10 * ms, I=ex.step(1 * mV)), ValueError, "current"),
        (lambda: ex.simulate(POPULATION, 10 * ms, I=[1, 2] * pA), ParameterError, "lengths"),
        (lambda: ex.simulate(LIF, 10 * ms, I=[1, 2] * pA, initial=dict(v=[1, 2, 3] * mV)),
         ParameterError, "the input I: 2, initial v: 3"),
        (lambda: ex.simulate(LIF, 10 * ms, initial=dict(w=1 * mV)), UnknownNameError, "no state"),
        (lambda: ex.simulate(LIF, 10 * ms, initial=dict(v=1 * pA)), UnitError, "voltage"),
        (lambda: ex.simulate(LIF, 10 * ms, initial=dict(v=np.nan * mV)), ParameterError, "finite"),
        (lambda: ex.simulate(LIF, 10 * ms, record="u"), UnknownNameError, "cannot be recorded"),
        (lambda: ex.simulate(POPULATION, 10 * ms, record=dict(v=[0, 3])), ParameterError, "0 to 2"),
        (lambda: ex.simulate(LIF, 10 * ms, scheme="euler"), SchemeError, "is no scheme"),
        (lambda: ex.simulate(ex.EIF, 10 * ms, scheme="exact"), SchemeError, "not linear in v"),
        (lambda: ex.simulate(LIF, 10 * ms, seed=1.5), ParameterError, "whole number"),
        (lambda: ex.simulate(LIF, 10 * ms, seed=-1), ParameterError, "whole number"),
        (lambda: ex.simulate(LIF, 10 * ms, seed=True), ParameterError, "whole number"),
        (lambda: ex.simulate(LIF, 10 * ms, threads=0), ParameterError, "from 1 on"),
        (lambda: ex.simulate(LIF, 10 * ms, threads=1.5), ParameterError, "from 1 on"),
        (lambda: ex.simulate(LIF, 10 * ms, scheme="rk4", dt=0.1 * ms, record_dt=0.25 * ms),
         ParameterError, "multiples of its step"),
        (lambda: LIF(tau_m=np.inf * ms), ParameterError, "tau_m"),
        (lambda: LIF(tau_m=[1, np.nan] * ms), ParameterError, "tau_m"),
        (lambda: LIF(tau_m=-1 * ms), ParameterError, "tau_m"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_refused_before_anything_runs(call, error, words):
    with pytest.raises(error) as caught:
        call()
    assert words in str(caught.value)


def test_memory_is_refused_with_an_estimate(monkeypatch):
    class Free:
        available = 2**30

    monkeypatch.setattr(psutil, "virtual_memory", Free)
    with pytest.raises(MemoryLimitError, match=r"14\.9 GiB; 1\.0 GiB are free") as caught:
        ex.simulate(LIF, "200 second", I=np.ones(1000) * pA, record="v")
    assert "record_dt" in caught.value.write
    # Spikes alone take no such memory.
    assert ex.simulate(LIF, "1 second", I=np.ones(1000) * pA, record=False).spikes.count == 0


def test_what_is_recorded():
    run = ex.simulate(LIF, 10 * ms)
    assert run.v.shape == (101,)
    assert ex.simulate(POPULATION, 10 * ms).v.shape == (101, 3)
    assert ex.simulate(LIF(tau_m=[20] * ms), 10 * ms).v.shape == (101, 1)
    assert ex.simulate(LIF, 10 * ms, record_dt=1 * ms).v.shape == (11,)
    assert ex.simulate(POPULATION, 10 * ms, record=dict(v=[0, 2])).v.shape == (101, 2)
    many = ex.simulate(LIF, 1 * ms, I=np.zeros(101) * pA)
    assert not many.values
    assert not ex.simulate(LIF, 1 * ms, record=False).values


def test_a_duration_need_not_be_a_multiple_of_dt():
    run = ex.simulate(LIF, "10.03 ms", I=300 * pA)
    t = run.t.to("ms").magnitude
    assert t[0] == 0.0
    assert t[-1] == pytest.approx(10.0)
    assert run.duration.to("ms").magnitude == 10.03
    np.testing.assert_allclose(np.diff(t), 0.1)


def test_text_is_accepted_everywhere():
    a = ex.simulate(LIF, "50 ms", dt="0.05 ms", I="300 pA", initial=dict(v="-60 mV"))
    b = ex.simulate(LIF, 50 * ms, dt=0.05 * ms, I=300 * pA, initial=dict(v=-60 * mV))
    np.testing.assert_array_equal(a.values["v"], b.values["v"])


def test_times_are_those_of_the_experiment():
    stimulus = ex.step(400 * pA, start=100 * ms, stop=150 * ms)
    run = ex.simulate(LIF, 60 * ms, t_start=95 * ms, I=stimulus)
    assert run.t[0].to("ms").magnitude == 95.0
    first = run.spikes[0].times[0].to("ms").magnitude
    assert first == pytest.approx(100.0 + 20 * np.log(40 / 25), abs=1e-9)


def test_states_left_out_start_at_rest():
    run = ex.simulate(ex.AdEx, 1 * ms, initial=dict(v=-60 * mV))
    assert run.v[0].to("mV").magnitude == -60.0
    assert "v as given" in run.start
    assert run.values["w"][0, 0] == pytest.approx(0.0, abs=0.01)


def test_intermediate_quantities_are_recorded_by_name():
    cell = ex.Model(
        "Leak", equations="C*dv/dt = -I_L + I\n I_L = g*(v - E)", states=dict(v=-60 * mV),
        inputs=dict(I=pA), parameters=dict(C="100 pF", g="10 nS", E=-65 * mV),
    )  # fmt: skip
    run = ex.simulate(cell, 5 * ms, record=["I_L", "v"], initial=dict(v=-60 * mV))
    np.testing.assert_allclose(run.values["I_L"], 10.0 * (run.values["v"] + 65.0), atol=1e-9)
    alone = ex.simulate(cell, 5 * ms, record="I_L", initial=dict(v=-60 * mV))
    np.testing.assert_array_equal(alone.values["I_L"], run.values["I_L"])
    assert list(alone.values) == ["I_L"]
