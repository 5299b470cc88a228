"""What a branch of equilibria says where it cannot start or go on, and beyond a threshold."""

import numpy as np
import pytest

import excitable as ex
from excitable.errors import ParameterError, SimulationError

NAPK = ex.PersistentSodiumPotassium


def user(right, *, start=0.0, **parameters):
    """A model of one plain number."""
    return ex.Model(
        "User", equations=f"tau*dx/dt = {right}", states=dict(x=start), inputs=dict(I="1"),
        parameters=dict(tau="1 ms", **parameters),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "start", "stop"),
    [("C", "1 uF/cm2", "0 uF/cm2"), ("tau_n", "1 ms", "-1 ms"), ("k_m", "15 mV", "-15 mV")],
)
def test_bounds_of_the_model_are_named(name, start, stop):
    with pytest.raises(ParameterError, match=f"PersistentSodiumPotassium.{name}: .* out of bounds"):
        ex.continuation(NAPK, name, start, stop)


def test_to_the_edge_of_what_is_defined():
    """Equilibria do not depend on time constants: they are there down to the last digit."""
    branch = ex.continuation(NAPK, "tau_n", "1 ms", "1e-9 ms", I="10 uA/cm2")
    assert branch.ended[1] == "tau_n reaches 1×10⁻⁹ ms, the stop of its range"
    v = branch["v"].magnitude
    np.testing.assert_allclose(v, v[0], atol=1e-9)
    assert [p.kind for p in branch.special] == ["hopf"]


def test_a_parameter_that_divides_passes_no_zero():
    model = user("I - x - 2/(1 + exp(-x/k))", k=1.0)
    through = ex.continuation(model, "k", 1.0, -1.0, I=0.5)
    to = ex.continuation(model, "k", 1.0, 0.0, I=0.5)
    for branch in (through, to):
        assert branch.ended[1].startswith("the equations are not defined at k = 0; the last point")
        k, x = branch.values.magnitude, branch["x"].magnitude
        assert 0.0 < k.min() < 0.01
        np.testing.assert_allclose(x, 0.5 - 2 / (1 + np.exp(-x / k)), atol=1e-9)
        assert branch.special == ()
    slow = ex.continuation(user("I - x"), "tau", "1 ms", "-1 ms")
    assert slow.ended[1].startswith("the equations are not defined at tau = 0 ms")
    assert (slow.values.magnitude > 0.0).all()


def test_a_root_that_ends():
    branch = ex.continuation(user("sqrt(I) - x"), "I", 1.0, -1.0)
    assert branch.ended[1].startswith("the equations are not defined further on at I = ")
    assert 0.0 <= branch.values.magnitude[-1] < 1e-12
    np.testing.assert_allclose(branch["x"].magnitude ** 2, branch.values.magnitude, atol=1e-9)


def test_a_corner():
    branch = ex.continuation(user("I - abs(x)", start=-0.5), "I", 1.0, -1.0, initial=dict(x=-1.0))
    assert branch.ended[1].startswith("Newton's method finds no further point at I = ")
    assert branch["x"].magnitude[-1] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("wide", [1e3, 1e6])
