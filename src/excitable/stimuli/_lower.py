"""From what a user writes for an input to the tables that the engine takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from excitable import units
from excitable.errors import StimulusError, UnitError
from excitable.stimuli._argument import check_finite
from excitable.stimuli._merge import merge
from excitable.stimuli._part import Window
from excitable.stimuli._piecewise import PiecewiseInput
from excitable.stimuli._stimulus import Stimulus

if TYPE_CHECKING:
    from excitable.stimuli._part import AbstractPart


def lower(
    value: Any,
    dimension: units.Dimension,
    n: int,
    *,
    duration: float,
    dt: float,
    t_start: float = 0.0,
    seed: int = 0,
    owner: str,
) -> PiecewiseInput:
    """Give the tables of an input for one run.

    Parameters
    ----------
    value : Stimulus, Quantity, str or 0
        What drives the input; an array quantity has shape (n,), one value per neuron.
    dimension : Dimension
        What the input expects.
    n : int
        Number of neurons.
    duration : float
        Length of the run, ms.
    dt : float
        Step of the run, ms; noise without a step of its own takes it.
    t_start : float
        Absolute time at which the run starts, ms.
    seed : int
        Seed of the run; noise without a seed of its own takes it.
    owner : str
        Name for messages, such as ``"LIF.I"``.

    Returns
    -------
    PiecewiseInput
        Tables in ms from the run's start, in internal units.

    Raises
    ------
    UnitError
        If the value has another dimension than the input.
    StimulusError
        If a value is not finite, or an array is not of length n.
    MemoryLimitError
        If the tables would not fit into the free memory.

    Notes
    -----
    Neurons whose inputs are made with equal arguments share a table. Times at which nothing
    changes are left out.

    Examples
    --------
    >>> from excitable import units
    >>> from excitable.stimuli import step
    >>> table = lower(step("3 pA", start="5 ms"), units.CURRENT, 2, duration=20.0, dt=0.1,
    ...               owner="LIF.I")
    >>> table.times, table.level, table.table_of
    (array([0., 5.]), array([0., 3.]), array([0, 0]))
    """
    if isinstance(value, Stimulus):
        return _lower_stimulus(
            value, dimension, Window(duration, dt, t_start, seed, _stream(owner), n), owner
        )
    if isinstance(value, int | float) and value == 0:
        return _constant(0.0, n)
    bare = units.strip(value, dimension, owner)
    if isinstance(bare, float):
        check_finite(np.asarray(bare), owner, "the input")
        return _constant(bare, n)
    levels = np.array(bare, dtype=np.float64)
    check_finite(levels, owner, "the input")
    if levels.size == 1:
        return _constant(float(levels.reshape(())), n)
    if levels.ndim != 1:
        raise StimulusError(
            f"an array of shape {levels.shape}",
            "a constant input is one value or one value per neuron",
            "Write ex.trace(values, dt) for values in time",
            owner=owner,
        )
    _check_size(levels.size, n, owner)
    table_of = np.arange(n, dtype=np.int64)
    return PiecewiseInput(
        np.arange(n + 1, dtype=np.int64), np.zeros(n), levels, np.zeros(n), table_of
    )


def size_of(value: Any) -> int | None:
    """Give the number of neurons that an input value is for.

    Parameters
    ----------
    value : Stimulus, Quantity, str or number
        What a user wrote for an input.

    Returns
    -------
    int or None
        Length of its arrays; None if it holds single values only.

    Examples
    --------
    >>> from excitable.units import pA
    >>> size_of([1, 2, 3] * pA)
    3
    """
    if isinstance(value, Stimulus):
        return value.size
    shape = np.shape(getattr(value, "magnitude", 0 if isinstance(value, str) else value))
    return shape[0] if shape and shape != (1,) else None


def _constant(level: float, n: int) -> PiecewiseInput:
    return PiecewiseInput(
        np.array([0, 1]),
        np.zeros(1),
        np.array([level]),
        np.zeros(1),
        np.zeros(n, dtype=np.int64),
    )


def _lower_stimulus(
    stimulus: Stimulus, dimension: units.Dimension, window: Window, owner: str
) -> PiecewiseInput:
    if stimulus.dimension is None:  # a sum of nothing
        return _constant(0.0, window.n)
    if stimulus.dimension != dimension:
        unit = units.default_unit(dimension)
        raise UnitError(
            f"{stimulus!r} is {stimulus.dimension.phrase}",
            f"{dimension.phrase} is expected",
            f"Write its values in {unit}" if unit else "Write its values without a unit",
            owner=owner,
        )
    if stimulus.size is not None:
        _check_size(stimulus.size, window.n, owner)
    parts = [part for _, part in stimulus.terms]
    chosen, table_of = _variants(parts, window.n)
    order = {id(part): index for index, part in reversed(list(enumerate(parts)))}
    weighted, oscillations = [], []
    for weight, part in stimulus.terms:
        # Two noises in one sum differ, but one noise that stands twice is the same noise.
        own = Window(
            window.duration,
            window.dt,
            window.t_start,
            window.seed,
            window.stream ^ (order[id(part)] * 0x9E3779B1 & 0x7FFFFFFF),
            window.n,
        )
        weighted.append((weight, part.rows(own, chosen)))
        wave = part.oscillation(own)
        if wave is not None:
            oscillations.append(wave.scaled(weight))
    offsets, times, level, slope = merge(
        weighted, chosen.size, window.duration, keep_all=bool(oscillations)
    )
    return PiecewiseInput(offsets, times, level, slope, table_of, tuple(oscillations))


def _variants(parts: list[AbstractPart], n: int) -> tuple[np.ndarray, np.ndarray]:
    """Give one neuron for each different table, and the table of every neuron."""
    if any(part.differs_by_neuron for part in parts):
        everyone = np.arange(n, dtype=np.int64)
        return everyone, everyone
    arrays = [arg.value for part in parts for arg in part.arguments if arg.is_array]
    code, first = np.zeros(n, dtype=np.int64), np.zeros(1, dtype=np.int64)
    for array in arrays:
        _, own = np.unique(array, return_inverse=True)
        _, first, code = np.unique(
            code * (own.max() + 1) + own, return_index=True, return_inverse=True
        )
    return first.astype(np.int64), code.astype(np.int64)


def _stream(owner: str) -> int:
    # Each input draws its own numbers; the top bit keeps clear of the streams of models' noise.
    return 0x80000000 | crc32(owner.rpartition(".")[2].encode())


def _check_size(size: int, n: int, owner: str) -> None:
    if size == n:
        return
    raise StimulusError(
        f"values for {size} neurons",
        f"there {'is 1 neuron' if n == 1 else f'are {n} neurons'}",
        f"Write one value for all neurons, or an array of length {n}",
        owner=owner,
    )
