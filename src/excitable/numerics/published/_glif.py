"""What the recipes for GLIF share: which equations they serve, and constants of a step.

Both simulators write the part of the threshold that follows the potential with b_v - g/C in a
denominator, which has no value where the two are equal, and with b_v in another. Here the same
formula is written with

    phi(a, b) = int_0^h e^(-a (h - s)) e^(-b s) ds = h e^(-min(a, b) h) exprel(-|a - b| h),
    exprel(x) = (e^x - 1)/x,  exprel(0) = 1,

and has no such case; elsewhere it agrees with theirs to rounding.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np

from excitable.expression import function
from excitable.model import System
from excitable.models.generalised_lif import glif
from excitable.numerics.published._recipe import FloatArray, whole_steps

exprel = function("exprel").numpy

# Counters.
REST = 0  # steps left to rest
STOPPED = 1  # whether the neuron has been stopped for good

# Constants, one column each, and four for every after-spike current.
KEEP, GAIN = 0, 1  # of u = v - E_L over a step, and of a current
G, E_L, THETA = 2, 3, 4  # THETA: threshold of a cell that has not fired, relative to E_L
F_V, ADD = 5, 6  # u <- F_V u + ADD
STEPS = 7  # of the refractory time
DECAY_S, REST_S, DELTA_S = 8, 9, 10
DECAY_V, BY_U, BY_I = 11, 12, 13  # theta_v <- DECAY_V theta_v + BY_U u + BY_I I
CURRENTS = 14  # from here on: decay, rest, jump, mean over a step
EACH = 4


@functools.lru_cache(maxsize=256)
def parts(system: System) -> tuple[bool, bool, bool] | None:
    """Return which parts a GLIF has (reset rules, currents, adapting threshold); None for others.

    A model is one if its equations are those of `excitable.models.glif`, whatever its values.
    """
    count = sum(name.startswith("I_") for name in system.states)
    flags = ("theta_s" in system.states, count > 0, "theta_v" in system.states)
    same = glif(
        currents=count or 2,
        reset_rules=flags[0], after_spike_currents=flags[1], adapting_threshold=flags[2],
    )  # fmt: skip
    return flags if same.system.fingerprint == system.fingerprint else None


def layout(system: System) -> tuple[int, ...]:
    """Return the rows of theta_s, theta_v (-1 if absent) and of the first current, and how many."""
    flags = parts(system)
    names = system.states
    row = {name: k for k, name in enumerate(names)}
    count = sum(name.startswith("I_") for name in names)
    return (
        row["theta_s"] if flags and flags[0] else -1,
        row["theta_v"] if flags and flags[2] else -1,
        len(names) - count,
        count,
    )


def constants(
    system: System, values: Mapping[str, Any], n: int, dt: float, *, recipe: str, euler: bool
) -> FloatArray:
    """Return the constants of every neuron, shape (n, columns).

    `euler` takes the potential forward by Euler's rule; else it relaxes exactly.
    """
    flags, count = parts(system), layout(system)[3]
    known = {name: np.broadcast_to(np.asarray(v, np.float64), (n,)) for name, v in values.items()}
    out = np.zeros((n, CURRENTS + EACH * count))
    C, g = known["C"], known["g"]
    rate = g / C
    out[:, KEEP] = 1.0 - dt * rate if euler else np.exp(-rate * dt)
    out[:, GAIN] = dt / C if euler else -np.expm1(-rate * dt) / g
    out[:, G], out[:, E_L] = g, known["E_L"]
    out[:, THETA] = known["V_T"] - known["E_L"]
    steps = whole_steps(values["t_ref"], n, dt, name="t_ref", recipe=recipe)
    out[:, STEPS] = steps
    rest = steps * dt
    if flags and flags[0]:
        out[:, F_V], out[:, ADD] = known["f_v"], -known["delta_v"]
        out[:, DECAY_S] = np.exp(-known["b_s"] * dt)
        out[:, REST_S] = np.exp(-known["b_s"] * rest)
        out[:, DELTA_S] = known["delta_s"]
    else:
        out[:, ADD] = known["V_R"] - known["E_L"]
    if flags and flags[2]:
        a, b = known["a_v"], known["b_v"]
        by_u = dt * np.exp(-np.minimum(b, rate) * dt) * exprel(-np.abs(b - rate) * dt)
        out[:, DECAY_V] = np.exp(-b * dt)
        out[:, BY_U] = a * by_u
        out[:, BY_I] = a * (dt * exprel(-b * dt) - by_u) / g
    for j in range(count):
        k, f = known[f"k_{j + 1}"], known[f"f_{j + 1}"]
        column = CURRENTS + EACH * j
        out[:, column] = np.exp(-k * dt)
        out[:, column + 1] = f * np.exp(-k * rest)
        out[:, column + 2] = known[f"delta_{j + 1}"]
        out[:, column + 3] = exprel(-k * dt)
    return out
