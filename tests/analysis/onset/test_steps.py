"""Rheobase by the diagram agrees with steps that are simulated; class 3; odd firing."""

from functools import cache

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import excitable as ex
from excitable.analysis.onset import _smooth
from excitable.analysis.onset._smooth import Search
from excitable.analysis.onset._steps import inside, least
from excitable.expression import evaluate

PRESCOTT = dict(
    C="2 uF/cm2", g_Ca="20 mS/cm2", g_K="20 mS/cm2", g_L="2 mS/cm2", V_Ca="50 mV", V_K="-100 mV",
    V_L="-70 mV", V_1="-1.2 mV", V_2="18 mV", V_4="10 mV", phi=0.15,
)  # fmt: skip


@cache
def classified(cell):
    return ex.excitability(cell)


@pytest.mark.parametrize(
    ("model", "rheobase"),
    [
        (ex.MorrisLecar, "begins"),
        (ex.PersistentSodiumPotassium.preset("saddle-node off cycle"), "rest"),
        (ex.PersistentSodiumPotassium.preset("subcritical Hopf"), "begins"),
        (ex.FitzHughNagumo, "begins"),
    ],
    ids=lambda one: getattr(one, "name", one),
)
def test_steps_within_the_bistable_range(model, rheobase):
    """DOP853 from rest, on both sides of the rheobase that is reported."""
    found = classified(model)
    change = found.begins if rheobase == "begins" else found.lost.rest
    assert found.rheobase.magnitude == pytest.approx(change.input.magnitude, rel=1e-6)
    level = found.rheobase.magnitude
    span = found.bistable[1].magnitude - found.bistable[0].magnitude
    for shift, fires in ((-0.1, False), (0.1, True)):
        assert turns_for_ever(model, level + shift * span) == fires


def turns_for_ever(model, level):
    """Whether a step from rest still makes the first state swing after a long time."""
    system = model.system
    drifts = system.expanded_derivatives()
    known = {**model.values(), "I": level}
    start = [float(v.magnitude) for v in ex.equilibria(model)[0].state.values()]

    def drift(_, x):
        names = {**known, **dict(zip(system.states, x, strict=True))}
        return [float(evaluate(e, names)) for e in drifts]

    slow = 1.0 / np.abs(np.real(ex.equilibria(model)[0].eigenvalues.magnitude)).min()
    end = 60.0 * slow
    run = solve_ivp(drift, (0.0, end), start, method="DOP853", rtol=1e-8, atol=1e-10)
    late = run.y[0][run.t > 0.7 * end]
    return float(np.ptp(late)) > 0.3 * float(np.ptp(run.y[0])) and late.size > 20


@pytest.mark.parametrize(
    "cell", [ex.MorrisLecar, ex.PersistentSodiumPotassium.preset("supercritical Hopf")],
    ids=["fold of cycles", "supercritical Hopf"],
)  # fmt: skip
def test_the_simulated_rheobase_agrees(cell):
    found = classified(cell)
    simulated = ex.rheobase(cell, "repetitive").value
    assert found.criterion == "repetitive"
    assert found.rheobase.magnitude == pytest.approx(simulated.magnitude, rel=1e-5)


@pytest.mark.parametrize(("V_3", "cls"), [(0, 1), (-13, 2), (-30, 3)])
def test_three_classes_by_one_parameter(V_3, cls):
    found = ex.excitability(ex.MorrisLecar(**PRESCOTT, V_3=f"{V_3} mV"))
    assert found.cls == cls
    if cls == 3:
        assert found.onset is None
        assert found.rheobase is None
        assert found.onset_frequency is None
        assert any("none fires for ever" in line for line in found.evidence)
        assert any("phasic" in line for line in found.evidence)
        assert "no repetitive firing" in repr(found)


def test_oscillations_that_never_spike_are_no_firing():
    """Stable cycles are there between two Hopf points at high input, all far from the spike."""
    found = ex.excitability(ex.MorrisLecar(**PRESCOTT, V_3="-24 mV"))
    assert found.cls == 3
    assert found.lost.rest.kind == "supercritical Hopf"


def test_firing_that_follows_no_known_cycle_is_no_class_3(monkeypatch):
    """As of a neuron that bursts: what fires for ever has a rheobase and a rate, by runs."""
    monkeypatch.setattr(Search, "_met", lambda *given: None)
    monkeypatch.setattr(_smooth, "stable_stretches", lambda *given: [])
    found = ex.excitability(ex.PersistentSodiumPotassium.preset("saddle-node off cycle"))
    assert (found.cls, found.onset) == (2, "saddle-node off cycle")
    assert found.rheobase.magnitude == pytest.approx(4.5129, rel=1e-4)
    assert found.onset_frequency.m_as("Hz") > 10.0
    assert any("does not repeat" in line for line in found.evidence)
    assert any("runs fire for ever" in line for line in found.evidence)


def test_firing_without_input_is_looked_at_below_zero():
    """A leak that pulls beyond the fold: rest is followed from below zero input."""
    shift = 8.0 * (-80.0 + 70.0)  # mS/cm2 times mV: what the other reversal potential adds
    cell = ex.PersistentSodiumPotassium(E_L="-70 mV")
    assert not ex.equilibria(cell).resting
    found = ex.excitability(cell)
    usual = ex.excitability(ex.PersistentSodiumPotassium)
    assert (found.cls, found.onset) == (1, "SNIC")
    moved = usual.rheobase.magnitude + shift
    assert found.rheobase.magnitude == pytest.approx(moved, rel=1e-8)


def test_the_least_step_is_bracketed():
    for place in (0.3, 0.72):
        level, width = least(lambda x, place=place: x > place, 0.0, 1.0, at_low=False)
        assert level == pytest.approx(place, abs=2e-6)
        assert width > 0.0
    assert least(lambda x: True, 0.0, 1.0, at_low=True) == (0.0, 0.0)
    assert least(lambda x: False, 0.0, 1.0, at_low=False) == (1.0, 0.0)


def test_inside_a_closed_curve():
    turn = np.linspace(0.0, 2.0 * np.pi, 50)
    curve = np.stack([np.cos(turn), 0.5 * np.sin(turn)], axis=1)
    assert inside(np.array([0.5, 0.2]), curve)
    assert not inside(np.array([0.5, 0.6]), curve)


def test_another_input_is_constant():
    """Two inputs into one membrane add up."""
    two = ex.Model(
        "Two inputs", equations="C*dv/dt = g_L*(E_L - v) + g_L*k*exp((v - V_T)/k) + I + J",
        spike="v > V_peak", reset="v = V_R", states=dict(v="-65 mV"),
        inputs=dict(I="pA", J="pA"),
        parameters=dict(C="200 pF", g_L="10 nS", E_L="-65 mV", V_T="-50 mV", k="2 mV",
                        V_peak="0 mV", V_R="-60 mV"),
    )  # fmt: skip
    alone = ex.excitability(two).rheobase.m_as("pA")
    helped = ex.excitability(two, J="50 pA").rheobase.m_as("pA")
    assert alone == pytest.approx(10 * (15 - 2), rel=1e-9)
    assert helped == pytest.approx(alone - 50, rel=1e-9)
