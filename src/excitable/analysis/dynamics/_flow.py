"""Follow the drift from some places, forward or backward, resets included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf, isfinite
from operator import mul

import numpy as np

from excitable.analysis._cubic import hermite
from excitable.expression import Symbol, Together, evaluate
from excitable.model import Model

# Dormand and Prince's pair of order 5(4).
_A = (
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
    (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
)
_E = (71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40)


CLOSE = 2e-4  # of the reach
_PAUSES = 40  # steps in a refractory time


@dataclass(frozen=True)
class Path:
    """One solution.

    Parameters
    ----------
    t : ndarray, shape (points,)
        Times in ms, away from the start.
    x : ndarray, shape (points, states)
        States.
    resets : ndarray of int
        Rows before which the state jumped.
    """

    t: np.ndarray
    x: np.ndarray
    resets: np.ndarray


@dataclass(frozen=True)
class Limits:
    """How far to follow, which way, and how finely."""

    duration: float
    sign: float
    spikes: int
    steps: int
    stride: float
    tolerance: float
    reach: list[float]


class Flow:
    """The drift of one neuron under constant inputs, forward or backward in time.

    Parameters
    ----------
    model : Model
        The neuron.
    known : mapping of str to float
        Parameters and inputs.
    reach : ndarray, shape (states,)
        What counts as a distance of order one.
    """

    def __init__(self, model: Model, known: Mapping[str, float], reach: np.ndarray) -> None:
        self.system = model.system
        self.known = dict(known)
        self.reach = reach
        states = self.system.states
        self._rates = Together(self.system.expanded_derivatives(), states, self.known)
        threshold = self.system.expanded_threshold() if self.system.reset else None
        self.threshold = threshold
        self._above = None if threshold is None else Together([threshold], states, self.known)
        refractory = self.system.refractory
        self.pause = 0.0 if refractory is None else float(evaluate(refractory, self.known))
        self.pauses = _PAUSES if self.pause > 0.0 else 0  # rows after a reset
        moved = self.system.expanded_reset()
        self._after = Together([moved.get(s, Symbol(s)) for s in states], states, self.known)

    def above(self, x: np.ndarray) -> float:
        """How far beyond the threshold a state is; nothing is without a reset."""
        return -1.0 if self._above is None else self._above(x.tolist())[0]

    def after(self, x: np.ndarray) -> np.ndarray:
        """Return the state after the reset."""
        return np.array(self._after(x.tolist()))

    def follow(
        self,
        starts: np.ndarray,
        duration: float,
        *,
        sign: float = 1.0,
        box: tuple[np.ndarray, np.ndarray] | None = None,
        spikes: int = 0,
        ends: np.ndarray | None = None,
        steps: int = 2000,
        stride: float = 0.05,
        tolerance: float = 1e-8,
    ) -> list[Path]:
        """Return the solutions from some places.

        Parameters
        ----------
        starts : ndarray, shape (lanes, states)
            Where they begin.
        duration : float
            How long, in ms.
        sign : float
            1 forward, -1 backward.
        box : (ndarray, ndarray), optional
            Where a solution ends when it leaves.
        spikes : int
            How many resets to pass; at the next crossing the solution ends.
        ends : ndarray, shape (places, states), optional
            Places, such as equilibria, that end a solution which comes close.
        steps : int
            Steps at most.
        stride : float
            Longest step, as a share of the reach.
        tolerance : float
            Relative error of a step.

        Returns
        -------
        list of Path
            One for each start.
        """
        reach = self.reach.tolist()
        limits = Limits(duration, sign, spikes, steps, stride, tolerance, reach)
        paths = []
        with np.errstate(all="ignore"):
            for start in starts:
                rows, jumps = [(0.0, np.array(start, float))], []
                for _ in self.steps(rows, jumps, limits):
                    x = rows[-1][1]
                    if ends is not None and len(ends):
                        if (np.abs((x - ends) / self.reach).max(axis=1) < CLOSE).any():
                            break
                    if box is not None and ((x < box[0]) | (x > box[1])).any():
                        break
                paths.append(
                    Path(
                        np.array([t for t, _ in rows]),
                        np.array([x for _, x in rows]),
                        np.array(jumps, int),
                    )
                )
        return paths

    def rate(self, x: list[float]) -> list[float]:
        """Return the drift at one state."""
        return self._rates(x)

    def steps(
        self, rows: list[tuple[float, np.ndarray]], jumps: list[int], limits: Limits
    ) -> Iterator[None]:
        """Take steps; each is noted in the rows, and in the jumps where the state is reset."""
        duration, sign = limits.duration, limits.sign
        # Plain floats: for a handful of states they are much faster than arrays.
        reach = limits.reach
        t, x = 0.0, rows[0][1].tolist()
        f = [sign * v for v in self.rate(x)]
        h = min(duration, 0.01 / (max(abs(v) / r for v, r in zip(f, reach, strict=True)) + 1e-12))
        for _ in range(limits.steps):
            h = min(h, duration - t)
            end, last, worst = self.trial(x, f, h, limits)
            far = max(abs(b - a) / r for a, b, r in zip(x, end, reach, strict=True)) / limits.stride
            if worst <= 1.0 and far <= 1.5:
                went = self._advance(rows, jumps, (t, h), (x, end, f, last), limits)
                if went is None:
                    return
                t = rows[-1][0] if went is not end else t + h
                f = last if went is end else [sign * v for v in self.rate(went)]
                x = went
                yield
                if duration - t <= 1e-12 * duration:
                    return
            share = 0.95 / max(far, 1e-9)
            h *= min(max(min(0.9 / max(worst, 1e-8) ** 0.2, share), 0.1), 4.0)
            if h < 1e-30:  # no step is so short unless the drift is not defined
                return

    def trial(
        self, x: list[float], f: list[float], h: float, limits: Limits
    ) -> tuple[list[float], list[float], float]:
        """One step: where it ends, the drift there, and its error over what is allowed."""
        ks = [f]
        y = x
        for row in _A:
            y = [
                v + h * sum(map(mul, row, k)) for v, k in zip(x, zip(*ks, strict=True), strict=True)
            ]
            ks.append([limits.sign * v for v in self._rates(y)])
        worst = 0.0
        for v, r, k in zip(x, limits.reach, zip(*ks, strict=True), strict=True):
            error = abs(h * sum(map(mul, _E, k))) / (limits.tolerance * (abs(v) + r))
            worst = max(worst, error) if isfinite(error) else inf
        return (y, ks[-1], worst) if worst < inf else (x, f, 1e9)

    def _advance(
        self, rows: list[tuple[float, np.ndarray]], jumps: list[int], clock: tuple[float, float],
        step: tuple[list[float], ...], limits: Limits,
    ) -> list[float] | None:  # fmt: skip
        """Note one step; return where the solution goes on, or None where it ends."""
        t, h = clock
        end = step[1]
        if self.threshold is None or not self.above(np.array(end)) >= 0.0:
            rows.append((t + h, np.array(end)))
            return end
        start, end_, f_start, f_end = (np.array(part) for part in step)
        crossing, share = self._crossing(start, end_, h * f_start, h * f_end)
        rows.append((t + share * h, crossing))
        if limits.sign < 0.0 or len(jumps) >= limits.spikes:
            return None
        after = self.after(crossing)
        jumps.append(len(rows))
        rows.append((t + share * h, after))
        return self._rested(rows, after)

    def _rested(self, rows: list[tuple[float, np.ndarray]], x: np.ndarray) -> list[float]:
        """Pass the refractory time, in which held states stand still and others go on."""
        if self.pause <= 0.0:
            return x.tolist()
        free = np.array([float(name not in self.system.held) for name in self.system.states])

        def drift(y: np.ndarray) -> np.ndarray:
            return free * np.array(self.rate(y.tolist()))

        h = self.pause / _PAUSES
        for _ in range(_PAUSES):
            a = drift(x)
            b = drift(x + 0.5 * h * a)
            c = drift(x + 0.5 * h * b)
            d = drift(x + h * c)
            x = x + h / 6.0 * (a + 2.0 * b + 2.0 * c + d)
            rows.append((rows[-1][0] + h, x))
        return x.tolist()

    def _crossing(
        self, start: np.ndarray, end: np.ndarray, a: np.ndarray, b: np.ndarray
    ) -> tuple[np.ndarray, float]:
        """Where a step meets the threshold, on the cubic through its ends."""
        low, high = 0.0, 1.0
        place = end
        for _ in range(50):
            s = 0.5 * (low + high)
            first, last, slope, last_slope = hermite(s)
            place = first * start + last * end + slope * a + last_slope * b
            if self.above(place) >= 0.0:
                high = s
            else:
                low = s
        return place, high
