"""Regular trains, and trains whose spikes are displaced."""

from __future__ import annotations

from typing import Any

import numpy as np

from excitable import units
from excitable.recording import Spikes, SpikeTrain
from excitable.stimuli._random import standard_normal
from excitable.trains._arguments import (
    INTERVAL,
    Request,
    checked_seed,
    number_of_trains,
    positive_time,
    refuse,
    request,
)

# Further than this many standard deviations no draw goes.
_REACH = 9.0


def regular(
    rate: Any, duration: Any, *, phase: float = 0.0, start: Any = "0 ms"
) -> SpikeTrain | Spikes:
    """Return a regular train: all intervals alike.

    Parameters
    ----------
    rate : Quantity [1/time] or str, shape () or (n,)
        Rate; an array has one for each train.
    duration : Quantity [time] or str
        Length of the window.
    phase : float
        Part of an interval, 0 to 1, that passes before the first spike.
    start : Quantity [time] or str
        Begin of the window.

    Returns
    -------
    SpikeTrain or Spikes
        One train; several if an array of rates is given. The end of the window does not belong
        to it, so that 50 Hz give 50 spikes in a second.

    Raises
    ------
    ParameterError
        If an argument is out of its bounds.

    Examples
    --------
    >>> from excitable.units import Hz, ms
    >>> print(regular(100*Hz, 50*ms).times)
    [0.0 10.0 20.0 30.0 40.0] ms
    """
    asked = request("regular", rate, duration, start=start, seed=0)
    if not 0.0 <= phase <= 1.0:
        refuse(f"{phase:g}", "a part of an interval, 0 to 1, is expected", "phase=0.5", "regular",
               "phase")  # fmt: skip
    rows = [_lattice(r, 0, phase, asked.length) for r in asked.rate.tolist()]
    return asked.result(np.concatenate(rows), np.array([row.size for row in rows]))


def jittered(
    rate: Any,
    duration: Any = None,
    *,
    jitter: Any,
    seed: int = 0,
    n: int | None = None,
    start: Any = "0 ms",
) -> SpikeTrain | Spikes:
    """Return a train whose spikes are displaced from regular times, or from those of a train.

    Parameters
    ----------
    rate : Quantity [1/time], str or SpikeTrain
        Rate of the regular times, or the train to displace.
    duration : Quantity [time] or str
        Length of the window; left out for a train, which has its own.
    jitter : Quantity [time] or str
        Standard deviation of the displacements, which are Gaussian and independent.
    seed : int
        Seed; the same seed gives the same train.
    n : int, optional
        Number of trains, displaced independently.
    start : Quantity [time] or str
        Begin of the window.

    Returns
    -------
    SpikeTrain or Spikes
        One train; several if ``n`` or an array of rates is given.

    Raises
    ------
    ParameterError
        If an argument is out of its bounds.

    Notes
    -----
    Regular times go on beyond the window, and spikes displaced into it come in as others go out,
    so that the rate is the same up to its ends. Spikes of a given train that would leave its
    window are reflected at its ends: none is lost.

    Examples
    --------
    >>> from excitable.units import Hz, ms, second
    >>> jittered(20*Hz, 1*second, jitter=2*ms, n=3)
    Spikes(58 spikes of 3 neurons, 0 to 1000 ms)
    """
    spread = positive_time(jitter, "jittered", "jitter")
    if isinstance(rate, SpikeTrain):
        if duration is not None:
            refuse("a duration beside a train", "a train has its own window", "Leave it out",
                   "jittered", "duration")  # fmt: skip
        return _displaced(rate, spread, checked_seed("jittered", seed), n)
    if duration is None:
        refuse("no duration", "a rate needs one", "Write jittered(20*Hz, 1*second, jitter=2*ms)",
               "jittered", "duration")  # fmt: skip
    asked = request("jittered", rate, duration, start=start, seed=seed, n=n)
    rows = []
    for train, r in enumerate(asked.rate.tolist()):
        outside = int(np.ceil(_REACH * spread * r))
        row = _lattice(r, outside, 0.0, asked.length)
        row = row + spread * standard_normal(asked.seed, INTERVAL, train, np.arange(row.size))
        rows.append(np.sort(row[(row >= 0) & (row < asked.length)]))
    return asked.result(np.concatenate(rows), np.array([row.size for row in rows]))


def _lattice(rate: float, outside: int, phase: float, length: float) -> np.ndarray:
    """Regular times from 0 up to a length, and some more at both ends."""
    if rate == 0:
        return np.empty(0)
    # A time that is at the end but for rounding is at the end.
    count = int(np.ceil(length * rate - phase - 1e-9))
    return (phase + np.arange(-outside, max(count, 0) + outside)) / rate


def _displaced(train: SpikeTrain, spread: float, seed: int, n: int | None) -> SpikeTrain | Spikes:
    begin = float(units.strip(train.start, units.TIME))
    length = float(units.strip(train.duration, units.TIME))
    count = number_of_trains("jittered", np.zeros(()), n)
    asked = Request(np.zeros(count), begin, length, seed, single=n is None)
    moved = standard_normal(seed, INTERVAL, asked.trains[:, None], np.arange(train.count)[None, :])
    times = train.times_ms - begin + spread * moved
    if length > 0:
        # Reflection at both ends: as if the window were laid out to and fro without end.
        times = length - np.abs(times % (2.0 * length) - length)
    else:
        times = np.zeros(times.shape)
    return asked.result(np.sort(times, axis=1).ravel(), np.full(count, train.count))
