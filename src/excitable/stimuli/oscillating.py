"""Sine and chirp: inputs that swing, at a fixed or a moving frequency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from excitable import units
from excitable.errors import StimulusError
from excitable.stimuli._argument import (
    Argument,
    check_order,
    check_positive,
    is_zero,
    read,
    stop_time,
    time,
)
from excitable.stimuli._part import AbstractPart, Rows, Window, windowed
from excitable.stimuli._piecewise import Oscillation
from excitable.stimuli._stimulus import Stimulus, made_of


@dataclass(frozen=True, eq=False, repr=False)
class Sine(AbstractPart):
    """Sinusoid about an offset on [start, stop), zero elsewhere."""

    amplitude: Argument
    frequency: Argument
    phase: Argument
    offset: Argument
    start: Argument
    stop: Argument
    phase_at: str

    function: ClassVar[str] = "sine"
    quiet: ClassVar[frozenset[str]] = frozenset({"phase", "offset", "start"})

    def rows(self, window: Window, chosen: np.ndarray) -> Rows:
        """Return the segments."""
        columns = (argument.column(chosen) for argument in (self.start, self.stop, self.offset))
        return windowed(window, *columns)

    def oscillation(self, window: Window) -> Oscillation:
        """Return the sinusoid; its offset, if any, is in the segments."""
        n = window.n
        start, phase = self.start.spread(n), self.phase.spread(n)
        cycles_per_ms = self.frequency.spread(n)
        if self.phase_at == "zero":
            # Whole cycles are dropped before they can cost digits.
            phase = phase + 2 * np.pi * np.mod(cycles_per_ms * start, 1.0)
        return Oscillation(
            amplitude=self.amplitude.spread(n),
            phase=phase,
            omega=2 * np.pi * cycles_per_ms,
            rate=np.zeros(n),
            growth=np.zeros(n),
            start=start - window.t_start,
            stop=self.stop.spread(n) - window.t_start,
        )

    @property
    def options(self) -> tuple[str, ...]:
        """Where the phase is told, if not at the start."""
        return () if self.phase_at == "start" else (f"phase_at={self.phase_at!r}",)


@dataclass(frozen=True, eq=False, repr=False)
class Chirp(AbstractPart):
    """Sinusoid of moving frequency on [start, stop), zero elsewhere."""

    amplitude: Argument
    f_start: Argument
    f_stop: Argument
    start: Argument
    stop: Argument
    kind: str

    function: ClassVar[str] = "chirp"

    def rows(self, window: Window, chosen: np.ndarray) -> Rows:
        """Return the segments."""
        start, stop = self.start.column(chosen), self.stop.column(chosen)
        return windowed(window, start, stop, np.zeros((1, 1)))

    def oscillation(self, window: Window) -> Oscillation:
        """Return the sinusoid; its offset, if any, is in the segments."""
        n = window.n
        start, stop = self.start.spread(n), self.stop.spread(n)
        first, last = self.f_start.spread(n), self.f_stop.spread(n)
        exponential = self.kind == "exponential"
        rate = 2 * np.pi * (last - first) / (stop - start)
        growth = np.log(last / first) / (stop - start)
        return Oscillation(
            amplitude=self.amplitude.spread(n),
            phase=np.zeros(n),
            omega=2 * np.pi * first,
            rate=np.zeros(n) if exponential else rate,
            growth=growth if exponential else np.zeros(n),
            start=start - window.t_start,
            stop=stop - window.t_start,
        )

    @property
    def options(self) -> tuple[str, ...]:
        """How the frequency moves, if not linearly."""
        return () if self.kind == "linear" else (f"kind={self.kind!r}",)


def sine(
    amplitude: Any,
    frequency: Any,
    phase: Any = 0,
    *,
    offset: Any = 0,
    start: Any = "0 ms",
    stop: Any = None,
    phase_at: str = "start",
) -> Stimulus:
    """Give a sinusoidal input.

    Parameters
    ----------
    amplitude : Quantity or str, scalar or shape (n,)
        Half the distance from trough to peak.
    frequency : Quantity [1/time] or str, scalar or shape (n,)
        Cycles per time, greater than zero.
    phase : float, scalar or shape (n,)
        Phase in radians.
    offset : Quantity or str, scalar or shape (n,)
        Value about which it swings.
    start, stop : Quantity [time] or str, scalar or shape (n,)
        It is zero outside [start, stop); without ``stop`` it does not end.
    phase_at : {"start", "zero"}
        Where the sinusoid has its phase: at ``start``, or at time 0 whenever it is switched on.

    Returns
    -------
    Stimulus
        ``offset + amplitude*sin(2 pi frequency (t - origin) + phase)`` on [start, stop).

    Raises
    ------
    UnitError
        If the frequency is not in Hz or another reciprocal time, or the offset has another
        dimension than the amplitude.
    StimulusError
        If a value is not finite, the frequency is not positive, or ``stop`` is before ``start``.

    Notes
    -----
    It is evaluated at any time, not sampled.

    Examples
    --------
    >>> sine("100 pA", "8 Hz", start="50 ms")
    sine(100 pA, frequency=8 Hz, start=50 ms)
    """
    height = read(amplitude, "sine", "amplitude")
    per_time = _frequency(frequency, "sine", "frequency")
    none = Argument("offset", 0.0, height.dimension, height.unit)
    middle = none if is_zero(offset) else read(offset, "sine", "offset", height.dimension)
    begin = time(start, "sine", "start")
    _check_choice(phase_at, "sine", "phase_at", ("start", "zero"))
    angle = read(phase, "sine", "phase", units.DIMENSIONLESS)
    end = stop_time(stop, "sine", begin)
    return made_of(Sine(height, per_time, angle, middle, begin, end, phase_at))


def chirp(
    amplitude: Any, f_start: Any, f_stop: Any, start: Any, stop: Any, *, kind: str = "linear"
) -> Stimulus:
    """Give a sinusoidal input whose frequency moves from one value to another.

    Parameters
    ----------
    amplitude : Quantity or str, scalar or shape (n,)
        Half the distance from trough to peak.
    f_start, f_stop : Quantity [1/time] or str, scalar or shape (n,)
        Frequencies at ``start`` and at ``stop``.
    start, stop : Quantity [time] or str, scalar or shape (n,)
        It is zero outside [start, stop).
    kind : {"linear", "exponential"}
        Whether the frequency grows by equal amounts or by equal factors in equal times.

    Returns
    -------
    Stimulus
        Sinusoid with phase 0 at ``start``.

    Raises
    ------
    UnitError
        If a frequency is not in Hz or another reciprocal time.
    StimulusError
        If a value is not finite, a frequency is not positive, or ``stop`` is not after ``start``.

    Notes
    -----
    It is evaluated at any time, not sampled.

    Examples
    --------
    >>> chirp("50 pA", "1 Hz", "40 Hz", start="0 ms", stop="10000 ms", kind="exponential")
    chirp(50 pA, f_start=1 Hz, f_stop=40 Hz, start=0 ms, stop=10000 ms, kind='exponential')
    """
    height = read(amplitude, "chirp", "amplitude")
    first = _frequency(f_start, "chirp", "f_start")
    last = _frequency(f_stop, "chirp", "f_stop")
    begin, end = time(start, "chirp", "start"), time(stop, "chirp", "stop")
    check_order(begin, end, "chirp", strict=True)
    _check_choice(kind, "chirp", "kind", ("linear", "exponential"))
    return made_of(Chirp(height, first, last, begin, end, kind))


def _frequency(value: Any, function: str, name: str) -> Argument:
    frequency = read(value, function, name, units.RATE)
    check_positive(frequency, function, "10*Hz", zero_allowed=False)
    return frequency


def _check_choice(value: Any, function: str, name: str, choices: tuple[str, str]) -> None:
    if isinstance(value, str) and value in choices:
        return
    raise StimulusError(
        f"{name}={value!r}",
        f'it is "{choices[0]}" or "{choices[1]}"',
        f'Write {name}="{choices[0]}"',
        owner=f"{function}.{name}",
    )
