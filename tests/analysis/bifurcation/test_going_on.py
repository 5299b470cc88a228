"""Branches begun again from points found before, and the other branch at a branch point."""

import numpy as np
import pytest

import excitable as ex
from excitable.errors import ModelError, ParameterError, SimulationError

HH, NAPK = ex.HodgkinHuxley, ex.PersistentSodiumPotassium


def line(right, **inputs):
    """A model of one plain number."""
    return ex.Model(
        "Line", equations=f"tau*dx/dt = {right}", states=dict(x=0.0),
        inputs=dict(mu="1", **inputs), parameters=dict(tau="1 ms"),
    )  # fmt: skip


def test_a_hopf_point_lies_on_the_branch_over_another_parameter():
    first = ex.continuation(HH, "I", "0 uA/cm2", "200 uA/cm2")
    point = first.special[0]
    branch = ex.continuation(HH, "g_K", "20 mS/cm2", "60 mS/cm2", initial=point)
    assert branch.values.magnitude[[0, -1]].tolist() == [20.0, 60.0]
    (again,) = branch.special
    assert again.kind == "hopf"
    assert again.parameter.m_as("mS/cm**2") == pytest.approx(36.0, abs=1e-9)
    assert again.l1 == pytest.approx(point.l1, rel=1e-8)
    for name, value in point.state.items():
        assert again.state[name].magnitude == pytest.approx(value.magnitude, abs=1e-9)
    # Every point of it is an equilibrium under the current of the Hopf point.
    place = branch.points[7]
    alone = ex.continuation(
        HH(g_K=place.parameter), "I", "0 uA/cm2", point.parameter
    )  # fmt: skip
    assert alone["v"].magnitude[-1] == pytest.approx(place.state["v"].magnitude, abs=1e-9)