def test_a_range_far_too_wide_hides_nothing(wide):
    branch = ex.continuation(ex.HodgkinHuxley, "I", "0 uA/cm2", f"{wide} uA/cm2")
    assert [p.kind for p in branch.special] == ["hopf", "hopf"]
    narrow = ex.continuation(ex.HodgkinHuxley, "I", "0 uA/cm2", "200 uA/cm2")
    for one, other in zip(branch.special, narrow.special, strict=True):
        assert one.parameter.magnitude == pytest.approx(other.parameter.magnitude, abs=1e-10)
    near = ex.continuation(user("I - x/(1 - x**2)"), "I", 0.0, 10 * wide)
    x = near["x"].magnitude
    assert x.max() < 1.0
    np.testing.assert_allclose(x / (1 - x**2), near.values.magnitude, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize(
    ("model", "start", "stop"),
    [
        (ex.QIF, 1, -1),
        (ex.EIF, "1 nA", "0 nA"),
        (ex.AdEx, "2 nA", "0 nA"),
        (ex.Izhikevich, "100 mV/ms", "0 mV/ms"),
    ],
)
def test_a_start_outside_of_existence_says_where_one_is(model, start, stop):
    with pytest.raises(SimulationError, match=r"Start at .*, where there is one") as caught:
        ex.continuation(model, "I", start, stop)
    place = caught.value.write.removeprefix("Start at ").partition(",")[0]
    assert len(ex.continuation(model, "I", place, start)) > 5
    with pytest.raises(SimulationError, match="None was found elsewhere in the range"):
        ex.continuation(ex.QIF, "I", 1, 2)


def test_an_equilibrium_that_no_neuron_rests_at():
    """The only equilibrium of a neuron that fires by itself is found all the same."""
    branch = ex.continuation(ex.TraubMiles, "I", "0 uA/cm2", "50 uA/cm2")
    (alone,) = ex.equilibria(ex.TraubMiles)
    assert branch["v"].magnitude[0] == pytest.approx(alone.state["v"].magnitude, abs=1e-9)
    assert not branch.stable[0]


@pytest.mark.parametrize("initial", ["rest", [1.0], 3])
def test_states_that_are_none(initial):
    with pytest.raises(ParameterError, match="values of states by name"):
        ex.continuation(NAPK, "I", "0 uA/cm2", "1 uA/cm2", initial=initial)


def test_equilibria_beyond_the_threshold():
    """The unstable equilibrium of a quadratic neuron passes its peak as the input falls."""
    branch = ex.continuation(ex.QIF(x_peak=2, x_reset=-3), "I", -9.0, 1.0)
    x = branch["x"].magnitude
    np.testing.assert_array_equal(branch.beyond_threshold, x > 2.0 + 1e-9)
    assert branch.beyond_threshold.any()
    assert not branch.special[0].beyond_threshold
    assert [p.beyond_threshold for p in branch.points] == branch.beyond_threshold.tolist()
    assert not ex.continuation(NAPK, "I", "0 uA/cm2", "50 uA/cm2").beyond_threshold.any()


def test_pictures_tell_what_lies_beyond_the_threshold():
    branch = ex.continuation(ex.QIF(x_peak=2, x_reset=-3), "I", -9.0, 1.0)
    lines = {line.get_label(): line for line in branch.plot().axes[0].lines}
    assert list(lines) == [
        "stable equilibrium", "unstable equilibrium", "beyond the threshold", "fold",
    ]  # fmt: skip
    beyond, below = lines["beyond the threshold"], lines["unstable equilibrium"]
    assert beyond.get_ydata().min() == pytest.approx(below.get_ydata().max(), abs=1e-15)
    assert below.get_ydata().max() == pytest.approx(2.0, abs=0.1)  # half a step


def test_special_points_beyond_the_threshold():
    low = ex.continuation(ex.QIF(x_peak=-1, x_reset=-3), "I", -9.0, 1.0).special[0]
    assert low.beyond_threshold
    assert repr(low) == "<fold at 0, beyond the threshold>"


def test_curves_that_end():
    branch = ex.continuation(user("I + x - x**3/b", start=-2.0, b=1.0), "I", -3.0, 3.0)
    fold = branch.special[0]
    curve = fold.continuation("b", -1.0, 4.0)
    assert (curve.seconds.magnitude > 0.0).all()
    assert any("are not defined" in reason or "no further" in reason for reason in curve.ended)
    inside = curve.seconds.magnitude > 1e-3
    assert inside.sum() > 20
    b, level = curve.seconds.magnitude[inside], curve.values.magnitude[inside]
    np.testing.assert_allclose(27 * level**2, 4 * b, atol=1e-9)  # I = -+2/3 sqrt(b/3)
