"""Ramp: an input that changes at a constant rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from excitable.stimuli._argument import Argument, check_order, read, time
from excitable.stimuli._part import AbstractPart, Rows, Window, windowed
from excitable.stimuli._stimulus import Stimulus, made_of


@dataclass(frozen=True, eq=False, repr=False)
class Ramp(AbstractPart):
    """Straight line on [start, stop), zero elsewhere."""

    start_value: Argument
    stop_value: Argument
    start: Argument
    stop: Argument

    function: ClassVar[str] = "ramp"

    def rows(self, window: Window, chosen: np.ndarray) -> Rows:
        """Return the segments."""
        low, high, start, stop = (argument.column(chosen) for argument in self.arguments)
        flat = windowed(window, start, stop, low)
        slope = np.zeros(np.broadcast_shapes(flat.times.shape, high.shape))
        slope[:, 1:2] = (high - low) / (stop - start)
        times, level = (np.broadcast_to(a, slope.shape) for a in (flat.times, flat.level))
        return Rows(times, level, slope)


def ramp(start_value: Any, stop_value: Any, start: Any, stop: Any) -> Stimulus:
    """Give an input that changes at a constant rate.

    Parameters
    ----------
    start_value : Quantity or str, scalar or shape (n,)
        Value at ``start``.
    stop_value : Quantity or str, scalar or shape (n,)
        Value that it reaches at ``stop``.
    start : Quantity [time] or str, scalar or shape (n,)
        When it begins.
    stop : Quantity [time] or str, scalar or shape (n,)
        When it ends.

    Returns
    -------
    Stimulus
        Straight line on [start, stop), zero elsewhere; add a `step` to stay at the last value.

    Raises
    ------
    UnitError
        If the two values differ in dimension, or a time has no unit of time.
    StimulusError
        If a value is not finite, or ``stop`` is not after ``start``.

    Examples
    --------
    >>> ramp("0 pA", "500 pA", start="100 ms", stop="600 ms")
    ramp(0 pA, stop_value=500 pA, start=100 ms, stop=600 ms)
    """
    low = read(start_value, "ramp", "start_value")
    high = read(stop_value, "ramp", "stop_value", low.dimension)
    begin, end = time(start, "ramp", "start"), time(stop, "ramp", "stop")
    check_order(begin, end, "ramp", strict=True)
    return made_of(Ramp(low, high, begin, end))
