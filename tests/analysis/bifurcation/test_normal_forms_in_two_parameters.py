"""Curves of folds and Hopf points of normal forms, whose curves and coefficients are known."""

import numpy as np
import pytest

import excitable as ex


def system(equations, states, **parameters):
    """A model of plain numbers driven by two plain inputs."""
    lines = "\n".join(f"tau*d{name}/dt = {right}" for name, right in equations.items())
    extra = "\n".join(f"{name} = {right}" for name, right in states.items())
    return ex.Model(
        "System", equations=f"{lines}\n{extra}", states=dict.fromkeys(equations, 0.0),
        inputs=dict(mu="1", nu="1"), parameters=dict(tau="1 ms", **parameters),
    )  # fmt: skip


def only(curve, kind):
    """The one special point of a kind."""
    (point,) = [one for one in curve.special if one.kind == kind]
    return point


def at(point):
    """Both parameters and the states as numbers."""
    states = [value.magnitude for value in point.state.values()]
    return np.array([point.parameter.magnitude, point.second.magnitude, *states])


@pytest.mark.parametrize(("e", "k"), [(0.0, 0.0), (0.6, -2.0)])
def test_cusp(e, k):
    """x' = b1 + b2 x + e x y - x^3 with y = k x^2 on the centre manifold: c = e k - 1."""
    model = system({"x": "mu + nu*x + e*x*y - x**3", "y": "k*x**2 - y"}, {}, e=e, k=k)
    branch = ex.continuation(model, "mu", -9.0, 9.0, nu=1.0, initial=dict(x=-3.0, y=0.0))
    fold = branch.special[0]
    curve = fold.continuation("nu", -1.0, 2.0)
    point = only(curve, "cusp")
    # Away from the cusp the equilibria obey mu + nu x - c x^3 = 0 exactly, with y = k x^2.
    c = 1.0 - e * k
    mu, nu = curve.values.magnitude, curve.seconds.magnitude
    np.testing.assert_allclose(4 * nu**3, 27 * c * mu**2, atol=1e-11)
    assert np.abs(at(point)).max() < 1e-11
    assert point.coefficients["c"] == pytest.approx(e * k - 1.0, rel=1e-12)
    assert curve.ended == ("nu reaches 2, an end of its range",) * 2
    assert curve.kind == "fold"
    assert curve.coefficient[0] * curve.coefficient[-1] < 0.0
    middle = curve.places[0]
    assert curve.coefficient[middle] * curve.coefficient[middle + 1] < 0.0
    assert abs(curve.coefficient[20]) == pytest.approx(
        abs(ex.continuation(
            model, "mu", curve.values[20] - 0.1, curve.values[20] + 0.1, 
            initial=curve.points[20],
        ).special[0].coefficient), rel=1e-9,
    )  # fmt: skip


@pytest.mark.parametrize("s", [-1.0, 1.0])
@pytest.mark.parametrize(("e", "k"), [(0.0, 0.0), (0.4, -0.8)])
def test_bogdanov_takens(s, e, k):
    """Kuznetsov's equation 8.47 with a third state z ~ k y^2 - 2 k y y' that feeds back."""
    equations = {"x": "y", "y": "mu + nu*x + x**2 + s*x*y + e*z", "z": "k*x**2 - z"}
    model = system(equations, {}, s=s, e=e, k=k)
    a, b = 1.0 + e * k, s - 2.0 * e * k
    start = dict(x=(-s - 0.8) / (2 * a), y=0.0, z=0.0)
    branch = ex.continuation(model, "mu", -2.0, 2.0, nu=-1.0, initial=start)
    fold = next(point for point in branch.special if point.kind == "fold")
    curve = fold.continuation("nu", -2.0, 2.0)
    mu, nu = curve.values.magnitude, curve.seconds.magnitude
    np.testing.assert_allclose(4 * a * mu, nu**2, atol=1e-11)  # equilibria: mu + nu x + a x^2 = 0
    hopf = next(point for point in branch.special if point.kind == "hopf")
    other = hopf.continuation("nu", -2.0, 2.0)
    for point in (only(curve, "bogdanov-takens"), only(other, "bogdanov-takens")):
        assert np.abs(at(point)).max() < 1e-10
        assert point.coefficients["a"] == pytest.approx(a, rel=1e-8)
        assert point.coefficients["b"] == pytest.approx(b, rel=1e-8)
    assert any(reason.startswith("a Bogdanov-Takens point at") for reason in other.ended)
    if e == 0.0:  # the Hopf curve of the normal form
        np.testing.assert_allclose(other.values.magnitude, 0.0, atol=1e-13)
        assert (other.seconds.magnitude <= 1e-13).all()
        omega = 2e-3 * np.pi * np.array([p.frequency.m_as("Hz") for p in other.points])
        np.testing.assert_allclose(omega**2, -np.minimum(other.seconds.magnitude, 0), atol=1e-12)


