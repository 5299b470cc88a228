"""Equilibria against reference numbers, closed forms and dense scans."""

import re

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import lambertw

import excitable as ex
from excitable.analysis import Equilibria
from excitable.errors import SimulationError
from excitable.units import mV, pA

HH = dict(
    C="C", gNa="g_Na", gK="g_K", gL="g_L", ENa="E_Na", EK="E_K", EL="E_L", V0="V_0", phi="phi"
)
NAPK = dict(
    C="C", gL="g_L", EL="E_L", gNa="g_Na", ENa="E_Na", Vm="V_m", km="k_m", gK="g_K", EK="E_K",
    Vn="V_n", kn="k_n", tau="tau_n",
)  # fmt: skip
INAP = dict(C="C", gL="g_L", EL="E_L", gNa="g_Na", ENa="E_Na", Vh="V_m", k="k_m")
ML = dict(
    C="C", gCa="g_Ca", gK="g_K", gL="g_L", VCa="V_Ca", VK="V_K", VL="V_L", V1="V_1", V2="V_2",
    V3="V_3", V4="V_4", phi="phi",
)  # fmt: skip
FHN = dict(a="a", b="b", eps="epsilon")
FAMILIES = {
    "hh/": (ex.HodgkinHuxley, HH),
    "napk/": (ex.PersistentSodiumPotassium, NAPK),
    "inap/": (ex.PersistentSodium, INAP),
    "ml/": (ex.MorrisLecar, ML),
    "prescott/": (ex.MorrisLecar, ML),
    "fhn/": (ex.FitzHughNagumo, FHN),
}


def number(text):
    over = re.fullmatch(r"(\d+)/(\d+)", text)
    return int(over[1]) / int(over[2]) if over else float(text)


def built(model, names, params):
    """The model with the parameters of an entry, in its own units."""
    values = {}
    for theirs, ours in names.items():
        unit = model.parameters[ours].unit
        values[ours] = number(params[theirs]) * ex.units.parse_quantity(f"1 {unit}") if unit else (
            number(params[theirs])
        )  # fmt: skip
    return model(**values)


def driven(model, value):
    """All equilibria at a value of I in the model's own unit."""
    (name,) = model.inputs
    return ex.equilibria(model, **{name: ex.units.attach(value, model.inputs[name].unit or "")})


def bare(one):
    return np.array([float(value.magnitude) for value in one.state.values()])


@pytest.mark.parametrize("family", FAMILIES)
def test_every_entry_of_conductance_models_and_fitzhugh_nagumo(family, reference_entries):
    model, names = FAMILIES[family]
    entries = [e for e in reference_entries(family) if e["quantity"].startswith("equilibri")]
    assert entries
    for entry in entries:
        cell = built(model, names, entry["params"])
        found = driven(cell, float(entry["given"]["I"]))
        assert found.complete
        rows = entry["value"] if isinstance(entry["value"], list) else [entry["value"]]
        assert len(found) == len(rows), entry["id"]
        rows = sorted(rows, key=lambda row: float(row["x"][0] if "x" in row else row["V"]))
        tol = entry["tol"] if isinstance(entry["tol"], dict) else dict.fromkeys(
            ("x", "eig"), entry["tol"]
        )  # fmt: skip
        for one, row in zip(found, rows, strict=True):
            order = list(cell.states)
            place = row["x"] if "x" in row else [row["V" if s == "v" else s] for s in order]
            assert bare(one) == pytest.approx(
                [float(p) for p in place], rel=0, abs=tol.get("x", tol.get("state"))
            )
            if "eig" in row:  # one variable
                assert one.eigenvalues.magnitude == pytest.approx([float(row["eig"])], abs=1e-8)
                assert one.kind == f"{row['class']} node"
                continue
            expected = [complex(float(a), float(b)) for a, b in
                        zip(row["eig_re"], row["eig_im"], strict=True)]  # fmt: skip
            left = list(one.eigenvalues.magnitude)
            for value in expected:
                nearest = min(left, key=lambda z, value=value: abs(z - value))
                assert abs(nearest - value) < tol["eig"] * max(1.0, abs(value))
                left.remove(nearest)
            assert one.kind == row["class"], entry["id"]


