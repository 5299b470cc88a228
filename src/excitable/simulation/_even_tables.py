"""Inputs as the engine for several linear states reads them: where their breaks are even."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from excitable.numerics._exact_tables import STEPS
from excitable.simulation._problem import FloatArray, IntArray
from excitable.stimuli import PiecewiseInput


@dataclass(frozen=True)
class EvenTables:
    """The inputs of all neurons as one set of tables; tables with the same breaks share them.

    Parameters
    ----------
    times : ndarray, shape (breaks,)
        Begin of each segment, ms from the run's start.
    level, slope : ndarray, shape (entries,)
        Value there and its change per ms; slope is empty if all are constant.
    ahead : ndarray of bool, shape (breaks,)
        Whether enough equal intervals for a block follow.
    cursor : ndarray of int64, shape (2, inputs, n)
        Running and last entry of each input and neuron; engines move the first.
    shift : ndarray of int64, shape (inputs, n)
        Entry k begins at `times[k - shift]`.
    spacing : ndarray, shape (inputs, n)
        The usual interval of each neuron's table in ms, 0 if there is none.
    """

    times: FloatArray
    level: FloatArray
    slope: FloatArray
    ahead: np.ndarray
    cursor: IntArray
    shift: IntArray
    spacing: FloatArray

    @classmethod
    def pack(cls, inputs: list[PiecewiseInput], n: int) -> EvenTables:
        """Return the tables of several inputs, one after the other."""
        cursor = np.zeros((2, len(inputs), n), np.int64)
        shift = np.zeros((len(inputs), n), np.int64)
        spacing = np.zeros((len(inputs), n))
        ahead: list[np.ndarray] = []
        entries = breaks = 0
        for m, item in enumerate(inputs):
            cursor[0, m] = item.offsets[item.table_of] + entries
            cursor[1, m] = item.offsets[item.table_of + 1] - 1 + entries
            shift[m] = entries - breaks
            usual = np.zeros(item.tables)
            even = np.zeros(item.times.size, bool)
            for table in range(item.tables):
                own = slice(int(item.offsets[table]), int(item.offsets[table + 1]))
                usual[table] = _even(item.times[own], even[own])
            spacing[m] = usual[item.table_of]
            ahead.append(even)
            entries += item.level.size
            breaks += item.times.size
        sloped = any(item.has_slopes for item in inputs)
        return cls(
            times=_joined([item.times for item in inputs]),
            level=_joined([item.level for item in inputs]),
            slope=_joined([item.slope for item in inputs]) if sloped else np.zeros(0),
            ahead=np.concatenate(ahead) if ahead else np.zeros(0, bool),
            cursor=cursor,
            shift=shift,
            spacing=spacing,
        )


def _joined(arrays: list[FloatArray]) -> FloatArray:
    """Concatenate, without a copy of a single one."""
    if not arrays:
        return np.zeros(0)
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def _even(times: FloatArray, ahead: np.ndarray) -> float:
    """Mark the breaks that a block's equal intervals follow; return their length, 0 if none do."""
    if times.size <= STEPS:
        return 0.0
    widths = np.diff(times)
    usual = np.median(widths)
    near = np.abs(widths - usual) <= 1e-9 * usual
    usual = widths[near].sum() / near.sum()
    # Times are rounded, so intervals are equal within a few units in the last place of the times.
    equal = np.abs(widths - usual) <= 4.0 * np.spacing(times[1:])
    if not equal.any():
        return 0.0
    # Doubling: where this many equal intervals follow, and as many again after them.
    run, reach = equal, 1
    while reach < STEPS:
        run = run[:-reach] & run[reach:]
        reach *= 2
    ahead[: run.size] = run
    return float(usual)
