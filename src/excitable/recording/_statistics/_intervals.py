"""Inter-spike intervals: their histogram and their irregularity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.recording._statistics import _check
from excitable.recording._statistics._results import IntervalHistogram

if TYPE_CHECKING:
    from excitable.recording._spike_train import SpikeTrain


def isi_histogram(train: SpikeTrain, bin: Any = "1 ms", *, stop: Any = None) -> IntervalHistogram:
    """Count inter-spike intervals in bins of equal width from zero on.

    Parameters
    ----------
    bin : Quantity [time] or str
        Width of a bin.
    stop : Quantity [time] or str, optional
        End of the last bin, rounded up to whole bins; the longest interval if left out. Longer
        intervals are left out.

    Returns
    -------
    IntervalHistogram
        Edges, counts and density. Without any interval it is one bin that holds none.

    Raises
    ------
    ParameterError
        If a width is not above zero.

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> SpikeTrain([0, 3, 7, 10] * ms).isi_histogram(bin=2*ms).counts
    array([0, 2, 1])
    """
    width = _check.time(bin, "isi_histogram", "bin", example="1*ms")
    intervals = np.diff(train._times)
    if stop is None:
        bins = int(_check.bins_of(intervals.max(), width)) + 1 if intervals.size else 1
    else:
        end = _check.time(stop, "isi_histogram", "stop", example="100*ms")
        bins = max(int(np.ceil(end / width - 1e-9)), 1)
    place = _check.bins_of(intervals, width)
    counts = np.bincount(place[place < bins], minlength=bins)
    total = max(int(counts.sum()), 1)
    return IntervalHistogram(
        units.attach(np.arange(bins + 1) * width, "ms"),
        counts,
        units.attach(counts / (total * width), "Hz"),
    )


def cv(train: SpikeTrain) -> float:
    """Return the coefficient of variation of the inter-spike intervals.

    Returns
    -------
    float
        Standard deviation over mean: 0 for a regular train, 1 for a Poisson train.

    Raises
    ------
    UndefinedStatisticError
        If there are fewer than two intervals, or all of them are zero.

    Notes
    -----
    The standard deviation is that of the intervals at hand, their squares divided by their
    number. Of few intervals it comes out too small.

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> SpikeTrain([0, 10, 40] * ms).cv()
    0.5
    """
    intervals = _two_intervals(train, "cv")
    mean = intervals.mean()
    if mean == 0:
        raise _check.undefined("spikes that all coincide", "cv divides by their interval", "cv")
    return float(intervals.std() / mean)


def cv2(train: SpikeTrain) -> float:
    """Return the mean irregularity of neighbouring intervals, CV2.

    Returns
    -------
    float
        Mean of ``2 |b - a| / (a + b)`` over neighbouring intervals a, b: 0 for a regular train,
        1 for a Poisson train.

    Raises
    ------
    UndefinedStatisticError
        If there are fewer than two intervals, or two neighbouring ones are both zero.

    Notes
    -----
    It compares neighbours only, so that a slow drift of the rate hardly counts.

    References
    ----------
    HoltEtAl1996

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> SpikeTrain([0, 10, 40] * ms).cv2()
    1.0
    """
    return float(2.0 * np.abs(_contrasts(train, "cv2")).mean())


def lv(train: SpikeTrain) -> float:
    """Return the local variation of the intervals, LV.

    Returns
    -------
    float
        Mean of ``3 (b - a)^2 / (a + b)^2`` over neighbouring intervals a, b: 0 for a regular train,
        1 for a Poisson train.

    Raises
    ------
    UndefinedStatisticError
        If there are fewer than two intervals, or two neighbouring ones are both zero.

    References
    ----------
    ShinomotoEtAl2003

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> SpikeTrain([0, 10, 40] * ms).lv()
    0.75
    """
    contrasts = _contrasts(train, "lv")
    return float(3.0 * np.mean(contrasts * contrasts))


def _two_intervals(train: SpikeTrain, method: str) -> np.ndarray:
    intervals = np.diff(train._times)
    if intervals.size < 2:
        found = _check.plural(train.count, "spike")
        raise _check.undefined(found, f"{method} takes three or more", method)
    return intervals


def _contrasts(train: SpikeTrain, method: str) -> np.ndarray:
    """Difference over sum of neighbouring intervals."""
    intervals = _two_intervals(train, method)
    sums = train._times[2:] - train._times[:-2]
    if not sums.all():
        raise _check.undefined(
            f"three spikes at {train._times[:-2][sums == 0][0]:g} ms",
            f"{method} divides by the sum of two intervals",
            method,
        )
    return np.diff(intervals) / sums
