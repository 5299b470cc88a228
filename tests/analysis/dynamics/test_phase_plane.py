"""Nullclines, manifolds, cycles and trajectories against formulas, references and simulations."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import excitable as ex
from excitable.errors import ParameterError
from excitable.units import cm, ms, pA, uA

DENSITY = uA / cm**2


def residual(plane, name):
    """Largest drift of a state on its nullcline, relative to the largest in the window."""
    drifts = dict(zip((plane.x, plane.y), plane.vector_field(41)[2:], strict=True))
    size = np.nanmax(np.abs(drifts[name].magnitude))
    worst = 0.0
    for one in plane.nullclines[name]:
        names = {**plane._known, plane.x: one.x.magnitude, plane.y: one.y.magnitude}
        drift = plane._plane.drifts[(plane.x, plane.y).index(name)]
        inner = slice(1, -1)
        worst = max(worst, np.abs(ex.expression.evaluate(drift, names)[inner]).max() / size)
    return worst


@pytest.mark.parametrize(
    ("model", "drive"),
    [
        (ex.FitzHughNagumo, dict(I=0.5)),
        (ex.PersistentSodiumPotassium, dict(I=3 * DENSITY)),
        (ex.HodgkinHuxley, dict(I=10 * DENSITY)),
        (ex.AdEx, dict(I=300 * pA)),
    ],
)
def test_nullclines_are_where_a_state_stands_still(model, drive):
    plane = ex.phase_plane(model, **drive)
    for name in (plane.x, plane.y):
        assert plane.nullclines[name]
        assert residual(plane, name) < 1e-9


def test_equilibria_lie_where_nullclines_meet():
    plane = ex.phase_plane(ex.PersistentSodiumPotassium, I=3 * DENSITY)
    for one in plane.equilibria:
        place = np.array([one.state["v"].magnitude / 100, one.state["n"].magnitude])
        for pieces in plane.nullclines.values():
            points = [np.column_stack([c.x.magnitude / 100, c.y.magnitude]) for c in pieces]
            assert min(np.hypot(*(p - place).T).min() for p in points) < 5e-3


def test_manifolds_of_a_saddle_by_another_integrator():
    """Both begin at the saddle and follow another integrator's curve, back for the stable one."""
    plane = ex.phase_plane(ex.PersistentSodiumPotassium, I=3 * DENSITY)
    assert [one.name for one in plane.separatrices] == ["unstable"] * 2 + ["stable"] * 2
    saddle = plane.equilibria[1]
    place = np.array([saddle.state["v"].magnitude, saddle.state["n"].magnitude])
    flow = plane._flow

    for one in plane.separatrices:
        k = min(len(one.t) - 1, 60)
        far = np.array([one.x.magnitude[k], one.y.magnitude[k]])
        near = np.array([one.x.magnitude[0], one.y.magnitude[0]])
        time = one.t.magnitude[k]
        sign = 1.0 if one.name == "unstable" else -1.0

        def drift(t, x, sign=sign):
            return sign * np.array(flow.rate(list(x)))

        other = solve_ivp(
            drift, (0, 1.01 * time), near, method="DOP853", rtol=1e-12, atol=1e-13,
            dense_output=True,
        )  # fmt: skip
        # So close to the saddle rounding shifts the time, but not the curve.
        line = other.sol(time * np.linspace(0.999, 1.001, 4001)).T
        scale = np.array([100.0, 1.0])
        assert np.abs((line - far) / scale).max(axis=1).min() < 2e-5
        assert np.abs((near - place) / scale).max() < 2e-5


@pytest.mark.parametrize(
    ("start", "model"),
    [
        ("fhn/standard/period/I=0.4", ex.FitzHughNagumo),
        ("fhn/standard/period/I=1.4", ex.FitzHughNagumo),
        ("napk/high_threshold/period/I=10", ex.PersistentSodiumPotassium),
        ("napk/high_threshold/period/I=5", ex.PersistentSodiumPotassium),
        ("ml/hopf/period/I=150", ex.MorrisLecar),
        ("ml/homoclinic/period/I=37", ex.MorrisLecar.preset("homoclinic")),
        ("hh/modern_EL-54.387/period/I=20", ex.HodgkinHuxley),
    ],
)
def test_periods_of_stable_cycles(start, model, reference_entries):
    (entry,) = [e for e in reference_entries(start) if e["id"] == start]
    value = entry["value"]
    unit = model.inputs["I"].unit
    plane = ex.phase_plane(model, I=ex.units.attach(float(entry["given"]["I"]), unit or ""))
    assert plane.cycle is not None
    expected = float(value.get("T", value.get("T_ms")))
    assert plane.cycle.period.m_as("ms") == pytest.approx(expected, rel=1e-4)


