"""What a step of input from rest does in the end, and the least that fires for ever."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.bifurcation._cycle_branch import CyclePiece
from excitable.analysis.dynamics._cycle import Cycle, limit_cycle
from excitable.analysis.dynamics._equilibria import Equilibria, equilibria
from excitable.analysis.dynamics._flow import Flow, Path
from excitable.analysis.onset._rest import bare_state
from excitable.model import Model

_FAN = 8  # levels tried between the beginning of stable spiking and the loss of rest
_STEPS, _LONGER = 1500, 8000
_SPREAD = 1e-3  # of an interval, over the last ones, where firing repeats
_LONG = 40.0  # slowest time constants after which firing is looked at
_SAMPLES, _DOUBLINGS = 2000, 5
_TOLERANCE = 1e-6
_NEAR = 1e-3
_TURNS = 6  # passages of a section after which a solution in the plane does not come to rest


class Steps:
    """Follows a neuron at rest after its input has been stepped.

    Parameters
    ----------
    model : Model
        One neuron.
    name : str
        The input.
    known : mapping of str to float
        Every parameter and input, in internal units.
    start : ndarray, shape (states,)
        Rest before the step.
    reach : ndarray, shape (states,)
        What counts as a distance of order one.
    """

    def __init__(
        self, model: Model, name: str, known: Mapping[str, float], start: np.ndarray,
        reach: np.ndarray,
    ) -> None:  # fmt: skip
        self.model, self.name, self.known = model, name, dict(known)
        self.start, self.reach = start, reach

    def _at(self, level: float) -> tuple[Flow, Equilibria, np.ndarray]:
        known = {**self.known, self.name: level}
        inputs = {
            key: units.attach(known[key], units.default_unit(given.dimension))
            for key, given in self.model.inputs.items()
        }
        found = equilibria(self.model, **inputs)
        ends = np.array([bare_state(self.model, one) for one in found.resting])
        return Flow(self.model, known, self.reach), found, ends

    def path(self, level: float, steps: int = _STEPS) -> tuple[Path, np.ndarray]:
        """Return the solution after a step, and the equilibria that would end it."""
        flow, _, ends = self._at(level)
        (path,) = flow.follow(
            self.start[None, :], 1e6, steps=steps, stride=0.25, tolerance=1e-8, ends=ends
        )
        return path, ends

    def outcome(self, level: float) -> tuple[Path, bool]:
        """Return the solution after a step, and whether it still turns after many turns."""
        for steps in (_STEPS, _LONGER):
            path, ends = self.path(level, steps)
            away = np.abs((path.x[-1] - ends) / self.reach).max(axis=1) if ends.size else ends
            near = bool((away < _NEAR).any())
            if near or passages(path) >= _TURNS:
                break
        return path, not near and passages(path) >= _TURNS

    def fires(self, level: float) -> bool:
        """Whether a step to a level has not come to rest after many turns."""
        return self.outcome(level)[1]

    def cycle(self, level: float) -> Cycle | None:
        """Return the stable cycle that a step to a level leads to."""
        if self.start.size > 2:
            return self._repeated(level)
        flow, found, ends = self._at(level)
        starts = [self.start]
        for one in found:
            x = bare_state(self.model, one)
            starts += [x + 0.02 * self.reach, x - 0.02 * self.reach]
        return limit_cycle(flow, np.array(starts), ends)

    def _repeated(self, level: float) -> Cycle | None:
        """Simulate until slow variables have settled; return one turn if spikes repeat."""
        _, found, _ = self._at(level)
        rates = np.abs(np.real(np.concatenate([one.eigenvalues.magnitude for one in found])))
        length = _LONG / float(rates[rates > 0.0].min())
        for _ in range(_DOUBLINGS):
            start, times = self._run(level, self.start, length, 1)
            last = np.diff(times[-6:])
            if last.size == 5 and np.ptp(last) <= _SPREAD * last.mean():
                break
            length *= 2.0
        else:
            return None
        period = float(last[-1])
        x = self._run(level, start[-1], period, _SAMPLES)[0]
        return Cycle(np.linspace(0.0, period, len(x)), x, period, np.array([], int))

    def _run(
        self, level: float, start: np.ndarray, length: float, samples: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return states at even times, shape (samples + 1, states), and spike times in ms."""
        from excitable.simulation import simulate

        model = self.model
        unit = {name: units.default_unit(model.dimensions[name]) for name in model.dimensions}
        known = {**self.known, self.name: level}
        inputs: dict[str, Any] = {s: units.attach(known[s], unit[s]) for s in model.inputs}
        run = simulate(
            model, units.attach(length, "ms"), dt=units.attach(length / samples, "ms"),
            record=list(model.states), progress=False,
            initial={s: units.attach(float(v), unit[s])
                     for s, v in zip(model.states, start, strict=True)},
            **inputs,
        )  # fmt: skip
        x = np.stack([np.ravel(run.values[s]) for s in model.states], axis=1)
        return x, run.spikes[0].times_ms


def passages(path: Path) -> int:
    """Return how often a solution passes the middle of its later swings upwards."""
    x = path.x[len(path.x) // 4 :, 0]
    level = 0.5 * float(x.max() + x.min())
    return int(((x[:-1] < level) & (x[1:] >= level)).sum())


def least(
    fires: Callable[[float], bool], low: float, high: float, at_low: bool | None
) -> tuple[float, float]:
    """Return the least level that fires, and the relative width of its bracket.

    Parameters
    ----------
    fires : callable
        Whether a step to a level fires for ever.
    low, high : float
        Where stable spiking begins, and where rest is lost: it fires nowhere below, everywhere
        above.
    at_low : bool or None
        Whether it is known to fire at once above `low`.

    Returns
    -------
    (float, float)
        `low` or `high` themselves with width 0 where nothing lies between.
    """
    if at_low:
        return low, 0.0
    span = high - low
    shares = np.concatenate([[_TOLERANCE], np.arange(1, _FAN) / _FAN, [1.0 - _TOLERANCE]])
    below = low
    for share in shares:
        level = low + share * span
        if not fires(level):
            below = level
            continue
        if below == low:
            return low, _TOLERANCE * span / max(abs(low), span)
        above = level
        while above - below > _TOLERANCE * max(abs(above), span):
            middle = 0.5 * (below + above)
            below, above = (below, middle) if fires(middle) else (middle, above)
        return above, _TOLERANCE
    return high, 0.0


def inside(point: np.ndarray, curve: np.ndarray) -> bool:
    """Whether a point of the plane lies inside a closed curve.

    Parameters
    ----------
    point : ndarray, shape (2,)
        In scales.
    curve : ndarray, shape (points, 2)
        In the same scales.
    """
    away = curve - point
    angle = np.unwrap(np.arctan2(away[:, 1], away[:, 0]))
    return bool(abs(angle[-1] - angle[0]) > np.pi)


def curves(piece: CyclePiece, rows: slice, reach: np.ndarray) -> list[np.ndarray]:
    """Return cycles of a family in the plane, each of shape (samples, 2), in scales."""
    out = []
    for k in range(*rows.indices(len(piece))):
        states = piece.profile(k)[1].values()
        out.append(np.stack([np.asarray(one.magnitude) for one in states], axis=1) / reach)
    return out
