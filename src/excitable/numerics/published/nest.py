"""The arithmetic of `glif_psc` in NEST 3.10.

Within a step: the potential by its exact relaxation under the input and the mean of each
after-spike current over the step; theta_v by its exact formula with the potential at the start and
the same currents; the others by their exact decay. It fires where the potential at the end lies
above the threshold at the end. The reset takes the potential before the step that crossed, the
currents and theta_s decay through the refractory time before their jumps are added, and the next
t_ref/dt steps pass with everything at rest. The spike carries the time of the end of its step.

Here an input acts at once. In NEST it arrives one step and one delay later, so that its spikes lie
later by dt and the delay. In NEST a synaptic current moves the potential, but within the same step
not theta_v; here every current is part of the input and moves both. NEST itself takes f_v and f_j
from 0 to 1 only; the arithmetic does not mind others.
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
    KEEP,
    REST,
    REST_S,
    STEPS,
    THETA,
    constants,
    layout,
    parts,
)
from excitable.numerics.published._recipe import Recipe

_LEVELS = {
    (False, False, False),
    (True, False, False),
    (False, True, False),
    (True, True, False),
    (True, True, True),
}


@njit(**HELPER)
def step(x, counters, c, u, layout):
    """Take one neuron through one step; return 1 if it fires in it, else 0."""
    if counters[REST] > 0:
        counters[REST] -= 1
        return 0
    row_s, row_v, row_i, count = layout
    before = x[0] - c[E_L]
    current = u[0]
    for j in range(count):
        k = CURRENTS + EACH * j
        current += c[k + 3] * x[row_i + j]
        x[row_i + j] *= c[k]
    after = c[KEEP] * before + c[GAIN] * current
    theta = c[THETA]
    if row_s >= 0:
        x[row_s] *= c[DECAY_S]
        theta += x[row_s]
    if row_v >= 0:
        x[row_v] = c[DECAY_V] * x[row_v] + c[BY_U] * before + c[BY_I] * current
        theta += x[row_v]
    x[0] = c[E_L] + after
    if not after > theta:
        return 0
    for j in range(count):
        k = CURRENTS + EACH * j
        x[row_i + j] = c[k + 1] * x[row_i + j] + c[k + 2]
    if row_s >= 0:
        x[row_s] = c[REST_S] * x[row_s] + c[DELTA_S]
    x[0] = c[E_L] + c[F_V] * before + c[ADD]
    counters[REST] = np.int64(c[STEPS])
    return 1


def _refusal(system):
    """Why a system is not served."""
    found = parts(system)
    if found is None:
        return "its equations are none of glif's, with amplitudes at the end of the refractory time"
    return None if found in _LEVELS else "NEST has the five published levels alone"


RECIPE = Recipe(
    name="nest",
    source="glif_psc of NEST 3.10, without delay; a spike carries the end of its step",
    refusal=_refusal,
    constants=functools.partial(constants, recipe="nest", euler=False),
    layout=layout,
    stamp=1.0,
)
