"""Folds and Hopf points of neurons in two parameters: closed forms and independent solutions."""

import mpmath
import numpy as np
import pytest

import excitable as ex


def special(curve, kind):
    """The special points of a kind."""
    return [point for point in curve.special if point.kind == kind]


@pytest.mark.parametrize("a", [0.02, 0.1])
def test_izhikevich_in_closed_form(a):
    model = ex.Izhikevich(a=f"{a}/ms", b=f"{a + 0.1}/ms")
    branch = ex.continuation(model, "I", "-60 mV/ms", "30 mV/ms")
    hopf, fold = (
        next(p for p in branch.special if p.kind == kind).continuation("b", "0.005/ms", "0.3/ms")
        for kind in ("hopf", "fold")
    )
    b = fold.seconds.m_as("1/ms")
    np.testing.assert_allclose(fold.values.m_as("mV/ms"), (5 - b) ** 2 / 0.16 - 140, atol=1e-10)
    v, b = (a - 5) / 0.08, hopf.seconds.m_as("1/ms")
    np.testing.assert_allclose(
        hopf.values.m_as("mV/ms"), b * v - (0.04 * v**2 + 5 * v + 140), atol=1e-10
    )
    np.testing.assert_allclose(hopf["v"].m_as("mV"), v, atol=1e-10)
    inner = b - a > 1e-6
    np.testing.assert_allclose(
        hopf.coefficient[inner], 0.0016 / ((b - a) * (1 + a * b))[inner], rtol=1e-7
    )
    omega = 2e-3 * np.pi * np.array([p.frequency.m_as("Hz") for p in hopf.points])
    np.testing.assert_allclose(omega**2, np.maximum(a * (b - a), 0.0), atol=1e-12)
    for curve in (hopf, fold):
        (point,) = special(curve, "bogdanov-takens")
        assert point.parameter.m_as("mV/ms") == pytest.approx((5 - a) ** 2 / 0.16 - 140, abs=1e-10)
        assert point.second.m_as("1/ms") == pytest.approx(a, abs=1e-12)
        assert np.abs(point.eigenvalues).max() < 1e-6  # the square root of rounding
    assert b.min() == pytest.approx(a, abs=1e-12)
    assert "Bogdanov-Takens" in hopf.ended[0]


def test_izhikevich_normal_form():
    """In (v, v') the equations are v'' = ... + 0.04 a v^2 + (0.08 v + ...) v': a and b by hand."""
    a = 0.02
    branch = ex.continuation(ex.Izhikevich, "I", "-60 mV/ms", "30 mV/ms")
    curve = branch.special[1].continuation("b", "0.005/ms", "0.3/ms")
    (point,) = special(curve, "bogdanov-takens")
    size = np.hypot(1.0, a)  # q0 = (1, a)/size: one unit of the normal form is 1/size of v
    assert point.coefficients["a"] == pytest.approx(0.04 * a / size, rel=1e-9)
    assert point.coefficients["b"] == pytest.approx(0.08 / size, rel=1e-9)


def test_adex_in_closed_form():
    """Over I and a: the fold, the Hopf point, and where they meet, at a/g_L = tau_m/tau_w."""
    C, g, E, V, D, tau = 200.0, 10.0, -70.0, -50.0, 2.0, 40.0
    model = ex.AdEx(
        C=f"{C} pF", g_L=f"{g} nS", E_L=f"{E} mV", V_T=f"{V} mV", Delta_T=f"{D} mV",
        a="20 nS", tau_w=f"{tau} ms",
    )  # fmt: skip
    branch = ex.continuation(model, "I", "0 pA", "3000 pA")
    hopf, fold = (p.continuation("a", "0.5 nS", "40 nS") for p in branch.special)
    a = fold.seconds.m_as("nS")
    np.testing.assert_allclose(
        fold.values.m_as("pA"), (g + a) * (V - E - D + D * np.log(1 + a / g)), rtol=1e-11
    )
    ratio, a = C / g / tau, hopf.seconds.m_as("nS")
    v = V + D * np.log(1 + ratio)
    np.testing.assert_allclose(hopf["v"].m_as("mV"), v, atol=1e-9)
    np.testing.assert_allclose(
        hopf.values.m_as("pA"), (g + a) * (v - E) - g * D * (1 + ratio), rtol=1e-11
    )
    for curve in (hopf, fold):
        (point,) = special(curve, "bogdanov-takens")
        assert point.second.m_as("nS") == pytest.approx(g * ratio, rel=1e-10)
        assert point.parameter.units == branch.values.units


