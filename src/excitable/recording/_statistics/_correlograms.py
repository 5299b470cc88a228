"""Correlograms: how often spikes stand a lag apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.recording._statistics import _check
from excitable.recording._statistics._convolution import blocks, pairs
from excitable.recording._statistics._results import Correlogram

if TYPE_CHECKING:
    from excitable.recording._spike_train import SpikeTrain

_PAIRS_AT_ONCE = 4_000_000


def autocorrelogram(train: SpikeTrain, bin: Any = "1 ms", span: Any = "100 ms") -> Correlogram:
    """Count pairs of spikes of the train by the lag between them.

    Parameters
    ----------
    bin : Quantity [time] or str
        Width of a bin; the middle one is centred at zero.
    span : Quantity [time] or str
        Greatest lag, rounded down to whole bins.

    Returns
    -------
    Correlogram
        Lags, counts, what is expected of a Poisson train, and the rate at each lag. A spike is
        no pair with itself. It is all zero for fewer than two spikes.

    Raises
    ------
    ParameterError
        If a time is not above zero, or the window has no length.

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> SpikeTrain([0, 5, 10] * ms).autocorrelogram(bin=5*ms, span=10*ms).counts
    array([1, 2, 0, 2, 1])
    """
    width, steps = _grid(bin, span, "autocorrelogram")
    length = _check.window(train, "autocorrelogram")
    times = train._times
    counts = np.zeros(2 * steps + 1, dtype=np.int64)
    # The k-th spike after each, for k = 1, 2, ...: the lags to come are longer still.
    for later in range(1, times.size):
        lags = times[later:] - times[:-later]
        if lags.min() > (steps + 1) * width:
            break
        place = _check.bins_of(lags + width / 2, width)
        found = np.bincount(place[place <= steps], minlength=steps + 1)
        counts[steps:] += found
        counts[: steps + 1] += _seen_from_the_other(lags, place, found, width)[::-1]
    return _correlogram(counts, width, (times.size, times.size), length)


def cross_correlogram(
    train: SpikeTrain, other: SpikeTrain, bin: Any = "1 ms", span: Any = "100 ms"
) -> Correlogram:
    """Count pairs of a spike of this train and one of another by the lag between them.

    Parameters
    ----------
    other : SpikeTrain
        The other train, observed in the same window.
    bin : Quantity [time] or str
        Width of a bin; the middle one is centred at zero.
    span : Quantity [time] or str
        Greatest lag, rounded down to whole bins.

    Returns
    -------
    Correlogram
        Positive lags are spikes of ``other`` after one of this train. It is all zero if a train
        is empty.

    Raises
    ------
    ParameterError
        If a time is not above zero, or the windows differ or have no length.

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> first = SpikeTrain([10, 20] * ms, 0*ms, 50*ms)
    >>> second = SpikeTrain([15, 25] * ms, 0*ms, 50*ms)
    >>> first.cross_correlogram(second, bin=5*ms, span=10*ms).counts
    array([0, 1, 0, 2, 0])
    """
    width, steps = _grid(bin, span, "cross_correlogram")
    length = _check.same_window(train, other, "cross_correlogram")
    reach = (steps + 0.5) * width * (1 + 1e-9)
    first = np.searchsorted(other._times, train._times - reach)
    last = np.searchsorted(other._times, train._times + reach, side="right")
    counts = np.zeros(2 * steps + 1, dtype=np.int64)
    for block in blocks(last - first, _PAIRS_AT_ONCE):
        owner, spike = pairs(first[block], last[block])
        lags = other._times[spike] - train._times[block][owner]
        place = _check.bins_of(lags + width / 2, width) + steps
        inside = (place >= 0) & (place <= 2 * steps)
        counts += np.bincount(place[inside], minlength=2 * steps + 1)
    return _correlogram(counts, width, (train.count, other.count), length)


def _seen_from_the_other(
    lags: np.ndarray, place: np.ndarray, found: np.ndarray, width: float
) -> np.ndarray:
    """Counts of the same pairs with the lags of the other sign, bins from zero downwards.

    The same numbers, but for lags on an edge: it is above its bin from either side.
    """
    edge = place[np.abs(lags - (place - 0.5) * width) <= 1e-9 * width]
    if not edge.size:
        return found
    steps = found.size - 1
    below = np.bincount(edge[edge <= steps + 1], minlength=steps + 2)
    return found - below[:-1] + below[1:]


def _grid(bin: Any, span: Any, method: str) -> tuple[float, int]:
    width = _check.time(bin, method, "bin", example="1*ms")
    reach = _check.time(span, method, "span", example="100*ms")
    if reach < width:
        _check.refuse(
            f"{reach:g} ms",
            f"a span of one bin ({width:g} ms) or more is expected",
            "span=100*ms",
            method,
            "span",
        )
    return width, int(_check.bins_of(reach, width))


def _correlogram(
    counts: np.ndarray, width: float, sizes: tuple[int, int], length: float
) -> Correlogram:
    first, second = sizes
    steps = counts.size // 2
    lags = width * np.arange(-steps, steps + 1)
    # Of the spikes that have a partner at this lag, the window still holds this part.
    held = np.maximum(length - np.abs(lags), 0.0) / length
    expected = held * first * second * width / length
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(held * first > 0, counts / (held * first * width), 0.0)
    return Correlogram(
        units.attach(lags, "ms"),
        counts,
        expected,
        units.attach(rate, "Hz"),
        units.attach(second / length, "Hz"),
        units.attach(width, "ms"),
    )
