"""The arithmetic of `GlifNeuron` in AllenSDK 2.16 (Teeter et al., 2018).

Within a step: the potential by Euler's rule, with the after-spike currents at its start; theta_v
by its exact formula with potential and current at the start; the others by their exact decay.
It fires where the potential at the end lies above the threshold at the end. The reset takes the
potential after the crossing, the currents and theta_s decay through the refractory time before
their jumps are added, and the next t_ref/dt steps pass with everything at rest. The spike carries
the time of the start of its step.

A reset above threshold ends the simulation there, and the neuron here: it keeps the state after
its reset. Where the original writes no value, in refractory time and after such an end, a recording
here holds the state after the reset.
"""

from __future__ import annotations

import functools

import numpy as np
from numba import njit

from excitable.numerics._options import HELPER
from excitable.numerics.published._glif import (
    ADD,
    BY_I,
    BY_U,
    CURRENTS,
    DECAY_S,
    DECAY_V,
    DELTA_S,
    E_L,
    EACH,
    F_V,
    GAIN,
    REST,
    REST_S,
    STEPS,
    STOPPED,
    THETA,
    G,
    constants,
    layout,
    parts,
)
from excitable.numerics.published._recipe import IntArray, Recipe

_SHOWN_NEURONS = 8


@njit(**HELPER)
def step(x, counters, c, u, layout):
    """Take one neuron through one step; return 1 if it fires in it, else 0."""
    if counters[STOPPED] > 0:
        return 0
    if counters[REST] > 0:
        counters[REST] -= 1
        return 0
    row_s, row_v, row_i, count = layout
    before = x[0] - c[E_L]
    current = u[0]
    for j in range(count):
        current += x[row_i + j]
    after = before + c[GAIN] * (current - c[G] * before)
    theta = c[THETA]
    if row_s >= 0:
        x[row_s] *= c[DECAY_S]
        theta += x[row_s]
    if row_v >= 0:
        x[row_v] = c[DECAY_V] * x[row_v] + c[BY_U] * before + c[BY_I] * current
        theta += x[row_v]
    for j in range(count):
        x[row_i + j] *= c[CURRENTS + EACH * j]
    x[0] = c[E_L] + after
    if not after > theta:
        return 0
    for j in range(count):
        k = CURRENTS + EACH * j
        x[row_i + j] = c[k + 1] * x[row_i + j] + c[k + 2]
    after = c[F_V] * after + c[ADD]
    theta = c[THETA]
    if row_s >= 0:
        x[row_s] = c[REST_S] * x[row_s] + c[DELTA_S]
        theta += x[row_s]
    if row_v >= 0:
        theta += x[row_v]
    x[0] = c[E_L] + after
    counters[REST] = np.int64(c[STEPS])
    if after > theta:
        counters[STOPPED] = 1
    return 1


def _refusal(system):
    """Why a system is not served."""
    if parts(system) is None:
        return "its equations are none of glif's, with amplitudes at the end of the refractory time"
    return None


def _notice(counters: IntArray) -> str:
    stopped = np.flatnonzero(counters[:, STOPPED])
    if not stopped.size:
        return ""
    listed = ", ".join(str(k) for k in stopped[:_SHOWN_NEURONS])
    more = f" and {stopped.size - _SHOWN_NEURONS} more" if stopped.size > _SHOWN_NEURONS else ""
    word = "neuron" if stopped.size == 1 else "neurons"
    return (
        f"{word} {listed}{more} stopped at a reset above threshold, as in AllenSDK; a cell that "
        'goes on firing once every refractory time is expected otherwise. Write scheme="exact"'
    )


RECIPE = Recipe(
    name="allensdk",
    source="GlifNeuron of AllenSDK 2.16 (Teeter 2018); a spike carries the start of its step",
    refusal=_refusal,
    constants=functools.partial(constants, recipe="allensdk", euler=True),
    layout=layout,
    stamp=0.0,
    counters=2,
    notice=_notice,
)
