"""All limit cycles of planar models, stable and unstable, and knees of nullclines."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import excitable as ex
from excitable.expression import evaluate
from excitable.units import cm, ms, mV, uA

DENSITY = uA / cm**2
PLANAR = ("napk/", "ml/", "fhn/", "prescott/")


def plane_of(model, current, **options):
    unit = model.inputs["I"].unit
    return ex.phase_plane(model, I=ex.units.attach(float(current), unit or ""), **options)


def test_the_periods_of_stable_cycles(reference_entries, model_of):
    entries = [
        e for prefix in PLANAR for e in reference_entries(prefix)
        if e["quantity"] == "stable_cycle"
    ]  # fmt: skip
    assert len(entries) == 52
    for entry in entries[::3]:  # the others in the same way
        plane = plane_of(model_of(entry), entry["given"]["I"])
        period = plane.cycle.period.m_as("ms")
        assert period == pytest.approx(float(entry["value"]["T"]), rel=1e-6), entry["id"]


@pytest.mark.parametrize(
    ("model", "current"),
    [
        (ex.MorrisLecar, 90),
        (ex.MorrisLecar, 215),
        (ex.FitzHughNagumo, 0.325),
        (ex.FitzHughNagumo, 0.33),
        (ex.FitzHughNagumo, 1.42),
        (ex.PersistentSodiumPotassium.preset("subcritical Hopf"), 45),
        (ex.Izhikevich, 3.79),
    ],
)
def test_unstable_cycles_close_and_repel(model, current):
    """Another integrator comes back to the start; the divergence along it says unstable."""
    plane = plane_of(model, current)
    assert [one.name for one in plane.cycles] == ["unstable", "stable"]
    cycle = plane.cycles[0]
    assert cycle.resets.size == 0
    x = np.array([value.magnitude for value in cycle.states.values()])
    assert x[:, 0] == pytest.approx(x[:, -1], rel=1e-7, abs=1e-8)
    assert (np.diff(cycle.t.magnitude) > 0.0).all()
    system = model.system
    known = plane._known

    def against(t, y):
        names = {**known, **dict(zip(system.states, y, strict=True))}
        return [-evaluate(e, names) for e in system.expanded_derivatives()]

    period = cycle.period.m_as("ms")
    back = solve_ivp(against, (0.0, period), x[:, 0], "DOP853", rtol=1e-11, atol=1e-12)
    assert np.abs((back.y[:, -1] - x[:, 0]) / np.ptp(x, axis=1)).max() < 1e-6
    trace = system.jacobian()[0][0] + system.jacobian()[1][1]
    names = {**known, **dict(zip(system.states, x, strict=True))}
    values = np.broadcast_to(evaluate(trace, names), x.shape[1])
    assert np.trapezoid(values, cycle.t.magnitude) > 0.0


def test_a_pair_of_circles_of_known_size():
    """r' = r (r^2 - 1)(4 - r^2), one turn in 2 pi: the inner circle repels, the outer attracts.

    Neither nullcline is a graph, so that solutions are followed from a few places.
    """
    model = ex.Model(
        "Circles",
        equations="""
            r = v**2 + w**2
            g = (r - 1)*(4 - r)
            T*dv/dt = v*g/10 - w
            T*dw/dt = w*g/10 + v
        """,
        states=dict(v=0, w=0), parameters=dict(T="1 ms"),
    )  # fmt: skip
    plane = ex.phase_plane(model, window=dict(v=(-3, 3), w=(-3, 3)))
    assert [one.name for one in plane.cycles] == ["unstable", "stable"]
    for one, radius in zip(plane.cycles, (1.0, 2.0), strict=True):
        assert np.hypot(one.x.magnitude, one.y.magnitude) == pytest.approx(radius, abs=1e-5)
        assert one.period.m_as("ms") == pytest.approx(2 * np.pi, rel=1e-6)
        assert (np.diff(one.t.magnitude) > 0.0).all()


def test_lienard_circles_of_known_period():
    """v' = w - F(v), w' = -v with weak F: cycles where the averaged damping vanishes, twice.

    For F = e (v - 4/3 v^3 + 8/25 v^5 k) amplitudes solve 1 - r^2 + k r^4/5 = 0 to first order.
    """
    k = 1.0
    model = ex.Model(
        "Lienard", equations="T*dv/dt = w + e*(v - 4/3*v**3 + 8/25*k*v**5)\nT*dw/dt = -v",
        states=dict(v=0, w=0), parameters=dict(T="1 ms", e=1e-2, k=k),
    )  # fmt: skip
    plane = ex.phase_plane(model, window=dict(v=(-3, 3), w=(-3, 3)))
    assert [one.name for one in plane.cycles] == ["stable", "unstable"]
    radii = np.sqrt((1 + np.array([-1.0, 1.0]) * np.sqrt(1 - 0.8 * k)) / (0.4 * k))
    for one, radius in zip(plane.cycles, radii, strict=True):
        assert one.x.magnitude.max() == pytest.approx(radius, rel=1e-3)
        assert one.period.m_as("ms") == pytest.approx(2 * np.pi, rel=1e-3)


def test_the_closed_orbits_of_a_centre_are_no_limit_cycles():
    model = ex.Model(
        "Pendulum", equations="T*dv/dt = w\nT*dw/dt = -v - v**3",
        states=dict(v=0, w=0), parameters=dict(T="1 ms"),
    )  # fmt: skip
    plane = ex.phase_plane(model, window=dict(v=(-2, 2), w=(-2, 2)))
    assert plane.cycles == []
    assert plane.equilibria[0].kind == "center"


def test_the_knees_of_the_references(reference_entries, model_of):
    entries = [
        e for prefix in PLANAR for e in reference_entries(prefix)
        if e["quantity"] == "nullcline_knees"
    ]  # fmt: skip
    assert len(entries) == 7
    for entry in entries:
        model = model_of(entry)
        second = list(model.states)[1]
        span = (-100 * mV, 50 * mV) if "fhn" not in entry["id"] else (-2, 2)
        plane = plane_of(model, 0, window={"v": span, second: (-1, 1)})
        knees = [knee for one in plane.nullclines["v"] for knee in one.knees]
        found = [(knee["v"].magnitude, knee[second].magnitude) for knee in knees]
        values = [(float(one["V"]), float(one["w_at_I0"])) for one in entry["value"]]
        assert len(found) == len(values), entry["id"]
        for one, value in zip(sorted(found), values, strict=True):
            assert one == pytest.approx(value, rel=entry["tol"]), entry["id"]
        assert all(not one.knees for one in plane.nullclines[second])


def test_a_closed_nullcline_folds_twice():
    model = ex.Model(
        "Circle", equations="T*dv/dt = v**2 + w**2 - 0.5\nT*dw/dt = v - w",
        states=dict(v=0, w=0), parameters=dict(T="1 ms"),
    )  # fmt: skip
    plane = ex.phase_plane(model, window=dict(v=(-1, 1), w=(-1, 1)))
    (ring,) = plane.nullclines["v"]
    places = sorted((float(one["w"].magnitude), float(one["v"].magnitude)) for one in ring.knees)
    assert np.array(places) == pytest.approx(np.array([[-np.sqrt(0.5), 0], [np.sqrt(0.5), 0]]))


def test_the_axes_may_be_exchanged():
    usual = plane_of(ex.MorrisLecar, 90)
    turned = ex.phase_plane(ex.MorrisLecar, "w", "v", I=90 * DENSITY)
    periods = [one.period.m_as("ms") for one in usual.cycles]
    assert [one.period.m_as("ms") for one in turned.cycles] == pytest.approx(periods, rel=1e-6)
    assert turned.window.y_range == pytest.approx(usual.window.x_range, rel=1e-3)


def test_slow_adaptation_is_taken_to_its_limit():
    """The M-current of this cell takes many spikes to settle; a long run has it settled."""
    plane = ex.phase_plane(ex.Golomb, I=10 * DENSITY)
    run = ex.simulate(ex.Golomb, 1000 * ms, I=10 * DENSITY, record=False)
    isi = run.spikes[0].isi()[-1].m_as("ms")
    assert plane.cycle.period.m_as("ms") == pytest.approx(isi, rel=1e-5)
