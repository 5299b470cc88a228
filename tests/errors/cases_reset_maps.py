"""Messages of reset maps and orbit diagrams."""

import excitable as ex
from excitable.units import mV, pA


def chattering():
    return ex.reset_map(ex.Izhikevich.preset("chattering"), I="10 mV/ms")


def curved():
    """A neuron whose spike condition bends."""
    return ex.Model(
        "Curved", equations="T*dx/dt = x**2 - y + 1\nT*dy/dt = -y", spike="x**3 >= 8",
        reset="x = -1; y += 1", states=dict(x=0, y=0), parameters=dict(T="1 ms"),
    )  # fmt: skip


def following():
    """A neuron of one state whose reset depends on its input."""
    return ex.Model(
        "Following", equations="T*dx/dt = I - x + x**3/(1 + x**2)", spike="x >= 2",
        reset="x = I - 3", states=dict(x=0), inputs=dict(I="1"), parameters=dict(T="1 ms"),
    )  # fmt: skip


CHATTERING = ex.Izhikevich.preset("chattering")
RANGE = ("5 mV/ms", "20 mV/ms")

CASES = [
    ("reset map: no model", lambda: ex.reset_map("AdEx")),
    ("reset map: no reset", lambda: ex.reset_map(ex.HodgkinHuxley)),
    ("reset map: too many states", lambda: ex.reset_map(ex.GLIF4)),
    ("reset map: no such input", lambda: ex.reset_map(ex.AdEx, J=1 * pA)),
    ("reset map: no unit", lambda: ex.reset_map(ex.AdEx, I=300)),
    ("reset map: several neurons", lambda: ex.reset_map(ex.AdEx(V_T=[-50, -45] * mV))),
    ("reset map: a threshold that bends", lambda: ex.reset_map(curved())),
    ("reset map: a reset that follows the input", lambda: ex.reset_map(following()).attractors),
    ("reset map: one state has no map", lambda: ex.reset_map(ex.LIF, I=300 * pA).map(0 * pA)),
    ("reset map: another unit", lambda: chattering().map(1 * pA)),
    ("reset map: not finite", lambda: chattering().slope([0, float("nan")] * mV / ex.units.ms)),
    ("reset map: no spikes", lambda: chattering().orbit(spikes=0)),
    ("orbits: no reset", lambda: ex.orbit_diagram(ex.FitzHughNagumo, "I", 0, 1)),
    ("orbits: one state", lambda: ex.orbit_diagram(ex.LIF, "I", 0 * pA, 100 * pA)),
    ("orbits: no such parameter", lambda: ex.orbit_diagram(CHATTERING, "g", 0, 1)),
    ("orbits: given twice", lambda: ex.orbit_diagram(CHATTERING, "I", *RANGE, I="5 mV/ms")),
    ("orbits: no values", lambda: ex.orbit_diagram(CHATTERING, "I", *RANGE, n=0)),
    ("orbits: another unit", lambda: ex.orbit_diagram(CHATTERING, "I", 0 * pA, 1 * pA)),
]
