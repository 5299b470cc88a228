"""Kinds of equilibria and pieces of nullclines, where others name or draw the wrong ones."""

import numpy as np
import pytest

import excitable as ex
from excitable.units import cm, uA

DENSITY = uA / cm**2


def planar(jacobian):
    (a, b), (c, d) = jacobian
    return ex.Model(
        "Linear", equations=f"T*dx/dt = ({a})*x + ({b})*y\nT*dy/dt = ({c})*x + ({d})*y",
        states=dict(x=1, y=1), parameters=dict(T="1 ms"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("jacobian", "kind"),
    [
        ([[-1, 0], [0, -2]], "stable node"),
        ([[1, 0], [0, 2]], "unstable node"),
        ([[-1, -2], [2, -1]], "stable focus"),
        ([[1, -2], [2, 1]], "unstable focus"),
        ([[1, 0], [0, -1]], "saddle"),
        ([[0, -1], [1, 0]], "center"),
        ([[1e-13, -1], [1, 0]], "center"),
        ([[-1, 0], [0, -1]], "stable node"),
        ([[1, 1], [0, 1]], "unstable node"),
        ([[-1, 1], [0, 0]], "saddle-node"),
    ],
)
def test_c36_kinds_of_a_linear_system(jacobian, kind):
    (one,) = ex.equilibria(planar(jacobian))
    assert one.kind == kind
    assert one.stable == kind.startswith("stable")


def test_c36_a_saddle_is_no_saddle_node():
    kinds = [one.kind for one in ex.equilibria(ex.PersistentSodiumPotassium)]
    assert kinds == ["stable node", "saddle", "unstable focus"]


def test_c37_pieces_of_the_nullclines_of_persistent_sodium_and_potassium():
    """One cubic piece of v; with the pole at E_K inside, a second one beyond it."""
    window = dict(v=("-85 mV", "40 mV"), n=(-0.1, 1))
    plane = ex.phase_plane(ex.PersistentSodiumPotassium, window=window)
    assert {name: len(pieces) for name, pieces in plane.nullclines.items()} == {"v": 1, "n": 1}
    wide = ex.phase_plane(
        ex.PersistentSodiumPotassium, window=dict(v=("-120 mV", "40 mV"), n=(-40, 40))
    )
    assert len(wide.nullclines["v"]) == 2
    for one in wide.nullclines["v"]:  # nothing is joined across the pole
        side = np.sign(one.x.magnitude + 90.0)
        assert (side == side[0]).all()


def test_c37_pieces_of_the_nullcline_of_the_axon():
    """The fourth root of the potassium current: one piece with n, its mirror image with -n."""
    window = dict(v=("-76 mV", "40 mV"), n=(0, 1))
    plane = ex.phase_plane(ex.HodgkinHuxley, window=window, I=10 * DENSITY)
    assert len(plane.nullclines["v"]) == 1
    assert len(plane.nullclines["n"]) == 1


@pytest.mark.parametrize(
    ("equations", "straight", "place"),
    [
        ("T*dv/dt = v - v**3 - w\nT*dw/dt = w - 0.3", "w", 0.3),  # horizontal
        ("T*dv/dt = v - v**3 - w\nT*dw/dt = v - 0.2", "w", 0.2),  # vertical
        ("T*dv/dt = (v - 0.1)*(w + 2)\nT*dw/dt = v - w", "v", 0.1),
    ],
)
def test_c37_straight_nullclines_are_found(equations, straight, place):
    cell = ex.Model(
        "Straight", equations=equations, states=dict(v=0, w=0), parameters=dict(T="1 ms")
    )
    plane = ex.phase_plane(cell, window=dict(v=(-2, 2), w=(-1, 1)))
    (line,) = plane.nullclines[straight]
    constant = min((line.x.magnitude, line.y.magnitude), key=np.ptp)
    assert constant == pytest.approx(place, abs=1e-12)
    other = max((line.x.magnitude, line.y.magnitude), key=np.ptp)
    assert np.ptp(other) >= 2.0


def test_c37_crossing_lines_and_a_closed_curve():
    """v = 0 and w = 1 together make one nullcline; a circle is one closed piece."""
    cross = ex.Model(
        "Cross", equations="T*dv/dt = v*(w - 0.5)\nT*dw/dt = v - w",
        states=dict(v=0, w=0), parameters=dict(T="1 ms"),
    )  # fmt: skip
    plane = ex.phase_plane(cross, window=dict(v=(-1, 1), w=(-1, 1)))
    found = [(np.ptp(c.x.magnitude), np.ptp(c.y.magnitude)) for c in plane.nullclines["v"]]
    assert (0.0, 2.0) in found
    assert any(across == pytest.approx(2.0) and flat == 0.0 for across, flat in found)
    circle = ex.Model(
        "Circle", equations="T*dv/dt = v**2 + w**2 - 0.5\nT*dw/dt = v - w",
        states=dict(v=0, w=0), parameters=dict(T="1 ms"),
    )  # fmt: skip
    plane = ex.phase_plane(circle, window=dict(v=(-1, 1), w=(-1, 1)))
    (ring,) = plane.nullclines["v"]
    assert np.hypot(ring.x.magnitude, ring.y.magnitude) == pytest.approx(np.sqrt(0.5), abs=1e-9)
    assert ring.x.magnitude[0] == ring.x.magnitude[-1]
