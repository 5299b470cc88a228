"""Messages of continuation."""

import numpy as np

import excitable as ex
from excitable.units import mV, nA, pA

HH = ex.HodgkinHuxley
DENSITY = dict(start="0 uA/cm2", stop="200 uA/cm2")


def runaway():
    return ex.Model(
        "Runaway",
        equations="tau*dx/dt = 1 + x**2 + I**2",
        states=dict(x=0.0),
        inputs=dict(I="1"),
        parameters=dict(tau="1 ms"),
    )


def undefined():
    return ex.Model(
        "Undefined",
        equations="tau*dx/dt = sqrt(I) - x",
        states=dict(x=0.0),
        inputs=dict(I="1"),
        parameters=dict(tau="1 ms"),
    )


def crossing():
    return ex.Model(
        "Crossing",
        equations="tau*dx/dt = I*x - x**2",
        states=dict(x=0.0),
        inputs=dict(I="1"),
        parameters=dict(tau="1 ms"),
    )


def flat():
    return ex.Model(
        "Flat",
        equations="tau*dx/dt = I**3*x - x**5",
        states=dict(x=0.0),
        inputs=dict(I="1"),
        parameters=dict(tau="1 ms"),
    )


def fold():
    return ex.continuation(ex.PersistentSodiumPotassium, "I", "-9 uA/cm2", "9 uA/cm2").special[0]


def branch_point(model):
    return ex.continuation(model, "I", -1, 1, initial=dict(x=0))


def over_g_K(**options):
    model = ex.PersistentSodiumPotassium
    return ex.continuation(model, "g_K", "5 mS/cm2", "20 mS/cm2", initial=fold(), **options)


CASES = [
    ("continuation: no model", lambda: ex.continuation("HodgkinHuxley", "I", **DENSITY)),
    ("continuation: an unknown parameter", lambda: ex.continuation(HH, "gK", **DENSITY)),
    ("continuation: a state", lambda: ex.continuation(HH, "v", -80 * mV, 0 * mV)),
    ("continuation: another unit", lambda: ex.continuation(HH, "I", 0 * nA, 1 * nA)),
    ("continuation: no unit", lambda: ex.continuation(HH, "I", 0, 200)),
    ("continuation: no range", lambda: ex.continuation(ex.AdEx, "I", 1 * pA, 1 * pA)),
    (
        "continuation: endless",
        lambda: ex.continuation(ex.AdEx, "I", 0 * pA, np.inf * pA),
    ),
    (
        "continuation: many starts",
        lambda: ex.continuation(ex.AdEx, "I", [0, 1] * pA, 2 * pA),
    ),
    (
        "continuation: out of bounds",
        lambda: ex.continuation(HH, "C", "1 uF/cm2", "-1 uF/cm2"),
    ),
    (
        "continuation: several neurons",
        lambda: ex.continuation(ex.LIF(tau_m="[10, 20] ms"), "I", 0 * pA, 1 * pA),
    ),
    (
        "continuation: an input twice",
        lambda: ex.continuation(HH, "I", **DENSITY, I="1 uA/cm2"),
    ),
    (
        "continuation: an unknown input",
        lambda: ex.continuation(HH, "g_K", "36 mS/cm2", "1 mS/cm2", J="1 uA/cm2"),
    ),
    (
        "continuation: an input that varies",
        lambda: ex.continuation(HH, "g_K", "36 mS/cm2", "1 mS/cm2", I="[1, 2] uA/cm2"),
    ),
    ("continuation: no points", lambda: ex.continuation(HH, "I", **DENSITY, points=1)),
    (
        "continuation: an unknown state",
        lambda: ex.continuation(HH, "I", **DENSITY, initial=dict(w=0)),
    ),
    ("continuation: no equilibrium", lambda: ex.continuation(runaway(), "I", 0, 1)),
    ("continuation: undefined", lambda: ex.continuation(undefined(), "I", -1, 1)),
    ("continuation: a state of the branch", lambda: ex.continuation(ex.QIF, "I", -1, 1)["w"]),
    ("continuation: a state to draw", lambda: ex.continuation(ex.QIF, "I", -1, 1).plot(y="w")),
    (
        "continuation: cycles without a Hopf point",
        lambda: ex.continuation(ex.QIF, "I", -1, 1).cycles(),
    ),
    (
        "continuation: a coarse mesh",
        lambda: ex.continuation(ex.FitzHughNagumo, "I", 0, 1).cycles(intervals=2),
    ),
    ("continuation: no equilibrium at the start", lambda: ex.continuation(ex.QIF, "I", 1, -1)),
    (
        "continuation: states that are none",
        lambda: ex.continuation(HH, "I", **DENSITY, initial="rest"),
    ),
    (
        "continuation: states far from an equilibrium",
        lambda: ex.continuation(ex.QIF, "I", 1, -1, initial=dict(x=1)),
    ),
    (
        "continuation: a point of another model",
        lambda: ex.continuation(HH, "I", **DENSITY, initial=fold()),
    ),
    ("continuation: a point with another input", lambda: over_g_K(I="1 uA/cm2")),
    (
        "continuation: a point out of range",
        lambda: ex.continuation(
            ex.PersistentSodiumPotassium, "g_K", "15 mS/cm2", "20 mS/cm2", initial=fold()
        ),
    ),
    (
        "continuation: no direction",
        lambda: ex.continuation(flat(), "I", -1, 1, initial=branch_point(flat()).special[0]),
    ),
    ("continuation: no branch point", lambda: branch_point(crossing()).switched(fold())),
    (
        "continuation: no branch point anywhere",
        lambda: ex.continuation(ex.QIF, "I", -1, 1).switched(fold()),
    ),
    (
        "continuation: no other branch",
        lambda: (lambda b: b.switched(b.special[0]))(branch_point(flat())),
    ),
    (
        "two parameters: a branch point",
        lambda: branch_point(crossing()).special[0].continuation("tau", "1 ms", "2 ms"),
    ),
    (
        "two parameters: half a range",
        lambda: fold().continuation("V_n", "-30 mV", "0 mV", within="5 uA/cm2"),
    ),
    ("two parameters: the same", lambda: fold().continuation("I", "0 uA/cm2", "9 uA/cm2")),
    ("two parameters: unknown", lambda: fold().continuation("g_X", "0 uA/cm2", "9 uA/cm2")),
    ("two parameters: out of range", lambda: fold().continuation("V_n", "0 mV", "9 mV")),
    (
        "two parameters: the first out of range",
        lambda: fold().continuation("V_n", "-30 mV", "0 mV", within=("5 uA/cm2", "9 uA/cm2")),
    ),
    (
        "two parameters: no range of the first",
        lambda: fold().continuation("V_n", "-30 mV", "0 mV", within=("5 uA/cm2", "5 uA/cm2")),
    ),
    ("two parameters: a state", lambda: fold().continuation("V_n", "-30 mV", "0 mV")["w"]),
    (
        "two parameters: other axes",
        lambda: (
            fold()
            .continuation("V_n", "-30 mV", "0 mV")
            .plot(fold().continuation("E_L", "-90 mV", "-70 mV"))
        ),
    ),
]
