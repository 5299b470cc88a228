"""Trace: an input given by its samples, such as a recorded current."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from excitable import units
from excitable.errors import StimulusError
from excitable.stimuli._argument import Argument, check_finite, check_positive, is_zero, read, time
from excitable.stimuli._part import AbstractPart, Rows, Window, equal_height, framed
from excitable.stimuli._stimulus import Stimulus, made_of

HOLDS = ("previous", "linear")


@dataclass(frozen=True, eq=False, repr=False)
class Trace(AbstractPart):
    """Samples at a fixed interval; shape (samples,) or (samples, neurons)."""

    values: np.ndarray
    unit: str
    dt: Argument
    start: Argument
    after: Argument
    hold: str

    function: ClassVar[str] = "trace"

    @property
    def dimension(self) -> units.Dimension:
        """Dimension of the samples."""
        return self.after.dimension

    @property
    def neurons(self) -> int | None:
        """Number of columns of the samples."""
        return self.values.shape[1] if self.values.ndim == 2 else None

    @property
    def differs_by_neuron(self) -> bool:
        """Whether the samples have columns."""
        return self.values.ndim == 2

    @property
    def settled(self) -> float:
        """When the last sample is over."""
        return float(np.max(self.start.value + self.values.shape[0] * self.dt.value))

    def rows(self, window: Window, chosen: np.ndarray) -> Rows:
        """Return the segments that the run sees."""
        start = self.start.column(chosen) - window.t_start
        dt = self.dt.column(chosen)
        samples = self.values.shape[0]
        first, last = sample_range(window, start, dt, samples)
        after = self.after.column(chosen)
        if last < samples:  # the run ends before the trace: what follows is never reached
            after = self._columns(last, last + 1, chosen)
        values = self._columns(first, last, chosen)
        times = framed(-np.inf, start + np.arange(first, last + 1) * dt)
        level = framed(0.0, values, after)
        if self.hold == "previous":
            return Rows(*equal_height(times, level))
        # The last sample has no next one to aim at: it holds for one interval.
        ends = framed(0.0, values[:, 1:], after if last < samples else values[:, -1:])[:, 1:]
        slope = framed(0.0, (ends - values) / dt, np.zeros((1, 1)))
        return Rows(*equal_height(times, level, slope))

    def _columns(self, first: int, last: int, chosen: np.ndarray) -> np.ndarray:
        piece = self.values[first:last]
        return piece.T[chosen] if self.differs_by_neuron else piece[None, :]

    def __str__(self) -> str:
        shape = " x ".join(map(str, self.values.shape))
        start = f", start={self.start}" if np.any(self.start.value) else ""
        after = f", after={self.after}" if np.any(self.after.value) else ""
        hold = "" if self.hold == "previous" else f", hold={self.hold!r}"
        unit = f" in {self.unit}" if self.unit else ""
        return f"trace(<{shape} values{unit}>, dt={self.dt}{start}{hold}{after})"


def trace(
    values: Any, dt: Any, start: Any = "0 ms", hold: str = "previous", after: Any = 0
) -> Stimulus:
    """Give an input by its samples, such as a recorded current.

    Parameters
    ----------
    values : Quantity, shape (samples,) or (samples, neurons)
        The samples.
    dt : Quantity [time] or str
        Sampling interval.
    start : Quantity [time] or str, scalar or shape (n,)
        Time of the first sample.
    hold : {"previous", "linear"}
        ``"previous"``: sample k holds on [start + k dt, start + (k + 1) dt). ``"linear"``:
        straight lines join the samples, and the last one holds for one interval.
    after : Quantity or str, scalar or shape (n,)
        Value from ``start + samples*dt`` on.

    Returns
    -------
    Stimulus
        Zero before ``start``.

    Raises
    ------
    UnitError
        If ``dt`` or ``start`` has no unit of time, or ``after`` another dimension than `values`.
    StimulusError
        If there is no sample, a value is NaN or infinite, ``dt`` is not positive, or ``hold`` is
        neither of the two.

    Notes
    -----
    Sample times are computed as ``start + k*dt``, never by adding up, so that they do not drift.

    Examples
    --------
    >>> from excitable.units import pA, ms
    >>> trace([0, 100, 50] * pA, dt=0.1 * ms)
    trace(<3 values in pA>, dt=0.1 ms)
    """
    unit = units.unit_text(values) if units.is_quantity(values) else ""
    dimension = units.dimension(values) if unit else units.DIMENSIONLESS
    bare = np.array(units.strip(values, dimension, "trace.values"), dtype=np.float64)
    if bare.ndim not in (1, 2) or bare.size == 0:
        raise StimulusError(
            f"an array of shape {bare.shape}",
            "samples have shape (samples,) or (samples, neurons)",
            "Write trace(values[row], dt) to take one row of a recording",
            owner="trace.values",
        )
    check_finite(bare, "trace.values", "values")
    interval = time(dt, "trace", "dt")
    check_positive(interval, "trace", "0.1*ms", zero_allowed=False)
    if hold not in HOLDS:
        raise StimulusError(
            f"hold={hold!r}",
            'it is "previous" or "linear"',
            'Write hold="previous" for samples that hold until the next one',
            owner="trace.hold",
        )
    zero = Argument("after", 0.0, dimension, unit)
    then = zero if is_zero(after) else read(after, "trace", "after", dimension)
    return made_of(Trace(bare, unit, interval, time(start, "trace", "start"), then, hold))


def sample_range(
    window: Window, start: np.ndarray, dt: np.ndarray, samples: float
) -> tuple[int, int]:
    """First sample that the run sees and one past the last, over all rows; at least one sample."""
    first = max(int(np.floor(-start / dt).min()) - 1, 0)
    last = int(np.ceil((window.duration - start) / dt).max()) + 1
    last = max(int(min(last, samples)), 1)
    return min(first, last - 1), last