def test_coefficients_of_bogdanov_takens_in_other_coordinates():
    """A linear change of coordinates, (y1, y2) = M (x, y), scales a and b by the length of q0."""
    M = np.array([[1.3, -0.4], [0.6, 0.9]])
    W = np.linalg.inv(M)
    y1, y2 = (f"({r[0]!r}*x + {r[1]!r}*y)" for r in M.tolist())
    f, g = y2, f"(mu + nu*{y1} + {y1}**2 - {y1}*{y2})"
    rows = [f"{r[0]!r}*{f} + {r[1]!r}*{g}" for r in W.tolist()]
    model = system(dict(zip("xy", rows, strict=True)), {})
    start = dict(zip("xy", W @ [-0.2, 0.0], strict=True))
    branch = ex.continuation(model, "mu", -0.3, 0.5, nu=-1.0, initial=start)
    fold = next(point for point in branch.special if point.kind == "fold")
    point = only(fold.continuation("nu", -1.5, 1.5), "bogdanov-takens")
    # y = M x: with q0 = W (1, 0)/|W (1, 0)| the unit of y1 is 1/|W (1, 0)|, and so is that of time
    # unchanged: a and b are divided by that length. The larger component of q0 is positive.
    q0 = W @ [1.0, 0.0]
    size = np.linalg.norm(q0) * np.sign(q0[np.argmax(np.abs(q0))])
    assert point.coefficients["a"] == pytest.approx(1.0 / size, rel=1e-9)
    assert point.coefficients["b"] == pytest.approx(-1.0 / size, rel=1e-9)


@pytest.mark.parametrize("L", [-0.7, 0.3])
@pytest.mark.parametrize("bend", [False, True])
def test_bautin(L, bend):
    """z' = (mu + i w) z + nu z|z|^2 + L z|z|^4, plain and in coordinates bent twice."""
    names = {"r": "x**2 + y**2", "grow": "mu + nu*r + L*r**2"}
    equations = {"x": "grow*x - w*y", "y": "grow*y + w*x"}
    if bend:  # x = X + A Y^2 and then y = Y + B x^2: the inverse is exact
        names = {
            "x": "X + A*Y**2", "y": "Y + B*x**2", **names,
            "f": "grow*x - w*y", "g": "grow*y + w*x", "h": "g - 2*B*x*f",
        }  # fmt: skip
        equations = {"X": "f - 2*A*Y*h", "Y": "h"}
    constants = dict(A=0.4, B=-0.3) if bend else {}
    model = system(equations, names, w=2.0, L=L, **constants)
    (hopf,) = ex.continuation(model, "mu", -0.5, 0.5, nu=-1.0).special
    curve = hopf.continuation("nu", -2.0, 2.0)
    np.testing.assert_allclose(curve.values.magnitude, 0.0, atol=1e-13)
    # |x|^2 + |y|^2 = 2 |z|^2 for q of unit length.
    np.testing.assert_allclose(curve.coefficient, 2 * curve.seconds.magnitude, atol=1e-12)
    (point,) = curve.special
    assert point.kind == "bautin"
    assert np.abs(at(point)).max() < 1e-11
    assert point.frequency.m_as("Hz") == pytest.approx(2000 / (2 * np.pi), rel=1e-12)
    # Fourth and fifth derivatives are differences: good to 1e-8.
    assert point.coefficients["l2"] == pytest.approx(4 * L / 2.0, rel=1e-8)