def test_every_entry_of_the_izhikevich_neuron(reference_entries):
    for entry in reference_entries("izh/equilibrium"):
        value = entry["value"]
        cell = ex.Izhikevich(a=f"{value['a']}/ms", b=f"{value['b']}/ms")
        found = driven(cell, float(value["I"]))
        one = found[0 if value["which"] == "left" else 1]
        assert bare(one) == pytest.approx([float(value["v"]), float(value["u"])], abs=1e-10)
        expected = [complex(text.replace(" ", "")) for text in value["eig"]]
        assert sorted(one.eigenvalues.magnitude, key=lambda z: (z.real, z.imag)) == pytest.approx(
            sorted(expected, key=lambda z: (z.real, z.imag)), abs=1e-10
        )
        assert one.kind == value["class"]
    for entry in reference_entries("izh/saddle_node"):
        b = float(entry["given"]["b"].removeprefix("b="))
        current, v = (float(text) for text in entry["value"].values())
        (one,) = driven(ex.Izhikevich(b=f"{b}/ms"), current)
        assert one.kind == "saddle-node"
        assert bare(one)[0] == pytest.approx(v, abs=1e-6)


def test_every_entry_of_adex(reference_entries):
    names = "C g_L E_L V_T Delta_T a tau_w b V_R".split()
    own = ["pF", "nS", "mV", "mV", "mV", "nS", "ms", "pA", "mV"]
    for entry in reference_entries("adex/"):
        texts = entry["given"]["params C gL EL VT DT a tauw b Vr I"]
        cell = ex.AdEx(
            V_peak=0 * mV, **{n: f"{t} {u}" for n, t, u in zip(names, texts, own, strict=False)}
        )
        found = ex.equilibria(cell)
        rows = entry["value"]["fixed_points_I0"]
        assert len(found) == len(rows)
        assert found.complete
        for one, row in zip(found, rows, strict=True):
            assert bare(one) == pytest.approx([float(row["V"]), float(row["w"])], abs=1e-8)
            assert one.kind == row["class"]
            assert not one.beyond_threshold
        fold = entry["value"]["saddle_node"]
        v, current = float(fold["V"]), float(fold["I_pA"])
        below, above = (ex.equilibria(cell, I=(current + s * 1e-6) * pA) for s in (-1, 1))
        assert (len(below), len(above)) == (2, 0)
        assert np.mean([bare(one)[0] for one in below]) == pytest.approx(v, abs=1e-4)


def test_exponential_neuron_by_lambert_w(reference_entries):
    (entry,) = reference_entries("eif/set1")
    given, value = entry["given"], entry["value"]["fixed_points_at_half_rheobase"]
    cell = ex.EIF(
        C="200 pF", g_L="10 nS", E_L="-65 mV", V_T="-50 mV", Delta_T="2 mV", V_peak="0 mV"
    )
    found = ex.equilibria(cell, I=float(value["I"]) * pA)
    assert [one.kind for one in found] == ["stable node", "unstable node"]
    expected = [float(value["stable"]), float(value["unstable"])]
    assert [bare(one)[0] for one in found] == pytest.approx(expected, abs=1e-10)
    base, D = float(given["EL"]) + float(value["I"]) / 10, float(given["D"])
    z = -np.exp((base - float(given["VT"])) / D)
    closed = [base - D * lambertw(z, k).real for k in (0, -1)]
    assert [bare(one)[0] for one in found] == pytest.approx(closed, abs=1e-10)
    (fold,) = ex.equilibria(cell, I=130 * pA)
    assert fold.kind == "saddle-node"
    assert bare(fold)[0] == pytest.approx(-50.0, abs=1e-6)


def test_named_bifurcations_are_degenerate():
    """At a Hopf point a center, at a fold one saddle-node; beside it two or none."""
    b, a = 0.2, 0.02
    v = (a - 5) / 0.08
    hopf = driven(ex.Izhikevich, b * v - 0.04 * v**2 - 5 * v - 140)[0]
    assert hopf.kind == "center"
    assert not hopf.stable
    assert abs(hopf.eigenvalues.magnitude[0]) == pytest.approx(np.sqrt(a * (b - a)), rel=1e-6)
    assert [one.kind for one in driven(ex.Izhikevich, 4.0)] == ["saddle-node"]
    assert len(driven(ex.Izhikevich, 4.0 + 1e-9)) == 0
    near = driven(ex.Izhikevich, 4.0 - 1e-9)
    gap = 2 * np.sqrt(1e-9 / 0.04)
    assert bare(near[1])[0] - bare(near[0])[0] == pytest.approx(gap, rel=1e-4)
    assert [one.kind for one in driven(ex.QIF, 0.0)] == ["saddle-node"]
    assert [one.kind for one in driven(ex.Theta, 0.0)] == ["saddle-node"]


