"""Arguments that all generators share, checked and stripped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np

from excitable import units
from excitable.errors import ParameterError
from excitable.recording import Spikes, SpikeTrain

# Streams of random numbers below belong to noise stimuli; a train of the same seed shares none.
STREAM = 2**31
FIRST, INTERVAL, THINNING = STREAM, STREAM + 2, STREAM + 4

_MOST = 1e9  # spikes


@dataclass(frozen=True, slots=True)
class Request:
    """What to make: so many trains in a window, one rate each.

    Parameters
    ----------
    rate : ndarray, shape (n,)
        Rates per ms.
    start, length : float
        Window in ms.
    seed : int
        Seed.
    single : bool
        Whether one train was asked for, not a list of one.
    """

    rate: np.ndarray
    start: float
    length: float
    seed: int
    single: bool

    @property
    def trains(self) -> np.ndarray:
        """Numbers of the trains."""
        return np.arange(self.rate.size)

    def result(self, times: np.ndarray, counts: np.ndarray) -> SpikeTrain | Spikes:
        """Return ascending times from the begin of the window, train by train, as asked for."""
        shifted, stop = times + self.start, self.start + self.length
        if self.single:
            return SpikeTrain.from_ms(shifted, self.start, stop)
        offsets = np.concatenate([[0], np.cumsum(counts)])
        return Spikes(shifted, offsets, start=self.start, stop=stop)


def request(
    owner: str, rate: Any, duration: Any, *, start: Any, seed: Any, n: Any = None
) -> Request:
    """Check and strip what every generator takes."""
    rates = np.asarray(units.strip(rate, units.RATE, f"{owner}.rate"), dtype=np.float64)
    bad = rates[~(np.isfinite(rates) & (rates >= 0))].ravel()
    if rates.ndim > 1 or bad.size:
        refuse(
            f"{1000 * bad[0]:g} Hz" if bad.size else f"rates of shape {rates.shape}",
            "a rate of zero or more, or one for each train, is expected",
            "rate=20*Hz",
            owner,
            "rate",
        )
    return windowed(owner, rates, duration, start=start, seed=seed, n=n)


def windowed(
    owner: str, rates: np.ndarray, duration: Any, *, start: Any, seed: Any, n: Any
) -> Request:
    """Check the rest, the rates being known."""
    begin = float(units.strip(start, units.TIME, f"{owner}.start"))
    length = positive_time(duration, owner, "duration", example="1*second")
    if not np.isfinite(begin):
        refuse(f"{begin} ms", "a finite time is expected", "start=0*ms", owner, "start")
    count = number_of_trains(owner, rates, n)
    every = np.broadcast_to(rates, (count,))
    if every.sum() * length > _MOST:
        refuse(f"about {every.sum() * length:.2g} spikes", f"at most {_MOST:.0e} fit into memory",
               "Write a lower rate, a shorter duration or fewer trains", owner, "rate")  # fmt: skip
    return Request(
        every,
        begin,
        length,
        checked_seed(owner, seed),
        single=n is None and rates.ndim == 0,
    )


def number_of_trains(owner: str, rates: np.ndarray, n: Any) -> int:
    """Return how many trains are asked for."""
    if n is None:
        return rates.size
    whole = isinstance(n, int | np.integer) and not isinstance(n, bool)
    if not whole or n < 1 or (rates.ndim and rates.size != n):
        expected = (
            f"there are rates for {rates.size} trains"
            if rates.ndim
            else "a whole number above zero is expected"
        )
        refuse(f"n = {n!r}", expected, f"n={rates.size if rates.ndim else 10}", owner, "n")
    return int(n)


def checked_seed(owner: str, seed: Any) -> int:
    """Return a seed that the random numbers take."""
    whole = isinstance(seed, int | np.integer) and not isinstance(seed, bool)
    if not whole or not 0 <= seed < 2**64:
        refuse(f"{seed!r}", "a whole number from 0 to 2**64 - 1 is expected", "seed=1", owner,
               "seed")  # fmt: skip
    return int(seed)


def positive_time(value: Any, owner: str, name: str, *, example: str = "1*ms") -> float:
    """Return one finite time above zero, in ms."""
    bare = units.strip(value, units.TIME, f"{owner}.{name}")
    if not isinstance(bare, float) or not (np.isfinite(bare) and bare > 0):
        found = f"{bare:g} ms" if isinstance(bare, float) else "an array"
        refuse(found, "one time above zero is expected", f"{name}={example}", owner, name)
    return bare


def dead_time_in_ms(value: Any, owner: str, highest: float) -> float:
    """Return a dead time that leaves room for the highest rate, in ms; 0 for None."""
    if value is None:
        return 0.0
    bare = units.strip(value, units.TIME, f"{owner}.dead_time")
    if not isinstance(bare, float) or not (np.isfinite(bare) and bare >= 0):
        found = f"{bare:g} ms" if isinstance(bare, float) else "an array"
        refuse(found, "one time of zero or more is expected", "dead_time=2*ms", owner, "dead_time")
    if highest * bare >= 1.0:
        refuse(
            f"{1000 * highest:g} Hz with a dead time of {bare:g} ms",
            f"their product is {highest * bare:.3g} and has to be below 1, for a train that is "
            "silent so long after each spike cannot fire so often",
            f"Write a dead_time below {1 / highest:.3g} ms, or a lower rate",
            owner,
            "dead_time",
        )
    return bare


def refuse(found: str, expected: str, write: str, owner: str, name: str) -> NoReturn:
    """Raise the error for an argument."""
    text = write if write[0].isupper() else f"Write {write}"
    raise ParameterError(found, expected, text, owner=f"trains.{owner}", name=name)
