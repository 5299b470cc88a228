"""What goes on around the spikes: averages of a signal, and trials cut out of a recording."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.recording._statistics import _check
from excitable.recording._statistics._results import SpikeTriggeredAverage

if TYPE_CHECKING:
    from excitable.recording._spike_train import SpikeTrain


def spike_triggered_average(
    train: SpikeTrain,
    values: Any,
    dt: Any,
    *,
    before: Any = "50 ms",
    after: Any = "10 ms",
    start: Any = None,
) -> SpikeTriggeredAverage:
    """Return the mean of a signal around the spikes.

    Parameters
    ----------
    values : Quantity, shape (samples,)
        The signal, such as ``run.input("I")`` or ``run.v``.
    dt : Quantity [time] or str
        Interval of its samples, and of the lags.
    before : Quantity [time] or str
        How much before the spike.
    after : Quantity [time] or str
        How much after it.
    start : Quantity [time], optional
        Time of the first sample; the begin of the train's window if left out.

    Returns
    -------
    SpikeTriggeredAverage
        Lags, mean and the number of spikes averaged.

    Raises
    ------
    ParameterError
        If the samples are not one row of finite numbers, or a time is not above zero.
    UndefinedStatisticError
        If there is no spike around which the signal was recorded.

    Notes
    -----
    Spikes are not moved to the nearest sample: between samples the signal is taken as a straight
    line. Spikes too near to an end of the signal are left out; ``count`` tells how many were not.

    References
    ----------
    DayanAbbott2001, section 1.3

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms, pA
    >>> average = SpikeTrain([2, 3] * ms).spike_triggered_average(
    ...     [0, 1, 4, 9, 16] * pA, dt=1*ms, before=1*ms, after=1*ms)
    >>> print(average.mean, average.count)
    [2.5 6.5 12.5] pA 2
    """
    name = "spike_triggered_average"
    dimension = units.dimension(values)
    signal = np.asarray(units.strip(values, dimension, f"SpikeTrain.{name}.values"))
    if signal.ndim != 1 or not np.isfinite(signal).all():
        found = f"shape {signal.shape}" if signal.ndim != 1 else "a value that is NaN or infinite"
        _check.refuse(f"samples of {found}", "one row of finite samples is expected",
                      "run.v[:, 0], or values[numpy.isfinite(values)]", name, "values")  # fmt: skip
    step = _check.time(dt, name, "dt", example="0.1*ms")
    early = int(_check.bins_of(_check.time(before, name, "before"), step))
    late = int(_check.bins_of(_check.time(after, name, "after"), step))
    origin = train._start if start is None else float(units.strip(start, units.TIME, f"{name}"))
    place = (train._times - origin) / step
    left = np.floor(place + 1e-9).astype(np.int64)
    part = np.maximum(place - left, 0.0)
    part[part < 1e-9] = 0.0
    whole = (left >= early) & (left + late + (part > 0) < signal.size)
    left, part = left[whole], part[whole]
    if not left.size:
        raise _check.undefined(
            f"{_check.plural(train.count, 'spike')}, none with the signal known "
            f"from {early * step:g} ms before to {late * step:g} ms after",
            "it is an average over spikes",
            name,
        )
    mean = _mean_around(signal, left, part, np.arange(-early, late + 1))
    unit = units.unit_text(values) if units.is_quantity(values) else ""
    return SpikeTriggeredAverage(
        units.attach(step * np.arange(-early, late + 1), "ms"), units.attach(mean, unit), left.size
    )


def _mean_around(
    signal: np.ndarray, left: np.ndarray, part: np.ndarray, lags: np.ndarray
) -> np.ndarray:
    """Mean of the signal at each lag, in samples; spikes lie ``part`` of a sample after ``left``.

    Spikes that share a sample are added up first: then each lag is one product of two rows.
    """
    first, last = int(left[0]), int(left[-1])
    length = last - first + 1
    weight = np.bincount(left - first, 1.0 - part, minlength=length + 1)
    weight[1:] += np.bincount(left - first, part, minlength=length)
    used = np.flatnonzero(weight)
    if 12 * used.size < weight.size:  # to gather costs that much more than to go along
        chosen, share = used + first, weight[used]
        return np.array([share @ signal[chosen + lag] for lag in lags]) / left.size
    padded = np.append(signal, 0.0)  # a last weight of zero may stand beside the last sample
    spans = (slice(first + lag, first + lag + weight.size) for lag in lags)
    return np.array([weight @ padded[span] for span in spans]) / left.size


def cut_around(
    train: SpikeTrain, events: Any, before: Any, after: Any
) -> tuple[list[np.ndarray], float, float]:
    """Return the spikes around each event relative to it, and the common window, bare ms."""
    bare = units.strip(events, units.TIME, "SpikeTrain.around.events")
    moments = np.sort(np.atleast_1d(np.asarray(bare, dtype=np.float64)))
    early = _not_negative(before, "before")
    late = _not_negative(after, "after")
    if not early + late > 0:
        _check.refuse("trials of no length", "some time around each event is expected",
                      "after=500*ms", "around", "after")  # fmt: skip
    outside = (moments - early < train._start) | (moments + late > train._stop)
    if not np.isfinite(moments).all() or outside.any():
        first = moments[outside | ~np.isfinite(moments)][0]
        _check.refuse(
            f"an event at {first:g} ms, with {early:g} ms before and {late:g} ms after it",
            f"all of it lies in the window from {train._start:g} to {train._stop:g} ms",
            "Write only the events that were observed as a whole",
            "around",
            "events",
        )
    first = np.searchsorted(train._times, moments - early)
    last = np.searchsorted(train._times, moments + late, side="right")
    trials = [train._times[a:b] - t for a, b, t in zip(first, last, moments, strict=True)]
    return trials, -early, late


def _not_negative(value: Any, name: str) -> float:
    bare = float(units.strip(value, units.TIME, f"SpikeTrain.around.{name}"))
    if not (np.isfinite(bare) and bare >= 0):
        _check.refuse(f"{bare:g} ms", "a time of zero or more is expected", f"{name}=100*ms",
                      "around", name)  # fmt: skip
    return bare
