"""Poisson trains: exact intervals, rates that change, dead time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.recording import PSTH
from excitable.stimuli import Stimulus
from excitable.stimuli._random import uniform
from excitable.trains._arguments import (
    FIRST,
    INTERVAL,
    THINNING,
    Request,
    dead_time_in_ms,
    refuse,
    request,
    windowed,
)
from excitable.trains._rates import ChangingRate, changing_rate
from excitable.trains._renewal import renewal

if TYPE_CHECKING:
    from excitable.recording import Spikes, SpikeTrain


def poisson(
    rate: Any,
    duration: Any,
    *,
    seed: int = 0,
    dead_time: Any = None,
    n: int | None = None,
    start: Any = "0 ms",
    maximum: Any = None,
) -> SpikeTrain | Spikes:
    """Return a Poisson train: spikes that do not know of each other.

    Parameters
    ----------
    rate : Quantity [1/time], str, Stimulus, PSTH or callable
        Rate; an array has one for each train. A stimulus in Hz, a histogram or a function of time
        (a time quantity of any shape in, rates out) makes a rate that changes.
    duration : Quantity [time] or str
        Length of the window.
    seed : int
        Seed; the same seed gives the same train.
    dead_time : Quantity [time] or str, optional
        Time after each spike in which there is no other. The rate is the realised one all the
        same: between spikes the train fires the more.
    n : int, optional
        Number of independent trains.
    start : Quantity [time] or str
        Begin of the window.
    maximum : Quantity [1/time] or str, optional
        What a rate given as a function never exceeds; found by sampling it if left out.

    Returns
    -------
    SpikeTrain or Spikes
        One train; several if ``n`` or an array of rates is given.

    Raises
    ------
    ParameterError
        If rate times dead time reaches 1, a rate is negative or exceeds the maximum, or another
        argument is out of its bounds.

    Notes
    -----
    A constant rate is made of exponential intervals, exactly and without any bins: 5 spikes per
    step of some simulation are as right as 0.001. A rate that changes is made by thinning a train
    of the highest rate. With a dead time d the train is in equilibrium from the start, the
    intervals have the coefficient of variation 1 - r d, and the hazard between spikes is
    r(t) / (1 - integral of r over the d before t), which gives the rate r(t) exactly. Random
    numbers are functions of seed, train and number of the spike.

    References
    ----------
    LewisShedler1979; CoxLewis1966

    Examples
    --------
    >>> from excitable.units import Hz, ms, second
    >>> poisson(20*Hz, 1*second, seed=1)
    SpikeTrain(24 spikes, 0 to 1000 ms)
    >>> poisson(lambda t: 40*Hz * (t > 500*ms), 1*second, seed=1).between(0*ms, 500*ms).count
    0
    """
    if isinstance(rate, PSTH | Stimulus) or callable(rate):
        asked = windowed("poisson", np.zeros(()), duration, start=start, seed=seed, n=n)
        return asked.result(*_thinned(asked, rate, dead_time, maximum))
    if maximum is not None:
        refuse("a maximum for a constant rate", "it is for rates given as a function",
               "Leave maximum out", "poisson", "maximum")  # fmt: skip
    asked = request("poisson", rate, duration, start=start, seed=seed, n=n)
    dead = dead_time_in_ms(dead_time, "poisson", float(asked.rate.max()))
    return asked.result(*_constant(asked, dead))


def from_psth(
    psth: PSTH, *, seed: int = 0, dead_time: Any = None, n: int | None = None
) -> SpikeTrain | Spikes:
    """Return Poisson trains with the rate of a histogram.

    Parameters
    ----------
    psth : PSTH
        Histogram; its rate holds on each bin, and its edges give the window.
    seed : int
        Seed; the same seed gives the same train.
    dead_time : Quantity [time] or str, optional
        Time after each spike in which there is no other.
    n : int, optional
        Number of independent trains.

    Returns
    -------
    SpikeTrain or Spikes
        One train; several if ``n`` is given.

    Raises
    ------
    ParameterError
        If it is no histogram, or as `poisson` does.

    Examples
    --------
    >>> from excitable.units import Hz, ms, second
    >>> trials = poisson(20*Hz, 1*second, n=50)
    >>> from_psth(trials.psth(100*ms), n=10)
    Spikes(190 spikes of 10 neurons, 0 to 1000 ms)
    """
    if not isinstance(psth, PSTH):
        refuse(f"{type(psth).__name__}", "the histogram of a train or of trials is expected",
               "psth=train.psth(10*ms)", "from_psth", "psth")  # fmt: skip
    return poisson(
        psth,
        psth.edges[-1] - psth.edges[0],
        start=psth.edges[0],
        seed=seed,
        dead_time=dead_time,
        n=n,
    )


def _constant(asked: Request, dead: float) -> tuple[np.ndarray, np.ndarray]:
    hazard = asked.rate / (1.0 - asked.rate * dead)
    # A silent train is given long intervals, and loses its spikes in the end.
    mean = 1.0 / np.where(hazard > 0, hazard, 1.0 / asked.length)

    def intervals(train: np.ndarray, step: np.ndarray) -> np.ndarray:
        return dead - mean[train] * np.log(uniform(asked.seed, INTERVAL, train, step))

    def first(train: np.ndarray) -> np.ndarray:
        # With probability r d time zero falls into a dead time, of which any part is left.
        draw = uniform(asked.seed, FIRST, train, 0)
        left = np.maximum(asked.rate[train] * dead - draw, 0.0) / np.maximum(
            asked.rate[train], 1e-300
        )
        return left - mean[train] * np.log(uniform(asked.seed, INTERVAL, train, 0))

    return renewal(asked, first, intervals)


def _thinned(
    asked: Request, rate: Any, dead_time: Any, maximum: Any
) -> tuple[np.ndarray, np.ndarray]:
    bare_dead = 0.0 if dead_time is None else float(units.strip(dead_time, units.TIME, "dead_time"))
    curve = changing_rate(rate, asked.start, asked.length, abs(bare_dead), maximum)
    dead = dead_time_in_ms(dead_time, "poisson", curve.highest)
    bound = curve.highest / (1.0 - curve.highest * dead)
    frequent = Request(
        np.full(asked.rate.size, bound), asked.start, asked.length, asked.seed, single=False
    )
    times, counts = _constant(frequent, 0.0)
    train = np.repeat(asked.trains, counts)
    number = np.arange(times.size) - np.repeat(np.cumsum(counts) - counts, counts)
    hazard = curve.at(times)
    if dead:
        hazard = hazard / (1.0 - curve.just_before(times, dead))
    kept = uniform(asked.seed, THINNING, train, number) * bound < hazard
    times, train = times[kept], train[kept]
    if dead:
        alive = _outside_dead_time(times, train, dead, _last_before(asked, curve, dead))
        times, train = times[alive], train[alive]
    return times, np.bincount(train, minlength=asked.rate.size)


def _last_before(asked: Request, curve: ChangingRate, dead: float) -> np.ndarray:
    """Time of each train's last spike before the window, if its dead time reaches into it."""
    before = float(curve.at(np.zeros(1))[0])
    draw = uniform(asked.seed, FIRST, asked.trains, 0)
    return np.where(draw < before * dead, -draw / max(before, 1e-300), -np.inf)


def _outside_dead_time(
    times: np.ndarray, train: np.ndarray, dead: float, last: np.ndarray
) -> np.ndarray:
    """Whether each spike stands: one that falls into the dead time of one that stands does not."""
    stands = np.ones(times.size, dtype=bool)
    latest = last.tolist()
    for i, (t, k) in enumerate(zip(times.tolist(), train.tolist(), strict=True)):
        if t - latest[k] < dead:
            stands[i] = False
        else:
            latest[k] = t
    return stands
