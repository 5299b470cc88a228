"""Counts of spikes in windows: rates over time and their variability."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.recording._statistics import _check
from excitable.recording._statistics._results import PSTH

if TYPE_CHECKING:
    from excitable.recording._spike_train import SpikeTrain
    from excitable.recording._spikes import Spikes


def psth(trials: SpikeTrain | Spikes, bin: Any) -> PSTH:
    """Return the firing rate in bins, averaged over trials: the peri-stimulus time histogram.

    Parameters
    ----------
    bin : Quantity [time] or str
        Width of a bin. The first begins where the window does; the last ends with the window,
        shorter than the others if need be.

    Returns
    -------
    PSTH
        Edges, counts and rate; the rate in the last bin is that of its own width.

    Raises
    ------
    ParameterError
        If the width is not above zero, the window has no length, or there are no trials.

    Notes
    -----
    A train is one trial. `Spikes` are many: trains of one neuron in repeated trials, or of one
    population. `SpikeTrain.around` cuts trials out of a long recording.

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> print(SpikeTrain([1, 2, 12] * ms, 0*ms, 20*ms).psth(10*ms).rate)
    [200.0 100.0] Hz
    """
    width = _check.time(bin, "psth", "bin")
    times, number = _pooled(trials)
    if number == 0:
        raise _check.undefined("no trials", "psth is an average over trials", "psth")
    length = _check.window(trials, "psth")  # pyright: ignore[reportArgumentType]
    bins = max(int(np.ceil(length / width - 1e-9)), 1)
    edges = np.append(trials._start + np.arange(bins) * width, trials._stop)
    place = _check.bins_of(times - trials._start, width)
    # A spike at the very end of the window belongs to the last bin.
    counts = np.bincount(np.minimum(place, bins - 1), minlength=bins)
    rate = counts / (number * np.diff(edges))
    return PSTH(units.attach(edges, "ms"), counts, units.attach(rate, "Hz"), number)


def fano(trials: SpikeTrain | Spikes, window: Any) -> Any:
    """Return the Fano factor of spike counts: their variance over their mean.

    Parameters
    ----------
    window : Quantity [time] or str, shape () or (k,)
        Lengths of the windows in which spikes are counted.

    Returns
    -------
    float or ndarray of shape (k,)
        One for each length: 1 for a Poisson train, less for a more regular one.

    Raises
    ------
    ParameterError
        If a length is not above zero.
    UndefinedStatisticError
        If fewer than two whole windows fit into what was observed, or they hold no spike.

    Notes
    -----
    Windows follow each other without gap or overlap; what is left at the end is not counted. The
    variance is the unbiased one. Of `Spikes`, the windows of all trains are taken together.

    Examples
    --------
    >>> from excitable import trains
    >>> from excitable.units import Hz, ms, second
    >>> trains.regular(10*Hz, 2*second).fano([50, 100] * ms).round(3)
    array([0.513, 0.   ])
    """
    lengths = _check.widths(window, "fano", "window")
    factors = np.array([_one_fano(trials, width) for width in lengths.ravel().tolist()])
    return float(factors[0]) if lengths.ndim == 0 else factors.reshape(lengths.shape)


def _one_fano(trials: SpikeTrain | Spikes, width: float) -> float:
    counts = counts_in_windows(trials, width)
    if counts.size < 2:
        found = _check.plural(counts.size, "window")
        raise _check.undefined(
            f"{found} of {width:g} ms in what was observed", "fano takes two or more", "fano"
        )
    if not counts.any():
        raise _check.undefined("windows without a spike", "fano divides by their mean", "fano")
    return float(counts.var(ddof=1) / counts.mean())


def counts_in_windows(trials: SpikeTrain | Spikes, width: float) -> np.ndarray:
    """Return the spike counts of all whole windows of all trials, bare width in ms."""
    times, number = _pooled(trials)
    each = int(_check.bins_of(trials._stop - trials._start, width))
    place = _check.bins_of(times - trials._start, width)
    inside = place < each
    if number != 1:
        place += each * np.repeat(np.arange(number), trials.counts())  # pyright: ignore
    return np.bincount(place[inside], minlength=each * number)


def _pooled(trials: SpikeTrain | Spikes) -> tuple[np.ndarray, int]:
    """Times of all trials, trial by trial, and how many trials there are."""
    grouped = getattr(trials, "grouped_ms", None)
    return (trials._times, 1) if grouped is None else (grouped, len(trials))  # pyright: ignore
