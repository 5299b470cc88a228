"""Renewal trains: independent intervals of one distribution, in equilibrium from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable.stimuli._random import uniform
from excitable.trains._arguments import FIRST, INTERVAL, Request, refuse, request

if TYPE_CHECKING:
    from collections.abc import Callable

    from excitable.recording import Spikes, SpikeTrain

_NUMBERS_AT_ONCE = 2_000_000


def gamma(
    rate: Any,
    duration: Any,
    *,
    shape: float,
    seed: int = 0,
    n: int | None = None,
    start: Any = "0 ms",
) -> SpikeTrain | Spikes:
    """Return a gamma renewal train: intervals that follow a gamma distribution.

    Parameters
    ----------
    rate : Quantity [1/time] or str, shape () or (n,)
        Mean rate; an array has one for each train.
    duration : Quantity [time] or str
        Length of the window.
    shape : float
        Shape of the distribution, above zero: 1 is a Poisson train, more is more regular. The
        coefficient of variation of the intervals is 1/sqrt(shape).
    seed : int
        Seed; the same seed gives the same train.
    n : int, optional
        Number of independent trains.
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
    The first spike is drawn as in a train that has gone on for ever, so that the rate is the same
    at every time of the window. Intervals are exact, by the inverse of the distribution function.

    Examples
    --------
    >>> from excitable.units import Hz, second
    >>> train = gamma(20*Hz, 100*second, shape=4, seed=1)
    >>> bool(0.45 < train.cv() < 0.55)
    True
    """
    asked = request("gamma", rate, duration, start=start, seed=seed, n=n)
    if isinstance(shape, bool) or not isinstance(shape, int | float | np.number):
        refuse(f"{shape!r}", "a number above zero is expected", "shape=4", "gamma", "shape")
    if not (np.isfinite(shape) and shape > 0):
        refuse(f"{shape:g}", "a number above zero is expected", "shape=4", "gamma", "shape")
    k = float(shape)
    # A silent train is given long intervals, and loses its spikes in the end.
    scale = 1.0 / (k * np.where(asked.rate > 0, asked.rate, 1.0 / asked.length))

    def intervals(train: np.ndarray, step: np.ndarray) -> np.ndarray:
        from scipy.special import gammaincinv

        return scale[train] * gammaincinv(k, uniform(asked.seed, INTERVAL, train, step))

    def first(train: np.ndarray) -> np.ndarray:
        from scipy.special import gammaincinv

        # Time zero falls into an interval with a probability in proportion to its length, and
        # anywhere in it.
        longer = gammaincinv(k + 1.0, uniform(asked.seed, FIRST, train, 0))
        return scale[train] * longer * uniform(asked.seed, FIRST + 1, train, 0)

    return asked.result(*renewal(asked, first, intervals))


def renewal(
    asked: Request,
    first: Callable[[np.ndarray], np.ndarray],
    intervals: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """Return the times of all trains, train by train, and how many each has.

    Parameters
    ----------
    asked : Request
        Rates and window.
    first : callable
        Times of the first spikes of the trains numbered.
    intervals : callable
        Interval of each train (a column) that follows each spike (a row).
    """
    mean = asked.rate * asked.length
    most = int(mean.max() + 6.0 * np.sqrt(mean.max())) + 10
    at_once = max(1, _NUMBERS_AT_ONCE // most)
    times, counts = [], []
    for begin in range(0, asked.rate.size, at_once):
        trains = asked.trains[begin : begin + at_once]
        block = _long_enough(trains, first, intervals, most, asked.length)
        silent = asked.rate[trains] == 0
        inside = (block < asked.length) & ~silent[:, None]
        times.append(block[inside])
        counts.append(inside.sum(axis=1))
    return np.concatenate(times), np.concatenate(counts)


def _long_enough(
    trains: np.ndarray,
    first: Callable[[np.ndarray], np.ndarray],
    intervals: Callable[[np.ndarray, np.ndarray], np.ndarray],
    most: int,
    length: float,
) -> np.ndarray:
    """Times of trains, a row each, that go beyond the end of the window."""
    block = first(trains)[:, None]
    while block[:, -1].min() < length:
        done = block.shape[1]
        gaps = intervals(trains[:, None], np.arange(done, done + most)[None, :])
        gaps[:, 0] += block[:, -1]
        block = np.hstack([block, np.cumsum(gaps, axis=1)])
        most = max(most // 4, 16)
    return block