def test_no_cycle_is_claimed_where_there_is_none():
    for model, drive in (
        (ex.FitzHughNagumo, dict(I=0)),
        (ex.PersistentSodiumPotassium, dict(I=3 * DENSITY)),
        (ex.ResonateAndFire, {}),
        (ex.Izhikevich, dict(I="3 mV/ms")),
    ):
        assert ex.phase_plane(model, **drive).cycle is None


@pytest.mark.parametrize(
    ("model", "current"),
    [
        (ex.Izhikevich, "10 mV/ms"),
        (ex.AdEx, "700 pA"),
        (ex.AdEx(t_ref="5 ms", tau_w="30 ms"), "900 pA"),
    ],
)
def test_cycles_through_resets_repeat_as_in_a_run(model, current):
    plane = ex.phase_plane(model, I=current)
    run = ex.simulate(model, 3000 * ms, I=current, record=False)
    last = run.spikes[0].isi()[-1]
    spikes = plane.cycle.resets.size
    assert plane.cycle.period.m_as("ms") / spikes == pytest.approx(last.m_as("ms"), rel=1e-3)


def test_threshold_and_reset_of_a_hybrid_model():
    plane = ex.phase_plane(ex.Izhikevich, I="10 mV/ms")
    (threshold,), (reset,) = plane.threshold, plane.reset
    assert threshold.x.m_as("mV") == pytest.approx([30.0, 30.0])
    assert reset.x.m_as("mV") == pytest.approx([-65.0, -65.0])
    jump = (reset.y - threshold.y).magnitude
    assert jump == pytest.approx([8.0, 8.0])


def test_trajectories_forward_and_back():
    plane = ex.phase_plane(ex.FitzHughNagumo, I=0.5)
    forward = plane.trajectory(dict(v=1.0, w=0.0), 3 * ms)
    end = {name: value[-1] for name, value in forward.states.items()}
    back = plane.trajectory(end, 3 * ms, backward=True)
    assert back.x.magnitude[-1] == pytest.approx(1.0, abs=1e-5)
    assert back.y.magnitude[-1] == pytest.approx(0.0, abs=1e-5)
    run = ex.simulate(ex.FitzHughNagumo, 3 * ms, I=0.5, initial=dict(v=1.0, w=0.0))
    assert forward.x.magnitude[-1] == pytest.approx(run.v.magnitude[-1], abs=1e-5)


def test_two_of_many_states_say_what_became_of_the_others():
    steady = ex.phase_plane(ex.HodgkinHuxley, I=10 * DENSITY)
    assert steady.words == "m, h at steady state"
    assert steady.equilibria[0].kind == "saddle-focus"  # of the full system
    frozen = ex.phase_plane(ex.HodgkinHuxley, "v", "m", frozen=dict(h=0.6, n=0.32))
    assert frozen.words == "h frozen at 0.6, n frozen at 0.32"
    assert not frozen.separatrices
    assert not frozen.on_plane(frozen.equilibria[0])
    assert "frozen" in frozen.plot().axes[0].get_title(loc="left")


def test_the_picture_tells_kinds_by_marker():
    plane = ex.phase_plane(ex.PersistentSodiumPotassium, I=3 * DENSITY)
    for size in ((3.4, 3.0), (6.0, 4.6), (10.0, 7.0)):
        axes = plane.plot(size=size).axes[0]
        dots = {
            line.get_label(): (line.get_fillstyle(), line.get_markerfacecolor())
            for line in axes.lines
            if line.get_marker() == "o"
        }
        assert set(dots) == {"stable focus", "saddle", "unstable focus"}
        assert dots["saddle"][0] == "left"
        assert dots["unstable focus"][1] == "white"
        assert axes.get_xlabel() == "$v$ (mV)"


def test_a_window_of_ones_own():
    plane = ex.phase_plane(ex.FitzHughNagumo, I=0.5, window=dict(v=(-3, 3), w=(-1, 2)), frozen=None)
    assert plane.window.x_range == (-3.0, 3.0)
    assert plane.window.y_range == (-1.0, 2.0)
    for one in plane.nullclines["v"]:
        assert one.y.magnitude.min() >= -1.0
        assert one.y.magnitude.max() <= 2.0


def test_its_text():
    text = repr(ex.phase_plane(ex.AdEx, I=300 * pA))
    assert "w over v" in text
    assert "saddle" in text


def test_a_curve_is_told_in_one_line():
    plane = ex.phase_plane(ex.FitzHughNagumo, I=0.5)
    assert "\n" not in repr(plane.nullclines["v"])
    assert repr(plane.cycle).startswith("<Curve 'stable': ")
    assert repr(plane.cycle).endswith(", 39.4744 ms>")
    with pytest.raises(ParameterError, match="backward=True"):
        plane.trajectory(dict(v=0.5, w=1.0), "-2 ms")
