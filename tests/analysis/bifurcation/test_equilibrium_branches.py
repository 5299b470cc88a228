"""Branches of equilibria: reference numbers of neurons, normal forms with known coefficients."""

import itertools

import numpy as np
import pytest
from scipy.optimize import brentq

import excitable as ex
from excitable.units import ms

QUANTITIES = ("hopf", "saddle_node")


def planar(first, second, **parameters):
    """A model of two plain numbers."""
    return ex.Model(
        "Planar", equations=f"tau*dx/dt = {first}\ntau*dy/dt = {second}",
        states=dict(x=0.0, y=0.0), inputs=dict(mu="1"), parameters=dict(tau=1 * ms, **parameters),
    )  # fmt: skip


def line(right, **parameters):
    """A model of one plain number."""
    return ex.Model(
        "Line", equations=f"tau*dx/dt = {right}", states=dict(x=0.0), inputs=dict(mu="1"),
        parameters=dict(tau=1 * ms, **parameters),
    )  # fmt: skip


@pytest.mark.parametrize("family", ["hh", "napk", "ml", "fhn", "prescott"])
def test_reference_points(family, reference_entries, model_of):
    entries = [e for e in reference_entries(family + "/") if e["quantity"] in QUANTITIES]
    assert entries
    branches = {}
    for entry in entries:
        key = entry["id"].split("/")[1]
        if key not in branches:
            unit = "" if family == "fhn" else " uA/cm2"
            low, high = {"fhn": (0, 2), "hh": (0, 200)}.get(family, (-200, 1000))
            model = model_of(entry)
            branches[key] = ex.continuation(model, "I", f"{low}{unit}", f"{high}{unit}")
        value, tolerance = entry["value"], entry["tol"]
        kind = "hopf" if entry["quantity"] == "hopf" else "fold"
        points = [p for p in branches[key].special if p.kind == kind]
        point = min(points, key=lambda p: abs(p.parameter.magnitude - float(value["I"])))
        assert point.parameter.magnitude == pytest.approx(float(value["I"]), abs=1e-9), entry["id"]
        assert 1e-9 < tolerance["I"]
        state = [q.magnitude for q in point.state.values()]
        if "x" in value:
            assert state == pytest.approx([float(x) for x in value["x"]], abs=1e-7)
        elif "m" in value:
            expected = [float(value[name]) for name in ("V", "m", "h", "n")]
            assert state == pytest.approx(expected, abs=1e-8)
        if kind == "fold":
            assert min(abs(point.eigenvalues)) < 1e-7
            assert max(point.eigenvalues, key=abs).real == pytest.approx(
                float(value["nonzero_eig"]), rel=1e-6
            )
            continue
        omega = float(value.get("omega", value.get("omega_rad_per_ms")))
        assert 2e-3 * np.pi * point.frequency.m_as("Hz") == pytest.approx(omega, rel=1e-9)
        assert point.l1 == pytest.approx(float(value["l1_kuznetsov"]), rel=1e-7)
        assert point.re_c1 == pytest.approx(float(value["re_c1"]), rel=1e-7)
        assert point.criticality == ("subcritical" if point.l1 > 0 else "supercritical")
        assert value.get("type", point.criticality) == point.criticality


def test_reference_equilibria_lie_on_their_branch(reference_entries, model_of):
    """Every equilibrium of the reference set is an end of a branch that stops at its input."""
    entries = [
        e for start in ("hh/modern", "napk/", "ml/", "fhn/") for e in reference_entries(start)
        if e["quantity"] in ("equilibrium", "equilibria")
    ]  # fmt: skip
    assert len(entries) > 20
    for entry in entries[::2]:
        model, I = model_of(entry), entry["given"]["I"]
        value = entry["value"]
        one = value if isinstance(value, dict) else value[0]
        x = one["x"] if "x" in one else [one[name] for name in ("V", "m", "h", "n")]
        unit = "" if "fhn" in entry["id"] else " uA/cm2"
        branch = ex.continuation(model, "I", f"{float(I) - 0.01}{unit}", f"{I}{unit}")
        found = [float(branch[name].magnitude[-1]) for name in model.states]
        assert found == pytest.approx([float(v) for v in x], abs=1e-7), entry["id"]
        expected = sorted(
            (round(float(a), 6), abs(round(float(b), 6)))
            for a, b in zip(one["eig_re"], one["eig_im"], strict=True)
        )
        eigenvalues = sorted((v.real, abs(v.imag)) for v in branch.eigenvalues[-1])
        np.testing.assert_allclose(eigenvalues, expected, atol=2e-6)


