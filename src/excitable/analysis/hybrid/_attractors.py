"""What orbits of the adaptation map come to, with units."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis.hybrid._cycles import Orbits, cycle_of, orbits
from excitable.analysis.hybrid._results import SpikingAttractor
from excitable.analysis.hybrid._return_map import ReturnMap
from excitable.analysis.hybrid._table import Table

if TYPE_CHECKING:
    from excitable.units import Quantity

_STARTS = 48
_STRETCH = 256  # intervals of an irregular orbit that are given
_SAME = 2e-3  # of the range: orbits that end so close to a cycle belong to it

Attach = Callable[[Any], "Quantity"]


def attractor_from(
    the_map: ReturnMap, table: Table | None, start: float, attach: Attach, *, already: int
) -> SpikingAttractor:
    """Return what the orbit from one value comes to.

    Parameters
    ----------
    the_map : ReturnMap
        The map.
    table : Table or None
        Its table; None where the neuron falls silent after every reset.
    start : float
        Where the orbit begins; nan where there is no spike at all.
    attach : callable
        Gives the adaptation its unit.
    already : int
        Spikes before that.

    Returns
    -------
    SpikingAttractor
        Of kind None where it falls silent.
    """
    if table is None or not np.isfinite(start):
        return _silent(already if np.isfinite(start) or table is None else 0)
    found = orbits(table, np.array([start]))
    return _described(the_map, table, found, 0, attach=attach, already=already)


def attractors_on(the_map: ReturnMap, table: Table, attach: Attach) -> tuple[SpikingAttractor, ...]:
    """Return the attractors of orbits that begin all along the table.

    Parameters
    ----------
    the_map : ReturnMap
        The map.
    table : Table
        Its table.
    attach : callable
        Gives the adaptation its unit.

    Returns
    -------
    tuple of SpikingAttractor
        Each once.
    """
    found = orbits(table, np.linspace(table.w[0], table.w[-1], _STARTS))
    span = float(table.w[-1] - table.w[0])
    left = np.flatnonzero(np.isfinite(found.last).all(axis=0))
    out: list[SpikingAttractor] = []
    while left.size:
        one = _described(the_map, table, found, int(left[0]), attach=attach, already=0)
        ends = found.last[-1, left]
        if one.period is None:
            # An orbit that does not repeat fills a part of the range.
            low, high = found.last[:, left[0]].min(), found.last[:, left[0]].max()
            own = (ends >= low - _SAME * span) & (ends <= high + _SAME * span)
        else:
            points = np.asarray(one.w.magnitude if one.w is not None else [])
            own = (np.abs(ends[:, None] - points).min(axis=1)) <= _SAME * span
        own[0] = True
        left = left[~own]
        out.append(one)
    return tuple(out)


def _silent(spikes: int) -> SpikingAttractor:
    none = units.attach(np.empty(0), "ms")
    return SpikingAttractor(None, 0, None, none, None, np.nan, spikes)


def _described(
    the_map: ReturnMap, table: Table, found: Orbits, lane: int,
    *, attach: Attach, already: int,
) -> SpikingAttractor:  # fmt: skip
    last = found.last[:, lane]
    spikes = already + int(found.spikes[lane])
    if not np.isfinite(last).all():
        return _silent(spikes)
    cycle = cycle_of(the_map, last, float(table.w[-1] - table.w[0]))
    if cycle is None:
        points = last[-_STRETCH:]
        intervals = the_map(points).interval
        return SpikingAttractor(
            "irregular", 0, None, units.attach(intervals, "ms"), attach(points), np.nan, already
        )
    n = cycle.w.size
    return SpikingAttractor(
        "tonic" if n == 1 else "bursting", n, units.attach(float(cycle.interval.sum()), "ms"),
        units.attach(cycle.interval, "ms"), attach(cycle.w), cycle.multiplier,
        found.transient(lane, n, float(table.w[-1] - table.w[0])) + already,
    )  # fmt: skip