def test_hopf_current_of_fitzhugh_nagumo():
    epsilon, b, a = 0.08, 0.8, 0.7
    v = -np.sqrt(1 - epsilon * b)
    current = v**3 / 3 - v + (v + a) / b
    (one,) = driven(ex.FitzHughNagumo, current)
    assert one.kind == "center"
    assert bare(one)[0] == pytest.approx(v, abs=1e-12)


def brute(function, low, high, count):
    """Zeros by sign changes on a dense grid."""
    x = np.linspace(low, high, count)
    f = function(x)
    rows = np.nonzero((f[:-1] > 0) != (f[1:] > 0))[0]
    return [brentq(function, x[k], x[k + 1], xtol=1e-13) for k in rows]


def test_none_is_missed_in_random_draws():
    """Against a far denser scan of the equations written out by hand."""
    random = np.random.default_rng(5)
    counts = set()
    for _ in range(60):
        gL, EL, gNa, Vm, km = (random.uniform(*r) for r in
                               ((1, 10), (-85, -60), (2, 25), (-50, -15), (3, 16)))  # fmt: skip
        gK, Vn, kn, current = (random.uniform(*r) for r in
                               ((1, 15), (-50, -15), (3, 12), (-20, 60)))  # fmt: skip

        def drift(v, gL=gL, EL=EL, gNa=gNa, Vm=Vm, km=km, gK=gK, Vn=Vn, kn=kn, current=current):
            m, n = 1 / (1 + np.exp((Vm - v) / km)), 1 / (1 + np.exp((Vn - v) / kn))
            return current - gL * (v - EL) - gNa * m * (v - 60) - gK * n * (v + 90)

        cell = ex.PersistentSodiumPotassium(
            **{"g_L": f"{gL} mS/cm2", "E_L": EL * mV, "g_Na": f"{gNa} mS/cm2", "V_m": Vm * mV},
            **{"k_m": km * mV, "g_K": f"{gK} mS/cm2", "V_n": Vn * mV, "k_n": kn * mV},
        )
        found = driven(cell, current)
        assert found.complete
        expected = brute(drift, -200.0, 200.0, 400_001)
        assert [bare(one)[0] for one in found] == pytest.approx(expected, abs=1e-9)
        counts.add(len(found))
    assert {1, 3} <= counts


def test_pairs_near_a_fold_are_found_however_close():
    """AdEx below its saddle-node: two equilibria at the distance that the square root gives."""
    g, E_L, V_T, D, a = 10.0, -70.0, -50.0, 2.0, 2.0
    cell = ex.AdEx(g_L="10 nS", E_L="-70 mV", V_T="-50 mV", Delta_T="2 mV", a="2 nS")
    v = V_T + D * np.log(1 + a / g)
    fold = (g + a) * (V_T - E_L - D + D * np.log(1 + a / g))
    curvature = 0.5 * g / D * np.exp((v - V_T) / D)
    for below in (1e-2, 1e-4, 1e-6, 1e-8, 1e-10):
        found = ex.equilibria(cell, I=(fold - below) * pA)
        assert len(found) == 2, below
        gap = bare(found[1])[0] - bare(found[0])[0]
        assert gap == pytest.approx(2 * np.sqrt(below / curvature), rel=3e-2)
        assert len(ex.equilibria(cell, I=(fold + below) * pA)) == 0


def test_equilibria_beyond_the_threshold_say_so():
    below, above = (ex.equilibria(ex.LIF, I=i * pA)[0] for i in (100, 400))
    assert (below.beyond_threshold, above.beyond_threshold) == (False, True)
    assert above.stable
    assert ex.equilibria(ex.LIF, I="400 pA").resting == []
    assert "beyond the threshold" in repr(above)
    inap = ex.equilibria(ex.PersistentSodium)
    assert [one.beyond_threshold for one in inap] == [False, False, True]


def test_removable_singularities_are_exact():
    """Where a rate function is 0/0, an equilibrium put right there is found and finite."""
    from excitable.expression import evaluate

    cell = ex.HodgkinHuxley
    for v in (-55.0, -40.0):
        names = dict(cell.values(), I=0.0, v=v)
        for gate in "mhn":
            alpha, beta = (
                evaluate(cell.system.expand(ex.expression.Symbol(f"{r}_{gate}")), names)
                for r in ("alpha", "beta")
            )
            names[gate] = alpha / (alpha + beta)
        current = -evaluate(cell.system.expanded_derivatives()[0], names)
        places = [bare(one)[0] for one in driven(cell, current)]
        assert min(abs(np.array(places) - v)) < 1e-9


