"""Everything a run needs, in bare numbers: the last place where names and units are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable.model import Model, System
from excitable.stimuli import PiecewiseInput

FloatArray = np.ndarray[Any, np.dtype[np.float64]]
IntArray = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class InputTables:
    """The inputs of all neurons as one set of tables, as the engines read them.

    Parameters
    ----------
    segments : ndarray, shape (3, entries)
        Segments of all tables: start in ms from the run's start, value there, slope per ms.
    cursor : ndarray of int64, shape (2, inputs, n)
        Running and last segment of each input and neuron; engines move the first.
    waves : ndarray, shape (oscillations, 7, n)
        Amplitude, phase, omega, rate, growth, start, stop.
    wave_input : tuple of int
        Which input each sinusoid belongs to.
    """

    segments: FloatArray
    cursor: IntArray
    waves: FloatArray
    wave_input: tuple[int, ...]

    @classmethod
    def pack(cls, inputs: list[PiecewiseInput], n: int) -> InputTables:
        """Return the tables of several inputs, one after the other."""
        cursor = np.zeros((2, len(inputs), n), np.int64)
        entries = 0
        waves: list[FloatArray] = []
        owners: list[int] = []
        for m, item in enumerate(inputs):
            cursor[0, m] = item.offsets[item.table_of] + entries
            cursor[1, m] = item.offsets[item.table_of + 1] - 1 + entries
            entries += item.times.size
            for wave in item.oscillations:
                fields = (
                    wave.amplitude, wave.phase, wave.omega, wave.rate, wave.growth,
                    wave.start, wave.stop,
                )  # fmt: skip
                waves.append(np.stack([np.broadcast_to(f, (n,)) for f in fields]))
                owners.append(m)
        tables = [np.stack([item.times, item.level, item.slope]) for item in inputs]
        return cls(
            segments=np.concatenate(tables, axis=1) if tables else np.zeros((3, 0)),
            cursor=cursor,
            waves=np.stack(waves) if waves else np.zeros((0, 7, n)),
            wave_input=tuple(owners),
        )


@dataclass(frozen=True)
class Samples:
    """What is recorded, and when.

    Parameters
    ----------
    names : tuple of str
        Recorded quantities in the order asked for.
    states : tuple of int
        Numbers of the states that the engine must keep for them.
    neurons : ndarray of int64, shape (k,)
        Recorded neurons.
    dt : float
        Interval in ms.
    count : int
        Number of samples, the one at the start included.
    """

    names: tuple[str, ...]
    states: tuple[int, ...]
    neurons: IntArray
    dt: float
    count: int

    def columns(self, n: int) -> IntArray:
        """Return the column of each neuron in the recording, -1 for those left out."""
        column = np.full(n, -1, np.int64)
        if self.states or self.names:
            column[self.neurons] = np.arange(self.neurons.size)
        return column


@dataclass(frozen=True)
class Problem:
    """A model and a run of it in bare numbers (internal units).

    Parameters
    ----------
    model : Model
        The model.
    n : int
        Number of neurons.
    single : bool
        Whether the user sees one neuron and no neuron axis.
    values : dict of str to float or ndarray of shape (n,)
        Parameters.
    start : ndarray, shape (states, n)
        Initial states.
    calm : ndarray, shape (states, n)
        Resting states, or the declared ones where all are given.
    inputs : list of PiecewiseInput
        One per input of the model, in its order.
    duration, dt, t_start : float
        In ms.
    seed, threads : int
        Key of the random numbers; number of threads.
    tolerance : float
        Relative tolerance of the adaptive scheme.
    samples : Samples
        What is recorded.
    """

    model: Model
    n: int
    single: bool
    values: dict[str, Any]
    start: FloatArray
    calm: FloatArray
    inputs: list[PiecewiseInput]
    duration: float
    dt: float
    t_start: float
    seed: int
    threads: int
    tolerance: float
    samples: Samples

    @property
    def system(self) -> System:
        """The model's equations."""
        return self.model.system

    @property
    def varying(self) -> tuple[str, ...]:
        """Parameters that differ from neuron to neuron."""
        return tuple(name for name, value in self.values.items() if np.ndim(value) > 0)
