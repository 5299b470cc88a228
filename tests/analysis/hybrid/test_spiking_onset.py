"""Where firing for ever begins, against closed forms and other integrators."""

import math

import pytest

import excitable as ex
from excitable.analysis.hybrid._onset import spiking_onset


def onset(model, name="I"):
    known = {key: float(value) for key, value in model.values().items()}
    return spiking_onset(model, name, known | {key: 0.0 for key in model.inputs})


def canard(a, b):
    """Level at which the recovery follows an invariant parabola through the saddle.

    With u = alpha v^2 + beta v + gamma on the curve and u' = a (b v - u) along it, comparing
    powers of v gives alpha = 0.04, beta = 5 + a/2 and the level below.
    """
    beta = 5.0 + 0.5 * a
    speed = (a * b - 0.5 * a * beta) / 0.08
    return speed - beta * speed / a - 140.0


def saddle_node(p):
    """Level of the fold of an AdEx, in closed form."""
    g, a, d = p["g_L"], p["a"], p["Delta_T"]
    return (g + a) * (p["V_T"] - p["E_L"] - d + d * math.log(1.0 + a / g))


@pytest.mark.parametrize(
    ("model", "level", "kind"),
    [
        (ex.LIF, 150.0, "threshold reaches rest"),
        (ex.QIF, 0.0, "saddle-node ghost"),
        (ex.QIFPhysical, 225.0, "saddle-node ghost"),
        (ex.Theta, 0.0, "saddle-node ghost"),
        (ex.EIF, 10.0 * (5.1 - 3.48), "saddle-node ghost"),
        (ex.QIF(x_reset=2.0), -4.0, "the reset meets the unstable equilibrium"),
        (ex.ALIF, 150.0, "threshold reaches rest"),
        (ex.Izhikevich2007, 0.25 * 0.7 * (20.0 + 2.0 / 0.7) ** 2 - 40.0, "saddle-node ghost"),
    ],
    ids=lambda one: getattr(one, "name", None),
)
def test_onset_of_firing_in_closed_form(model, level, kind):
    if model.name == "Izhikevich2007":  # k (v - v_r)(v - v_t) - b (v - v_r) has its vertex there
        k, b, way = 0.7, -2.0, 20.0
        level = 0.25 * k * (way + b / k) ** 2
    found = onset(model)
    assert found.level == pytest.approx(level, rel=1e-9, abs=1e-9)
    assert found.frequency == 0.0
    assert found.kind == kind
    assert found.silent_below


def test_adaptation_of_a_resonator_is_lost_before_the_saddle_node():
    # Recovery faster than the membrane: the reference has rest lost at 3.7975, a saddle-node at 4.
    found = onset(ex.Izhikevich)
    assert found.level == pytest.approx(canard(0.02, 0.2), rel=1e-8)
    assert canard(0.02, 0.2) == pytest.approx(3.774375, rel=1e-12)
    assert found.frequency == 0.0
    assert found.kind == "homoclinic orbit to the saddle"


def test_tonic_cell_fires_from_its_saddle_node():
    cell = ex.AdEx.preset("tonic spiking")
    known = {key: float(value) for key, value in cell.values().items()}
    found = onset(cell)
    assert found.level == pytest.approx(saddle_node(known), rel=1e-9)
    assert found.kind == "saddle-node ghost"


def test_onset_parts_levels_with_and_without_an_attractor():
    cell = ex.AdEx.preset("regular bursting")
    level = onset(cell).level
    assert ex.reset_map(cell, I=f"{level * (1 + 1e-6)} pA").attractors
    assert not ex.reset_map(cell, I=f"{level * (1 - 1e-6)} pA").attractors
