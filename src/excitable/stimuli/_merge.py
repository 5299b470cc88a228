"""Add the segments of several stimuli into one table per kind of neuron."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from excitable.stimuli._memory import check_memory
from excitable.stimuli._part import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence


def merge(
    weighted: Sequence[tuple[float, Rows]], tables: int, duration: float, *, keep_all: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Sum weighted rows and cut them to the run.

    Breakpoints are merged, never computed: each keeps every bit of its time. `keep_all` keeps
    breakpoints at which nothing changes. Gives offsets, times, level and slope.
    """
    segments = sum(rows.times.shape[1] for _, rows in weighted)
    # Times, level, slope, their sorted copies, order, index and masks.
    check_memory(tables, segments, 4 if len(weighted) == 1 else 10)
    if len(weighted) == 1:
        (weight, rows), *_ = weighted
        times = np.broadcast_to(rows.times, (tables, segments))
        level = _weighted(weight, np.broadcast_to(rows.level, times.shape))
        slope = None
        if rows.slope is not None:
            slope = _weighted(weight, np.broadcast_to(rows.slope, times.shape))
    else:
        times, level, slope = _sum(weighted, tables)
    return _cut(times, level, slope, duration, keep_all)


def _sum(
    weighted: Sequence[tuple[float, Rows]], tables: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    columns = [np.broadcast_to(r.times, (tables, r.times.shape[1])) for _, r in weighted]
    origin = np.repeat(np.arange(len(columns)), [c.shape[1] for c in columns])
    stacked = np.hstack(columns)
    # Stable: of equal times in one part the last stays last.
    order = np.argsort(stacked, axis=1, kind="stable")
    times = np.take_along_axis(stacked, order, axis=1)
    origin = origin[order]
    level = np.zeros_like(times)
    slope = np.zeros_like(times) if any(r.slope is not None for _, r in weighted) else None
    for part, (weight, rows) in enumerate(weighted):
        # Every part begins at minus infinity; until that column is passed the index is clipped.
        index = np.maximum(np.cumsum(origin == part, axis=1) - 1, 0)
        level += weight * _gather(rows.level, index)
        if rows.slope is None or slope is None:
            continue
        own = _gather(rows.slope, index)
        slope += weight * own
        level += weight * _rise(own, times, _gather(rows.times, index))
    return times, level, slope


def _weighted(weight: float, values: np.ndarray) -> np.ndarray:
    return values if weight == 1.0 else weight * values


def _gather(values: np.ndarray, index: np.ndarray) -> np.ndarray:
    """Take columns of each row; a single row serves all tables."""
    if values.shape[0] == 1:
        return values[0][index]
    return np.take_along_axis(values, index, axis=1)


def _rise(slope: np.ndarray, times: np.ndarray | float, begin: np.ndarray) -> np.ndarray:
    """Change along a segment; 0 where it is flat, also if it began infinitely long ago."""
    elapsed = np.subtract(times, begin, out=np.zeros(slope.shape), where=slope != 0)
    return slope * elapsed


def _cut(
    times: np.ndarray,
    level: np.ndarray,
    slope: np.ndarray | None,
    duration: float,
    keep_all: bool,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    starts, flat_times, flat_level, flat_slope = _flattened(times, level, slope, duration)
    flat_level[starts] += _rise(flat_slope[starts], 0.0, flat_times[starts])
    flat_times[starts] = 0.0
    if not keep_all and flat_times.size > starts.size:
        changed = np.ones(flat_times.size, dtype=bool)
        np.not_equal(flat_level[1:], flat_level[:-1], out=changed[1:])
        if slope is not None:
            changed[1:] |= (flat_slope[1:] != 0) | (flat_slope[:-1] != 0)
        changed[starts] = True
        if not changed.all():
            starts = (np.cumsum(changed) - changed)[starts]
            flat_times, flat_level = flat_times[changed], flat_level[changed]
            flat_slope = flat_slope[changed]
    return np.append(starts, flat_times.size), flat_times, flat_level, flat_slope


def _flattened(
    times: np.ndarray, level: np.ndarray, slope: np.ndarray | None, duration: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Keep what the run sees, and of equal times the last; give where each table begins."""
    tables, segments = times.shape
    differ = times[:, 1:] != times[:, :-1]
    if tables == 1 and differ.all():  # one long trace: slices, no masks
        first = np.searchsorted(times[0], 0.0, side="right") - 1
        last = max(np.searchsorted(times[0], duration, side="right"), first + 1)
        seen = (0, slice(first, last))
        flat_slope = np.zeros(last - first) if slope is None else slope[seen].copy()
        return np.zeros(1, dtype=np.int64), times[seen].copy(), level[seen].copy(), flat_slope
    # The last breakpoint at or before 0 becomes the first of the table.
    first = np.sum(times <= 0.0, axis=1) - 1
    keep = times <= duration
    keep[:, :-1] &= differ
    keep &= np.arange(segments) >= first[:, None]
    keep[np.arange(tables), first] = True
    counts = keep.sum(axis=1)
    flat_slope = np.zeros(counts.sum()) if slope is None else slope[keep]
    return np.cumsum(counts) - counts, times[keep], level[keep], flat_slope
