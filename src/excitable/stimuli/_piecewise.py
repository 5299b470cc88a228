"""The lowered form of an input: what the engine takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from excitable.expression import function

FloatArray = np.ndarray[Any, np.dtype[np.float64]]
IntArray = np.ndarray[Any, np.dtype[np.int64]]

exprel = function("exprel").numpy


@dataclass(frozen=True, slots=True, eq=False)
class Oscillation:
    """A sinusoid with a moving frequency, one per neuron.

    On [start, stop), with s = t - start, it adds
    ``amplitude*sin(phase + omega*s*exprel(growth*s) + rate*s*s/2)``; outside it adds nothing.

    Parameters
    ----------
    amplitude : ndarray, shape (n,)
        Internal units of the input.
    phase : ndarray, shape (n,)
        Phase at ``start``, radians.
    omega : ndarray, shape (n,)
        Angular frequency at ``start``, rad/ms.
    rate : ndarray, shape (n,)
        Linear change of the angular frequency, rad/ms^2.
    growth : ndarray, shape (n,)
        Exponential growth rate of the angular frequency, 1/ms.
    start, stop : ndarray, shape (n,)
        Window in ms from the run's start; ``stop`` may be infinite.

    Examples
    --------
    >>> one, none = np.ones(1), np.zeros(1)
    >>> sine = Oscillation(2 * one, none, one, none, none, none, 10 * one)
    >>> sine.value(np.array([0.0, np.pi / 2, 20.0]), 0)
    array([0., 2., 0.])
    """

    amplitude: FloatArray
    phase: FloatArray
    omega: FloatArray
    rate: FloatArray
    growth: FloatArray
    start: FloatArray
    stop: FloatArray

    def scaled(self, weight: float) -> Oscillation:
        """Return the sinusoid with its amplitude multiplied by a weight."""
        return replace(self, amplitude=weight * self.amplitude)

    def value(self, t: Any, neurons: Any) -> FloatArray:
        """Return the sinusoid at some times.

        Parameters
        ----------
        t : array_like, shape (samples,)
            Times in ms from the run's start.
        neurons : int or array_like of int, shape (k,)
            Whose sinusoid.

        Returns
        -------
        ndarray, shape (samples,) or (samples, k)
            Bare values.
        """
        chosen = np.asarray(neurons)
        times = np.asarray(t, dtype=np.float64)[(...,) + (None,) * chosen.ndim]
        start, stop = self.start[chosen], self.stop[chosen]
        inside = (times >= start) & (times < stop)
        s = np.where(inside, times - start, 0.0)
        angle = self.phase[chosen] + self.rate[chosen] * s * s / 2
        angle = angle + self.omega[chosen] * s * exprel(self.growth[chosen] * s)
        return np.where(inside, self.amplitude[chosen] * np.sin(angle), 0.0)


@dataclass(frozen=True)
class PiecewiseInput:
    """An input as straight pieces, plus sinusoids.

    Table k holds the segments ``offsets[k]`` to ``offsets[k + 1]``; on each the input is
    ``level + slope*(t - times)`` from its own time up to the next one's. Neuron i follows table
    ``table_of[i]``, plus its sinusoids.

    Parameters
    ----------
    offsets : ndarray of int64, shape (tables + 1,)
        Where each table begins.
    times : ndarray, shape (segments,)
        Begin of each segment, ms from the run's start; ascending in a table, the first is 0.
    level : ndarray, shape (segments,)
        Value at the begin, internal units.
    slope : ndarray, shape (segments,)
        Change per ms.
    table_of : ndarray of int64, shape (n,)
        Table of each neuron.
    oscillations : tuple of Oscillation
        Sinusoids to add. Each start and stop within the run is also a time in the neuron's table.

    Examples
    --------
    >>> one_step = PiecewiseInput(
    ...     np.array([0, 2]), np.array([0.0, 5.0]), np.array([0.0, 3.0]), np.zeros(2),
    ...     np.array([0]))
    >>> one_step.value(np.array([4.0, 5.0, 6.0]), 0)
    array([0., 3., 3.])
    """

    offsets: IntArray
    times: FloatArray
    level: FloatArray
    slope: FloatArray
    table_of: IntArray
    oscillations: tuple[Oscillation, ...] = ()

    @property
    def size(self) -> int:
        """Number of neurons."""
        return self.table_of.size

    @property
    def tables(self) -> int:
        """Number of different tables."""
        return self.offsets.size - 1

    @cached_property
    def has_slopes(self) -> bool:
        """Whether any segment is not constant."""
        return bool(self.slope.any())

    @property
    def is_smooth(self) -> bool:
        """Whether there are sinusoids."""
        return bool(self.oscillations)

    @cached_property
    def is_constant(self) -> bool:
        """Whether the input never changes."""
        return self.times.size == self.tables and not self.has_slopes and not self.is_smooth

    def value(self, t: Any, neurons: Any = 0) -> FloatArray:
        """Return the input at some times, right-continuous.

        Parameters
        ----------
        t : array_like, shape (samples,)
            Times in ms from the run's start; before 0 the value at 0 is extended.
        neurons : int or array_like of int, shape (k,)
            Whose input.

        Returns
        -------
        ndarray, shape (samples,) or (samples, k)
            Bare internal values.
        """
        times = np.asarray(t, dtype=np.float64)
        chosen = np.asarray(neurons, dtype=np.int64)
        used, position = np.unique(self.table_of[chosen], return_inverse=True)
        columns = np.empty((used.size, *times.shape))
        if self.is_constant:
            columns[...] = self.level[used][(...,) + (None,) * times.ndim]
        else:
            for row, table in enumerate(used):
                columns[row] = self._table_value(int(table), times)
        total = np.moveaxis(columns, 0, -1)[..., position.reshape(chosen.shape)]
        for oscillation in self.oscillations:
            total = total + oscillation.value(times, chosen)
        return total

    def _table_value(self, table: int, t: FloatArray) -> FloatArray:
        first, last = int(self.offsets[table]), int(self.offsets[table + 1])
        index = first + np.searchsorted(self.times[first + 1 : last], t, side="right")
        return self.level[index] + self.slope[index] * (t - self.times[index])