def test_every_built_in_model_is_complete():
    from excitable import models
    from excitable.model import Model

    for name in dir(models):
        cell = getattr(models, name)
        if isinstance(cell, Model):
            found = ex.equilibria(cell)
            assert isinstance(found, Equilibria)
            assert found.complete, name
            for one in found:
                assert np.isfinite(bare(one)).all()


def test_other_equations_fall_back_to_newton_and_say_so():
    """Two cubic equations, nine equilibria: none can be eliminated."""
    cell = ex.Model(
        "Two cubics",
        equations="tau*dx/dt = x - x**3 + c*y**3\ntau*dy/dt = y - y**3 + c*x**3",
        states=dict(x=0.1, y=0.2),
        parameters=dict(tau="1 ms", c=0.01),
    )
    found = ex.equilibria(cell)
    assert not found.complete
    assert len(found) == 9
    assert sorted(one.index for one in found) == [0] * 4 + [1] * 4 + [2]


def test_a_continuum_and_no_equilibrium_of_linear_equations():
    cell = ex.Model(
        "Integrator", equations="C*dv/dt = I", states=dict(v=-65 * mV), inputs=dict(I=pA),
        parameters=dict(C="100 pF"),
    )  # fmt: skip
    still = ex.equilibria(cell)
    assert (len(still), still.complete) == (1, False)
    assert still[0].kind == "saddle-node"
    assert len(ex.equilibria(cell, I=1 * pA)) == 0


@pytest.mark.parametrize("right", ["log(a) - x", "log(a) - x - x**3", "sqrt(a) - exp(x)"])
def test_equations_without_a_value_are_refused(right):
    cell = ex.Model(
        "Undefined", equations=f"tau*dx/dt = {right}", states=dict(x=0.5),
        parameters=dict(tau="1 ms", a=2.0),
    )  # fmt: skip
    assert len(ex.equilibria(cell)) == 1
    for call in (ex.equilibria, ex.phase_line):
        with pytest.raises(SimulationError, match="not defined"):
            call(cell(a=-2.0))


def test_how_they_print():
    text = repr(ex.equilibria(ex.FitzHughNagumo, I=0.5))
    assert "unstable focus: v = -0.804848, w = -0.13106" in text
    assert "all of them with v between" in text
    assert "none" in repr(ex.equilibria(ex.QIF, I=1))


def bare_model(equations, states, **parameters):
    """Equations without units over milliseconds."""
    return ex.Model(
        "Bare", equations=equations, states=states, parameters=dict(T="1 ms", **parameters)
    )


@pytest.mark.parametrize("start", [0.5, 0.1, -0.3])
def test_an_equilibrium_at_which_a_rate_vanishes_is_found_wherever_the_search_begins(start):
    """Where x = p every y is steady by its own equation, so eliminating y divides by zero."""
    hunted = bare_model("T*dx/dt = x*(1 - x - y)\nT*dy/dt = y*(x - p)", dict(x=start, y=0.5), p=0.5)
    found = ex.equilibria(hunted)
    places = [(float(one.state["x"]), float(one.state["y"])) for one in found]
    np.testing.assert_allclose(places, [(0, 0), (0.5, 0.5), (1, 0)], atol=1e-12)
    assert [one.kind for one in found] == ["saddle", "stable focus", "saddle"]
    assert not found.complete


def test_a_line_of_equilibria_is_not_listed_place_by_place():
    line = bare_model("T*dx/dt = 1 - y**2\nT*dy/dt = (y - x)*(y - 1)", dict(x=0.1, y=0.1))
    found = ex.equilibria(line)
    assert len(found) == 2
    assert not found.complete


@pytest.mark.parametrize(
    ("drift", "places"),
    [("x**2", [0]), ("-x**3", [0]), ("(x - 1)**3", [1]), ("x**2*(x - 1)", [0, 1]), ("x**4", [0]),
     ("x**2 + 1e-20", []), ("exp(x) - 1 - x", [0])],
)  # fmt: skip
def test_a_multiple_zero_is_one_equilibrium_wherever_it_lies(drift, places):
    found = ex.equilibria(bare_model(f"T*dx/dt = {drift}", dict(x=0.1)))
    np.testing.assert_allclose([float(one.state["x"]) for one in found], places, atol=1e-15)
    assert found.complete
    assert [one.kind for one in found][:1] == ["saddle-node"][: len(places)]
