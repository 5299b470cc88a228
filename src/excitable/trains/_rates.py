"""Rates that change over time, from histograms, stimuli and functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.recording import PSTH
from excitable.stimuli import Stimulus, lower
from excitable.trains._arguments import refuse

if TYPE_CHECKING:
    from collections.abc import Callable

_SAMPLES = 10_000
_MARGIN = 1.1


@dataclass(frozen=True, slots=True)
class ChangingRate:
    """A rate over the window, times in ms from its begin.

    Parameters
    ----------
    at : callable
        Rate per ms at bare times; before the window that at its begin.
    highest : float
        What it never exceeds.
    corners : ndarray
        Times at which it jumps, and many between.
    """

    at: Callable[[np.ndarray], np.ndarray]
    highest: float
    corners: np.ndarray

    def just_before(self, t: np.ndarray, dead_time: float) -> np.ndarray:
        """Return the integral of the rate over the dead time before each time."""
        middle = self.at(0.5 * (self.corners[1:] + self.corners[:-1]))
        summed = np.concatenate([[0.0], np.cumsum(middle * np.diff(self.corners))])
        before = self.at(np.zeros(1))[0]

        def integral(upper: np.ndarray) -> np.ndarray:
            return np.where(upper < 0, before * upper, np.interp(upper, self.corners, summed))

        return integral(t) - integral(t - dead_time)


def changing_rate(
    rate: Any, start: float, length: float, dead_time: float, maximum: Any
) -> ChangingRate:
    """Return the rate that a user gave as a histogram, a stimulus or a function."""
    if maximum is not None and not callable(rate):
        refuse("a maximum for a rate that tells its own", "it is for functions only",
               "Leave maximum out", "poisson", "maximum")  # fmt: skip
    # Fine enough for the integral over a dead time, by the values in the middle.
    pieces = max(_SAMPLES, int(20 * length / dead_time) if dead_time else 0)
    grid = np.linspace(0.0, length, pieces + 1)
    if isinstance(rate, PSTH):
        return _from_histogram(rate, start, length)
    if isinstance(rate, Stimulus):
        return _from_stimulus(rate, start, length, grid)
    return _from_function(rate, start, grid, maximum)


def _from_histogram(psth: PSTH, start: float, length: float) -> ChangingRate:
    edges = np.asarray(units.strip(psth.edges, units.TIME, "poisson.rate")) - start
    levels = np.asarray(units.strip(psth.rate, units.RATE, "poisson.rate"))
    slack = 1e-9 * length
    if edges[0] > slack or edges[-1] < length - slack:
        refuse(
            f"a histogram from {edges[0] + start:g} ms to {edges[-1] + start:g} ms",
            f"it covers the window from {start:g} ms to {start + length:g} ms",
            "Write from_psth(psth), which takes its window",
            "poisson",
            "rate",
        )

    def at(t: np.ndarray) -> np.ndarray:
        place = np.searchsorted(edges, t, side="right") - 1
        return levels[np.clip(place, 0, levels.size - 1)]

    inside = edges[(edges > 0) & (edges < length)]
    return ChangingRate(at, float(levels.max()), np.concatenate([[0.0], inside, [length]]))


def _from_stimulus(rate: Stimulus, start: float, length: float, grid: np.ndarray) -> ChangingRate:
    if rate.size not in (None, 1):
        refuse(f"a stimulus for {rate.size} neurons", "one rate over time is expected",
               "Write a stimulus without arrays", "poisson", "rate")  # fmt: skip
    table = lower(rate, units.RATE, 1, duration=length, dt=0.1, t_start=start, owner="poisson.rate")
    ends = np.append(table.times[1:], length)
    last = table.level + table.slope * (ends - table.times)
    highest = float(np.maximum(table.level, last).max())
    highest += float(sum(np.abs(wave.amplitude).max() for wave in table.oscillations))

    def at(t: np.ndarray) -> np.ndarray:
        return _not_negative(table.value(t, 0), t + start)

    corners = np.unique(np.concatenate([grid, table.times]))
    at(corners)  # refuses what is negative, also where no spike would have asked
    return ChangingRate(at, highest, corners)


def _from_function(
    rate: Callable[[Any], Any], start: float, grid: np.ndarray, maximum: Any
) -> ChangingRate:
    def values(t: np.ndarray) -> np.ndarray:
        given = rate(units.attach(np.maximum(t, 0.0) + start, "ms"))
        bare = np.asarray(units.strip(given, units.RATE, "poisson.rate(t)"), dtype=np.float64)
        if bare.shape not in ((), t.shape):
            refuse(
                f"for {t.size} times it returns values of shape {bare.shape}",
                "one rate for each time is expected",
                "Write a function of an array of times, such as lambda t: 20*Hz*(t > 100*ms)",
                "poisson",
                "rate",
            )
        return _not_negative(np.broadcast_to(bare, t.shape), t + start)

    if maximum is None:
        # A narrow peak between the samples is noticed when a spike falls onto it.
        highest = _MARGIN * float(values(grid).max())
    else:
        highest = float(units.strip(maximum, units.RATE, "poisson.maximum"))

    def at(t: np.ndarray) -> np.ndarray:
        found = values(t)
        if found.size and found.max() > highest:
            worst = int(np.argmax(found))
            refuse(
                f"{1000 * found[worst]:g} Hz at {t[worst] + start:g} ms, above the maximum of "
                f"{1000 * highest:g} Hz that was found or given",
                "no rate exceeds the maximum",
                f"maximum={1000 * _MARGIN * found[worst]:.3g}*Hz or more",
                "poisson",
                "maximum",
            )
        return found

    return ChangingRate(at, highest, grid)


def _not_negative(rate: np.ndarray, t: np.ndarray) -> np.ndarray:
    wrong = ~(np.isfinite(rate) & (rate >= 0))
    if wrong.any():
        first = int(np.argmax(wrong))
        refuse(
            f"{1000 * rate[first]:g} Hz at {t[first]:g} ms",
            "a rate of zero or more is expected at every time",
            "Write a rate that stays above zero, for example with numpy.maximum",
            "poisson",
            "rate",
        )
    return rate
