"""From firing down to the level at which a neuron of two states can fire for ever no more.

Levels are surveyed side by side. At each, the adaptation map is looked at on a grid: where it is
nowhere below the diagonal, adaptation builds up until the neuron falls silent; else orbits from the
places where adaptation does not grow decide. The bracket that is left is closed by what happens
there: at a knee of the steady input (exactly), where a cycle of the map meets an unstable one (its
multiplier comes to one), or else by bisection with orbits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from excitable.analysis.dynamics._classify import classify
from excitable.analysis.dynamics._find import find
from excitable.analysis.hybrid._levels import SPIKES, Ends, Levels
from excitable.analysis.hybrid._vanishing import Vanishing
from excitable.errors import SimulationError
from excitable.model import Model

GHOST = "saddle-node ghost"
AT_THRESHOLD = "threshold reaches rest"
AT_EDGE = "the reset lands on the stable manifold of the saddle"
HOMOCLINIC = "homoclinic orbit to the saddle"
MISSED = "orbits miss the threshold"

_FAN = 32  # levels tried side by side
# How far from the attractor orbits begin, in shares of the scale: not far below, from where
# adaptation would first have to build up again.
_AROUND = np.array([0.0, *8.0 ** -np.arange(7.0), *(-(8.0 ** -np.arange(2.0, 7.0)))])
_FINE = 5e-10  # of the scale: width of the last bracket
_OCTAVES = np.arange(-8.0, 4.0)
_JUST = 1e-5  # of the scale: how far from a knee it is asked what lasts
_LINGERS = 0.1  # share of the last distance that is left
_RESTARTS = 4


@dataclass(frozen=True)
class Descent:
    """Where firing for ever ends.

    Parameters
    ----------
    level : float
        The input.
    frequency : float
        Rate just above, in Hz.
    kind : str
        How the attractor arises.
    silent_below : bool
        Whether nothing lasts just below.
    """

    level: float
    frequency: float
    kind: str
    silent_below: bool


@dataclass(frozen=True)
class _Alive:
    """A level at which an orbit goes on.

    Parameters
    ----------
    level, w : float
        The level, and a point of the orbit.
    cycle : ndarray
        The cycle that it seems to repeat.
    longest : float
        Its longest interval in ms.
    lingers : bool
        Whether it comes to that cycle so slowly that its multiplier may be nearly one.
    """

    level: float
    w: float
    cycle: np.ndarray = field(default_factory=lambda: np.empty(0))
    longest: float = np.nan
    lingers: bool = True


def descend(model: Model, input: str, known: Mapping[str, float]) -> Descent:
    """Return the least level at which a spiking attractor exists.

    Parameters
    ----------
    model : Model
        A neuron of two states with a reset.
    input : str
        The input.
    known : mapping of str to float
        Parameters and other inputs.

    Returns
    -------
    Descent
        Level, rate, origin.

    Raises
    ------
    SimulationError
        If the neuron fires for ever at no level that was tried.
    """
    levels = Levels(model, input, known)
    low, top = _survey(levels)
    if low is None:
        return Descent(-np.inf, _rate(levels, top), "fires at every level tried", False)
    found = _close(levels, low, top)
    for _ in range(_RESTARTS):
        if found.kind in (GHOST, AT_THRESHOLD):
            return found
        # An attractor that is born elsewhere may last farther down.
        below = found.level - levels.scale * np.array([1e-4, 1e-3, 1e-2, 3e-2])
        lasts, ends = levels.lasting(below, 2 * SPIKES)
        if not lasts.any():
            return found
        k = int(np.flatnonzero(lasts)[-1])
        top, low = _Alive(float(below[k]), float(ends[k])), None
        low, top = _survey(levels, start=top)
        if low is None:
            return Descent(-np.inf, _rate(levels, top), "fires at every level tried", False)
        found = _close(levels, low, top)
    return found


def _survey(levels: Levels, start: _Alive | None = None) -> tuple[float | None, _Alive]:
    """Return a level at which nothing lasts, and the next one tried at which something does."""
    away = levels.scale * 2.0**_OCTAVES
    anchor = levels.knees[0].level if levels.knees else 0.0
    if start is None:
        # Above the highest knee nothing is left to rest at.
        near = anchor + 0.05 * levels.scale * np.ones(1)
        for above in (near, anchor + away):
            lasts, ends = levels.lasting(above)
            if lasts.any():
                break
        else:
            raise SimulationError(
                f"{levels.model.name} fires for ever at no level tried, up to {above[-1]:.4g}",
                "a level at which a spiking attractor exists is expected",
                "Look at ex.simulate(...).plot() with a stronger input",
                owner="spiking_onset", name=levels.input,
            )  # fmt: skip
        k = int(np.argmax(lasts))
        start = _Alive(float(above[k]), float(ends[k]))
        if k:
            return float(above[k - 1]), start
    below = start.level - away
    lasts, ends = levels.lasting(below)
    if lasts.all():
        return None, _Alive(float(below[-1]), float(ends[-1]))
    k = int(np.argmin(lasts))
    top = _Alive(float(below[k - 1]), float(ends[k - 1])) if k else start
    return float(below[k]), top


def _close(levels: Levels, low: float, top: _Alive) -> Descent:
    """Close the bracket between a silent level and one that fires for ever."""
    knee = _at_knee(levels, low, top)
    if isinstance(knee, Descent):
        return knee
    low, top = knee
    way = Vanishing(levels)
    longest: list[tuple[float, float]] = []
    top = _alive(levels.follow(np.array([top.w]), np.array([top.level]), SPIKES), 0, top.level)
    while top.level - low > _FINE * levels.scale:
        if top.cycle.size:
            longest.append((top.level, top.longest))
        cycle = way.cycle_near(top.level, top.cycle) if top.lingers else None
        loss = None if cycle is None else way.end(top.level, cycle, low)
        if loss is not None:
            return Descent(loss.level, loss.frequency, loss.kind, silent_below=True)
        new_low, new_top = _narrow(levels, low, top)
        if (new_low, new_top.level) == (low, top.level):
            break
        low, top = new_low, new_top
    growth = _growth(levels, top.level)
    if growth == 0.0:
        return Descent(top.level, _rate(levels, top), MISSED, silent_below=True)
    if _without_bound(longest, top.level, growth):
        return Descent(top.level, 0.0, HOMOCLINIC, silent_below=True)
    return Descent(top.level, _rate(levels, top), AT_EDGE, silent_below=True)


def _alive(ends: Ends, lane: int, level: float) -> _Alive:
    """What is known of an orbit that goes on."""
    n = int(ends.repeats[lane])
    w = ends.window[:, lane]
    lingers = True
    if 0 < n and 2 * n < w.size and np.isfinite(w[2 * n]):
        lingers = bool(abs(w[0] - w[n]) > _LINGERS * abs(w[n] - w[2 * n]))
    longest = float(ends.intervals[:n, lane].max()) if n else np.nan
    return _Alive(level, float(w[0]), w[:n][::-1], longest, lingers)


def _without_bound(longest: list[tuple[float, float]], end: float, growth: float) -> bool:
    """Whether the longest interval grows like the logarithm of the distance over the growth."""
    if len(longest) < 3:
        return False
    (far, short), (near, long) = longest[-3], longest[-1]
    factor = (far - end) / max(near - end, 1e-300)
    return long - short > 0.3 * np.log(factor) / growth > 0.0


def _at_knee(levels: Levels, low: float, top: _Alive) -> Descent | tuple[float, _Alive]:
    """Whether firing ends at a knee in the bracket; else the bracket on one side of it."""
    just = _JUST * levels.scale
    for knee in levels.knees:
        if not low < knee.level < top.level:
            continue
        beside = np.array([knee.level - just, knee.level + just])
        lasts, ends = levels.lasting(beside)
        if lasts[1] and not lasts[0]:
            kind = GHOST if knee.kind == "fold" else AT_THRESHOLD
            return Descent(knee.level, 0.0, kind, silent_below=True)
        if lasts[0]:
            top = _Alive(float(beside[0]), float(ends[0]))
        else:
            low = float(beside[1])
    return low, top


def _narrow(levels: Levels, low: float, top: _Alive) -> tuple[float, _Alive]:
    """Try levels in the bracket side by side, with orbits from around the attractor at its top."""
    tried = np.linspace(low, top.level, _FAN + 2)[1:-1]
    # The attractor moves with the level, and may leave the place where it was to silence.
    starts = top.w + levels.map.scale * _AROUND
    w, many = np.repeat(starts, _FAN), np.tile(tried, starts.size)
    ends = levels.follow(w, many, SPIKES)
    alive = np.isfinite(ends.w).reshape(starts.size, _FAN)
    dead = np.flatnonzero(~alive.any(axis=0))
    k = int(dead[-1]) + 1 if dead.size else 0
    if k < _FAN:
        top = _alive(ends, int(alive[:, k].argmax()) * _FAN + k, float(tried[k]))
    return (float(tried[k - 1]) if k else low), top


def _growth(levels: Levels, level: float) -> float:
    """Growth rate at the saddle below the threshold, 0 where there is none."""
    lanes = levels.lanes(np.array([level]))
    for x in find(levels.model, {**levels.known, levels.input: level}).states:
        values, _, _, index = classify(levels.map.flight.slopes(x[:, None], lanes)[0])
        if levels.map.flight.beyond(x[:, None], lanes)[0] < 0.0 and index == 1:
            return float(np.real(values).max())
    return 0.0


def _rate(levels: Levels, top: _Alive) -> float:
    """Mean rate of the orbit that goes on, in Hz."""
    lanes = levels.lanes(np.array([top.level]))
    w, total, count = np.array([top.w]), 0.0, 0
    for _ in range(2 * SPIKES):
        step = levels.map(w, lanes)
        if not np.isfinite(step.w[0]):
            break
        w, total, count = step.w, total + float(step.interval[0]), count + 1
    return 1e3 * count / total if count else 0.0
