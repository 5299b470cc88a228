"""Hodgkin-Huxley spike times by an independent route: SciPy's DOP853 at a tolerance of 1e-12.

Nothing here comes from the package: the equations are written once more, the rest is found by
bisection. The result is kept in the cache folder, since it takes a quarter of a minute.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from math import exp, expm1
from pathlib import Path

import numpy as np
import platformdirs
from frame import currents

# About 2 (silent), 7, 12 and 20 uA/cm2; just above the onset times are most sensitive.
NEURONS = (100, 350, 600, 999)


def rates(v: float) -> tuple[float, ...]:
    """Opening and closing rates of m, h and n in 1/ms at v in mV."""
    a, b = -(v + 40.0) / 10.0, -(v + 55.0) / 10.0
    return (
        a / expm1(a) if a else 1.0, 4.0 * exp(-(v + 65.0) / 18.0),
        0.07 * exp(-(v + 65.0) / 20.0), 1.0 / (1.0 + exp(-(v + 35.0) / 10.0)),
        0.1 * (b / expm1(b) if b else 1.0), 0.125 * exp(-(v + 65.0) / 80.0),
    )  # fmt: skip


def drift(t: float, y: Sequence[float], current: float) -> list[float]:
    """Right-hand side of the four equations."""
    v, m, h, n = y
    a_m, b_m, a_h, b_h, a_n, b_n = rates(v)
    ionic = 120.0 * m**3 * h * (50.0 - v) + 36.0 * n**4 * (-77.0 - v) + 0.3 * (-54.387 - v)
    return [
        ionic + current,
        a_m - (a_m + b_m) * m,
        a_h - (a_h + b_h) * h,
        a_n - (a_n + b_n) * n,
    ]


def steady(v: float) -> list[float]:
    """States with the gates at their steady values."""
    a_m, b_m, a_h, b_h, a_n, b_n = rates(v)
    return [v, a_m / (a_m + b_m), a_h / (a_h + b_h), a_n / (a_n + b_n)]


def at_rest() -> list[float]:
    """Equilibrium without current; the rate of v falls through zero there."""
    low, high = -70.0, -60.0
    for _ in range(200):
        middle = 0.5 * (low + high)
        if drift(0.0, steady(middle), 0.0)[0] > 0.0:
            low = middle
        else:
            high = middle
    return steady(0.5 * (low + high))


def solve(current: float, duration: float = 1000.0) -> list[float]:
    """Times in ms at which v rises through 0 mV."""
    from scipy.integrate import solve_ivp

    def crossing(t: float, y: Sequence[float], current: float) -> float:
        return y[0]

    crossing.direction = 1.0
    found = solve_ivp(
        drift, (0.0, duration), at_rest(), method="DOP853", rtol=1e-12, atol=1e-13,
        args=(current,), events=crossing,
    )  # fmt: skip
    return found.t_events[0].tolist()


def spike_times() -> dict[int, list[float]]:
    """Spike times of the chosen neurons, computed once and kept."""
    path = Path(platformdirs.user_cache_dir("excitable")) / "benchmarks" / "hodgkin_huxley.json"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        drive = currents()
        table = {k: solve(float(drive[k])) for k in NEURONS}
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps(table), encoding="utf-8")
        part.replace(path)
    return {int(k): v for k, v in json.loads(path.read_text(encoding="utf-8")).items()}


def worst_error(trains: Sequence[np.ndarray]) -> float:
    """Greatest difference in ms over all spikes; infinite if the numbers of spikes differ."""
    worst = 0.0
    for known, train in zip(spike_times().values(), trains, strict=True):
        if len(known) != len(train):
            return float("inf")
        worst = max(worst, float(np.abs(np.asarray(known) - train).max(initial=0.0)))
    return worst
