"""The arithmetic of the script that drew the twenty panels of Izhikevich (2004).

Euler's rule, first for v, then for u with the new v; a spike where the new v lies above its peak,
with the reset at once. The spike carries the time that the script plots it at, which is the start
of its step. Each panel has a step of its own, 0.1 to 0.5 ms, and three of them (P, Q and T) look as
they do because of it.
"""

from __future__ import annotations

from numba import njit

from excitable.model import System
from excitable.numerics.published._quadratic import (
    DT,
    DT_A,
    KEEP,
    Q_0,
    Q_1,
    Q_2,
    TO_THE_BIT,
    V_0,
    V_PEAK,
    B,
    C,
    D,
    accommodates,
    constants,
    is_izhikevich,
    layout,
)
from excitable.numerics.published._recipe import Recipe


@njit(**TO_THE_BIT)
def step(x, counters, c, u, layout):
    """Take one neuron through one step; return 1 if it fires in it, else 0."""
    v = x[0]
    v += c[DT] * (c[Q_2] * (v * v) + c[Q_1] * v + c[Q_0] - x[1] + u[0])
    x[1] += c[DT_A] * (c[B] * (v - c[V_0]) - c[KEEP] * x[1])
    x[0] = v
    if not v > c[V_PEAK]:
        return 0
    x[0] = c[C]
    x[1] += c[D]
    return 1


def _refusal(system: System) -> str | None:
    """Why a system is not served."""
    if is_izhikevich(system) or accommodates(system):
        return None
    return "its equations are none of the twenty panels of Izhikevich (2004)"


RECIPE = Recipe(
    name="izhikevich2004",
    source="as asked: the script of the panels of Izhikevich (2004), Euler's rule for v and then "
    "for u, spikes stamped at the start of their step",
    refusal=_refusal,
    constants=constants,
    layout=layout,
    stamp=0.0,
)
