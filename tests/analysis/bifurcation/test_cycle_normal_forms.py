"""Limit cycles whose size, period, multipliers and bifurcations are known in closed form."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import excitable as ex
from excitable.analysis.bifurcation._collocation import Elements
from excitable.analysis.bifurcation._flow import Flow
from excitable.analysis.bifurcation._limit_cycle import exact
from excitable.analysis.bifurcation._orbit import (
    closed_loop,
    equations_around,
    family_from_orbit,
)
from excitable.units import ms


def made(rates, free, start=None, **helpers):
    """A model of plain numbers: rates by state, helping quantities by name, and one input."""
    lines = [f"tau*d{name}/dt = {rate}" for name, rate in rates.items()]
    lines += [f"{name} = {text}" for name, text in helpers.items()]
    states = start or dict.fromkeys(rates, 0.0)
    return ex.Model(
        "Normal form", equations="\n".join(lines), states=states, inputs={free: "1"},
        parameters=dict(tau=1 * ms),
    )  # fmt: skip


def radial(growth):
    """r' = r g(s) with s the square of r, at two radians per ms."""
    rates = dict(x=f"x*({growth}) - 2*y", y=f"y*({growth}) + 2*x")
    return made(rates, "mu", s="x**2 + y**2")


def square(cycle):
    x, y = (cycle.states[name].magnitude for name in ("x", "y"))
    return x**2 + y**2


@pytest.mark.parametrize("sign", [-1, 1])
def test_hopf(sign):
    model = radial(f"mu {'+' if sign > 0 else '-'} 0.5*s")
    cycles = ex.continuation(model, "mu", -1.0, 1.0).cycles()
    for mu in (0.003, 0.25, 0.9):
        (one,) = cycles.at(-sign * mu)
        assert square(one) == pytest.approx(2.0 * mu, rel=1e-9)
        assert one.period.magnitude == pytest.approx(np.pi, rel=1e-11)
        assert one.multipliers[1] == pytest.approx(np.exp(2.0 * np.pi * mu * sign), rel=1e-9)
        assert one.stable == (sign < 0)
        assert one.trusted
    assert cycles.at(sign * 0.1) == []


def test_bautin():
    beta = 0.8
    cycles = ex.continuation(radial(f"mu + {beta}*s - s**2"), "mu", -1.0, 1.0).cycles()
    (fold,) = cycles.special
    assert fold.kind == "fold of cycles"
    assert fold.parameter.magnitude == pytest.approx(-(beta**2) / 4.0, abs=1e-12)
    assert fold.multipliers[1] == pytest.approx(1.0, abs=1e-6)
    for mu in (-0.15, -0.01):
        expected = beta / 2.0 - np.array([1.0, -1.0]) * np.sqrt(beta**2 / 4.0 + mu)
        found = cycles.at(mu)
        assert [one.stable for one in found] == [False, True]
        for one, s in zip(found, expected, strict=True):
            assert square(one) == pytest.approx(s, rel=1e-8)
            assert one.multipliers[1] == pytest.approx(
                np.exp(2.0 * np.pi * s * (beta - 2.0 * s)), rel=1e-8
            )
    (one,) = cycles.at(0.3)
    assert one.stable
    assert len(cycles.at(fold.parameter.magnitude - 1e-6)) == 0


def test_torus():
    """Langford's equations: r' = (z - b) r, z' = c + a z - z**3/3 - r**2 (1 + e z)."""
    b, c, d, e = 0.7, 0.6, 3.5, 0.25
    rates = dict(
        x=f"(z - {b})*x - {d}*y", y=f"{d}*x + (z - {b})*y",
        z=f"{c} + a*z - z**3/3 - (x**2 + y**2)*(1 + {e}*z)",
    )  # fmt: skip
    branch = ex.continuation(made(rates, "a"), "a", -1.0, 1.5, initial=dict(z=0.6))
    (hopf,) = [p for p in branch.special if p.kind == "hopf"]
    assert hopf.parameter.magnitude == pytest.approx((b**3 / 3 - c) / b, abs=1e-10)
    cycles = branch.cycles()

    def size(a):
        return (c + a * b - b**3 / 3) / (1 + e * b)

    for a in (-0.5, 0.3, 1.2):
        (one,) = cycles.at(a)
        assert square(one) == pytest.approx(size(a), rel=1e-9)
        assert one.period.magnitude == pytest.approx(2 * np.pi / d, rel=1e-10)
        trace = a - b**2 - e * size(a)
        other = np.emath.sqrt(trace**2 / 4 - 2 * size(a) * (1 + e * b))
        expected = np.exp((trace / 2 + np.array([1, -1]) * other) * 2 * np.pi / d)
        found = sorted(one.multipliers[1:], key=lambda m: (m.imag, m.real))
        known = sorted(expected.astype(complex), key=lambda m: (m.imag, m.real))
        assert found == pytest.approx(known, abs=1e-9)
    slope, offset = 1 - e * b / (1 + e * b), b**2 + e * (c - b**3 / 3) / (1 + e * b)
    (torus,) = cycles.special
    assert torus.kind == "torus"
    assert torus.parameter.magnitude == pytest.approx(offset / slope, abs=1e-8)
    assert abs(torus.multipliers[1:]) == pytest.approx(1.0, abs=1e-8)
    stable = cycles.pieces[0].stable
    assert (stable == (cycles.pieces[0].values.magnitude < offset / slope)).all()


