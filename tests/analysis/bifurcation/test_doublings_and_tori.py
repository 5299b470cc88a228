"""Doublings and tori of neurons against a monodromy matrix by DOP853, and how families end."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import excitable as ex
from excitable.analysis.bifurcation._flow import Flow


def monodromy(model, point, parts=8):
    """Derivative of the flow over a period, and the gap at its end."""
    flow = Flow(model.system, model.values(), ("I",))
    p = np.array([point.parameter.magnitude])
    x = np.array([q.magnitude for q in point.state.values()])
    n, T = x.size, point.period.m_as("ms")
    size = 1e-6 * np.maximum(np.abs(x), 0.1)

    def rate(t, w):
        y, V = w[:n], w[n:].reshape(n, n)
        moved = np.hstack([y[:, None], y[:, None] + np.diag(size), y[:, None] - np.diag(size)])
        f = flow.drift(moved, p)
        J = (f[:, 1 : n + 1] - f[:, n + 1 :]) / (2.0 * size)
        return np.concatenate([f[:, 0], (J @ V).reshape(-1)])

    start, product = x, np.eye(n)
    for _ in range(parts):
        w = np.concatenate([x, np.eye(n).reshape(-1)])
        w = solve_ivp(rate, (0.0, T / parts), w, "DOP853", rtol=1e-10, atol=1e-11).y[:, -1]
        x, product = w[:n], w[n:].reshape(n, n) @ product
    return product, np.abs(x - start).max()


@pytest.mark.parametrize(
    ("model", "low", "kinds"),
    [
        (ex.HodgkinHuxley, 0, {"period doubling": 7.8453}),
        (ex.Golomb, -2, {"torus": 3.0577}),
        (ex.Golomb.preset("delayed stuttering"), -2,
         {"period doubling": 4.2310, "torus": 4.5666}),
    ],
)  # fmt: skip
def test_doublings_and_tori(model, low, kinds):
    branch = ex.continuation(model, "I", f"{low} uA/cm2", "200 uA/cm2")
    special = branch.cycles().special
    for kind, current in kinds.items():
        place = [p for p in special if p.kind == kind]
        point = min(place, key=lambda p: abs(p.parameter.magnitude - current))
        assert point.parameter.magnitude == pytest.approx(current, abs=1e-3)
        matrix, gap = monodromy(model, point)
        assert gap < 1e-4
        values = np.linalg.eigvals(matrix)
        largest = max(point.multipliers, key=abs)
        assert abs(values - largest).min() < 1e-4 * abs(largest)
        critical = [v for v in point.multipliers[1:] if abs(abs(v) - 1.0) < 1e-6]
        assert len(critical) == (2 if kind == "torus" else 1)
        for one in critical:
            assert abs(values - one).min() < 1e-4


@pytest.mark.parametrize(
    ("model", "high", "ends"),
    [
        (ex.WangBuzsaki, 100, ["SNIC"]),
        (ex.TraubMiles, 400, ["SNIC"]),
        (ex.MorrisLecar.preset("homoclinic"), 200, ["fold of cycles", "homoclinic"]),
        (ex.PersistentSodiumPotassium.preset("saddle-node off cycle"), 100, ["homoclinic"]),
        (ex.PersistentSodiumPotassium.preset("subcritical Hopf"), 200,
         ["fold of cycles", "SNIC"]),
    ],
)  # fmt: skip
def test_multipliers_are_right_to_the_end(model, high, ends):
    branch = ex.continuation(model, "I", "-5 uA/cm2", f"{high} uA/cm2")
    (piece,) = branch.cycles().pieces
    assert [p.kind for p in piece.special] == ends
    assert piece.trusted.all()
    assert piece.trivial_error.max() < 1e-4
    folds = ends.count("fold of cycles")
    changes = np.count_nonzero(np.diff(piece.stable.astype(int)))
    assert changes == folds
    assert piece.stable[-1]


@pytest.mark.parametrize("epsilon", [0.08, 0.04])
def test_canards_turn_on_both_sides_alike(epsilon):
    """The parameter stands still to rounding within the explosion; the equations are odd."""
    model = ex.FitzHughNagumo(epsilon=epsilon)
    cycles = ex.continuation(model, "I", 0, 2).cycles()
    (piece,) = cycles.pieces
    assert [p.kind for p in piece.special] == ["fold of cycles"] * 2
    total = sum(p.parameter.magnitude for p in piece.special)
    assert total == pytest.approx(2 * 0.7 / 0.8, abs=1e-9)
    assert all(abs(p.multipliers[1] - 1.0) < 1e-3 for p in piece.special)
    assert np.count_nonzero(np.diff(piece.stable.astype(int))) == 2
    assert piece.ended[1].startswith("it shrinks to a Hopf point")


def test_a_family_may_stand_still():
    """Bursts that grow along an unstable branch while the input changes by less than rounding."""
    branch = ex.continuation(ex.HindmarshRose, "I", -2, 2)
    (piece,) = branch.cycles(intervals=30, degree=4).pieces
    assert "stands still to rounding" in piece.ended[1]
