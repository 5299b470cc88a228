"""The engine of published recipes: whole steps, spikes on the grid."""

from __future__ import annotations

import functools
from types import ModuleType

import numpy as np

from excitable import codegen
from excitable.numerics import published
from excitable.simulation._engines import chunks_of
from excitable.simulation._loop import Chunk
from excitable.simulation._problem import InputTables, Problem

_SHARE = 1e-9  # of a step, by which a time may miss the grid


class Published:
    """All neurons on one grid, each step as a recipe has it."""

    grouped = True

    def __init__(self, problem: Problem, name: str) -> None:
        n, dt, samples, system = problem.n, problem.dt, problem.samples, problem.system
        self._recipe = published.recipe(name)
        self._tables = InputTables.pack(problem.inputs, n)
        self._dt = dt
        self._end = problem.duration
        self._steps = int(np.floor(problem.duration / dt * (1.0 + 1e-12) + _SHARE))
        self._done = np.zeros(n, np.int64)
        self._state = problem.start.T.copy()
        self._counters = np.zeros((n, self._recipe.counters), np.int64)
        self.out = np.empty((len(samples.states), samples.count, samples.neurons.size))
        for q, row in enumerate(samples.states):
            self.out[q, :1] = problem.start[row][samples.neurons]
        self._before = (
            dt, problem.duration, self._recipe.stamp, self._recipe.layout(system),
            self._recipe.constants(system, problem.values, n, dt),
            self._tables.segments, self._tables.cursor, self._tables.waves,
            np.array(self._tables.wave_input, np.int64),
        )  # fmt: skip
        column = samples.columns(n) if samples.states else np.full(n, -1, np.int64)
        stride = max(round(samples.dt / dt), 1)
        self._after = (stride, column, np.array(samples.states, np.int64), self.out)
        self._module = _module_of(name)
        self.chunks = chunks_of(n, problem.threads, 1)

    def advance(self, chunk: Chunk, t_stop: float) -> int:
        """Carry the chunk to t_stop or beyond; return the number of spikes."""
        first, last = int(self._done[chunk.first]), self._steps
        if t_stop < self._end:
            last = min(int(np.ceil(t_stop / self._dt)), self._steps)
        count = self._module.advance(
            chunk.first, chunk.last, first, last, *self._before, self._state, self._counters,
            *self._after, chunk.spikes, chunk.report,
        )  # fmt: skip
        self._done[chunk.first : chunk.last] = max(first, last)
        return count

    def state(self) -> list[np.ndarray]:
        """Arrays that `advance` changes."""
        return [self._tables.cursor, self._state, self._counters, self._done]

    def notice(self) -> str:
        """What must be known of this run, or an empty text."""
        return self._recipe.notice(self._counters)


@functools.cache
def _module_of(name: str) -> ModuleType:
    """Load the loop over steps with a recipe's own step compiled into it."""
    return codegen.load(codegen.recipe_text(name), name)