def twisted():
    """A circle whose neighbourhood makes half a turn: multipliers -exp(mu T) and -exp(-T)."""
    return made(
        dict(x="outward*c - y", y="outward*s + x",
             z="(0.5*(mu + 1)*s + 0.5)*u + (0.5*(mu - 1) - 0.5*(mu + 1)*c)*z"),
        "mu", dict(x=1.0, y=0.0, z=0.0),
        r="sqrt(x**2 + y**2)", u="r - 1", c="x/r", s="y/r",
        outward="(0.5*(mu - 1) + 0.5*(mu + 1)*c)*u + (0.5*(mu + 1)*s - 0.5)*z",
    )  # fmt: skip


def test_multipliers_of_a_twisted_neighbourhood():
    t = np.linspace(0.0, 2.0 * np.pi, 200)
    orbit = t, np.column_stack([np.cos(t), np.sin(t), np.zeros_like(t)])
    equations = equations_around(
        Flow(twisted().system, {"tau": 1.0}, ("mu",)), orbit[1], Elements(5)
    )
    for mu in (-0.3, 0.01, 0.2):
        one, _ = exact(equations, closed_loop(equations, orbit, mu, 60))
        expected = [-np.exp(2.0 * np.pi * mu), -np.exp(-2.0 * np.pi)]
        assert one.multipliers[1:] == pytest.approx(expected, rel=1e-8)


ROESSLER = dict(x="-y - z", y="x + 0.2*y", z="0.2 + z*(x - c)")


def shooting(c, start, period):
    """The cycle and its monodromy matrix by Newton's method on DOP853."""

    def rate(t, w):
        x, y, z = w[:3]
        J = np.array([[0.0, -1.0, -1.0], [1.0, 0.2, 0.0], [z, 0.0, x - c]])
        drift = [-y - z, x + 0.2 * y, 0.2 + z * (x - c)]
        return np.concatenate([drift, (J @ w[3:].reshape(3, 3)).reshape(-1)])

    x, T = np.array(start), period
    for _ in range(4):
        w = np.concatenate([x, np.eye(3).reshape(-1)])
        end = solve_ivp(rate, (0.0, T), w, "DOP853", rtol=1e-12, atol=1e-13).y[:, -1]
        M = end[3:].reshape(3, 3)
        f = rate(0.0, np.concatenate([end[:3], np.zeros(9)]))[:3]
        g = rate(0.0, w)[:3]
        system = np.block([[M - np.eye(3), f[:, None]], [g[None], np.zeros((1, 1))]])
        move = np.linalg.solve(system, np.append(x - end[:3], 0.0))
        x, T = x + move[:3], T + move[3]
    return T, np.linalg.eigvals(M)


