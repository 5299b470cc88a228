"""What a neuron does for ever under constant input: followed by simulation until it repeats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.firing._swings import crossings
from excitable.expression import evaluate
from excitable.model import Model
from excitable.recording import Run
from excitable.simulation import simulate
from excitable.simulation._field import Field
from excitable.simulation._start import rest

_STAGES = 12  # each twice as long as the one before
_FIRST = 25.0  # slowest time constants in the first stage
_SAMPLES = 8192
_PATTERN = 48  # spikes or swings in one turn at most
_PLENTY = 2000  # spikes in one stage without a pattern: it is irregular
_REPEATS = 1e-4
_NEAR = 1e-4
_FLAT = 1e-7


@dataclass(frozen=True)
class Turn:
    """One turn of a train that repeats.

    Parameters
    ----------
    start : ndarray, shape (states,)
        A state on it: where it begins, or, with resets, anywhere between two spikes.
    count : int
        Spikes with a reset in one turn, 0 without resets.
    period : float
        In ms.
    t : ndarray
        Times in ms from its start; one turn without resets.
    x : ndarray, shape (samples, states)
        States then.
    """

    start: np.ndarray
    count: int
    period: float
    t: np.ndarray
    x: np.ndarray


class Attractor:
    """Runs one neuron until its fate is clear.

    Parameters
    ----------
    model : Model
        One neuron.
    known : mapping of str to float
        Every parameter and input.

    Attributes
    ----------
    fate : str
        `"turns"`, `"rests"` or `"unclear"`, after `find`.
    """

    def __init__(self, model: Model, known: Mapping[str, float]) -> None:
        self.model = model
        self.names = list(model.system.states)
        self.inputs: dict[str, Any] = {
            name: units.attach(known[name], units.default_unit(model.inputs[name].dimension))
            for name in model.inputs
        }
        drive = {name: np.array([known[name]]) for name in model.inputs}
        self.field = Field(model.system, model.values(), 1, drive)
        self.fate = "unclear"

    def calm(self) -> np.ndarray:
        """Return the state at rest without input."""
        declared = np.array([[float(s.value)] for s in self.model.states.values()])
        return rest(self.model.system, self.model.values(), declared)[0][:, 0]

    def find(self, start: np.ndarray) -> Turn | None:
        """Return one turn of what a start leads to, None if it does not come to repeat itself."""
        length = _FIRST * self._slowest(start)
        x = start
        for _ in range(_STAGES):
            run = self.run(x, length)
            trace = np.stack([run.values[name][:, 0] for name in self.names], axis=1)
            x = trace[-1]
            turn = self._spiking(run, x) if self.model.system.reset else self._swinging(run, trace)
            if turn is not None:
                self.fate = "turns"
                return turn
            if self._rests(run, trace):
                self.fate = "rests"
                return None
            if run.spikes.count > _PLENTY:
                return None
            length *= 2.0
        return None

    def run(self, x: np.ndarray, length: float) -> Run:
        """Return a run from a state, with all states recorded."""
        span = units.attach(length, "ms")
        dimensions = self.model.dimensions
        initial = {
            name: units.attach(float(v), units.default_unit(dimensions[name]))
            for name, v in zip(self.names, x, strict=True)
        }
        return simulate(
            self.model, span, dt=span / _SAMPLES, record=self.names, initial=initial,
            progress=False, threads=1, **self.inputs,
        )  # fmt: skip

    def _slowest(self, start: np.ndarray) -> float:
        """Slowest time constant at the start and at rest without input, in ms."""
        slowest = 0.0
        for x in (start, self.calm()):
            J = self.field.jacobian(x[:, None])[0]
            rates = np.abs(np.linalg.eigvals(J)) if np.isfinite(J).all() else np.zeros(1)
            rates = rates[rates > 1e-9 * rates.max(initial=1e-300)]
            slowest = max(slowest, float(1.0 / rates.min())) if rates.size else slowest
        return slowest or 10.0

    def _rests(self, run: Run, trace: np.ndarray) -> bool:
        """Whether the neuron has come to a stable equilibrium."""
        times = run.spikes[0].times_ms
        half = trace[trace.shape[0] // 2 :]
        if self.model.system.reset and times.size and times[-1] > 0.6 * float(run.t.m_as("ms")[-1]):
            return False
        x = trace[-1][:, None]
        with np.errstate(all="ignore"):
            target = self.field.newton(x)
            if not bool(self.field.settled(target, slack=1e-9)[0]):
                return False
        size = np.maximum(np.ptp(trace, axis=0), 1e-3 * np.abs(target[:, 0]))
        near = np.abs(x - target)[:, 0] <= _NEAR * size + _FLAT
        return bool(near.all() and (np.ptp(half, axis=0) <= 0.5 * size + _FLAT).all())

    def _spiking(self, run: Run, last: np.ndarray) -> Turn | None:
        gaps = np.diff(run.spikes[0].times_ms)
        count = repeating(gaps)
        if count is None:
            return None
        return Turn(last, count, float(gaps[-count:].sum()), np.empty(0), np.empty((0, last.size)))

    def _swinging(self, run: Run, trace: np.ndarray) -> Turn | None:
        t = run.t.m_as("ms")
        times = run.spikes[0].times_ms
        if times.size < 4 or times[-1] < 0.6 * t[-1]:
            times = self._swings(t, trace)
        gaps = np.diff(times)
        count = repeating(gaps)
        if count is None:
            return None
        period = float(gaps[-count:].sum())
        fine = self.run(trace[-1], period)
        x = np.stack([fine.values[name][:, 0] for name in self.names], axis=1)
        return Turn(trace[-1], 0, period, fine.t.m_as("ms"), x)

    def _swings(self, t: np.ndarray, trace: np.ndarray) -> np.ndarray:
        """Return when the first state rises through the middle of swings that last."""
        half = t.size // 2
        t, trace = t[half:], trace[half:]
        v = trace[:, 0]
        late, early = float(np.ptp(v[v.size // 2 :])), float(np.ptp(v[: v.size // 2]))
        if late <= _FLAT * (1.0 + float(np.abs(v).max())) or abs(late - early) > 1e-3 * late:
            return np.empty(0)
        level = float(0.5 * (v.max() + v.min()))
        return crossings(t, v, self.slopes(trace)[:, 0], level)

    def slopes(self, trace: np.ndarray) -> np.ndarray:
        """Return the drift along a trace, shape (samples, states)."""
        names = {**self.field.known, **dict(zip(self.names, trace.T, strict=True))}
        rows = [np.broadcast_to(evaluate(e, names), trace.shape[:1]) for e in self.field.rates]
        return np.stack(rows, axis=1)


def repeating(gaps: np.ndarray) -> int | None:
    """Return after how many intervals a train repeats itself, None if it does not yet."""
    for count in range(1, min(_PATTERN, gaps.size // 3) + 1):
        last, before, first = (
            gaps[gaps.size - (k + 1) * count : gaps.size - k * count] for k in range(3)
        )
        change = np.abs(last - before).max() / last.max()
        if change < _REPEATS and np.abs(before - first).max() < 1e-2 * last.max():
            return count
    return None
