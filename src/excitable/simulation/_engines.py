"""The compiled engines behind one face: arrays in, `advance` a chunk, arrays out."""

from __future__ import annotations

import functools
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from excitable import codegen, numerics
from excitable.codegen import Kernel, adaptive_kernel, fixed_step_kernel
from excitable.numerics._exact_tables import block_tables, spectral_radii
from excitable.numerics.choose import formulas
from excitable.numerics.linear import LinearForm, linear_arrays
from excitable.simulation._even_tables import EvenTables
from excitable.simulation._loop import Chunk
from excitable.simulation._problem import InputTables, Problem, Samples
from excitable.simulation._start import fastest_rates

_NUMERICS = Path(numerics.__file__).parent


# Room for spikes in a slice. Memory that is never written costs nothing, so it is ample.
ROOM = 2**21
ROOM_FOR_FEW = 2**12


def chunks_of(items: int, threads: int, per_item: int) -> list[Chunk]:
    """Return ranges of neurons or tiles: several for each thread, so that they end together."""
    wanted = 1 if threads == 1 else min(items, 4 * threads)
    edges = np.linspace(0, items, wanted + 1).astype(int)
    return [
        Chunk(int(a), int(b), ROOM if (b - a) * per_item > 64 else ROOM_FOR_FEW)
        for a, b in pairwise(edges)
        if b > a
    ]


class ExactScalar:
    """One linear state: from event to event in closed form."""

    grouped = True

    def __init__(self, problem: Problem, form: LinearForm) -> None:
        n, system, samples = problem.n, problem.system, problem.samples
        arrays = linear_arrays(system, form, problem.values, n)
        normal = arrays.normal[:, 0]
        spiking = system.threshold is not None
        # A neuron whose condition does not depend on its state never arrives at it.
        theta = np.full(n, np.inf)
        np.divide(arrays.theta, normal, out=theta, where=normal != 0.0)
        sign = np.where(normal < 0.0, -1.0, 1.0)
        tables = InputTables.pack(problem.inputs, n)
        linear = np.stack(
            [
                arrays.A[:, 0, 0], arrays.c[:, 0], theta, sign,
                arrays.keep[:, 0, 0], arrays.put[:, 0], arrays.t_ref,
            ]
        )  # fmt: skip
        held = system.refractory is not None and bool(system.held)
        gain = np.ascontiguousarray(arrays.gain[:, :, 0].T)
        self.cursor, self.times, self.sampling = tables.cursor, _clocks(n), _sampling(samples, n)
        self.x = problem.start[0].copy()
        # One neuron's samples lie together, so that a stretch between events is a vector loop.
        kept = samples.neurons.size if samples.states else 0
        self._plane = np.empty((kept, samples.count))
        self._before = (
            problem.duration, spiking, bool(system.reset), held, linear, gain, tables.segments,
        )  # fmt: skip
        self._after = (samples.dt, samples.count, self._plane)
        self._module = _library_module("_exact_scalar.py", "exact")
        self.chunks = chunks_of(n, problem.threads, 1)

    @property
    def out(self) -> np.ndarray:
        """Recorded states, shape (1, samples, neurons)."""
        return self._plane.T[None]

    def advance(self, chunk: Chunk, t_stop: float) -> int:
        """Carry the chunk to t_stop or beyond; return the number of spikes."""
        return self._module.advance(
            chunk.first, chunk.last, t_stop, *self._before, self.cursor, self.times, self.x,
            self.sampling, *self._after, chunk.spikes, chunk.report,
        )  # fmt: skip

    def state(self) -> list[np.ndarray]:
        """Arrays that `advance` changes."""
        return [self.cursor, self.times, self.x, self.sampling]


