"""Gating curves follow from the equations of any model."""

import math

import mpmath
import numpy as np
import pytest

import excitable as ex
from excitable.units import mS, ms, mV

V = np.array([-120.0, -80.0, -65.0, -55.0, -40.0, -20.0, 0.0, 30.0, 60.0])


def squid(name, v):
    """The gates as printed in 1952, with the limits at the singular points, in many digits."""
    with mpmath.workdps(30):
        x = mpmath.mpf(v) + 65

        def linoid(y, scale):
            return scale * (y / mpmath.expm1(y) if y else 1)

        alpha, beta = {
            "m": (linoid((25 - x) / 10, 1), 4 * mpmath.exp(-x / 18)),
            "h": (mpmath.mpf("0.07") * mpmath.exp(-x / 20), 1 / (mpmath.exp((30 - x) / 10) + 1)),
            "n": (linoid((10 - x) / 10, mpmath.mpf("0.1")), mpmath.exp(-x / 80) / 8),
        }[name]
        return float(alpha / (alpha + beta)), float(1 / (alpha + beta))


@pytest.mark.parametrize("name", ["m", "h", "n"])
def test_gates_of_the_squid_axon(name):
    gate = ex.gates(ex.HodgkinHuxley, V * mV)[name]
    printed = np.array([squid(name, v) for v in V])
    assert gate.inf.magnitude == pytest.approx(printed[:, 0], rel=2e-14)
    assert gate.tau.m_as("ms") == pytest.approx(printed[:, 1], rel=2e-14)


def test_singular_potentials_are_smooth():
    near = -40.0 + np.array([-1e-6, -1e-9, -1e-13, 0.0, 1e-13, 1e-9, 1e-6])
    inf = ex.gates(ex.HodgkinHuxley, near * mV)["m"].inf.magnitude
    assert np.abs(inf - inf[3]).max() < 1e-7
    assert np.abs(inf[1:-1] - inf[3]).max() < 1e-10


def test_far_potentials_give_limits():
    gates = ex.gates(ex.HodgkinHuxley, [-1e4, 1e4] * mV)
    assert gates["m"].inf.magnitude.tolist() == [0.0, 1.0]
    assert gates["h"].inf.magnitude == pytest.approx([1.0, 0.0], abs=1e-200)


def test_temperature_and_frame():
    warm = ex.gates(ex.HodgkinHuxley(phi=3.0), V * mV)
    cold = ex.gates(ex.HodgkinHuxley, V * mV)
    old = ex.gates(ex.HodgkinHuxley.preset("1952"), (V + 65) * mV)
    for name in cold:
        assert (warm[name].tau * 3).m_as("ms") == pytest.approx(cold[name].tau.m_as("ms"))
        assert old[name].inf.magnitude == pytest.approx(cold[name].inf.magnitude, rel=1e-14)


def test_persistent_sodium_and_potassium():
    gates = ex.gates(ex.PersistentSodiumPotassium, V * mV)
    assert list(gates) == ["n", "m"]
    n = 1 / (1 + np.exp((-25 - V) / 5))
    assert gates["n"].inf.magnitude == pytest.approx(n, rel=1e-14)
    assert gates["n"].tau.m_as("ms") == pytest.approx(np.ones(V.size))
    assert gates["m"].inf.magnitude == pytest.approx(1 / (1 + np.exp((-20 - V) / 15)), rel=1e-14)
    assert gates["m"].tau is None
    assert "at once" in repr(gates["m"])


def test_morris_lecar():
    model = ex.MorrisLecar
    gates = ex.gates(model, V * mV)
    known = {name: model.values()[name] for name in ("V_1", "V_2", "V_3", "V_4", "phi")}
    w = 0.5 * (1 + np.tanh((V - known["V_3"]) / known["V_4"]))
    tau = 1 / (known["phi"] * np.cosh((V - known["V_3"]) / (2 * known["V_4"])))
    assert gates["w"].inf.magnitude == pytest.approx(w, rel=1e-13)
    assert gates["w"].tau.m_as("ms") == pytest.approx(tau, rel=1e-13)