def test_period_doubling_of_roessler():
    model = made(ROESSLER, "c")
    branch = ex.continuation(model, "c", 2.0, 3.5, initial=dict(x=0.02, y=-0.1, z=0.1))

    def rate(t, w):
        x, y, z = w
        return [-y - z, x + 0.2 * y, 0.2 + z * (x - 2.5)]

    end = solve_ivp(rate, (0.0, 300.0), [1.0, 1.0, 0.0], "DOP853", rtol=1e-8).y[:, -1]
    turn = shooting(2.5, end, 5.9)[0]
    run = solve_ivp(rate, (0.0, turn), end, "DOP853", rtol=1e-8, max_step=0.1)
    cycles = family_from_orbit(branch, 2.5, (run.t, run.y.T))
    (found,) = [p for p in cycles.special if p.kind == "period doubling"]
    start = [found.state[name].magnitude for name in "xyz"]
    T, values = shooting(found.parameter.magnitude, start, found.period.magnitude)
    assert T == pytest.approx(found.period.magnitude, rel=1e-9)
    assert abs(values + 1.0).min() < 1e-6
    (before,), (after,) = cycles.at(2.5), cycles.at(3.2)
    assert before.stable
    assert not after.stable
    assert after.multipliers[1].real < -1.0


def test_a_saddle_node_on_an_invariant_circle():
    """On the unit circle the angle obeys mu - cos: the period is 2 pi/sqrt(mu**2 - 1)."""
    rates = dict(x="x*(1 - s) - y*(mu - x)", y="y*(1 - s) + x*(mu - x)")
    model = made(rates, "mu", dict(x=0.0, y=1.0), s="x**2 + y**2")
    branch = ex.continuation(model, "mu", 0.0, 3.0, initial=dict(x=0.0, y=1.0))

    def rate(t, angle):
        return 2.0 - np.cos(angle)

    t = np.linspace(0.0, 2.0 * np.pi / np.sqrt(3.0), 300)
    angle = solve_ivp(rate, (0.0, t[-1]), [0.0], t_eval=t, rtol=1e-9, atol=1e-9).y[0]
    piece = family_from_orbit(branch, 2.0, (t, np.column_stack([np.cos(angle), np.sin(angle)])))
    assert piece.born is None
    assert piece.ended == (
        "the period becomes infinite on the invariant circle of a saddle-node",
        "mu reaches 3, an end of its range",
    )
    (snic,) = piece.special
    assert snic.kind == "SNIC"
    assert snic.parameter.magnitude == pytest.approx(1.0, abs=1e-10)
    for mu in (1.0001, 1.5, 2.9):
        (one,) = piece.at(mu)
        period = 2.0 * np.pi / np.sqrt(mu**2 - 1.0)
        assert one.period.magnitude == pytest.approx(period, rel=1e-8)
        assert one.multipliers[1].real == pytest.approx(np.exp(-2.0 * period), rel=1e-6)
        assert one.stable
        assert square(one) == pytest.approx(1.0, abs=1e-7)
    np.testing.assert_allclose(
        piece.period.magnitude, 2 * np.pi / np.sqrt(piece.values.magnitude**2 - 1), rtol=1e-4
    )


def test_a_homoclinic_orbit():
    """H = x**3 - x**2 + y**2 obeys H' = -2 y**2 (H - c): the cycles are H = c, the loop H = 0."""
    rates = dict(x="2*y", y="2*x - 3*x**2 - y*(x**3 - x**2 + y**2 - c)")
    branch = ex.continuation(made(rates, "c"), "c", -0.2, 0.1, initial=dict(x=0.66, y=0.0))
    (hopf,) = branch.special
    assert hopf.parameter.magnitude == pytest.approx(-4.0 / 27.0, abs=1e-12)
    cycles = branch.cycles()
    (piece,) = cycles.pieces
    (last,) = piece.special
    assert last.kind == "homoclinic"
    assert last.parameter.magnitude == pytest.approx(0.0, abs=1e-8)
    assert [last.state[name].magnitude for name in "xy"] == pytest.approx([0.0, 0.0], abs=0.01)
    assert piece.stable.all()
    assert piece.trivial_error.max() < 1e-4
    for c in (-0.1, -0.01, -1e-6):
        (one,) = cycles.at(c)
        x, y, t = (v.magnitude for v in (one.states["x"], one.states["y"], one.t))
        np.testing.assert_allclose(x**3 - x**2 + y**2, c, atol=1e-9)
        share = np.trapezoid(2.0 * y**2, t) if hasattr(np, "trapezoid") else np.trapz(2 * y**2, t)
        assert one.multipliers[1].real == pytest.approx(np.exp(-share), rel=1e-3)
        # Beside the saddle the period grows by the logarithm of the distance over the rate 2.
    periods = [cycles.at(-c)[0].period.magnitude for c in (1e-4, 1e-5)]
    assert np.diff(periods)[0] == pytest.approx(np.log(10.0) / 2.0, rel=1e-2)