class ExactGeneral:
    """Several linear states: from event to event, and over blocks of steps of an even input."""

    grouped = True

    def __init__(self, problem: Problem, form: LinearForm) -> None:
        n, system, samples = problem.n, problem.system, problem.samples
        sets = n if problem.varying else 1
        arrays = linear_arrays(system, form, problem.values, sets)
        tables = EvenTables.pack(problem.inputs, n)
        spiking = system.threshold is not None
        held = system.refractory is not None and bool(system.held)
        sloped = tables.slope.size > 0
        which = np.arange(n) % sets
        A = np.stack([arrays.A, arrays.A_held], axis=1)
        radii = spectral_radii(A.reshape(-1, *A.shape[2:])).reshape(sets, 2)
        reached = (arrays.gain * arrays.mask).any(axis=(1, 2))
        # A block is served where its steps are short against the fastest time constant.
        step = _step_of_blocks(tables.spacing, radii[which, 0])
        pairs, which_block = np.unique(np.stack([which, step]), axis=1, return_inverse=True)
        blocks = None
        if (step > 0.0).any():
            blocks = (
                np.where(step > 0.0, which_block.ravel(), -1),
                *block_tables(
                    arrays.chosen(pairs[0].astype(np.int64)), pairs[1],
                    spiking=spiking, sloped=sloped, inside=bool(samples.states),
                ),
                tables.ahead,
                tables.spacing == step,
            )  # fmt: skip
        self.cursor, self.times, self.sampling = tables.cursor, _clocks(n), _sampling(samples, n)
        self.states = problem.start.T.copy()
        # One neuron's samples lie together, so that they are written in passing.
        self._planes = np.empty((len(samples.states), samples.neurons.size, samples.count))
        self._before = (
            problem.duration, spiking, bool(system.reset), held,
            which, A, np.concatenate([arrays.c[:, None], arrays.gain], axis=1), arrays.mask,
            arrays.normal,
            np.stack([arrays.theta, arrays.t_ref, radii[:, 0], radii[:, 1], reached], axis=1),
            arrays.keep, arrays.put,
            tables.times, tables.level, tables.slope if sloped else None, blocks,
        )  # fmt: skip
        self._shift = tables.shift
        self._after = (samples.dt, samples.count, np.array(samples.states, np.int64), self._planes)
        self._module = _library_module("_exact_general.py", "exact")
        self.chunks = chunks_of(n, problem.threads, 1)

    @property
    def out(self) -> np.ndarray:
        """Recorded states, shape (kept, samples, neurons)."""
        return self._planes.transpose(0, 2, 1)

    def advance(self, chunk: Chunk, t_stop: float) -> int:
        """Carry the chunk to t_stop or beyond; return the number of spikes."""
        return self._module.advance(
            chunk.first, chunk.last, t_stop, *self._before, self.cursor, self._shift,
            self.times, self.states, self.sampling, *self._after, chunk.spikes, chunk.report,
        )  # fmt: skip

    def state(self) -> list[np.ndarray]:
        """Arrays that `advance` changes."""
        return [self.cursor, self.times, self.states, self.sampling]


