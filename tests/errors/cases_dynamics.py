"""Messages of equilibria and the phase plane."""

import excitable as ex
from excitable.units import mV, pA


def tangled():
    return ex.Model(
        "Tangled", equations="T*dx/dt = -x\nT*dy/dt = x - y\nT*dz/dt = y - z**3 - z",
        states=dict(x=0, y=0, z=0), parameters=dict(T="1 ms"),
    )  # fmt: skip


def undefined():
    return ex.Model(
        "Undefined", equations="T*dx/dt = log(a) - x", states=dict(x=0),
        parameters=dict(T="1 ms", a=-2),
    )  # fmt: skip


CASES = [
    ("equilibria: no model", lambda: ex.equilibria("LIF")),
    ("equilibria: several neurons", lambda: ex.equilibria(ex.LIF(V_T=[-50, -45] * mV))),
    ("equilibria: no such input", lambda: ex.equilibria(ex.LIF, J=1 * pA)),
    ("equilibria: no unit", lambda: ex.equilibria(ex.LIF, I=100)),
    ("equilibria: several values", lambda: ex.equilibria(ex.LIF, I=[100, 200] * pA)),
    ("equilibria: a stimulus", lambda: ex.equilibria(ex.LIF, I=ex.step(100 * pA))),
    ("equilibria: not finite", lambda: ex.equilibria(ex.LIF, I=float("nan") * pA)),
    ("equilibria: not defined", lambda: ex.equilibria(undefined())),
    ("plane: a second state of a line", lambda: ex.phase_plane(ex.LIF, y="w")),
    ("plane: the state of a line frozen", lambda: ex.phase_plane(ex.LIF, frozen=dict(v=0 * mV))),
    ("line: two states", lambda: ex.phase_line(ex.AdEx)),
    ("line: a window that is none", lambda: ex.phase_line(ex.LIF, window=3)),
    ("line: one end of a window", lambda: ex.phase_line(ex.LIF, window=dict(v=3 * mV))),
    ("line: no such state", lambda: ex.phase_line(ex.LIF, window=dict(w=(0, 1)))),
    (
        "line: a range the wrong way round",
        lambda: ex.phase_line(ex.LIF, window=dict(v=(0 * mV, -80 * mV))),
    ),
    ("plane: no such state", lambda: ex.phase_plane(ex.AdEx, "v", "u")),
    ("plane: one state twice", lambda: ex.phase_plane(ex.AdEx, "w", "w")),
    ("plane: no such state to freeze", lambda: ex.phase_plane(ex.AdEx, frozen=dict(q=1))),
    ("plane: an axis frozen", lambda: ex.phase_plane(ex.AdEx, frozen=dict(w=1 * pA))),
    (
        "plane: frozen at several values",
        lambda: ex.phase_plane(ex.HodgkinHuxley, frozen=dict(m=[0.1, 0.2])),
    ),
    (
        "plane: a window the wrong way round",
        lambda: ex.phase_plane(ex.AdEx, window=dict(v=(0 * mV, -80 * mV))),
    ),
    (
        "plane: a window of what is not drawn",
        lambda: ex.phase_plane(ex.HodgkinHuxley, window=dict(m=(0, 1))),
    ),
    (
        "plane: half a start",
        lambda: ex.phase_plane(ex.FitzHughNagumo).trajectory(dict(v=0)),
    ),
    (
        "plane: no time",
        lambda: ex.phase_plane(ex.FitzHughNagumo).trajectory(dict(v=0, w=0), "0 ms"),
    ),
    ("plane: states that cannot be eliminated", lambda: ex.phase_plane(tangled(), "x", "y")),
]