@pytest.mark.parametrize(("a", "b"), list(itertools.product((0.02, 0.1), (0.2, 0.25, 0.05))))
def test_izhikevich_in_closed_form(a, b):
    model = ex.Izhikevich(a=f"{a}/ms", b=f"{b}/ms")
    fold = (5 - b) ** 2 / 0.16 - 140
    branch = ex.continuation(model, "I", "-10 mV/ms", f"{fold + 5} mV/ms")
    folds = [p for p in branch.special if p.kind == "fold"]
    assert [p.parameter.magnitude for p in folds] == pytest.approx([fold], abs=1e-10)
    hopfs = [p for p in branch.special if p.kind == "hopf"]
    assert len(hopfs) == (b > a)
    for point in hopfs:
        v = (a - 5) / 0.08
        assert point.parameter.magnitude == pytest.approx(
            -(0.04 * v * v + 5 * v + 140 - b * v), abs=1e-10
        )
        omega = np.sqrt(a * (b - a))
        assert 2e-3 * np.pi * point.frequency.magnitude == pytest.approx(omega, rel=1e-9)
        assert point.re_c1 == pytest.approx(0.0016 / ((b - a) * (1 + a * b)), rel=1e-8)
        assert point.criticality == "subcritical"


def test_adex_in_closed_form():
    C, g, E, V, D, a, tau = 200.0, 10.0, -70.0, -50.0, 2.0, 2.0, 30.0
    model = ex.AdEx(
        C=f"{C} pF", g_L=f"{g} nS", E_L=f"{E} mV", V_T=f"{V} mV", Delta_T=f"{D} mV",
        a=f"{a} nS", tau_w=f"{tau} ms",
    )  # fmt: skip
    branch = ex.continuation(model, "I", "0 pA", "600 pA")
    fold = (g + a) * (V - E - D + D * np.log(1 + a / g))
    assert [p.kind for p in branch.special] == ["fold"]
    assert branch.special[0].parameter.m_as("pA") == pytest.approx(fold, abs=1e-9)
    resonant = model(a=f"{4 * g * C / g / tau} nS")  # a/g_L = 4 tau_m/tau_w
    a, ratio = 4 * C / tau, C / g / tau
    v = V + D * np.log(1 + ratio)
    hopf = (g + a) * (v - E) - g * D * (1 + ratio)
    branch = ex.continuation(resonant, "I", "0 pA", "3000 pA")
    assert branch.special[0].kind == "hopf"
    assert branch.special[0].parameter.m_as("pA") == pytest.approx(hopf, abs=1e-9)
    assert branch.special[0].state["v"].m_as("mV") == pytest.approx(v, abs=1e-9)


def test_fold_of_the_normal_form():
    branch = ex.continuation(line("mu - 3*x**2"), "mu", 1.0, -1.0)
    (fold,) = branch.special
    assert fold.kind == "fold"
    assert fold.parameter.magnitude == pytest.approx(0.0, abs=1e-14)
    assert fold.state["x"].magnitude == pytest.approx(0.0, abs=1e-14)
    assert fold.coefficient == -3.0
    x, mu = branch["x"].magnitude, branch.values.magnitude
    np.testing.assert_allclose(3 * x**2, mu, atol=1e-12)
    np.testing.assert_array_equal(branch.stable, x > 0)
    assert branch.ended[1] == "mu reaches 1, the start of its range"


