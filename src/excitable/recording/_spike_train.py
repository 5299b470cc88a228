"""Spike times of one neuron, simulated or measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import _products, units
from excitable.errors import ParameterError
from excitable.recording._statistics import (
    _coincidence,
    _convolution,
    _correlograms,
    _counts,
    _explained,
    _intervals,
    _locking,
    _spectrum,
    _triggered,
    _van_rossum,
    _victor_purpura,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from excitable.recording._spikes import Spikes


class SpikeTrain:
    """Spike times of one neuron within an observed window.

    Parameters
    ----------
    times : Quantity [time], shape (count,)
        Spike times in any order; they are kept ascending.
    start : Quantity [time], optional
        Begin of the observed window.
    stop : Quantity [time], optional
        End of the observed window; the last spike if left out.

    Raises
    ------
    UnitError
        If an argument has no unit of time.
    ParameterError
        If a time is not finite or lies outside the window.

    Notes
    -----
    Counts, rates, curves and distances of an empty train are zero or as their documentation says.
    A statistic that does not exist, such as the coefficient of variation of one interval, raises
    `UndefinedStatisticError`; none is ever NaN.

    Examples
    --------
    >>> from excitable.units import ms
    >>> train = SpikeTrain([30, 10, 20] * ms, start=0 * ms, stop=100 * ms)
    >>> train.count
    3
    >>> print(train.isi())
    [10.0 10.0] ms
    """

    __slots__ = ("_start", "_stop", "_times")

    def __init__(self, times: Any, start: Any = None, stop: Any = None) -> None:
        values = _times_in_ms(times, "times")
        begin = 0.0 if start is None else _moment_in_ms(start, "start")
        last = float(values[-1]) if values.size else begin
        end = max(begin, last) if stop is None else _moment_in_ms(stop, "stop")
        _check_window(values, begin, end)
        self._times, self._start, self._stop = values, begin, end

    @classmethod
    def from_ms(cls, times: np.ndarray, start: float, stop: float) -> SpikeTrain:
        """Train from bare ascending times in ms, taken as they are.

        Parameters
        ----------
        times : ndarray, shape (count,)
            Ascending spike times in ms; not copied and not checked.
        start, stop : float
            Observed window in ms.

        Returns
        -------
        SpikeTrain
            The train.

        Examples
        --------
        >>> SpikeTrain.from_ms(np.array([1.0, 2.5]), 0.0, 10.0)
        SpikeTrain(2 spikes, 0 to 10 ms)
        """
        train = cls.__new__(cls)
        train._times, train._start, train._stop = times, float(start), float(stop)
        return train

    @property
    def times_ms(self) -> np.ndarray:
        """Ascending spike times as bare numbers in ms."""
        return self._times

    @property
    def times(self) -> Any:
        """Ascending spike times, a time quantity of shape (count,)."""
        return units.attach(self._times, "ms")

    @property
    def start(self) -> Any:
        """Begin of the observed window, a time quantity."""
        return units.attach(self._start, "ms")

    @property
    def stop(self) -> Any:
        """End of the observed window, a time quantity."""
        return units.attach(self._stop, "ms")

    @property
    def duration(self) -> Any:
        """Length of the observed window, a time quantity."""
        return units.attach(self._stop - self._start, "ms")

    @property
    def count(self) -> int:
        """Number of spikes."""
        return int(self._times.size)

    def isi(self) -> Any:
        """Return the intervals between successive spikes.

        Returns
        -------
        Quantity [time], shape (count - 1,)
            Inter-spike intervals in ms; empty for fewer than two spikes.

        Examples
        --------
        >>> from excitable.units import ms
        >>> print(SpikeTrain([1, 4, 9] * ms).isi())
        [3.0 5.0] ms
        """
        return units.attach(np.diff(self._times), "ms")

    def rate(self) -> Any:
        """Return the firing rate.

        Returns
        -------
        Quantity [1/time]
            Reciprocal of the mean inter-spike interval, in Hz.

        Notes
        -----
        Intervals do not depend on where the window happens to end, as a count divided by the
        window does. Fewer than two spikes have no interval: then it is the count over the window.

        Examples
        --------
        >>> from excitable.units import ms
        >>> print(SpikeTrain([10, 30, 50] * ms, stop=1000 * ms).rate())
        50.0 Hz
        """
        return units.attach(self._rate_per_ms(), "Hz")

    isi_histogram = _intervals.isi_histogram
    cv = _intervals.cv
    cv2 = _intervals.cv2
    lv = _intervals.lv
    fano = _counts.fano
    psth = _counts.psth
    rate_curve = _convolution.rate_curve
    convolve = _convolution.convolve
    autocorrelogram = _correlograms.autocorrelogram
    cross_correlogram = _correlograms.cross_correlogram
    power_spectrum = _spectrum.power_spectrum
    spike_triggered_average = _triggered.spike_triggered_average
    vector_strength = _locking.vector_strength
    phase_locking = _locking.phase_locking
    van_rossum = _van_rossum.van_rossum
    victor_purpura = _victor_purpura.victor_purpura
    gamma_coincidence = _coincidence.gamma_coincidence
    explained_variance = _explained.explained_variance

    def between(self, start: Any, stop: Any) -> SpikeTrain:
        """Return the part of the train in a narrower window.

        Parameters
        ----------
        start, stop : Quantity [time] or str
            New window, within the old one; spikes at its ends belong to it.

        Returns
        -------
        SpikeTrain
            The spikes within, at their own times.

        Raises
        ------
        ParameterError
            If the window reaches beyond the old one, or stops before it starts.

        Examples
        --------
        >>> from excitable.units import ms
        >>> SpikeTrain([1, 4, 9] * ms).between(2*ms, 5*ms)
        SpikeTrain(1 spike, 2 to 5 ms)
        """
        begin, end = _moment_in_ms(start, "start"), _moment_in_ms(stop, "stop")
        _check_window(np.array([begin, end]), self._start, self._stop, "an end")
        _check_window(np.empty(0), begin, end)
        inside = (self._times >= begin) & (self._times <= end)
        return SpikeTrain.from_ms(self._times[inside], begin, end)

    def around(self, events: Any, *, before: Any = "0 ms", after: Any = "500 ms") -> Spikes:
        """Return the train cut into trials around events, times relative to the event.

        Parameters
        ----------
        events : Quantity [time], shape (k,)
            Times of the events.
        before : Quantity [time] or str
            How much before each event.
        after : Quantity [time] or str
            How much after it.

        Returns
        -------
        Spikes
            A train for each event, in their order in time.

        Raises
        ------
        ParameterError
            If a trial reaches beyond what was observed, or has no length.

        Examples
        --------
        >>> from excitable.units import ms
        >>> train = SpikeTrain([12, 31, 33] * ms, stop=50*ms)
        >>> [trial.times_ms.tolist() for trial in train.around([10, 30] * ms, after=10*ms)]
        [[2.0], [1.0, 3.0]]
        """
        from excitable.recording._spikes import Spikes

        trials, begin, end = _triggered.cut_around(self, events, before, after)
        return Spikes.from_trains([SpikeTrain.from_ms(times, begin, end) for times in trials])

    def plot(self, **options: Any) -> Any:
        """Draw the spikes as strokes. See `excitable.plotting.plot_spikes`."""
        return _products.plot_spikes(self, **options)

    def to_neo(self) -> Any:
        """Give the train as a neo.SpikeTrain. See `excitable.interop.spikes_to_neo`."""
        return _products.spikes_to_neo(self)

    def to_pynapple(self) -> Any:
        """Give the train as a pynapple.Ts. See `excitable.interop.spikes_to_pynapple`."""
        return _products.spikes_to_pynapple(self)

    def _rate_per_ms(self) -> float:
        if self._times.size >= 2 and self._times[-1] > self._times[0]:
            return float((self._times.size - 1) / (self._times[-1] - self._times[0]))
        window = self._stop - self._start
        return self._times.size / window if window > 0 else 0.0

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Any]:
        return iter(self.times)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SpikeTrain):
            return NotImplemented
        window = (self._start, self._stop) == (other._start, other._stop)
        return window and np.array_equal(self._times, other._times)

    __hash__ = None  # pyright: ignore[reportAssignmentType]

    def __repr__(self) -> str:
        plural = "" if self.count == 1 else "s"
        return f"SpikeTrain({self.count} spike{plural}, {self._start:g} to {self._stop:g} ms)"


def _times_in_ms(times: Any, name: str) -> np.ndarray:
    stripped = units.strip(times, units.TIME, f"SpikeTrain.{name}")
    values = np.sort(np.atleast_1d(np.asarray(stripped, dtype=np.float64)))
    if values.ndim != 1:
        raise ParameterError(
            f"times of shape {values.shape}",
            "a spike train is one list of times",
            "Write one SpikeTrain per neuron",
            owner="SpikeTrain",
            name=name,
        )
    if not np.isfinite(values).all():
        raise ParameterError(
            "a time that is NaN or infinite",
            "spike times are finite",
            "Write times[numpy.isfinite(times)]",
            owner="SpikeTrain",
            name=name,
        )
    return values


def _moment_in_ms(value: Any, name: str) -> float:
    number = float(units.strip(value, units.TIME, f"SpikeTrain.{name}"))
    if not np.isfinite(number):
        raise ParameterError(
            f"{number} ms",
            "the window has finite ends",
            f"Write {name}=0*ms or another finite time",
            owner="SpikeTrain",
            name=name,
        )
    return number


def _check_window(times: np.ndarray, start: float, stop: float, what: str = "a spike") -> None:
    if stop < start:
        raise ParameterError(
            f"a window from {start:g} ms to {stop:g} ms",
            "it stops after it starts",
            "Exchange start and stop",
            owner="SpikeTrain",
            name="stop",
        )
    if times.size and (times[0] < start or times[-1] > stop):
        outside = times[0] if times[0] < start else times[-1]
        raise ParameterError(
            f"{what} at {outside:g} ms outside the window {start:g} to {stop:g} ms",
            "all of them lie within it",
            "Widen start and stop, or leave those out",
            owner="SpikeTrain",
            name="times",
        )
