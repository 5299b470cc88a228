"""Phase lines against formulas: equilibria, directions, jumps, potentials and periods."""

import numpy as np
import pytest

import excitable as ex
from excitable.analysis import PhaseLine
from excitable.units import cm, ms, mV, pA, uA

DENSITY = uA / cm**2


def spans(line):
    return [(one.low.magnitude, one.high.magnitude, one.direction) for one in line.regions]


def test_a_quadratic_neuron_below_and_above_its_fold():
    """dx/dt = x^2 + I: two places at +-sqrt(-I), one at I = 0, none above."""
    below = ex.phase_line(ex.QIF, I=-4)
    assert [one.kind for one in below.equilibria] == ["stable node", "unstable node"]
    assert [one.direction for one in below.regions] == [1, -1, 1]
    assert spans(below)[1][:2] == pytest.approx((-2.0, 2.0))
    assert not below.fires
    assert below.period is None
    at = ex.phase_line(ex.QIF, I=0)
    assert [one.kind for one in at.equilibria] == ["saddle-node"]
    assert at.sides(at.equilibria[0]) == (1, 1)
    assert not at.fires
    above = ex.phase_line(ex.QIF, I=0.01)
    assert not len(above.equilibria)
    assert [one.direction for one in above.regions] == [1]
    r = 0.1  # sqrt(I)
    expected = (np.arctan(10 / r) - np.arctan(-10 / r)) / r
    assert above.period.m_as("ms") == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("I", [1e-8, 1e-12])
def test_the_period_beside_the_fold_keeps_its_digits(I):
    """The drift is least in a place of width sqrt(I), far narrower than any grid."""
    r = np.sqrt(I)
    for sign in (1, -1):
        cell = ex.Model(
            "Fold", equations=f"T*dx/dt = {sign}*(x**2 + {I})", spike=f"{sign}*x >= 10",
            reset=f"x = {-10 * sign}", states=dict(x=0), parameters=dict(T="1 ms"),
        )  # fmt: skip
        period = ex.phase_line(cell).period
        assert period.m_as("ms") == pytest.approx(2 * np.arctan(10 / r) / r, rel=1e-12)


def test_the_period_of_a_leaky_neuron_by_its_closed_form():
    cell = ex.LIF(t_ref=3 * ms)
    line = ex.phase_line(cell, I=300 * pA)
    curve = ex.fi_curve(cell, I=[300] * pA)
    assert 1.0 / line.period.m_as("second") == pytest.approx(curve.rate[0].m_as("Hz"), rel=1e-9)
    assert line.equilibria[0].beyond_threshold
    assert (line.threshold.m_as("mV"), line.reset.m_as("mV")) == (-50.0, -65.0)
    assert ex.phase_line(cell).period is None


@pytest.mark.parametrize("name", ["EIF", "QIFPhysical", "LIFConductance", "GLIF1", "NoisyLIF"])
def test_every_neuron_of_one_state_has_a_line(name):
    line = ex.phase_plane(getattr(ex, name))
    assert isinstance(line, PhaseLine)
    assert line.drift.magnitude.shape == line.values.magnitude.shape
    places = [one.state[line.x].magnitude for one in line.equilibria]
    for place in places:
        assert line.drift_at(place * ex.units.attach(1.0, "mV")).magnitude == pytest.approx(
            0.0, abs=1e-9
        )
    for one in line.regions:
        middle = 0.5 * (one.low + one.high)
        assert np.sign(line.drift_at(middle).magnitude) == one.direction


def test_a_neuron_without_a_reset():
    line = ex.phase_line(ex.models.RateNeuron)
    assert line.threshold is None
    assert line.reset is None
    assert not line.fires
    assert len(line.equilibria) >= 1


def test_persistent_sodium_is_bistable_up_to_its_fold():
    line = ex.phase_line(ex.PersistentSodium)
    assert [one.direction for one in line.regions] == [1, -1, 1, -1]
    assert [one.stable for one in line.equilibria] == [True, False, True]
    firing = ex.phase_line(ex.PersistentSodium, I=60 * DENSITY)
    run = ex.simulate(ex.PersistentSodium, 300 * ms, I=60 * DENSITY, record=False)
    isi = run.spikes[0].isi()[-1].m_as("ms")
    assert firing.period.m_as("ms") == pytest.approx(isi, rel=1e-5)