@pytest.mark.parametrize("right", ["mu*x - x**2", "mu*x - x**3", "mu*x + x**3"])
def test_branch_points_of_the_normal_forms(right):
    """Transcritical and pitchfork, from the trivial branch."""
    branch = ex.continuation(line(right), "mu", -1.0, 1.0, initial=dict(x=0.0))
    (point,) = branch.special
    assert point.kind == "branch point"
    assert point.parameter.magnitude == pytest.approx(0.0, abs=1e-12)
    assert abs(branch["x"].magnitude).max() == 0.0
    np.testing.assert_array_equal(branch.stable, branch.values.magnitude < 0)


def test_branch_points_met_on_curved_branches():
    """The pitchfork's parabola and a transcritical point away from the origin."""
    branch = ex.continuation(line("mu*x - x**3"), "mu", 1.0, -1.0, initial=dict(x=1.0))
    assert [p.kind for p in branch.special] == ["branch point"]
    assert branch.special[0].parameter.magnitude == pytest.approx(0.0, abs=1e-12)
    model = line("(x - 2*mu + 1)*(mu - x - x**3)")
    branch = ex.continuation(model, "mu", -0.5, 2.0, initial=dict(x=-2.0))
    (point,) = branch.special
    x = brentq(lambda x: (x + 1) / 2 - x - x**3, -5, 5, xtol=1e-15)
    assert point.kind == "branch point"
    assert point.state["x"].magnitude == pytest.approx(x, abs=1e-10)
    assert point.parameter.magnitude == pytest.approx((x + 1) / 2, abs=1e-10)


@pytest.mark.parametrize("a", [-0.7, 0.4])
def test_hopf_of_the_normal_form(a):
    model = planar("mu*x - w*y + a*x*(x**2 + y**2)", "mu*y + w*x + a*y*(x**2 + y**2)", a=a, w=2.5)
    branch = ex.continuation(model, "mu", -1.0, 1.0)
    (point,) = branch.special
    assert point.kind == "hopf"
    assert point.parameter.magnitude == pytest.approx(0.0, abs=1e-14)
    assert point.frequency.m_as("Hz") == pytest.approx(2500 / (2 * np.pi), rel=1e-13)
    # |x|^2 + |y|^2 = 2 |z|^2 for q of unit length.
    assert point.re_c1 == pytest.approx(2 * a, rel=1e-12)
    assert point.l1 == pytest.approx(2 * a / 2.5, rel=1e-12)
    assert point.criticality == ("subcritical" if a > 0 else "supercritical")


def test_first_coefficient_vanishes_at_a_bautin_point():
    model = planar(
        "mu*x - y + (x**2 + y**2)**2*x", "mu*y + x + (x**2 + y**2)**2*y",
    )  # fmt: skip
    (point,) = ex.continuation(model, "mu", -1.0, 1.0).special
    assert point.l1 == 0.0
    assert point.criticality is None


def test_lyapunov_coefficient_against_the_planar_formula():
    """Guckenheimer and Holmes, equation 3.4.11, for quadratic and cubic terms chosen at will."""
    c = np.random.default_rng(5).uniform(-1, 1, (2, 7)).round(3)
    monomials = ["x**2", "x*y", "y**2", "x**3", "x**2*y", "x*y**2", "y**3"]
    f, g = (" + ".join(f"({v})*{m}" for v, m in zip(row, monomials, strict=True)) for row in c)
    model = planar(f"mu*x - 1.7*y + {f}", f"mu*y + 1.7*x + {g}")
    point = ex.continuation(model, "mu", -0.05, 0.05, initial=dict(x=0.0, y=0.0)).special[0]
    (fxx, fxy, fyy, fxxx, _, fxyy, _), (gxx, gxy, gyy, _, gxxy, _, gyyy) = (
        row * np.array([2, 1, 2, 6, 2, 2, 6]) for row in c
    )
    a = (fxxx + fxyy + gxxy + gyyy) / 16 + (
        fxy * (fxx + fyy) - gxy * (gxx + gyy) - fxx * gxx + fyy * gyy
    ) / (16 * 1.7)
    assert point.re_c1 == pytest.approx(2 * a, rel=1e-10)