def test_fitzhugh_nagumo_in_closed_form():
    """Hopf points lie at v = -+sqrt(1 - epsilon b); they end where b^2 epsilon = 1."""
    branch = ex.continuation(ex.FitzHughNagumo, "I", -12, 12)
    a, eps = (float(ex.FitzHughNagumo[name].magnitude) for name in ("a", "epsilon"))
    for hopf, sign in zip(branch.special, (-1.0, 1.0), strict=True):
        curve = hopf.continuation("b", 0.2, 6.0)
        b = curve.seconds.magnitude
        v = sign * np.sqrt(1 - eps * b)
        np.testing.assert_allclose(curve["v"].magnitude, v, atol=1e-11)
        np.testing.assert_allclose(curve.values.magnitude, (v + a) / b - v + v**3 / 3, atol=1e-11)
        (point,) = special(curve, "bogdanov-takens")
        assert point.second.magnitude == pytest.approx(eps**-0.5, abs=1e-9)
        low, high = curve.ended
        assert low == "b reaches 0.2, an end of its range"
        assert high.startswith("a Bogdanov-Takens point at I = ")


def gate(v, half, width):
    """A gate at its steady value."""
    return 1 / (1 + mpmath.exp((half - v) / width))


def ionic(v, n):
    """Ionic current of the persistent sodium and potassium neuron."""
    return 8 * (v + 80) + 20 * gate(v, -20, 15) * (v - 60) + 10 * n * (v + 90)


def steady(v, half, order=0):
    """Current that holds the potential, or a derivative of it by the potential."""
    return mpmath.diff(lambda x: ionic(x, gate(x, half, 5)), v, order)


def trace(v, half):
    """Trace of the Jacobian."""
    n = gate(v, half, 5)
    return -mpmath.diff(lambda x: ionic(x, n), v) - 1


@pytest.fixture(scope="module")
def napk_curves():
    """Both folds over I and V_n."""
    branch = ex.continuation(ex.PersistentSodiumPotassium, "I", "-100 uA/cm2", "50 uA/cm2")
    assert [p.kind for p in branch.special] == ["fold", "fold"]
    return [p.continuation("V_n", "-45 mV", "-22 mV") for p in branch.special]


def place(point):
    """Potential and V_n of a point."""
    return point.state["v"].m_as("mV"), point.second.m_as("mV")


@pytest.mark.parametrize(
    ("kind", "other"), [("cusp", lambda v, h: steady(v, h, 2)), ("bogdanov-takens", trace)]
)
def test_where_folds_meet_and_where_a_hopf_point_is_born(napk_curves, kind, other):
    """In 30 digits: I'(V) = 0 on folds; I'' = 0 at a cusp; no trace at a Bogdanov-Takens point."""
    with mpmath.workdps(30):
        for curve in napk_curves:
            (point,) = special(curve, kind)
            v, half = mpmath.findroot(
                lambda v, h: (steady(v, h, 1), other(v, h)), [round(x, 2) for x in place(point)]
            )
            assert place(point) == pytest.approx((float(v), float(half)), abs=1e-8)
            current = point.parameter.m_as("uA/cm**2")
            assert current == pytest.approx(float(steady(v, half)), abs=1e-8)


def test_cubic_coefficient_of_a_neuron(napk_curves):
    """On the centre manifold n follows v: w' = -I'''/6 w^3/(1 + F_n n'), over |q| squared."""
    with mpmath.workdps(30):
        for curve in napk_curves:
            (point,) = special(curve, "cusp")
            v, half = place(point)
            n_slope = mpmath.diff(lambda x, half=half: gate(x, half, 5), v)
            share = 1 - 10 * (v + 90) * n_slope
            c = -steady(v, half, 3) / 6 / share / (1 + n_slope**2)
            assert point.coefficients["c"] == pytest.approx(float(c), rel=1e-7)


def test_every_fold_of_a_curve_is_one(napk_curves):
    with mpmath.workdps(30):
        for point in [point for curve in napk_curves for point in curve.points[::9]]:
            v, half = place(point)
            assert abs(steady(v, half, 1)) < 1e-9
            current = point.parameter.m_as("uA/cm**2")
            assert current == pytest.approx(float(steady(v, half)), abs=1e-9)