def test_a_model_written_otherwise_has_the_same_gates():
    one, other = (
        ex.Model(
            "A gate",
            equations=f"""
                C*dv/dt = g*n*(E - v) + I
                {text}
                n_inf = 1/(1 + exp(-(v - V_n)/k))
                tau_n = 2*ms + 3*ms/(1 + exp((v - V_n)/k))
            """,
            states=dict(v=-65 * mV, n=0.1),
            inputs=dict(I="uA/cm2"),
            parameters=dict(
                C="1 uF/cm2", g=5 * mS / ex.units.cm**2, E=-80 * mV, V_n=-30 * mV, k=7 * mV
            ),
        )
        for text in ("tau_n*dn/dt = n_inf - n", "dn/dt = n_inf*(1 - n)/tau_n - (1 - n_inf)*n/tau_n")
    )
    first, second = ex.gates(one, V * mV)["n"], ex.gates(other, V * mV)["n"]
    inf = 1 / (1 + np.exp(-(V + 30) / 7))
    assert first.inf.magnitude == pytest.approx(inf, rel=1e-14)
    assert second.inf.magnitude == pytest.approx(inf, rel=1e-13)
    assert second.tau.m_as("ms") == pytest.approx(first.tau.m_as("ms"), rel=1e-13)


def test_a_channel_by_itself_and_a_potential_of_another_name():
    channel = ex.models.channels.potassium
    assert ex.gates(channel, -40 * mV)["n"].inf == ex.gates(ex.HodgkinHuxley, -40 * mV)["n"].inf
    model = ex.Model(
        "Other letters",
        equations="tau*dy/dt = a*V - y\n C*dV/dt = g*(E - V)*y + J",
        states=dict(V=0 * mV, y=0),
        inputs=dict(J="pA"),
        parameters=dict(tau="5 ms", a="0.1/mV", C="10 pF", g="1 nS", E="0 mV"),
    )
    assert ex.gates(model, 3 * mV, voltage="V")["y"].inf.magnitude == pytest.approx(0.3)


def test_what_depends_on_more_than_the_potential_is_no_gate():
    model = ex.Model(
        "Calcium and what it gates",
        equations="""
            C*dv/dt = g*q*(E - v) + I
            dq/dt = (Ca/(Ca + K) - q)/(4*ms)
            dCa/dt = -k*v - r*Ca
            dp/dt = (1/(1 + exp(-v/(5*mV))) - p**2)/(3*ms)
        """,
        states=dict(v=-65 * mV, q=0.1, Ca=0.1, p=0.5),
        inputs=dict(I="pA"),
        parameters=dict(C="10 pF", g="1 nS", E="0 mV", K=1.0, k="0.001/(mV*ms)", r="0.1/ms"),
    )
    assert list(ex.gates(model)) == ["Ca"]


def test_one_curve_for_each_neuron():
    model = ex.HodgkinHuxley(phi=[1.0, 2.0])
    gates = ex.gates(model, V * mV)
    assert gates["n"].tau.shape == (V.size, 2)
    assert gates["n"].tau[:, 0].m_as("ms") == pytest.approx(2 * gates["n"].tau[:, 1].m_as("ms"))
    assert gates("-40 mV")["n"].tau.shape == (2,)
    assert len(gates.plot().axes[0].lines) == 6


def test_calling_gives_the_same_elsewhere():
    gates = ex.gates(ex.HodgkinHuxley)
    assert gates.v.size == 341
    assert gates("-40 mV")["m"].inf == gates["m"]("-40 mV").inf
    assert math.isclose(gates["m"](-40 * mV).tau.m_as("ms"), squid("m", -40)[1], rel_tol=1e-14)
    assert gates["m"].tau.check("[time]")
    assert gates["h"].tau.to(ms).magnitude.max() == pytest.approx(8.6, abs=0.02)


def test_formulas_and_notebook():
    gates = ex.gates(ex.HodgkinHuxley)
    assert set(gates.formulas()) == {"x", *(f"{r}_{g}" for r in ("alpha", "beta") for g in "mhn")}
    html = gates._repr_html_()
    assert html.count("<tr>") == 4
    assert "activation of sodium" in html
    assert len(gates) == 3
    assert gates["m"] is gates["m"]
