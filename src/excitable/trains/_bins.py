"""The generator of many textbooks: a coin is thrown in each bin."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable.errors import ExcitableWarning
from excitable.stimuli._random import uniform
from excitable.trains._arguments import INTERVAL, positive_time, refuse, request

if TYPE_CHECKING:
    from excitable.recording import Spikes, SpikeTrain

_NUMBERS_AT_ONCE = 2_000_000
_TOO_LIKELY = 0.1


def bernoulli(
    rate: Any,
    duration: Any,
    dt: Any,
    *,
    seed: int = 0,
    n: int | None = None,
    start: Any = "0 ms",
) -> SpikeTrain | Spikes:
    """Return a train with at most one spike in each bin, with probability rate times dt.

    Parameters
    ----------
    rate : Quantity [1/time] or str, shape () or (n,)
        Rate; an array has one for each train.
    duration : Quantity [time] or str
        Length of the window; a part of a bin at its end holds no spike.
    dt : Quantity [time] or str
        Width of a bin.
    seed : int
        Seed; the same seed gives the same train.
    n : int, optional
        Number of independent trains.
    start : Quantity [time] or str
        Begin of the window.

    Returns
    -------
    SpikeTrain or Spikes
        One train, several if ``n`` or an array of rates is given; spikes stand at the begin of
        their bins.

    Raises
    ------
    ParameterError
        If rate times dt reaches 1, or an argument is out of its bounds.

    Warns
    -----
    ExcitableWarning
        If rate times dt is above 0.1.

    Notes
    -----
    With p = rate dt its rate is right, but the Fano factor is 1 - p and the coefficient of
    variation of the intervals sqrt(1 - p): at p = 0.1 that is 0.90 and 0.95 in place of 1. It
    approximates a Poisson train for p far below 1 only. ``trains.poisson`` is exact for all.

    References
    ----------
    DayanAbbott2001, section 1.4

    Examples
    --------
    >>> from excitable.units import Hz, ms, second
    >>> bernoulli(20*Hz, 10*second, dt=1*ms, seed=1)
    SpikeTrain(197 spikes, 0 to 10000 ms)
    """
    asked = request("bernoulli", rate, duration, start=start, seed=seed, n=n)
    step = positive_time(dt, "bernoulli", "dt")
    likely = float(asked.rate.max()) * step
    if likely >= 1.0:
        refuse(
            f"{1000 * asked.rate.max():g} Hz in bins of {step:g} ms, a probability of {likely:.3g}",
            "it is below 1, and far below it for a train that is like Poisson's",
            "Write trains.poisson(rate, duration), which is exact at every rate",
            "bernoulli",
            "dt",
        )
    if likely > _TOO_LIKELY:
        warnings.warn(
            f"a spike in each bin of {step:g} ms has the probability {likely:.3g}: the Fano factor "
            f"is {1 - likely:.3g} and not 1; trains.poisson(rate, duration) is exact.",
            ExcitableWarning,
            stacklevel=2,
        )
    bins = int(asked.length / step + 1e-9)
    at_once = max(1, _NUMBERS_AT_ONCE // max(bins, 1))
    times, counts = [], []
    for begin in range(0, asked.rate.size, at_once):
        trains = asked.trains[begin : begin + at_once, None]
        hits = uniform(asked.seed, INTERVAL, trains, np.arange(bins)) < asked.rate[trains] * step
        times.append(np.nonzero(hits)[1] * step)
        counts.append(hits.sum(axis=1))
    return asked.result(np.concatenate(times), np.concatenate(counts))