def test_an_angle_goes_round():
    """1 - cos + (1 + cos) I vanishes at +-2 atan(sqrt(-I))."""
    line = ex.phase_plane(ex.Theta, I=-0.25)
    assert line.periodic
    assert line.window == pytest.approx((-np.pi, np.pi))
    places = [one.state["theta"].magnitude for one in line.equilibria]
    assert places == pytest.approx([-2 * np.arctan(0.5), 2 * np.arctan(0.5)])
    free = ex.phase_line(ex.Theta, I=4)
    assert free.period.m_as("ms") == pytest.approx(np.pi / 2.0, rel=1e-9)
    assert "an angle" in repr(free)


def test_a_drift_that_jumps_through_zero_parts_regions():
    cell = ex.Model(
        "Relay", equations="T*dx/dt = 0.5 - heaviside(x - 0.3)",
        states=dict(x=0), parameters=dict(T="1 ms"),
    )  # fmt: skip
    line = ex.phase_line(cell, window=dict(x=(-1, 1)))
    assert [one[2] for one in spans(line)] == [1, -1]
    assert spans(line)[0][1] == pytest.approx(0.3, abs=1e-9)


def test_valleys_of_the_potential_hold_what_is_stable():
    line = ex.phase_line(ex.QIF, I=-4, window=dict(x=(-5, 5)))
    x = line.values.magnitude
    assert line.potential.magnitude == pytest.approx(
        -(x**3 + 125) / 3 + 4 * (x + 5), rel=1e-12, abs=1e-10
    )
    assert line.potential.units == (1 / ms).units


def test_its_text():
    text = repr(ex.phase_line(ex.LIF, I=300 * pA))
    assert "beyond the threshold" in text
    assert "fires with period 15.863 ms" in text
    assert "no equilibrium" in repr(ex.phase_line(ex.QIF, I=1))


@pytest.mark.parametrize("size", [(3.2, 2.6), (6.0, 3.6)])
def test_its_picture(size):
    line = ex.phase_line(ex.PersistentSodium)
    axes = line.plot(size=size).axes[0]
    dots = [one for one in axes.lines if one.get_marker() == "o"]
    faces = [one.get_markerfacecolor() for one in dots]
    assert [one.get_xdata()[0] for one in dots] == pytest.approx(
        [one.state["v"].m_as("mV") for one in line.equilibria]
    )
    assert faces[1] == "white"
    heads = {one.get_marker() for one in axes.lines} & {">", "<"}
    assert heads == {">", "<"}
    for one in axes.lines:  # arrows stand where the state moves that way
        if one.get_marker() in (">", "<"):
            drift = line.drift_at(one.get_xdata() * mV).magnitude
            assert (np.sign(drift) == (1 if one.get_marker() == ">" else -1)).all()
    assert axes.get_xlabel() == "$v$ (mV)"
    assert axes.get_ylabel() == "d$v$/d$t$ (mV/ms)"
    labels = axes.get_legend_handles_labels()[1]
    assert {"threshold", "after the reset", "stable node", "unstable node"} <= set(labels)


def test_its_picture_with_the_potential_and_in_axes():
    line = ex.phase_line(ex.QIF, I=0)
    upper, lower = line.plot(potential=True).axes
    assert lower.get_ylabel() == "potential (1/ms)"
    (dot,) = [one for one in upper.lines if one.get_marker() == "o"]
    assert dot.get_fillstyle() == "left"  # come to from below, left above
    figure = ex.phase_line(ex.Theta).plot()
    panel = figure.axes[0]
    assert [one.get_text() for one in panel.get_xticklabels()] == ["−π", "−π/2", "0", "π/2", "π"]
    before = len(panel.lines)
    line.plot(axes=panel)
    assert len(panel.lines) > before


def test_a_neuron_that_comes_to_rest_on_its_threshold_does_not_fire():
    line = ex.phase_line(ex.LIFNormalised, v_in=1)
    assert not line.fires
    assert line.period is None