def _step_of_blocks(spacing: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """Step in ms of each neuron's blocks: the shortest even interval of its inputs, or 0."""
    shortest = np.where(spacing > 0.0, spacing, np.inf).min(axis=0, initial=np.inf)
    return np.where(shortest * np.maximum(radius, 1e-300) <= 1.0, shortest, 0.0)


def _clocks(n: int) -> np.ndarray:
    """Time and end of refractoriness of every neuron, each as a pair."""
    times = np.zeros((4, n))
    times[2] = -np.inf
    return times


def _sampling(samples: Samples, n: int) -> np.ndarray:
    """Next sample, column in the recording (-1 for none) and step of every neuron."""
    marks = np.zeros((3, n), np.int64)
    marks[1] = samples.columns(n) if samples.states else -1
    return marks


class _Tiles:
    """What the two tile engines share: filling the tiles."""

    grouped = False

    def __init__(self, problem: Problem, kernel: Kernel, tables: InputTables) -> None:
        n, place = problem.n, kernel.layout
        lanes = place.lanes
        count = -(-n // lanes)
        # Lanes beyond the last neuron repeat it, so that nothing odd is ever computed in them.
        fill = np.minimum(np.arange(count * lanes), n - 1)
        self.tiles = np.zeros((count, place.total * lanes))
        for k, row in enumerate(problem.start):
            self._row("X", k, row[fill], place, lanes)
            if "Y" in place.rows:
                self._row("Y", k, row[fill], place, lanes)
        for k, name in enumerate(kernel.varying):
            self._row("PARAMETER", k, np.asarray(problem.values[name])[fill], place, lanes)
        self._row("ACTIVE", 0, np.ones(count * lanes), place, lanes)
        self.c = np.array([float(problem.values[name]) for name in kernel.shared] or [0.0])
        samples = problem.samples
        self.cursor = tables.cursor
        self.sampling = _sampling(samples, n)
        self.out = np.empty((len(samples.states), samples.count, samples.neurons.size))
        self.rows = np.array(samples.states, np.int64)
        self.count = count

    def _row(self, block: str, offset: int, values: np.ndarray, place: Any, lanes: int) -> None:
        start = (place.rows[block] + offset) * lanes
        self.tiles[:, start : start + lanes] = values.reshape(-1, lanes)


class Adaptive(_Tiles):
    """Every neuron with its own step."""

    def __init__(self, problem: Problem) -> None:
        n, samples = problem.n, problem.samples
        tables = InputTables.pack(problem.inputs, n)
        kernel = adaptive_kernel(problem.system, problem.varying, tables.wave_input)
        super().__init__(problem, kernel, tables)
        self.times = np.zeros((3, n))
        self.times[1] = -np.inf
        self._before = (problem.duration, problem.tolerance, _longest_step(problem, tables), n)
        self._tables = (tables.segments, self.cursor, tables.waves)
        self._after = (samples.dt, samples.count, self.rows, self.out)
        self._module = kernel.module()
        self.chunks = chunks_of(self.count, problem.threads, kernel.layout.lanes)

    def advance(self, chunk: Chunk, t_stop: float) -> int:
        """Carry the chunk to t_stop or beyond; return the number of spikes."""
        return self._module.advance(
            chunk.first, chunk.last, t_stop, *self._before, self.tiles, self.c, *self._tables,
            self.times, self.sampling, *self._after, chunk.spikes, chunk.report,
        )  # fmt: skip

    def state(self) -> list[np.ndarray]:
        """Arrays that `advance` changes."""
        return [self.tiles, self.cursor, self.times, self.sampling]


class FixedStep(_Tiles):
    """All neurons with one step; the grid contains every break of the input."""

    def __init__(self, problem: Problem, scheme: str) -> None:
        n = problem.n
        tables = InputTables.pack(problem.inputs, n)
        step_formulas = formulas(problem.system, scheme)
        kernel = fixed_step_kernel(
            problem.system, scheme, step_formulas, problem.varying, tables.wave_input
        )
        super().__init__(problem, kernel, tables)
        lanes = kernel.layout.lanes
        self._row("UNTIL", 0, np.full(self.count * lanes, -np.inf), kernel.layout, lanes)
        self.grid, sample_of = step_grid(problem, tables)
        self.done = np.zeros(self.count, np.int64)
        if sample_of[0] >= 0:
            for q, state in enumerate(problem.samples.states):
                self.out[q, sample_of[0]] = problem.start[state][problem.samples.neurons]
        self._n = n
        self._seed = np.uint64(problem.seed)
        self._tables = (tables.segments, self.cursor, tables.waves)
        self._sample_of = sample_of
        widest = max(len(problem.system.states), len(problem.system.noises), 1)
        self._scratch = np.zeros((self.count, 3, widest))
        self._module = kernel.module()
        self.chunks = chunks_of(self.count, problem.threads, lanes)

    def advance(self, chunk: Chunk, t_stop: float) -> int:
        """Carry the chunk to t_stop or beyond; return the number of spikes."""
        first = int(self.done[chunk.first])
        last = int(np.searchsorted(self.grid, t_stop, side="left"))
        count = self._module.advance(
            chunk.first, chunk.last, first, last, self.grid, self._n, self.tiles, self.c,
            self._seed, *self._tables, self._scratch, self._sample_of, self.sampling[1],
            self.rows, self.out, chunk.spikes, chunk.report,
        )  # fmt: skip
        self.done[chunk.first : chunk.last] = max(first, last)
        return count

    def state(self) -> list[np.ndarray]:
        """Arrays that `advance` changes."""
        return [self.tiles, self.cursor, self.done]


def step_grid(problem: Problem, tables: InputTables) -> tuple[np.ndarray, np.ndarray]:
    """Return the grid of steps, and the number of the sample at each grid point or -1.

    The grid holds the multiples of dt, the end of the run, every break of the input and every
    sample, so that no scheme meets a jump inside a step and recording changes no step that a jump
    does not.
    """
    whole = int(np.floor(problem.duration / problem.dt * (1.0 + 1e-12)))
    regular = np.arange(whole + 1) * problem.dt
    waves = tables.waves[:, 5:7].ravel()
    extra = np.concatenate([tables.segments[0], waves])
    extra = extra[(extra > 0.0) & (extra < problem.duration)]
    grid = np.concatenate([regular[regular < problem.duration], np.unique(extra)])
    grid = np.unique(np.append(grid, problem.duration))
    # Points that differ by rounding only are one point; the input's own value is the one to keep.
    close = np.diff(grid) < 1e-9 * problem.dt
    if close.any():
        breaks = np.isin(grid, extra)
        drop = np.zeros(grid.size, bool)
        for k in np.flatnonzero(close):
            drop[k + 1 if breaks[k] and grid[k + 1] != problem.duration else k] = True
        drop[0] = False
        grid = grid[~drop]
    sample_of = np.full(grid.size, -1, np.int64)
    if problem.samples.states:
        wanted = np.arange(problem.samples.count) * problem.samples.dt
        at = np.clip(np.searchsorted(grid, wanted - 1e-9 * problem.dt), 0, grid.size - 1)
        sample_of[at] = np.arange(problem.samples.count)
    return grid, sample_of


def _longest_step(problem: Problem, tables: InputTables) -> np.ndarray:
    """Longest step that the adaptive engine may try, in ms, for each neuron.

    A sixteenth of the shortest period among its sinusoids, so that none is stepped over; and three
    times its shortest time constant at rest: near it the method is stable up to 3.3 of them, and
    without this bound the control would find that limit by letting errors grow to it.
    """
    rates = fastest_rates(problem.system, problem.values, problem.calm)
    longest = np.full(problem.n, np.inf)
    np.divide(3.0, rates, out=longest, where=rates > 0.0)
    if tables.waves.shape[0]:
        omega, slope, growth = (np.abs(tables.waves[:, k]) for k in (2, 3, 4))
        span = np.minimum(tables.waves[:, 6], problem.duration) - tables.waves[:, 5]
        fastest = (omega * np.exp(np.minimum(growth * span, 50.0)) + slope * span).max(axis=0)
        period = np.full(problem.n, np.inf)
        np.divide(2.0 * np.pi / 16.0, fastest, out=period, where=fastest > 0.0)
        np.minimum(longest, period, out=longest)
    return longest


@functools.cache
def _library_module(name: str, label: str) -> ModuleType:
    """Load an engine that needs no generated functions, through the same cache."""
    return codegen.load((_NUMERICS / name).read_text(encoding="utf-8"), label)
