"""The level at which a stable cycle of the adaptation map meets an unstable one.

There its multiplier m comes to one, and (1 - m)**2 falls to zero in proportion to the distance of
the level: its zero is found by secants, with cycles on the side where they exist.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from excitable.analysis.hybrid._cycles import Cycle, solve_cycle
from excitable.analysis.hybrid._levels import Levels

_ROUNDS = 14
_SAME = 1e-4  # of the scale: points that are taken for one
_FINE = 1e-11  # of the scale
_NEARLY = 0.9  # gap from which on it is worth trying
_AHEAD = (0.02, 0.1, 0.3, 0.6)  # of the distance that is left


@dataclass(frozen=True)
class Loss:
    """Where a cycle is lost.

    Parameters
    ----------
    level : float
        The input.
    frequency : float
        Rate there in Hz: the limit from above.
    kind : str
        How it is lost.
    """

    level: float
    frequency: float
    kind: str


@dataclass(frozen=True, eq=False)
class _Point:
    """A cycle at a level."""

    level: float
    cycle: Cycle

    @property
    def gap(self) -> float:
        """How far its multiplier is from one."""
        return 1.0 - self.cycle.multiplier


class Vanishing:
    """A cycle that is followed down to where it meets another.

    Parameters
    ----------
    levels : Levels
        The adaptation maps.
    """

    def __init__(self, levels: Levels) -> None:
        self.levels = levels
        self.span = 20.0 * levels.map.scale

    def cycle_near(self, level: float, guess: np.ndarray) -> Cycle | None:
        """Return the stable cycle near some points, if there is one."""
        return self._solved(level, guess) if guess.size else None

    def _solved(self, level: float, guess: np.ndarray) -> Cycle | None:
        # A fixed point that is neared from both sides by turns looks like a cycle of two.
        for n in range(1, guess.size):
            same = np.abs(guess - np.roll(guess, n)).max() < _SAME * self.levels.map.scale
            if same and guess.size % n == 0:
                guess = guess[:n]
                break
        lanes = self.levels.lanes(np.full(guess.size, level))
        cycle = solve_cycle(self.levels.map, guess, self.span, lanes)
        return cycle if cycle is not None and cycle.stable else None

    def _point(self, level: float, guess: np.ndarray) -> _Point | None:
        cycle = self._solved(level, guess)
        return None if cycle is None else _Point(level, cycle)

    def end(self, level: float, cycle: Cycle, low: float) -> Loss | None:
        """Return where a cycle is lost, or None where its multiplier does not come to one.

        Parameters
        ----------
        level : float
            Where it is known.
        cycle : Cycle
            The cycle there.
        low : float
            A level at which nothing lasts.

        Returns
        -------
        Loss or None
            Level, rate and how.
        """
        b = _Point(level, cycle)
        if not 0.0 < b.gap < _NEARLY:
            return None
        a = self._point(level + 0.2 * (level - low), cycle.w)
        for _ in range(_ROUNDS):
            if a is None or b is None or not 0.0 < b.gap < min(a.gap, _NEARLY):
                return None
            aim = b.level - b.gap**2 * (a.level - b.level) / (a.gap**2 - b.gap**2)
            if aim < low - (level - low):
                return None
            if b.level - aim < _FINE * self.levels.scale:
                return self._loss(a, b, aim)
            a, b = b, self._nearer(a, b, aim)
        return None

    def _nearer(self, a: _Point, b: _Point, aim: float) -> _Point | None:
        """Return a cycle closer to the end, as close as Newton's method finds it."""
        for ahead in _AHEAD:
            # Its points go with the gap, that is, with the root of the distance.
            share = b.gap * (1.0 - ahead**0.5) / (a.gap - b.gap)
            level = aim + ahead * (b.level - aim)
            c = self._point(level, b.cycle.w + share * (b.cycle.w - a.cycle.w))
            if c is not None and c.gap < b.gap:
                return c
        return None

    def _loss(self, a: _Point, b: _Point, aim: float) -> Loss:
        n = b.cycle.w.size
        periods = [float(one.cycle.interval.sum()) for one in (a, b)]
        period = periods[1] - b.gap * (periods[0] - periods[1]) / (a.gap - b.gap)
        words = "fixed points" if n == 1 else "cycles"
        return Loss(aim, 1e3 * n / period, f"{words} of the map merge")