def test_what_varied_keeps_its_value_at_the_point():
    """From the branch over V_n back over I: with V_n as it was there, not that of the model."""
    fold = ex.continuation(NAPK, "I", "-100 uA/cm2", "50 uA/cm2").special[0]
    over = ex.continuation(NAPK, "V_n", "-60 mV", "0 mV", initial=fold)
    point = over.points[len(over) // 4]
    back = ex.continuation(NAPK, "I", "-100 uA/cm2", "50 uA/cm2", initial=point)
    assert back.model["V_n"] == point.parameter
    direct = NAPK(V_n=point.parameter)
    known = [float(one.parameter.magnitude) for one in back.special]
    expected = ex.continuation(direct, "I", "-100 uA/cm2", "50 uA/cm2").special
    assert known == pytest.approx([float(p.parameter.magnitude) for p in expected], abs=1e-9)
    assert abs(back["v"] - point.state["v"]).min().magnitude < 0.5


def test_from_a_fold_both_ways():
    one = ex.continuation(NAPK, "I", "-100 uA/cm2", "50 uA/cm2")
    for fold in one.special:
        two = ex.continuation(NAPK, "I", "-100 uA/cm2", "50 uA/cm2", initial=fold)
        assert sorted(p.parameter.magnitude for p in two.special) == pytest.approx(
            sorted(p.parameter.magnitude for p in one.special), abs=1e-10
        )
        ends = sorted([two["v"].magnitude[0], two["v"].magnitude[-1]])
        assert ends == pytest.approx(
            sorted([one["v"].magnitude[0], one["v"].magnitude[-1]]), abs=1e-8
        )


def test_ends_of_the_range_at_the_point():
    point = ex.continuation(HH, "I", "0 uA/cm2", "200 uA/cm2").special[0]
    away = ex.continuation(HH, "g_K", "36 mS/cm2", "60 mS/cm2", initial=point)
    assert away.ended[0] == "g_K is 36 mS/cm², where it starts"
    assert away.values.magnitude[[0, -1]].tolist() == [36.0, 60.0]
    toward = ex.continuation(HH, "g_K", "60 mS/cm2", "36 mS/cm2", initial=point)
    assert toward.values.magnitude[[0, -1]].tolist() == [60.0, 36.0]
    assert toward.ended[0] == "g_K reaches 60 mS/cm², the start of its range"


def test_from_a_point_of_a_curve():
    """A cusp found over I and V_n, with both at their values there, followed over g_Na."""
    fold = ex.continuation(NAPK, "I", "-100 uA/cm2", "50 uA/cm2").special[0]
    curve = fold.continuation("V_n", "-45 mV", "-22 mV")
    cusp = next(point for point in curve.special if point.kind == "cusp")
    branch = ex.continuation(NAPK, "g_Na", "15 mS/cm2", "25 mS/cm2", initial=cusp)
    assert branch.model["V_n"].magnitude == pytest.approx(cusp.second.magnitude, rel=1e-15)
    gap = abs(branch["v"].magnitude - cusp.state["v"].magnitude)
    assert abs(branch.values.magnitude - 20.0)[np.argmin(gap)] < 0.2
    over = ex.continuation(NAPK, "I", "-100 uA/cm2", "50 uA/cm2", initial=curve.points[5])
    (found,) = [
        p for p in over.special
        if abs(p.parameter.magnitude - curve.values.magnitude[5]) < 1e-8
    ]  # fmt: skip
    assert found.kind == "fold"


def test_inputs_of_the_branch_are_kept():
    model = line("mu + J - x**3", J="1")
    branch = ex.continuation(model, "mu", -3.0, 3.0, J=2.0)
    point = branch.points[10]
    x, level = point.state["x"].magnitude, point.parameter.magnitude
    assert x**3 == pytest.approx(level + 2.0, abs=1e-12)
    other = ex.continuation(model, "J", -3.0, 3.0, initial=point)
    J = other.values.magnitude
    np.testing.assert_allclose(other["x"].magnitude ** 3, J + level, atol=1e-11)
    same = ex.continuation(model, "J", -3.0, 3.0, initial=point, mu=point.parameter)
    np.testing.assert_array_equal(same["x"].magnitude, other["x"].magnitude)
    with pytest.raises(ParameterError, match="keeps the inputs"):
        ex.continuation(model, "J", -3.0, 3.0, initial=point, mu=0.5)
    with pytest.raises(ParameterError, match="start and stop are to hold it"):
        ex.continuation(model, "J", -3.0, 1.0, initial=point)
    with pytest.raises(ModelError, match="the point is one of Line, not of QIF"):
        ex.continuation(ex.QIF, "I", -3.0, 1.0, initial=point)


def test_a_closed_branch_is_followed_once_around():
    model = line("x**2 + mu**2 - 1")
    part = ex.continuation(model, "mu", 0.2, 0.4, initial=dict(x=-1.0))
    branch = ex.continuation(model, "mu", -3.0, 3.0, initial=part.points[3])
    assert {reason.partition(" at ")[0] for reason in branch.ended} == {
        "the branch closes on itself"
    }
    x, mu = branch["x"].magnitude, branch.values.magnitude
    np.testing.assert_allclose(x**2 + mu**2, 1.0, atol=1e-12)
    assert (x[0], mu[0]) == (x[-1], mu[-1])
    turned = np.unwrap(np.arctan2(x, mu))
    assert abs(turned[-1] - turned[0]) == pytest.approx(2 * np.pi, abs=1e-12)
    assert sorted(p.parameter.magnitude for p in branch.special) == pytest.approx([-1, 1])
    np.testing.assert_array_equal(branch.stable, x < 0)


def test_an_isola_between_two_stretches_is_no_part_of_them():
    """Equilibria (x - 3)(x^2 + mu^2 - 1): the line and the circle are two branches."""
    model = line("-(x - 3)*(x**2 + mu**2 - 1)")
    one = ex.continuation(model, "mu", -2.0, 2.0, initial=dict(x=3.0))
    assert one.special == ()
    part = ex.continuation(model, "mu", 0.0, 0.5, initial=dict(x=0.9))
    ring = ex.continuation(model, "mu", -2.0, 2.0, initial=part.points[0])
    assert [p.kind for p in ring.special] == ["fold", "fold"]
    assert abs(ring["x"].magnitude).max() == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize(
    ("right", "other"),
    [
        ("mu*x - x**2", lambda x: x),
        ("mu*x - x**3", lambda x: x**2),
        ("mu*x + x**3", lambda x: -(x**2)),
    ],
)
def test_the_other_branch(right, other):
    """Transcritical and both pitchforks: both halves, with the branch point in the middle."""
    branch = ex.continuation(line(right), "mu", -1.0, 1.0, initial=dict(x=0.0))
    switched = branch.switched(branch.special[0])
    x, mu = switched["x"].magnitude, switched.values.magnitude
    np.testing.assert_allclose(mu, other(x), atol=1e-12)
    assert x[0] == pytest.approx(-1.0, abs=1e-12)
    assert x[-1] == pytest.approx(1.0, abs=1e-12)
    slope = {"mu*x - x**2": mu - 2 * x, "mu*x - x**3": mu - 3 * x**2, "mu*x + x**3": mu + 3 * x**2}
    np.testing.assert_array_equal(switched.stable, slope[right] < 0.0)
    (point,) = switched.special
    assert point.kind == "branch point"
    assert abs(point.parameter.magnitude) < 1e-12
    back = switched.switched(point)
    np.testing.assert_allclose(back["x"].magnitude, 0.0, atol=1e-12)
    assert back.values.magnitude[[0, -1]].tolist() == [-1.0, 1.0]


def test_the_other_branch_of_curved_ones():
    model = line("(x - 2*mu + 1)*(mu - x - x**3)")
    branch = ex.continuation(model, "mu", -0.5, 2.0, initial=dict(x=-2.0))
    switched = branch.switched(branch.special[0])
    x, mu = switched["x"].magnitude, switched.values.magnitude
    np.testing.assert_allclose(mu, x + x**3, atol=1e-10)
    assert mu[[0, -1]].tolist() == [-0.5, 2.0]


def test_the_other_branch_of_coupled_neurons():
    """Two equal cells that excite themselves and inhibit each other: a pitchfork of their sum."""
    model = ex.Model(
        "Pair", equations="""
            tau*dx/dt = -x + tanh(mu*x - y)
            tau*dy/dt = -y + tanh(mu*y - x)
        """,
        states=dict(x=0.0, y=0.0), inputs=dict(mu="1"), parameters=dict(tau="1 ms"),
    )  # fmt: skip
    branch = ex.continuation(model, "mu", -1.0, 1.5, initial=dict(x=0.0, y=0.0))
    (point,) = branch.special
    assert point.parameter.magnitude == pytest.approx(0.0, abs=1e-11)
    odd = branch.switched(point)
    x, y, mu = odd["x"].magnitude, odd["y"].magnitude, odd.values.magnitude
    np.testing.assert_allclose(x, -y, atol=1e-10)
    np.testing.assert_allclose(x, np.tanh((mu + 1) * x), atol=1e-10)
    assert x[0] * x[-1] < 0.0


def test_no_other_branch():
    branch = ex.continuation(line("mu - x**2"), "mu", 1.0, -1.0)
    with pytest.raises(ParameterError, match="this fold is no branch point of the branch"):
        branch.switched(branch.special[0])
    crossing = ex.continuation(line("mu*x - x**2"), "mu", -1.0, 1.0, initial=dict(x=0.0))
    with pytest.raises(ParameterError, match=r"Write branch.switched\(branch.special\[0\]\)"):
        crossing.switched(branch.special[0])
    flat = ex.continuation(line("mu**3*x - x**5"), "mu", -1.0, 1.0, initial=dict(x=0.0))
    assert [point.kind for point in flat.special] == ["branch point"]
    with pytest.raises(SimulationError, match="no second direction leaves the point"):
        flat.switched(flat.special[0])
