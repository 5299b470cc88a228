"""Mistakes that were once made, each with the smallest model that shows it."""

import numpy as np
import pytest

import excitable as ex
from excitable.units import ms


def test_one_arrival_is_one_spike_without_a_reset():
    chain = ex.Model(
        "chain", equations="dv/dt = (I - v)/T\ndu/dt = (v - u)/T", spike="u >= th",
        states=dict(v=0.0, u=0.0), inputs=dict(I=""), parameters=dict(T="5 ms", th=0.1),
    )  # fmt: skip
    counts = [
        ex.simulate(chain(th=th), 30 * ms, I=1.0, initial=dict(v=0.0, u=0.0)).spikes.count
        for th in np.linspace(0.011, 0.9, 40)
    ]
    assert counts == [1] * 40


def test_a_neuron_that_cannot_fire_silences_no_other():
    gated = ex.Model(
        "gated", equations="dv/dt = (I - v)/tau", spike="g*v >= 1", reset="v = 0",
        states=dict(v=0.0), inputs=dict(I=""), parameters=dict(tau="5 ms", g=1.0),
    )  # fmt: skip
    run = ex.simulate(gated(g=[0.0, 1.0]), 50 * ms, I=2.0)
    assert run.spikes.counts().tolist() == [0, 14]


@pytest.mark.parametrize("scheme", ["adaptive", "rk4"])
@pytest.mark.parametrize("name", ["part", "fixed", "ratio"])
def test_intermediate_quantities_may_have_any_name(name, scheme):
    def end(word):
        model = ex.Model(
            word, states=dict(v=0.0), parameters=dict(tau="3 ms", k=2.0),
            equations=f"{word} = (v - 2)*(v - 2)\n"
            f"dv/dt = -({word}*v + exp(-{word}/k) + exp(-{word}/k)*v)/tau/k",
        )  # fmt: skip
        return ex.simulate(model, 5 * ms, scheme=scheme, initial=dict(v=0.0)).bare("v")[-1]

    assert end(name) == end("other")


@pytest.mark.compiled
def test_a_failed_run_holds_nothing_but_what_was_computed():
    growth = ex.Model(
        "growth", equations="dv/dt = v/tau\ndw/dt = (v - w)/(5*tau)",
        states=dict(v=1.0, w=0.0), parameters=dict(tau="1 ms"),
    )  # fmt: skip
    cells = growth(tau=[0.08, 0.04, 1e6] * ms)
    with pytest.raises(ex.ExcitableError, match=r"neuron 1 at 28\.\d+ ms") as caught:
        ex.simulate(cells, 100 * ms, threads=1, initial=dict(v=1.0, w=0.0))
    run = caught.value.run
    assert 28 < run.t_ms[-1] < 28.5
    np.testing.assert_allclose(run.bare("v")[:, 0], np.exp(run.t_ms / 0.08), rtol=1e-10)


def test_a_slow_state_is_recorded_as_it_moves():
    slow = ex.Model(
        "slow", equations="dv/dt = I/T - v/tau", states=dict(v=0.0), inputs=dict(I=""),
        parameters=dict(T="1 ms", tau="1e25 ms"),
    )  # fmt: skip
    run = ex.simulate(slow, 5 * ms, I=1.0, initial=dict(v=0.0))
    np.testing.assert_allclose(run.bare("v"), run.t_ms, rtol=1e-12)


def test_a_long_dt_does_not_slow_a_fast_rotation():
    rotation = ex.Model(
        "rotation", equations="dv/dt = -a*v + w0*u\ndu/dt = -w0*v - a*u", spike="v >= 2",
        states=dict(v=1.0, u=0.0), parameters=dict(a="0.01/ms", w0="20/ms"),
    )  # fmt: skip
    run = ex.simulate(rotation, 40 * ms, dt=5 * ms, initial=dict(v=1.0, u=0.0))
    exact = np.exp(-0.01 * run.t_ms) * np.cos(20 * run.t_ms)
    np.testing.assert_allclose(run.bare("v"), exact, atol=1e-10)


@pytest.mark.parametrize("record", [3, [["v"]]])
def test_record_takes_names(record):
    with pytest.raises(ex.ExcitableError, match='Write record="v"'):
        ex.simulate(ex.LIF, 10 * ms, record=record)


def test_a_run_without_samples_takes_no_memory_for_them():
    run = ex.simulate(ex.LIF, "1e6 second", record=False)
    assert run.t_ms.size == 0


def test_a_jump_has_no_slope_and_is_not_linear():
    steps = ex.Model(
        "steps", equations="tau*dr/dt = heaviside(I) - where(I > 2, 1, 0) - r",
        states=dict(r=0.0), inputs=dict(I=""), parameters=dict(tau="1 ms"),
    )  # fmt: skip
    run = ex.simulate(steps, 30 * ms, I=np.array([-1.0, 1.0, 3.0]))
    assert run.scheme != "exact"
    np.testing.assert_allclose(run.bare("r")[-1], [0.0, 1.0, 0.0], atol=1e-6)


def test_where_two_equilibria_meet_is_no_rest():
    run = ex.simulate(ex.QIF, 1 * ms)
    assert "no stable equilibrium" in run.start
    assert "no stable equilibrium" in ex.simulate(ex.Theta, 1 * ms).start
    slow = ex.QIF(tau="1e8 ms")
    held = ex.simulate(slow, 1 * ms, I=-1.0, initial=dict(x=-1.0))
    assert held.bare("x")[-1] == pytest.approx(-1.0, abs=1e-12)
    faint = ex.Model(
        "faint", equations="dv/dt = -v/tau", states=dict(v=1.0), parameters=dict(tau="1e20 ms"),
    )  # fmt: skip
    assert ex.simulate(faint, 1 * ms).start.startswith("at rest")
