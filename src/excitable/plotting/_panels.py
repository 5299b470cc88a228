"""The strips of a picture: traces, rasters, means, inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.plotting import _curves
from excitable.plotting._figure import COLOURS, INK, INPUT_COLOUR, QUIET, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from excitable.plotting._view import View
    from excitable.recording import Run, Spikes


def traces(
    axes: Axes, run: Run, name: str, view: View, orders: list[int], *, titled: bool = False
) -> None:
    """Draw one recorded quantity of a few neurons, with spikes."""
    scale = 1.0 / units.factor(run.units[name])
    shown = _window(run.t_ms, view)
    width = 1.0 if shown.stop - shown.start <= _curves.CROWDED else 0.6
    unmarked = []
    for order in orders:
        neuron = int(view.neurons[order])
        colour = COLOURS[order % len(COLOURS)]
        t, y, stroked = _trace(run, name, neuron, view)
        axes.plot(view.axis(t), y * scale, color=colour, linewidth=width, label=f"neuron {neuron}")
        if not stroked:
            unmarked.append((neuron, colour))
    axes.set_ylabel(label(name, run.units[name]))
    axes.margins(y=0.06)
    if run.units[name] == "mV":
        for neuron, colour in unmarked:
            _spike_ticks(axes, run, neuron, view, colour)
    if titled:
        _note(axes, f"neuron {view.neurons[orders[0]]}")
    elif len(orders) > 1:
        axes.legend(loc="upper right", ncols=3, bbox_to_anchor=(1.0, 1.12))


def _trace(run: Run, name: str, neuron: int, view: View) -> tuple[np.ndarray, np.ndarray, bool]:
    column = int(np.flatnonzero(np.asarray(run.neurons[name]) == neuron)[0])
    inside = _window(run.t_ms, view)
    t, y = run.t_ms[inside], run.values[name][inside, column]
    spikes = spike_times(run.spikes, neuron, view)
    levels = _curves.threshold_levels(run, name, neuron, spikes)
    if levels is None or not levels.size:
        return *_curves.thinned(t, y), levels is not None
    peak = _curves.stroke_peak(y, levels)
    return *_curves.thinned(*_curves.with_strokes(t, y, spikes, levels, peak)), True


def _window(t: np.ndarray, view: View) -> slice:
    """Samples to draw, one more at each side so that lines reach the edge."""
    first = max(int(np.searchsorted(t, view.start)) - 1, 0)
    last = min(int(np.searchsorted(t, view.stop, side="right")) + 1, t.size)
    return slice(first, last)


def spike_times(spikes: Spikes, neuron: int, view: View) -> np.ndarray:
    """Spike times of a neuron in view, absolute ms."""
    begin, end = spikes.offsets[neuron], spikes.offsets[neuron + 1]
    times = spikes.grouped_ms[begin:end]
    return times[(times >= view.start) & (times <= view.stop)]


def _spike_ticks(axes: Axes, run: Run, neuron: int, view: View, colour: str) -> None:
    times = view.axis(spike_times(run.spikes, neuron, view))
    axes.plot(
        times,
        np.full(times.shape, 1.0),
        "|",
        color=colour,
        markersize=5,
        markeredgewidth=0.9,
        transform=axes.get_xaxis_transform(),
        clip_on=False,
    )


def raster(axes: Axes, spikes: Spikes, view: View) -> None:
    """Draw every spike of every neuron in view as a stroke, or as a dot where they are many."""
    rows = view.neurons.size
    times = [spike_times(spikes, int(neuron), view) for neuron in view.neurons]
    t = view.axis(np.concatenate(times))
    row = np.repeat(np.arange(rows), [train.size for train in times])
    if rows <= 60:
        # A stroke of nine tenths of a row, in points, whatever the size of the strip.
        axes.vlines(t, row - 0.42, row + 0.42, color=INK, linewidth=0.9)
    else:
        size = 1.6 if t.size < 20_000 else 0.7
        axes.plot(t, row, ",k" if t.size > 200_000 else "ok", markersize=size, markeredgewidth=0)
        axes.lines[-1].set_rasterized(t.size > 5000)
    axes.set_ylim(-0.6, rows - 0.4)
    axes.set_ylabel("neuron")
    positions = _row_ticks(rows)
    axes.set_yticks(positions, [str(view.neurons[place]) for place in positions])
    if rows == 1:
        axes.set_yticks([])
        axes.set_ylabel("spikes")


def _row_ticks(rows: int) -> list[int]:
    if rows <= 10:
        return list(range(rows))
    step = next(
        s for s in (5, 10, 20, 25, 50, 100, 200, 250, 500, 10 ** len(str(rows))) if rows / s <= 6
    )
    return list(range(0, rows, step))


def mean_trace(axes: Axes, run: Run, name: str, view: View) -> None:
    """Draw the mean of a recorded quantity over neurons, with the range that holds most of them."""
    scale = 1.0 / units.factor(run.units[name])
    columns = np.flatnonzero(np.isin(np.asarray(run.neurons[name]), view.neurons))
    inside = _window(run.t_ms, view)
    t, values = run.t_ms[inside], run.values[name][inside][:, columns] * scale
    stride = max(1, t.size // (2 * _curves.COLUMNS))
    low, high = np.quantile(values[::stride], [0.1, 0.9], axis=1)
    axes.fill_between(view.axis(t[::stride]), low, high, color=COLOURS[0], alpha=0.2, linewidth=0)
    axes.plot(*_to_axis(view, *_curves.thinned(t, values.mean(axis=1))), color=COLOURS[0])
    axes.set_ylabel(label(name, run.units[name]))
    _note(axes, f"mean of {columns.size}; 10 to 90 % shaded")


def _to_axis(view: View, t: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return view.axis(t), y


def is_silent(run: Run, name: str, view: View) -> bool:
    """Whether an input is zero for every neuron in view."""
    curves = _input_curves(run.inputs[name], view, _origin(run))
    return not any(values.any() for _, values in curves)


def input_trace(axes: Axes, run: Run, name: str, view: View) -> None:
    """Draw an input of a run."""
    signal = run.inputs[name]
    draw_input(axes, signal, name, unit=signal.unit, view=view, origin=_origin(run))


def draw_input(
    axes: Axes, signal: Any, name: str, *, unit: str, view: View, origin: float = 0.0
) -> None:
    """Draw an input: one line where all neurons share it, a line each for a few, else a band."""
    scale = 1.0 / units.factor(unit) if unit else 1.0
    curves = [(t, values * scale) for t, values in _input_curves(signal, view, origin)]
    t, first = curves[0]
    same = all(v.shape == first.shape and np.array_equal(v, first) for _, v in curves[1:])
    if same:
        axes.plot(*_to_axis(view, *_curves.thinned(t, first)), color=INPUT_COLOUR, linewidth=0.9)
    elif len(curves) <= len(COLOURS):
        for (times, values), colour in zip(curves, COLOURS, strict=False):
            axes.plot(*_to_axis(view, *_curves.thinned(times, values)), color=colour, linewidth=0.9)
    else:
        _input_band(axes, curves, view)
    axes.set_ylabel(label(name, unit))
    axes.margins(y=0.12)
    _flat_limits(axes)


def _origin(run: Run) -> float:
    return float(run.settings.get("t_start", 0.0))


def _input_curves(signal: Any, view: View, origin: float) -> list[tuple[np.ndarray, np.ndarray]]:
    """Absolute times and bare values of an input, for each neuron or an even choice of them."""
    curves = []
    for neuron in _sampled(view.neurons).tolist():
        t = _curves.input_corners(signal, neuron, view.start - origin, view.stop - origin)
        curves.append((t + origin, np.asarray(signal.value(t, neuron), dtype=np.float64)))
    return curves


def _sampled(neurons: np.ndarray, most: int = 200) -> np.ndarray:
    return neurons if neurons.size <= most else neurons[:: -(-neurons.size // most)]


def _input_band(axes: Axes, curves: list[tuple[np.ndarray, np.ndarray]], view: View) -> None:
    t = np.linspace(view.start, view.stop, _curves.COLUMNS)
    values = np.array([np.interp(t, times, v) for times, v in curves])
    axes.fill_between(
        view.axis(t),
        values.min(axis=0),
        values.max(axis=0),
        color=INPUT_COLOUR,
        alpha=0.2,
        linewidth=0,
    )
    axes.plot(view.axis(t), values.mean(axis=0), color=INPUT_COLOUR, linewidth=0.9)
    _note(axes, "mean; least to greatest shaded")


def _note(axes: Axes, text: str) -> None:
    axes.text(
        1.0, 1.0, text, transform=axes.transAxes, ha="right", va="bottom", fontsize=8, color=QUIET
    )


def _flat_limits(axes: Axes) -> None:
    """Give a constant input an axis from zero, not one of its rounding errors."""
    lines: list[Any] = list(axes.get_lines())
    values = np.concatenate([np.asarray(line.get_ydata(), dtype=float) for line in lines])
    low, high = float(values.min()), float(values.max())
    if high - low <= 1e-9 * max(abs(high), abs(low)):
        edge = 1.25 * high if high else 1.0
        axes.set_ylim(min(0.0, edge), max(0.0, edge))
