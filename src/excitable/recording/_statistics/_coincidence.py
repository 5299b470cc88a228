"""The coincidence factor Gamma."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable.recording._statistics import _check

if TYPE_CHECKING:
    from excitable.recording._spike_train import SpikeTrain
    from excitable.recording._spikes import Spikes

NORMALISATIONS = ("model", "data")


def gamma_coincidence(
    data: SpikeTrain | Spikes, other: SpikeTrain, delta: Any, *, normalisation: str = "model"
) -> float:
    """Return the coincidence factor Gamma of a model's train with this one, the data.

    Parameters
    ----------
    other : SpikeTrain
        The model's train, observed in the same window.
    delta : Quantity [time] or str
        Spikes coincide if they are at most this far apart.
    normalisation : {"model", "data"}
        Whose rate nu says how many coincidences are expected by chance.

    Returns
    -------
    float
        (coincidences - 2 nu delta N) / ((N + M)/2 (1 - 2 nu delta)), where N spikes are the
        data's and M the model's: 1 for equal trains, 0 for what a Poisson train of that rate
        would reach, and 0 if one of the trains is empty. Of `Spikes` it is the mean over trials.

    Raises
    ------
    UndefinedStatisticError
        If both trains are empty.
    ParameterError
        If windows differ, or 2 nu delta reaches 1: then coincidences are
        certain by chance and the factor says nothing. Just below it does not exceed 1 either, for
        each spike takes part in at most one coincidence.

    Notes
    -----
    Spikes are matched one to one, as many as can be. The definition takes the model's rate. With
    ``"data"`` both the count expected by chance, 2 nu delta M, and the denominator take the rate
    of the data, which a model cannot change by firing more.

    References
    ----------
    KistlerEtAl1997; JolivetEtAl2008

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> data = SpikeTrain([100, 300, 500] * ms, 0*ms, 1000*ms)
    >>> model = SpikeTrain([101, 304, 800] * ms, 0*ms, 1000*ms)
    >>> round(data.gamma_coincidence(model, delta=4*ms), 3)
    0.658
    """
    _check.other_train(other, "gamma_coincidence")
    width = _check.time(delta, "gamma_coincidence", "delta", example="4*ms")
    if normalisation not in NORMALISATIONS:
        _check.refuse(f"{normalisation!r}", 'it is "model" or "data"', 'normalisation="model"',
                      "gamma_coincidence", "normalisation")  # fmt: skip
    trials = list(data) if hasattr(data, "grouped_ms") else [data]
    if not trials:
        raise _check.undefined("no trials", "Gamma is an average over them", "gamma_coincidence")
    return float(np.mean([_gamma(each, other, width, normalisation) for each in trials]))  # pyright: ignore


def gamma_intrinsic(trials: Spikes, delta: Any) -> float:
    """Return how well trials predict each other: Gamma averaged over all pairs of them.

    Parameters
    ----------
    delta : Quantity [time] or str
        Spikes coincide if they are at most this far apart.

    Returns
    -------
    float
        Mean over ordered pairs of different trials. A model's Gamma is often divided by it;
        where it is near zero the response is not reliable, and the ratio says nothing.

    Raises
    ------
    UndefinedStatisticError
        If there are fewer than two trials, or as `SpikeTrain.gamma_coincidence` does.

    References
    ----------
    JolivetEtAl2008

    Examples
    --------
    >>> from excitable import trains
    >>> from excitable.units import Hz, ms, second
    >>> trials = trains.jittered(20*Hz, 1*second, jitter=1*ms, n=3)
    >>> trials.gamma_intrinsic(4*ms) > 0.9
    True
    """
    width = _check.time(delta, "gamma_intrinsic", "delta", example="4*ms")
    each = list(trials)
    if len(each) < 2:
        raise _check.undefined(
            _check.plural(len(each), "trial"), "it compares two or more", "gamma_intrinsic"
        )
    pairs = [(a, b) for i, a in enumerate(each) for j, b in enumerate(each) if i != j]
    return float(np.mean([_gamma(a, b, width, "model") for a, b in pairs]))


def _gamma(data: SpikeTrain, model: SpikeTrain, width: float, normalisation: str) -> float:
    length = _check.same_window(data, model, "gamma_coincidence")
    both = data.count + model.count
    if both == 0:
        raise _check.undefined(
            "two trains without spikes", "Gamma divides by their number", "gamma_coincidence"
        )
    of_model = normalisation == "model"
    rated, other = (model, data) if of_model else (data, model)
    by_chance = 2.0 * width * rated.count / length
    if by_chance >= 1.0:
        whose = "model" if of_model else "data"
        _check.refuse(
            f"the {whose} fires at {1000 * rated.count / length:g} Hz, so that 2*rate*delta "
            f"is {by_chance:.3g}",
            "it is below 1, else every spike coincides by chance",
            f"Write a delta below {length / (2 * rated.count):.3g} ms, or take the model as bad",
            "gamma_coincidence",
            "delta",
        )
    hits = coincidences(data._times, model._times, width)
    return (hits - by_chance * other.count) / (0.5 * both) / (1.0 - by_chance)


def coincidences(first: np.ndarray, second: np.ndarray, width: float) -> int:
    """Return the greatest number of pairs, each spike in one at most, no further apart than width.

    Going through both trains at once and pairing the earliest spikes that can be paired gives the
    most. Times on a grid differ by the width up to rounding, and that counts as equal.
    """
    if not (first.size and second.size):
        return 0
    near = width + 4.0 * np.spacing(max(abs(first).max(), abs(second).max()))
    first = _with_partner(first, second, near)
    second = _with_partner(second, first, near)
    a, b = first.tolist(), second.tolist()
    i = j = hits = 0
    while i < len(a) and j < len(b):
        lag = b[j] - a[i]
        if lag > near:
            i += 1
        elif lag < -near:
            j += 1
        else:
            hits, i, j = hits + 1, i + 1, j + 1
    return hits


def _with_partner(times: np.ndarray, others: np.ndarray, near: float) -> np.ndarray:
    return times[
        np.searchsorted(others, times + near, side="right")
        > np.searchsorted(others, times - near, side="left")
    ]
