"""From given states to the next spike, many lanes at once, to about eleven digits.

Every lane has its own step. Where the threshold lies inside a step, the step is taken again with
the length at which it ends on the threshold, found by Newton's method, so that a spike is as exact
as the steps are. Lanes that are caught by a stable equilibrium leave without a spike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from excitable.analysis.hybrid._flight import Flight
from excitable.analysis.hybrid._stepper import ORDER, error, step
from excitable.analysis.hybrid._trap import caught

TOLERANCE = 1e-12  # relative error of a step
_STEPS = 5_000
_LOOK = 16  # steps between two looks for lanes that come to rest
_FAR = 1e6  # of the reach: a lane that is so far away does not come back
_PAUSES = 8  # steps in a refractory time
_CORRECTIONS = 12
_GROW, _SHRINK = 6.0, 0.2
_LESS = 1e3  # a tangent is wanted with so much less accuracy


@dataclass(frozen=True)
class Passages:
    """How each lane came to its next spike.

    Parameters
    ----------
    time : ndarray, shape (lanes,)
        When, in ms from the start; nan where the lane falls silent.
    before : ndarray, shape (states, lanes)
        State on the threshold, before the reset.
    tangent : ndarray, shape (states, lanes) or None
        Derivative of `before` along the change of the start that was given.
    unclear : ndarray of bool, shape (lanes,)
        Lanes of which it is not known whether they spike: they took too many steps.
    """

    time: np.ndarray
    before: np.ndarray
    tangent: np.ndarray | None
    unclear: np.ndarray


def passages(
    flight: Flight, starts: np.ndarray, lanes: Mapping[str, np.ndarray] | None = None, *,
    tangents: np.ndarray | None = None, after_reset: bool = True, tolerance: float = TOLERANCE,
) -> Passages:  # fmt: skip
    """Follow states to their next spikes.

    Parameters
    ----------
    flight : Flight
        The neuron.
    starts : ndarray, shape (states, lanes)
        Where the lanes begin.
    lanes : mapping of str to ndarray, shape (lanes,), optional
        What differs from lane to lane.
    tangents : ndarray, shape (states, lanes), optional
        A change of the starts whose effect is followed.
    after_reset : bool
        Whether a refractory time comes first.
    tolerance : float
        Relative error of a step.

    Returns
    -------
    Passages
        Times, and states on the threshold.
    """
    n, count = starts.shape
    parts = [starts, np.zeros((1, count))] + ([] if tangents is None else [tangents])
    y = np.concatenate(parts).astype(float)
    lanes = dict(lanes or {})
    with np.errstate(all="ignore"):
        if after_reset:
            y = _wait(flight, y, lanes)
        found, unclear = _Search(
            flight, y, lanes, tolerance=tolerance, after_reset=after_reset
        ).run()
    return Passages(found[n], found[:n], None if tangents is None else found[n + 1 :], unclear)


def _wait(flight: Flight, y: np.ndarray, lanes: Mapping[str, np.ndarray]) -> np.ndarray:
    """Pass the refractory time, in which held states stand still and others go on."""
    pause = flight.pause(lanes, y.shape[1])
    if not (pause > 0.0).any():
        return y

    def rates(y: np.ndarray) -> np.ndarray:
        return flight.resting_rates(y, lanes)

    for _ in range(_PAUSES):
        y = step(rates, y, rates(y), pause / _PAUSES)[0]
    y[flight.size] = pause
    return y


class _Search:
    """The lanes that are on their way."""

    def __init__(
        self, flight: Flight, y: np.ndarray, lanes: Mapping[str, np.ndarray],
        *, tolerance: float, after_reset: bool,
    ) -> None:  # fmt: skip
        self.flight = flight
        self.after_reset = after_reset
        self.tolerance = tolerance
        self.all = dict(lanes)
        self.lanes = dict(lanes)
        self.left = np.arange(y.shape[1])
        self.y = y
        self.pace = np.zeros(y.shape[1])
        self.k = self._rates(y)
        self.below = flight.beyond(y, lanes) < 0.0
        n = flight.size
        quick = np.abs(self.k[:n] / flight.reach[:, None]).max(axis=0)
        self.h = 0.02 / np.maximum(quick, 1e-3)
        self.found = np.full(y.shape, np.nan)
        # Steps in which the threshold is crossed, to be taken again.
        self.last_y, self.last_k = np.empty_like(y), np.empty_like(y)
        self.last_h, self.last_pace = np.full(y.shape[1], np.nan), np.zeros(y.shape[1])

    def _rates(self, y: np.ndarray) -> np.ndarray:
        return self.flight.rates(y, self.lanes, self.pace)

    def run(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the states at the spikes, nan where there is none, and which lanes are unclear."""
        self._fire_at_once()
        for count in range(1, _STEPS + 1):
            if not self.left.size:
                break
            self._step(count)
        unclear = np.zeros(self.last_h.size, bool)
        unclear[self.left] = True
        self._land()
        return self.found, unclear

    def _fire_at_once(self) -> None:
        """Lanes that begin beyond the threshold spike where they are.

        A reset that leaves the neuron there, without a refractory time, would spike again and again
        at the same time: there the map is not defined.
        """
        beyond, gradient, drift = self.flight.event(self.y, self.lanes)
        rises = (gradient * drift).sum(axis=0) > 0.0
        above = (beyond > 0.0) | ((beyond == 0.0) & rises)
        waited = above & (self.y[self.flight.size] > 0.0) if self.after_reset else above
        self.found[:, waited] = self.y[:, waited]
        astray = above | ~np.isfinite(self.y[: self.flight.size]).all(axis=0)
        if astray.any():
            self._keep(~astray)

    def _step(self, count: int) -> None:
        """Take one step with every lane; those that have ended leave."""
        end, slopes = step(self._rates, self.y, self.k, self.h)
        worst = error(slopes, self.h, self.tolerance * self._scale(end))
        good = worst <= 1.0
        beyond = self.flight.beyond(end, self.lanes)
        crossed = good & self.below & (beyond >= 0.0)
        crossed |= self._over(end, slopes[-1], beyond, good)
        if crossed.any():
            here = self.left[crossed]
            self.last_y[:, here], self.last_k[:, here] = self.y[:, crossed], self.k[:, crossed]
            self.last_h[here], self.last_pace[here] = self.h[crossed], self.pace[crossed]
        self.y = np.where(good, end, self.y)
        self.k = np.where(good, slopes[-1], self.k)
        self.below = np.where(good, beyond < 0.0, self.below)
        n = self.flight.size
        far = (np.abs(self.y[:n]) > _FAR * self.flight.reach[:, None]).any(axis=0)
        gone = crossed | far | (self.h < 1e-14)
        if count % _LOOK == 0:
            gone |= ~gone & self._caught()
        factor = 0.9 * np.maximum(worst, 1e-12) ** (-1.0 / ORDER)
        self.h = self.h * np.clip(factor, _SHRINK, np.where(good, _GROW, 1.0))
        if gone.any():
            self._keep(~gone)
        self._change_over()

    def _change_over(self) -> None:
        """Follow the lanes that have come to their upstroke in the potential, others in time."""
        speed = self.flight.upstroke(self.y, self.lanes)
        change = (speed > 0.0) != (self.pace > 0.0)
        if change.any():
            # A lane that leaves its upstroke goes back to the rates by time.
            back = change & (self.pace > 0.0)
            n = self.flight.size
            self.h = np.where(back, self.h * self.k[n], self.h)
            self.k = np.where(back, self.k / self.k[n], self.k)
            self.pace = np.where(change, speed, self.pace)

    def _scale(self, end: np.ndarray) -> np.ndarray:
        n = self.flight.size
        scale = np.maximum(np.abs(self.y), np.abs(end))
        scale[:n] += self.flight.reach[:, None]
        scale[n:] += 1.0
        scale[n + 1 :] *= _LESS
        return scale

    def _over(
        self, end: np.ndarray, k: np.ndarray, beyond: np.ndarray, good: np.ndarray
    ) -> np.ndarray:
        """Whether a step rises above the threshold and comes back before it ends."""
        n = self.flight.size
        a = (self.flight.gradient(self.y, self.lanes) * self.k[:n]).sum(axis=0) * self.h
        b = (self.flight.gradient(end, self.lanes) * k[:n]).sum(axis=0) * self.h
        turned = good & self.below & (beyond < 0.0) & (a > 0.0) & (b < 0.0)
        if not turned.any():
            return turned
        before = self.flight.beyond(self.y, self.lanes)
        s = np.linspace(0.0, 1.0, 65)[:, None]
        top = (
            before * (1 + 2 * s) * (1 - s) ** 2 + beyond * s**2 * (3 - 2 * s)
            + a * s * (1 - s) ** 2 - b * s**2 * (1 - s)
        )  # fmt: skip
        # The lane is stopped where the cubic is highest: there the step is taken again.
        crossed = turned & (top.max(axis=0) >= 0.0)
        self.h = np.where(crossed, self.h * s[top.argmax(axis=0), 0], self.h)
        return crossed

    def _caught(self) -> np.ndarray:
        flight = self.flight

        def at(lanes: np.ndarray) -> dict[str, np.ndarray]:
            return {name: value[lanes] for name, value in self.lanes.items()}

        return caught(
            self.y[: flight.size], flight.reach,
            lambda x, lanes: flight.drift(x, at(lanes)),
            lambda x, lanes: flight.slopes(x, at(lanes)),
            lambda x, lanes: flight.beyond(x, at(lanes)),
        )  # fmt: skip

    def _keep(self, stay: np.ndarray) -> None:
        self.left, self.y, self.k = self.left[stay], self.y[:, stay], self.k[:, stay]
        self.h, self.below, self.pace = self.h[stay], self.below[stay], self.pace[stay]
        self.lanes = {name: value[stay] for name, value in self.lanes.items()}

    def _land(self) -> None:
        """Take the last steps again, so that they end on the threshold."""
        here = np.flatnonzero(np.isfinite(self.last_h))
        if not here.size:
            return
        flight, n = self.flight, self.flight.size
        self.lanes = {name: value[here] for name, value in self.all.items()}
        self.pace = self.last_pace[here]
        y, k, full = self.last_y[:, here], self.last_k[:, here], self.last_h[here]
        low, high = np.zeros_like(full), full.copy()
        h = full.copy()
        for _ in range(_CORRECTIONS):
            end, slopes = step(self._rates, y, k, h)
            beyond, gradient, _ = flight.event(end, self.lanes)
            low, high = np.where(beyond < 0.0, h, low), np.where(beyond < 0.0, high, h)
            new = h - beyond / (gradient * slopes[-1][:n]).sum(axis=0)
            inside = (new >= low) & (new <= high)
            new = np.where(inside, new, 0.5 * (low + high))
            done = np.abs(new - h) <= 1e-15 * full
            h = np.where(np.isfinite(new), new, h)
            if done.all():
                break
        end, slopes = step(self._rates, y, k, h)
        if len(end) > n + 1:
            # Equal times become equal places: a tangent is laid onto the threshold along the drift.
            _, gradient, drift = flight.event(end, self.lanes)
            late = (gradient * end[n + 1 :]).sum(axis=0) / (gradient * drift).sum(axis=0)
            end[n + 1 :] -= drift * late
        self.found[:, here] = end