def test_hopf_curve_ends_on_the_curve_of_folds():
    """Two curves of Hopf points and one of folds meet in Bogdanov-Takens points."""
    model = ex.PersistentSodiumPotassium.preset("supercritical Hopf")
    branch = ex.continuation(model, "I", "-200 uA/cm2", "500 uA/cm2")
    low, high = (p.continuation("V_n", "-60 mV", "-20 mV") for p in branch.special)
    (one,) = special(low, "bogdanov-takens")
    other = ex.continuation(model(V_n="-30 mV"), "I", "-200 uA/cm2", "500 uA/cm2")
    fold = next(p for p in other.special if p.kind == "fold")
    (two,) = special(fold.continuation("V_n", "-60 mV", "-20 mV"), "bogdanov-takens")
    assert one.parameter.magnitude == pytest.approx(two.parameter.magnitude, abs=1e-9)
    assert one.second.magnitude == pytest.approx(two.second.magnitude, abs=1e-9)
    assert one.coefficients["a"] == pytest.approx(two.coefficients["a"], rel=1e-6)
    assert one.coefficients["b"] == pytest.approx(two.coefficients["b"], rel=1e-6)
    assert special(high, "bogdanov-takens")[0].second.m_as("mV") < -48
    assert {"bautin"} <= {p.kind for p in high.special}


def test_hodgkin_huxley_cannot_oscillate_from_a_hopf_point_when_warm(reference_entries):
    """Over I and the rate factor both Hopf points meet between 28.5 and 29 degrees."""
    branch = ex.continuation(ex.HodgkinHuxley, "I", "0 uA/cm2", "200 uA/cm2")
    curve = branch.special[0].continuation("phi", 1.0, 20.0)
    assert curve.values.m_as("uA/cm**2")[[0, -1]] == pytest.approx(
        [p.parameter.m_as("uA/cm**2") for p in branch.special], abs=1e-9
    )
    warmest = 6.3 + 10 * np.log(curve.seconds.magnitude.max()) / np.log(3)
    assert 28.5 < warmest < 29.0
    (bautin,) = curve.special
    assert bautin.coefficients["l2"] < 0.0
    entries = [e for e in reference_entries("hh/temperature/18.5C") if e["quantity"] == "hopf"]
    assert len(entries) == 2
    phi = float(entries[0]["given"]["phi=3^((T-6.3)/10)"])
    for entry, point in zip(entries, branch.special, strict=True):
        there = point.continuation("phi", 0.5, phi)
        end = there.points[-1]
        assert end.second.magnitude == phi
        value = entry["value"]
        assert end.parameter.m_as("uA/cm**2") == pytest.approx(float(value["I"]), abs=1e-9)
        assert end.coefficients["l1"] == pytest.approx(float(value["l1_kuznetsov"]), rel=1e-7)


def test_first_coefficient_along_a_curve_is_that_of_branches():
    """Points of the curve are the Hopf points of branches at other values of the second."""
    branch = ex.continuation(ex.HodgkinHuxley, "I", "0 uA/cm2", "200 uA/cm2")
    I = ("0 uA/cm2", "400 uA/cm2")
    curve = branch.special[0].continuation("g_K", "30 mS/cm2", "60 mS/cm2", within=I)
    point = curve.points[len(curve) // 3]
    model = ex.HodgkinHuxley(g_K=point.second)
    found = ex.continuation(model, "I", "0 uA/cm2", "400 uA/cm2").special
    near = min(found, key=lambda p: abs(p.parameter - point.parameter).magnitude)
    assert near.parameter.magnitude == pytest.approx(point.parameter.magnitude, abs=1e-9)
    assert near.re_c1 == pytest.approx(point.coefficients["re_c1"], rel=1e-8)
    (bautin,) = special(curve, "bautin")
    sides = [
        ex.continuation(
            ex.HodgkinHuxley(g_K=bautin.second * f), "I", bautin.parameter * 0.9,
            bautin.parameter * 1.1, initial=bautin.state,
        ).special[0].criticality for f in (0.999, 1.001)
    ]  # fmt: skip
    assert sorted(sides) == ["subcritical", "supercritical"]


def test_pictures_of_two_parameters():
    branch = ex.continuation(ex.Izhikevich, "I", "-60 mV/ms", "30 mV/ms")
    hopf, fold = (p.continuation("b", "0.005/ms", "0.3/ms") for p in branch.special)
    figure = hopf.plot(fold)
    axes = figure.axes[0]
    assert axes.get_xlabel() == "$I$ (mV/ms)"
    assert axes.get_ylabel() == "$b$ (1/ms)"
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert labels == ["subcritical Hopf", "fold", "Bogdanov-Takens"]
    assert axes.lines[0].get_linestyle() == "--"
    assert axes.lines[1].get_linestyle() == "-"
    hh = ex.continuation(ex.HodgkinHuxley, "I", "0 uA/cm2", "200 uA/cm2").special[0]
    curve = hh.continuation("g_K", "30 mS/cm2", "60 mS/cm2")
    lines = curve.plot().axes[0].lines
    assert [line.get_label() for line in lines] == [
        "subcritical Hopf", "supercritical Hopf", "Bautin",
    ]  # fmt: skip
    assert lines[0].get_xydata()[-1].tolist() == lines[1].get_xydata()[0].tolist()
