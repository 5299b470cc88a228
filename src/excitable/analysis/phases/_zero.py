"""Where a cycle begins: phase zero, and the phases of the spikes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.bifurcation._program import Program
from excitable.analysis.phases._orbit import Orbit
from excitable.errors import ParameterError
from excitable.model import Model

_NAMED = ("spike", "maximum")
_OWNER = "phase_response"


def spike_times(model: Model, known: Mapping[str, float], orbit: Orbit) -> np.ndarray:
    """Return when an orbit meets the spike condition, the first after the longest pause first."""
    if orbit.resets:
        ends = [arc.t[-1, -1] for arc in orbit.arcs if not arc.held]
        return after_longest_pause(np.sort(np.mod(ends, orbit.period)), orbit.period)
    threshold = model.system.expanded_threshold()
    if threshold is None:
        return np.empty(0)
    program = Program([threshold])
    heights = []
    for arc in orbit.arcs:
        x = (arc.u * orbit.field.scale).reshape(-1, arc.u.shape[2]).T
        value = program({**known, **dict(zip(model.states, x, strict=True))})[0]
        heights.append(np.broadcast_to(value, x.shape[1]).reshape(arc.t.shape))
    return after_longest_pause(orbit.crossings(heights), orbit.period)


def after_longest_pause(times: np.ndarray, period: float) -> np.ndarray:
    """Return the same times in a turn that begins after the longest pause."""
    if times.size < 2:
        return times
    gaps = np.diff(np.append(times, times[0] + period))
    # Of equal pauses the earliest counts.
    first = int(np.flatnonzero(gaps >= gaps.max() * (1.0 - 1e-9))[0])
    return np.roll(times, -(first + 1))


def phase_zero(
    model: Model, orbit: Orbit, asked: Any, spikes: np.ndarray
) -> tuple[float, str]:  # fmt: skip
    """Return the time of phase zero on an orbit, and what it is in words.

    Parameters
    ----------
    model : Model
        The neuron.
    orbit : Orbit
        The cycle.
    asked : Quantity, str or None
        As the user wrote it.
    spikes : ndarray
        Times of the spikes.

    Returns
    -------
    (float, str)
        In ms, and for instance `"spike"`.
    """
    name = next(iter(model.states))
    if asked is None:
        asked = "spike" if spikes.size else "maximum"
    if isinstance(asked, str) and asked in _NAMED:
        if asked == "maximum":
            return _maximum(orbit), f"maximum of {name}"
        if not spikes.size:
            raise ParameterError(
                f"this cycle of {model.name} does not meet the spike condition",
                "one that does has a spike at phase zero",
                'Write phase_zero="maximum" or a level', owner=_OWNER, name="phase_zero",
            )  # fmt: skip
        return float(spikes[0]), "spike"
    if isinstance(asked, str) and not any(c.isdigit() for c in asked):
        raise ParameterError(
            f"{asked[:40]!r}", "'spike', 'maximum' or a level of the first state is expected",
            'Leave it out, or write phase_zero="spike"', owner=_OWNER, name="phase_zero",
        )  # fmt: skip
    level = units.strip(asked, model.dimensions[name], f"{_OWNER}.phase_zero")
    values = [arc.u[:, :, 0] * orbit.field.scale[0] for arc in orbit.arcs]
    times = orbit.crossings([v - level for v in values]) if np.ndim(level) == 0 else np.empty(0)
    unit = units.default_unit(model.dimensions[name])
    if not times.size:
        low, high = min(v.min() for v in values), max(v.max() for v in values)
        raise ParameterError(
            f"{name} does not rise through {asked}",
            f"a level between {low:.4g} and {high:.4g} {unit}".rstrip() + " is expected",
            "Leave it out for the spike", owner=_OWNER, name="phase_zero",
        )  # fmt: skip
    words = f"{name} rises through {float(level):.6g} {unit}".rstrip()
    return float(after_longest_pause(times, orbit.period)[0]), words


def _maximum(orbit: Orbit) -> float:
    """Return when the first state is greatest."""
    places, best = 0.0, -np.inf
    slopes = []
    for arc in orbit.arcs:
        x = arc.u.reshape(-1, arc.u.shape[2])
        rate = orbit.field(x.T, orbit.p)[0][0].reshape(arc.t.shape)
        slopes.append(np.ones_like(arc.t) if arc.held else -rate)
    for time in orbit.crossings(slopes):
        value = orbit.states(np.array([time]))[0, 0]
        if value > best:
            places, best = float(time), value
    for arc in orbit.arcs:
        if not arc.held and orbit.resets and arc.end[0] * orbit.field.scale[0] > best:
            places, best = (
                float(np.mod(arc.t[-1, -1], orbit.period)),
                float(arc.end[0] * orbit.field.scale[0]),
            )
    return places
