"""Numbers to draw: thinned traces, spikes as strokes, inputs with their corners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from excitable.recording import Run

# More columns than a printed page can show; a trace thinned to them looks the same.
COLUMNS = 1500
# A trace of more samples than this is a thicket at any size, and is drawn with a finer line.
CROWDED = 20 * COLUMNS


def thinned(t: np.ndarray, y: np.ndarray, columns: int = COLUMNS) -> tuple[np.ndarray, np.ndarray]:
    """Thin a trace to its first, least, greatest and last value in each column.

    What a line plot shows stays the same, and a picture of an hour is no larger than one of a
    second.
    """
    if t.size <= 4 * columns:
        return t, y
    edges = np.linspace(0, t.size, columns + 1).astype(np.int64)
    first, last = edges[:-1], edges[1:] - 1
    finite = np.where(np.isnan(y), np.inf, y)
    least = _positions(np.minimum.reduceat(finite, first), finite, first, last)
    finite = np.where(np.isnan(y), -np.inf, y)
    greatest = _positions(np.maximum.reduceat(finite, first), finite, first, last)
    keep = np.unique(np.concatenate([first, least, greatest, last]))
    return t[keep], y[keep]


def _positions(
    extremes: np.ndarray, y: np.ndarray, first: np.ndarray, last: np.ndarray
) -> np.ndarray:
    """Where each column takes its extreme value for the first time."""
    column = np.repeat(np.arange(first.size), last - first + 1)
    hits = np.flatnonzero(y == extremes[column])
    _, index = np.unique(column[hits], return_index=True)
    return hits[index]


def with_strokes(
    t: np.ndarray, v: np.ndarray, spikes: np.ndarray, level: np.ndarray, peak: float
) -> tuple[np.ndarray, np.ndarray]:
    """Put spikes into a trace that was reset: up to ``peak`` at the spike, down to what follows.

    Parameters
    ----------
    t, v : ndarray, shape (samples,)
        Trace.
    spikes : ndarray, shape (count,)
        Spike times.
    level : ndarray, shape (count,)
        Voltage at which each spike was fired.
    peak : float
        Where strokes end.

    Returns
    -------
    tuple of ndarray
        Times and values with three points more per spike.
    """
    if spikes.size == 0 or t.size == 0:
        return t, v
    place = np.searchsorted(t, spikes, side="right")
    after = v[np.minimum(place, v.size - 1)]
    times = np.repeat(spikes, 3)
    values = np.column_stack([level, np.full(spikes.size, peak), after]).ravel()
    where = np.repeat(place, 3)
    return np.insert(t, where, times), np.insert(v, where, values)


def stroke_peak(v: np.ndarray, level: np.ndarray) -> float:
    """Choose how high strokes go.

    A model that follows the upswing (its peak lies well above the rest of the trace) is drawn to
    that peak. One that stops at threshold gets a stroke as tall again as its own excursions.
    """
    top = float(np.max(level))
    low, high = (float(np.nanpercentile(v, q)) for q in (1, 95)) if v.size else (top - 1, top)
    if top - high > 0.5 * max(high - low, 1e-12):
        return top
    return top + max(top - low, 1e-12)


def input_corners(signal: Any, neuron: int, start: float, stop: float) -> np.ndarray:
    """Times at which to draw an input so that every edge is upright: both sides of each corner."""
    grid = np.linspace(start, stop, 2 * COLUMNS + 1)
    piecewise = getattr(signal, "signal", signal)
    offsets, table_of = getattr(piecewise, "offsets", None), getattr(piecewise, "table_of", None)
    if offsets is None or table_of is None:
        return grid
    table = int(table_of[neuron])
    corners = piecewise.times[int(offsets[table]) : int(offsets[table + 1])]
    corners = corners[(corners > start) & (corners < stop)]
    before = np.nextafter(corners, -np.inf)
    return np.unique(np.concatenate([grid, before, corners]))


def threshold_levels(run: Run, state: str, neuron: int, spikes: np.ndarray) -> np.ndarray | None:
    """Value of a state at which each spike of a neuron was fired, or None without a reset.

    A model without a reset shows its spikes itself, so it needs no strokes.
    """
    system = _system(run)
    if system is None or system.threshold is None or state not in dict(system.reset):
        return None
    from excitable.expression import Number, differentiate, evaluate, free_symbols, simplify

    threshold = system.expanded_threshold()
    if simplify(differentiate(threshold, state)) != Number(1):
        return None
    known: dict[str, Any] = {
        name: _of_neuron(value, neuron) for name, value in _model(run).values().items()
    }
    known[state] = 0.0
    for name in free_symbols(threshold) & set(system.states) - {state}:
        column = _column(run, name, neuron)
        if column is None:
            return None
        known[name] = np.interp(spikes, run.t_ms, column)
    return np.broadcast_to(-np.asarray(evaluate(threshold, known)), spikes.shape).astype(float)


def _of_neuron(value: Any, neuron: int) -> float:
    array = np.asarray(value)
    return float(array[neuron]) if array.ndim else float(array)


def _column(run: Run, name: str, neuron: int) -> np.ndarray | None:
    if name not in run.values:
        return None
    hits = np.flatnonzero(np.asarray(run.neurons[name]) == neuron)
    return run.values[name][:, hits[0]] if hits.size else None


def _model(run: Run) -> Any:
    from excitable.model import Model

    return run.model if isinstance(run.model, Model) else Model.from_dict(run.model)


def _system(run: Run) -> Any:
    return None if run.model is None else _model(run).system
