"""The run loop: slices of time, threads over chunks, progress, Ctrl-C; a failure loses nothing.

An engine is asked to carry each chunk of neurons beyond a time; it may overshoot, for its steps
must not depend on where slices end. If a spike buffer proves too small the slice is run again from
a snapshot with a larger one, which gives the same numbers because nothing in an engine draws on
hidden state.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from excitable.numerics import _status as status
from excitable.simulation._progress import progress_bar

SLICE_SECONDS = 0.1


@dataclass
class Chunk:
    """Neurons (or tiles) that one thread carries: a range, its spike buffers, its report."""

    first: int
    last: int
    capacity: int
    report: np.ndarray = field(default_factory=lambda: np.zeros(4))
    times: list[np.ndarray] = field(default_factory=list)
    neurons: list[np.ndarray] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.grow(self.capacity)

    def grow(self, capacity: int) -> None:
        """Provide room for more spikes in a slice."""
        self.capacity = capacity
        self.spikes = np.empty((2, capacity))

    def keep(self, count: int) -> None:
        """Take the spikes of a slice out of the buffers."""
        if count:
            self.times.append(self.spikes[0, :count].copy())
            self.neurons.append(self.spikes[1, :count].astype(np.int64))


class Engine(Protocol):
    """What the loop asks of an engine."""

    chunks: list[Chunk]

    def advance(self, chunk: Chunk, t_stop: float) -> int:
        """Carry a chunk to t_stop or beyond; return the number of spikes."""
        ...

    def state(self) -> list[np.ndarray]:
        """Return all arrays that `advance` changes, for snapshots."""
        ...


@dataclass(frozen=True)
class Outcome:
    """How a loop ended.

    Parameters
    ----------
    reached : float
        Every neuron is at least this far, in ms from the start.
    code : int
        A status code, `OK` if the run is complete or was interrupted.
    neuron, state : int
        Where it failed.
    interrupted : bool
        Whether the user stopped it.
    """

    reached: float
    code: int = status.OK
    neuron: int = -1
    state: int = -1
    interrupted: bool = False


def run_loop(
    engine: Engine, duration: float, *, threads: int, work: float, progress: bool | None
) -> Outcome:
    """Carry an engine to the end of a run.

    Parameters
    ----------
    engine : Engine
        Holds the state; its chunks receive the spikes.
    duration : float
        End of the run, ms from its start.
    threads : int
        Number of threads.
    work : float
        Guess of the seconds the whole run takes, for the first slice.
    progress : bool or None
        Show progress; None shows it on a terminal or in a notebook after two seconds.

    Returns
    -------
    Outcome
        What was reached.
    """
    reached = 0.0
    length = duration if work <= SLICE_SECONDS else duration * SLICE_SECONDS / work
    with _interrupts() as interrupted, progress_bar(duration, progress) as bar:
        pool = ThreadPoolExecutor(threads) if threads > 1 and len(engine.chunks) > 1 else None
        try:
            while reached < duration:
                stop = min(reached + length, duration)
                if duration - stop < 1e-9 * duration:
                    stop = duration
                begun = time.perf_counter()
                failed = _slice(engine, reached, stop, pool)
                if failed is not None:
                    return failed
                reached = stop
                bar(reached)
                spent = max(time.perf_counter() - begun, 1e-6)
                length = max(length, 1e-6) * min(max(SLICE_SECONDS / spent, 0.2), 8.0)
                if interrupted() and reached < duration:
                    return Outcome(reached, interrupted=True)
        finally:
            if pool is not None:
                pool.shutdown()
    return Outcome(duration)


def _slice(
    engine: Engine, start: float, stop: float, pool: ThreadPoolExecutor | None
) -> Outcome | None:
    """Carry all chunks to `stop`; on failure return how far all of them came."""
    saved = [array.copy() for array in engine.state()]
    while True:
        counts = _advance(engine, stop, pool)
        full = [
            (chunk, count)
            for chunk, count in zip(engine.chunks, counts, strict=True)
            if count > chunk.capacity
        ]
        failures = [c for c in engine.chunks if c.report[status.STATUS] not in _HARMLESS]
        if not full and not failures:
            for chunk, count in zip(engine.chunks, counts, strict=True):
                chunk.keep(count)
            return None
        _restore(engine, saved)
        for chunk, count in full:
            chunk.grow(2 * count)
        if failures:
            return _up_to_failure(engine, saved, start, failures, pool)


def _restore(engine: Engine, saved: list[np.ndarray]) -> None:
    for array, old in zip(engine.state(), saved, strict=True):
        array[...] = old


def _up_to_failure(
    engine: Engine,
    saved: list[np.ndarray],
    start: float,
    failures: list[Chunk],
    pool: ThreadPoolExecutor | None,
) -> Outcome:
    """Run the slice once more up to its earliest failure, so that everything before is kept.

    A neuron that failed first in its chunk need not be the first in time: the run up to its failure
    finds the others. If a neuron fails even so, on the overshoot of its last step, what the slices
    before gave is all there is.
    """
    at = np.inf
    while True:
        first = min(failures, key=lambda c: float(c.report[status.TIME]))
        code, neuron, state = (
            int(first.report[k]) for k in (status.STATUS, status.NEURON, status.STATE)
        )
        earlier = float(first.report[status.TIME])
        if earlier >= at:
            return Outcome(start, code, neuron, state)
        at = earlier
        while True:
            counts = _advance(engine, at, pool)
            full = [
                (chunk, count)
                for chunk, count in zip(engine.chunks, counts, strict=True)
                if count > chunk.capacity
            ]
            failures = [c for c in engine.chunks if c.report[status.STATUS] not in _HARMLESS]
            if not full or failures:
                break
            _restore(engine, saved)
            for chunk, count in full:
                chunk.grow(2 * count)
        if not failures:
            for chunk, count in zip(engine.chunks, counts, strict=True):
                chunk.keep(count)
            return Outcome(at, code, neuron, state)
        _restore(engine, saved)


_HARMLESS = (status.OK, status.SPIKES_FULL)


def _advance(engine: Engine, stop: float, pool: ThreadPoolExecutor | None) -> list[int]:
    for chunk in engine.chunks:
        chunk.report[:] = 0
    if pool is None:
        return [engine.advance(chunk, stop) for chunk in engine.chunks]
    return list(pool.map(lambda chunk: engine.advance(chunk, stop), engine.chunks))


@contextmanager
def _interrupts() -> Iterator:
    """Turn the first Ctrl-C into "stop after this slice" and the second into KeyboardInterrupt."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return
    before = signal.getsignal(signal.SIGINT)
    if before is None:  # installed outside Python: leave it alone
        yield asked.is_set
        return

    def handle(number, frame) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    signal.signal(signal.SIGINT, handle)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
