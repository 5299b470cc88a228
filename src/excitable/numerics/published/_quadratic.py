"""What the recipes for Izhikevich's neuron share: which equations they serve, and constants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from excitable.model import System
from excitable.models.izhikevich import Izhikevich
from excitable.models.izhikevich_accommodation import IzhikevichAccommodation
from excitable.numerics._options import HELPER
from excitable.numerics.published._recipe import FloatArray

# A step of 1 ms is chaotic for some drives, so that not even the last bit may differ from the
# scripts': no product and sum are contracted, and the terms are added in the order they have there.
TO_THE_BIT = {**HELPER, "fastmath": False}

# Constants, one column each.
Q_2, Q_1, Q_0 = 0, 1, 2
V_PEAK, C, D = 3, 4, 5
DT, DT_A = 6, 7  # the step, and the step times a
B, V_0, KEEP = 8, 9, 10  # u' = a (B (v - V_0) - KEEP u)


def is_izhikevich(system: System) -> bool:
    """Whether the equations are those of 2003, whatever their values."""
    return system.fingerprint == Izhikevich.system.fingerprint


def accommodates(system: System) -> bool:
    """Whether the equations are those of panel R of 2004, whatever their values."""
    return system.fingerprint == IzhikevichAccommodation.system.fingerprint


def layout(system: System) -> tuple[int, ...]:
    """Return nothing: both systems have their states v and u in this order."""
    return (0,)


def constants(system: System, values: Mapping[str, Any], n: int, dt: float) -> FloatArray:
    """Return the constants of every neuron, shape (n, columns)."""
    integrates = accommodates(system)
    rows = {
        Q_2: values["q_2"],
        Q_1: values["q_1"],
        Q_0: values["q_0"],
        V_PEAK: values["v_peak"],
        C: values["c"],
        D: values["d"],
        DT: dt,
        DT_A: dt * np.asarray(values["a"], np.float64),
        B: values["b"],
        V_0: values["v_0"] if integrates else 0.0,
        KEEP: 0.0 if integrates else 1.0,
    }
    out = np.empty((n, len(rows)))
    for column, value in rows.items():
        out[:, column] = value
    return out