def test_a_parameter_instead_of_an_input():
    model = ex.HodgkinHuxley
    branch = ex.continuation(model, "g_K", "36 mS/cm2", "0.5 mS/cm**2", I="5 uA/cm2")
    assert branch.special[0].kind == "hopf"
    at = branch.special[0].parameter
    other = ex.continuation(model(g_K=at), "I", "0 uA/cm2", "10 uA/cm2")
    assert other.special[0].parameter.magnitude == pytest.approx(5.0, abs=1e-9)
    assert other.special[0].l1 == pytest.approx(branch.special[0].l1, rel=1e-8)


def test_going_on_from_a_special_point():
    """From a fold in one parameter along another one: the fold is an equilibrium there too."""
    fold = ex.continuation(ex.PersistentSodium, "I", "0 uA/cm2", "20 uA/cm2").special[0]
    hopf = ex.continuation(ex.FitzHughNagumo, "I", 0, 1).special[0]
    branch = ex.continuation(ex.FitzHughNagumo, "b", 0.8, 0.2, initial=hopf.state, I=hopf.parameter)
    assert branch["v"].magnitude[0] == pytest.approx(hopf.state["v"].magnitude, abs=1e-12)
    assert fold.kind == "fold"


def test_units_of_the_start_are_kept():
    branch = ex.continuation(ex.AdEx, "I", "0 nA", "0.9 nA")
    assert str(branch.values.units) == str(branch.special[0].parameter.units) == "nA"
    assert branch.special[-1].parameter.m_as("pA") > 100


def test_the_same_numbers_every_time():
    one, two = (ex.continuation(ex.MorrisLecar, "I", "0 uA/cm2", "300 uA/cm2") for _ in range(2))
    np.testing.assert_array_equal(one.values.magnitude, two.values.magnitude)
    np.testing.assert_array_equal(one["w"].magnitude, two["w"].magnitude)


def test_a_branch_that_leaves_and_comes_back():
    """Above the fold the curve passes through negative inputs before it turns up again."""
    branch = ex.continuation(
        ex.PersistentSodiumPotassium, "I", "0 uA/cm2", "300 uA/cm2"
    )  # fmt: skip
    assert [p.kind for p in branch.special] == ["fold", "hopf"]
    assert branch.values.magnitude.min() >= 0.0
    first, second = branch.pieces
    assert branch.values.magnitude[first][-1] == branch.values.magnitude[second][0] == 0.0
    assert branch["v"].magnitude[second][0] == pytest.approx(-27.2804867153022, abs=1e-9)
    assert not branch.stable[second][0]


def test_a_branch_that_stops_early_says_why():
    few = ex.continuation(ex.HodgkinHuxley, "I", "0 uA/cm2", "200 uA/cm2", points=5)
    assert len(few) == 6
    assert few.ended[1].startswith("5 points were computed at I = ")
    model = line("mu - x - 0.1*log(1 - x)")
    stuck = ex.continuation(model, "mu", 0.0, 5.0)
    assert len(stuck) > 3
    assert stuck["x"].magnitude.max() < 1.0


def test_a_closed_branch():
    model = line("x**2 + mu**2 - 1")
    branch = ex.continuation(model, "mu", 0.0, 3.0, initial=dict(x=-1.0))
    folds = [p.parameter.magnitude for p in branch.special]
    assert folds == pytest.approx([1.0, -1.0][: len(folds)], abs=1e-12)


def test_points_and_pictures():
    branch = ex.continuation(ex.HodgkinHuxley, "I", "0 uA/cm2", "200 uA/cm2")
    point = branch.points[3]
    assert point.parameter == branch.values[3]
    assert point.state["m"] == branch["m"][3]
    assert point.stable
    axes = branch.plot(y="n").axes[0]
    assert axes.get_ylabel() == "$n$"
    styles = {line.get_linestyle() for line in axes.lines}
    assert styles >= {"-", "--"}
    assert [text.get_text() for text in axes.get_legend().get_texts()] == [
        "stable equilibrium", "unstable equilibrium", "Hopf",
    ]  # fmt: skip
