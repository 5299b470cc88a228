"""The adaptation map at many levels of an input, and where orbits go on for ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from excitable.analysis.hybrid._return_map import ReturnMap
from excitable.analysis.hybrid._steady import Knee, steady_input
from excitable.model import Model

GRID = 16
_BEYOND = 2.0 ** np.arange(0.0, 9.0, 1.5)
SPIKES = 24
LONGEST = 12  # spikes per cycle that are recognised
ROUGH = 1e-9
_REPEATS = 1e-7  # of the scale: how close an orbit comes to where it was


@dataclass(frozen=True, eq=False)
class Ends:
    """Where orbits end.

    Parameters
    ----------
    w : ndarray, shape (lanes,)
        Their last points, nan of those that fell silent.
    repeats : ndarray of int, shape (lanes,)
        After how many spikes they repeat themselves, 0 where they do not.
    window, intervals : ndarray, shape (LONGEST + 1, lanes)
        Their last points, the latest first, and the times that led to them, in ms.
    """

    w: np.ndarray
    repeats: np.ndarray
    window: np.ndarray
    intervals: np.ndarray


class Levels:
    """The adaptation map at many levels of an input.

    Parameters
    ----------
    model : Model
        A neuron of two states with a reset.
    input : str
        The input.
    known : mapping of str to float
        Parameters and other inputs.
    """

    def __init__(self, model: Model, input: str, known: Mapping[str, float]) -> None:
        self.model, self.input = model, input
        self.known = {**known, input: 0.0}
        self.map = ReturnMap(model, self.known, (input,))
        section = self.map.section
        self.declared = float(np.ravel(model.states[section.second].value)[0])
        self.knees = self._knees()
        self.scale = self._scale()

    def _knees(self) -> list[Knee]:
        """Levels at which equilibria vanish below the threshold, highest first."""
        section = self.map.section
        steady = steady_input(self.model.system, self.known, section.first, self.input)
        if steady is None:
            return []
        v = self._reset_potential()
        reach = float(self.map.reach[self.map.flight.first])
        low, high = v - 3.0 * reach, v + 3.0 * reach
        top = steady.threshold(v, high)
        return [] if top is None else [k for k in steady.knees(low, top) if k.kind != "start"]

    def _reset_potential(self) -> float:
        lanes = {self.input: np.zeros(1)}
        states, _ = self.map.section.begin(np.array([self.declared]), lanes)
        return float(states[self.map.flight.first, 0])

    def _scale(self) -> float:
        """Input that would carry a steady potential about as far as from reset to threshold."""
        lanes, one = {self.input: np.zeros(1)}, {self.input: np.ones(1)}
        flight = self.map.flight
        x = np.array([[float(np.ravel(s.value)[0])] for s in self.model.states.values()])
        push = (flight.drift(x, one) - flight.drift(x, lanes))[:, 0]
        J = flight.slopes(x, lanes)[0]
        reach, gain = float(flight.reach[flight.first]), abs(float(push[flight.first]))
        if gain > 0.0:
            return max(abs(float(J[flight.first, flight.first])), 1e-6) * reach / gain
        # The input comes in by way of the other state.
        steady = np.linalg.lstsq(J, -push, rcond=1e-12)[0][flight.first]
        return reach / max(abs(float(steady)), 1e-300)

    def lanes(self, levels: np.ndarray) -> dict[str, np.ndarray]:
        """Return the levels as lanes of the map."""
        return {self.input: np.asarray(levels, float)}

    def on_nullcline(self, levels: np.ndarray) -> np.ndarray:
        """Return the coordinate at which the potential stands still just after the reset."""
        w = np.full(levels.shape, self.declared)
        lanes = self.lanes(levels)
        flight = self.map.flight
        for _ in range(4):
            states, change = self.map.section.begin(w, lanes)
            speed = flight.drift(states, lanes)[flight.first]
            slope = np.einsum("li,il->l", flight.slopes(states, lanes)[:, flight.first], change)
            with np.errstate(all="ignore"):
                new = w - speed / slope
            w = np.where(np.isfinite(new), new, w)
        return w

    def lasting(self, levels: np.ndarray, spikes: int = SPIKES) -> tuple[np.ndarray, np.ndarray]:
        """Return at which levels orbits go on, and where one of them is, nan where none does."""
        levels = np.asarray(levels, float)
        turn = self.on_nullcline(levels)
        low = np.minimum(turn, self.declared) - self.map.scale
        high = np.maximum(turn, self.declared) + self.map.scale
        # Adaptation may build up in steps much smaller than what it comes to.
        far = high + self.map.scale * _BEYOND[:, None]
        w = np.concatenate([low + np.linspace(0.0, 1.0, GRID)[:, None] * (high - low), far])
        many = np.tile(levels, len(w))
        after = self.map(w.ravel(), self.lanes(many), tolerance=ROUGH).w.reshape(w.shape)
        with np.errstate(invalid="ignore"):
            falls = after <= w
        order = np.cumsum(falls, axis=0)
        total = order[-1]
        # The first, the middle and the last place where adaptation does not grow.
        starts = np.full((3, levels.size), np.nan)
        for row, rank in enumerate((1, np.maximum((total + 1) // 2, 1), np.maximum(total, 1))):
            chosen = falls & (order == rank)
            k = chosen.argmax(axis=0)
            starts[row] = np.where(chosen.any(axis=0), after[k, np.arange(k.size)], np.nan)
        ends = self.follow(starts.ravel(), np.tile(levels, 3), spikes).w.reshape(3, -1)
        alive = np.isfinite(ends)
        end = ends[alive.argmax(axis=0), np.arange(levels.size)]
        return np.asarray(alive.any(axis=0)), end

    def follow(self, w: np.ndarray, levels: np.ndarray, spikes: int) -> Ends:
        """Follow orbits until they fall silent, repeat themselves, or have spiked often enough.

        Parameters
        ----------
        w, levels : ndarray, shape (lanes,)
            Where they begin.
        spikes : int
            How many spikes are enough.

        Returns
        -------
        Ends
            Where they are.
        """
        window = np.full((LONGEST + 1, w.size), np.nan)
        intervals = window.copy()
        window[0] = w
        after = np.zeros(w.size, int)
        going = np.isfinite(window[0])
        for _ in range(spikes):
            here = np.flatnonzero(going)
            if not here.size:
                break
            step = self.map(window[0, here], self.lanes(levels[here]), tolerance=ROUGH)
            new = step.w
            window[1:, here], intervals[1:, here] = window[:-1, here], intervals[:-1, here]
            window[0, here], intervals[0, here] = new, step.interval
            with np.errstate(invalid="ignore"):
                close = np.abs(window[1:, here] - new) < _REPEATS * self.map.scale
            after[here] = np.where(close.any(axis=0), close.argmax(axis=0) + 1, 0)
            going[here] = np.isfinite(new) & (after[here] == 0)
        return Ends(window[0], after, window, intervals)
