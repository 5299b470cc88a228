"""The arithmetic of the network script in Izhikevich (2003), with its step of 1 ms.

Each step looks first whether v has come to its peak, which is a spike, and resets; then v goes
forward by Euler's rule twice by half a step, with u as it was; then u by a whole step with the new
v. This is neither Euler's rule nor the midpoint rule for the two equations, and at 1 ms far from
either. The script numbers its steps from 1 and prints a spike with the number of the step that
finds it, which is the end of that step here. The reset is recorded at the end of the step that came
to the peak, one sample before the spike, so that no recording holds what v overshot to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numba import njit

from excitable.errors import ParameterError
from excitable.model import System
from excitable.numerics.published._quadratic import (
    DT_A,
    Q_0,
    Q_1,
    Q_2,
    TO_THE_BIT,
    V_0,
    V_PEAK,
    B,
    C,
    D,
    constants,
    is_izhikevich,
    layout,
)
from excitable.numerics.published._recipe import FloatArray, Recipe

_FOUND = 0  # counter: whether the last step came to the peak
_STEP = 1.0  # ms


@njit(**TO_THE_BIT)
def step(x, counters, c, u, layout):
    """Take one neuron through one step; return 1 if it fires in it, else 0."""
    fires = counters[_FOUND]
    if x[0] >= c[V_PEAK]:  # where the run begins above the peak
        x[0] = c[C]
        x[1] += c[D]
        fires = 1
    v = x[0]
    for _ in range(2):
        v += 0.5 * (c[Q_2] * (v * v) + c[Q_1] * v + c[Q_0] - x[1] + u[0])
    x[1] += c[DT_A] * (c[B] * (v - c[V_0]) - x[1])
    counters[_FOUND] = 0
    if v >= c[V_PEAK]:
        v = c[C]
        x[1] += c[D]
        counters[_FOUND] = 1
    x[0] = v
    return fires


def _refusal(system: System) -> str | None:
    """Why a system is not served."""
    return None if is_izhikevich(system) else "its equations are not those of Izhikevich (2003)"


def _constants(system: System, values: Mapping[str, Any], n: int, dt: float) -> FloatArray:
    if abs(dt - _STEP) > 1e-12:
        raise ParameterError(
            f"dt is {dt:g} ms",
            "the script of 2003 knows one step, 1 ms",
            "Write dt=1*ms",
            owner="simulate",
            name="dt",
        )
    return constants(system, values, n, dt)


RECIPE = Recipe(
    name="izhikevich2003",
    source="as asked: the script of Izhikevich (2003), two half steps of v and then one of u, "
    "spikes numbered as it prints them",
    refusal=_refusal,
    constants=_constants,
    layout=layout,
    stamp=1.0,
)
