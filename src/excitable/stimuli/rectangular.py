"""Step, pulse and train of pulses: inputs that are switched on and off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from excitable.errors import StimulusError
from excitable.stimuli._argument import Argument, check_positive, read, stop_time, time
from excitable.stimuli._part import AbstractPart, Rows, Window, windowed
from excitable.stimuli._stimulus import Stimulus, made_of


@dataclass(frozen=True, eq=False, repr=False)
class Step(AbstractPart):
    """Constant on [start, stop), zero elsewhere."""

    amplitude: Argument
    start: Argument
    stop: Argument

    function: ClassVar[str] = "step"
    quiet: ClassVar[frozenset[str]] = frozenset({"start"})

    @property
    def settled(self) -> float:
        """When it is switched off, or on for good."""
        return float(np.max(np.where(np.isinf(self.stop.value), self.start.value, self.stop.value)))

    def rows(self, window: Window, chosen: np.ndarray) -> Rows:
        """Return the segments."""
        columns = (argument.column(chosen) for argument in (self.start, self.stop, self.amplitude))
        return windowed(window, *columns)


@dataclass(frozen=True, eq=False, repr=False)
class Pulse(AbstractPart):
    """Constant on [start, start + width), zero elsewhere."""

    amplitude: Argument
    start: Argument
    width: Argument

    function: ClassVar[str] = "pulse"

    @property
    def settled(self) -> float:
        """When it is over."""
        return float(np.max(self.start.value + self.width.value))

    def rows(self, window: Window, chosen: np.ndarray) -> Rows:
        """Return the segments."""
        start = self.start.column(chosen)
        stop = start + self.width.column(chosen)
        return windowed(window, start, stop, self.amplitude.column(chosen))


@dataclass(frozen=True, eq=False, repr=False)
class Pulses(AbstractPart):
    """Constant on [start + k period, start + k period + width), zero elsewhere."""

    amplitude: Argument
    start: Argument
    width: Argument
    period: Argument
    n: int | None

    function: ClassVar[str] = "pulses"

    @property
    def settled(self) -> float:
        """When the last is over."""
        periods = np.inf if self.n is None else self.n - 1
        return float(
            np.max(self.start.value + periods * np.asarray(self.period.value) + self.width.value)
        )

    def rows(self, window: Window, chosen: np.ndarray) -> Rows:
        """Return the segments."""
        start = self.start.column(chosen) - window.t_start
        width, period = self.width.column(chosen), self.period.column(chosen)
        first = np.floor((-start - width) / period).min()
        last = np.ceil((window.duration - start) / period).max()
        most = np.inf if self.n is None else self.n - 1
        k = np.arange(max(first, 0), min(last, most) + 1)
        on = start + k * period
        # Rounding must neither part pulses of full width nor let them overlap.
        following = start + (k + 1) * period
        off = np.where(width == period, following, np.minimum(on + width, following))
        amplitude = np.broadcast_to(self.amplitude.column(chosen), (len(chosen), k.size))
        shape = (len(chosen), 2 * k.size + 1)
        times, level = np.full(shape, -np.inf), np.zeros(shape)
        times[:, 1::2], times[:, 2::2], level[:, 1::2] = on, off, amplitude
        return Rows(times, level)

    @property
    def options(self) -> tuple[str, ...]:
        """How many, if that is given."""
        return () if self.n is None else (f"n={self.n}",)


def step(amplitude: Any, start: Any = "0 ms", stop: Any = None) -> Stimulus:
    """Give a constant input that is switched on, and off if told.

    Parameters
    ----------
    amplitude : Quantity or str, scalar or shape (n,)
        Value while it is on, in any unit that the driven input accepts.
    start : Quantity [time] or str, scalar or shape (n,)
        When it is switched on, on or off the grid of the run.
    stop : Quantity [time] or str, scalar or shape (n,), optional
        When it is switched off; if left out, it stays on.

    Returns
    -------
    Stimulus
        ``amplitude`` on [start, stop), zero elsewhere.

    Raises
    ------
    UnitError
        If a time has no unit of time.
    StimulusError
        If a value is not finite, or ``stop`` is before ``start``.

    Examples
    --------
    >>> step("300 pA", start="100.0123 ms", stop="400 ms")
    step(300 pA, start=100.0123 ms, stop=400 ms)
    """
    begin = time(start, "step", "start")
    return made_of(
        Step(read(amplitude, "step", "amplitude"), begin, stop_time(stop, "step", begin))
    )


def pulse(amplitude: Any, start: Any, width: Any) -> Stimulus:
    """Give one rectangular pulse.

    Parameters
    ----------
    amplitude : Quantity or str, scalar or shape (n,)
        Value while it is on.
    start : Quantity [time] or str, scalar or shape (n,)
        When it begins.
    width : Quantity [time] or str, scalar or shape (n,)
        How long it lasts; zero gives nothing.

    Returns
    -------
    Stimulus
        ``amplitude`` on [start, start + width), zero elsewhere.

    Raises
    ------
    UnitError
        If a time has no unit of time.
    StimulusError
        If a value is not finite, or the width is negative.

    Examples
    --------
    >>> pulse("1 nA", start="10 ms", width="2 ms")
    pulse(1 nA, start=10 ms, width=2 ms)
    """
    return made_of(
        Pulse(
            read(amplitude, "pulse", "amplitude"),
            time(start, "pulse", "start"),
            _width(width, "pulse"),
        )
    )


def pulses(amplitude: Any, start: Any, width: Any, period: Any, n: int | None = None) -> Stimulus:
    """Give equal rectangular pulses at a fixed period.

    Parameters
    ----------
    amplitude : Quantity or str, scalar or shape (n,)
        Value while one is on.
    start : Quantity [time] or str, scalar or shape (n,)
        When the first begins.
    width : Quantity [time] or str, scalar or shape (n,)
        How long each lasts, at most one period.
    period : Quantity [time] or str, scalar or shape (n,)
        From one begin to the next.
    n : int, optional
        How many; if left out, they go on to the end of the run.

    Returns
    -------
    Stimulus
        Pulse k begins at exactly ``start + k*period``.

    Raises
    ------
    UnitError
        If a time has no unit of time.
    StimulusError
        If a value is not finite, a width is negative or longer than the period, or ``n`` is not
        a count.

    Examples
    --------
    >>> pulses("1 nA", start="10 ms", width="2 ms", period="25 ms", n=4)
    pulses(1 nA, start=10 ms, width=2 ms, period=25 ms, n=4)
    """
    duration = _width(width, "pulses")
    every = time(period, "pulses", "period")
    check_positive(every, "pulses", "25*ms", zero_allowed=False)
    if n is not None and (isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 0):
        raise StimulusError(
            f"n={n!r}",
            "the number of pulses is a whole number, zero or more",
            "Write n=10, or leave n out to go on to the end of the run",
            owner="pulses.n",
        )
    made = made_of(
        Pulses(
            read(amplitude, "pulses", "amplitude"),
            time(start, "pulses", "start"),
            duration,
            every,
            None if n is None else int(n),
        )
    )
    if np.any(np.greater(duration.value, every.value)):
        raise StimulusError(
            f"pulses {duration} wide every {every}",
            "a pulse ends before the next one begins",
            "Write a smaller width or a longer period, or use step(...) for one that stays on",
            owner="pulses.width",
        )
    return made


def _width(value: Any, function: str) -> Argument:
    width = time(value, function, "width")
    check_positive(width, function, "2*ms", zero_allowed=True)
    return width
