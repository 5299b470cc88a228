"""Explained variance of smoothed spike trains, by the recipe of the Allen Institute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable.recording._statistics import _check
from excitable.recording._statistics._results import ExplainedVariance

if TYPE_CHECKING:
    from excitable.recording._spike_train import SpikeTrain
    from excitable.recording._spikes import Spikes

# The Gaussian is cut off at this many standard deviations.
_REACH = 5.0


def explained_variance(
    data: SpikeTrain | Spikes, other: SpikeTrain, sigma: Any = "10 ms", *, dt: Any = "0.1 ms"
) -> ExplainedVariance:
    """Return how much of these smoothed trials, the data, a model's train explains.

    Parameters
    ----------
    other : SpikeTrain
        The model's train, observed in the same window.
    sigma : Quantity [time] or str, shape () or (k,)
        Standard deviation of the Gaussian that smooths the trains.
    dt : Quantity [time] or str
        Grid on which spikes are put, as the recipe has it.

    Returns
    -------
    ExplainedVariance
        ``model``, ``data`` and their ``ratio``; the published figures are ratios at 10 ms. A
        model that never fires explains 0.

    Raises
    ------
    UndefinedStatisticError
        If no trial has a spike.
    ParameterError
        If a time is not above zero, or windows differ.

    Notes
    -----
    Two smoothed trains x and y explain (var x + var y - var(x - y))/(var x + var y) of each other.
    ``model`` is the mean over trials of this for the model and a trial, within the window.
    ``data`` is the mean for a trial and the mean of all trials, itself among them, with
    the tails beyond the window. The Gaussian is sampled at the middles of 10 sigma/dt bins, so cut
    off at 5 sigma. All of this is the published recipe, kept so that figures can be compared.

    References
    ----------
    Teeter2018

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> train = SpikeTrain([20, 60] * ms, 0*ms, 100*ms)
    >>> train.explained_variance(train, sigma=4*ms)
    ExplainedVariance(model=1.0, data=1.0, ratio=1.0)
    """
    _check.other_train(other, "explained_variance")
    name = "explained_variance"
    widths = _check.widths(sigma, name, "sigma")
    step = _check.time(dt, name, "dt", example="0.1*ms")
    trials = list(data) if hasattr(data, "grouped_ms") else [data]
    for trial in trials:
        _check.same_window(trial, other, name)  # pyright: ignore[reportArgumentType]
    if not trials or not any(trial.count for trial in trials):
        raise _check.undefined("data without spikes", "their variance is divided by", name)
    on_grid = [_on_grid(trial, step) for trial in (*trials, other)]  # pyright: ignore
    found = np.array([_by_width(on_grid, width / step) for width in widths.ravel().tolist()])
    model, reliability = found.T.reshape(2, *widths.shape)
    if widths.ndim == 0:
        model, reliability = float(model), float(reliability)
    return ExplainedVariance(model, reliability, model / reliability)


def _on_grid(train: SpikeTrain, step: float) -> np.ndarray:
    bins = max(round((train._stop - train._start) / step), 1)
    place = np.round((train._times - train._start) / step).astype(np.int64)
    row = np.zeros(bins)
    row[np.minimum(place, bins - 1)] = 1.0
    return row


def _by_width(rows: list[np.ndarray], width: float) -> tuple[float, float]:
    """Explained variance of the trials by the model, and by their own mean; width in bins."""
    from scipy.signal import fftconvolve

    half = max(round(_REACH * width), 1)
    gaussian = np.exp(-0.5 * ((np.arange(2 * half) + 0.5 - half) / width) ** 2)
    whole = [fftconvolve(row, gaussian) for row in rows]
    trials = whole[:-1]
    mean = np.mean(trials, axis=0)
    begin = half - 1  # a kernel of even length has no middle: one bin more lies after it
    inside = [row[begin : begin + rows[0].size] for row in whole]
    return (
        float(np.mean([_shared(trial, inside[-1]) for trial in inside[:-1]])),
        float(np.mean([_shared(trial, mean) for trial in trials])),
    )


def _shared(x: np.ndarray, y: np.ndarray) -> float:
    both = x.var() + y.var()
    # Neither of them varies: there is nothing to explain, and nothing is.
    return float((both - (x - y).var()) / both) if both > 0 else 0.0