def test_fold_hopf():
    """A fold in z times a pair that grows with nu + z, seen from both curves."""
    equations = {"x": "(nu + z)*x - w*y", "y": "(nu + z)*y + w*x", "z": "mu - z**2 - x**2"}
    model = system(equations, {}, w=3.0)
    branch = ex.continuation(model, "mu", 1.0, -1.0, nu=-0.5, initial=dict(x=0, y=0, z=1.0))
    assert [point.kind for point in branch.special] == ["hopf", "fold"]
    hopf, fold = (point.continuation("nu", -0.8, 0.8) for point in branch.special)
    np.testing.assert_allclose(fold.values.magnitude, 0.0, atol=1e-13)
    np.testing.assert_allclose(hopf.values.magnitude, hopf.seconds.magnitude**2, atol=1e-12)
    for curve in (hopf, fold):
        (point,) = curve.special
        assert point.kind == "fold-hopf"
        assert np.abs(at(point)).max() < 1e-10
        assert point.frequency.m_as("Hz") == pytest.approx(3000 / (2 * np.pi), rel=1e-10)
        assert point.coefficients == {}


def test_double_hopf():
    """Two oscillators, one of which grows with mu and the other with nu + mu."""
    equations = {
        "x": "mu*x - w*y - x**3", "y": "mu*y + w*x", "u": "(nu + mu)*u - 2.3*w*v - u**3",
        "v": "(nu + mu)*v + 2.3*w*u",
    }  # fmt: skip
    branch = ex.continuation(system(equations, {}, w=1.0), "mu", -1.0, 1.0, nu=-0.4)
    assert [p.parameter.magnitude for p in branch.special] == pytest.approx([0.0, 0.4], abs=1e-13)
    for hopf, omega in zip(branch.special, (1.0, 2.3), strict=True):
        curve = hopf.continuation("nu", -0.9, 0.9)
        point = only(curve, "double hopf")
        assert np.abs(at(point)).max() < 1e-11
        assert point.frequency.m_as("Hz") == pytest.approx(1e3 * omega / (2 * np.pi), rel=1e-12)


def test_a_closed_curve_of_folds():
    """Equilibria on a sphere: its folds over mu are the equator."""
    model = system({"x": "x**2 + mu**2 + nu**2 - 1"}, {})
    (fold,) = ex.continuation(model, "mu", 0.2, 3.0, initial=dict(x=-1.0)).special
    curve = fold.continuation("nu", -2.0, 2.0, within=(-2.0, 2.0))
    assert curve.ended[0] == curve.ended[1] == "the branch closes on itself at mu = 1, nu = 0"
    mu, nu = curve.values.magnitude, curve.seconds.magnitude
    np.testing.assert_allclose(mu**2 + nu**2, 1.0, atol=1e-13)
    assert (mu[0], nu[0]) == (mu[-1], nu[-1])
    assert mu.min() == pytest.approx(-1.0, abs=1e-3)
    half = fold.continuation("nu", -2.0, 2.0)  # the branch itself began at 0.2
    assert half.ended == ("mu reaches 0.2, an end of its range",) * 2


def test_the_range_is_kept_to_the_digit():
    model = system({"x": "mu + nu*x - x**3"}, {})
    fold = ex.continuation(model, "mu", -3.0, 3.0, nu=1.0, initial=dict(x=-2)).special[0]
    rising = fold.continuation("nu", 0.5, 1.75)
    assert rising.seconds.magnitude[[0, -1]].tolist() == [0.5, 1.75]
    falling = fold.continuation("nu", 1.75, 0.5)
    assert falling.seconds.magnitude[[0, -1]].tolist() == [1.75, 0.5]
    np.testing.assert_allclose(np.diff(rising.seconds.magnitude) > 0, True)
    begun = fold.continuation("nu", 1.0, 1.5)
    assert begun.ended[0] == "nu reaches 1, an end of its range"
    assert begun.values.magnitude[0] == pytest.approx(fold.parameter.magnitude, abs=1e-14)
    few = fold.continuation("nu", -1.0, 5.0, points=3)
    assert len(few) == 7
    assert few.ended[1].startswith("3 points were computed at mu = ")


def test_printing_and_comparing():
    model = system({"x": "mu + nu*x - x**3"}, {})
    branch = ex.continuation(model, "mu", -3.0, 3.0, nu=1.0, initial=dict(x=-2))
    fold, other = branch.special
    assert fold == fold
    assert fold != other
    assert repr(fold) == "<fold at 0.3849001795>"
    curve = fold.continuation("nu", 0.25, 2.0)
    assert repr(curve).startswith("<folds of System over mu and nu from 0.25 to 2")
    assert repr(curve.points[0]) == "<fold at mu = 0.04811252243, nu = 0.25>"
    assert curve.points[0].coefficients["a"] == curve.coefficient[0]
    assert curve.points[3].state["x"] == curve["x"][3]
    np.testing.assert_allclose(curve.eigenvalues.real, 0.0, atol=1e-12)
