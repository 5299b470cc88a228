"""Spike trains as strokes: a row for each, the rate of all of them below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.plotting import _panels
from excitable.plotting._figure import COLOURS, new_figure, style
from excitable.plotting._view import View, name_time_axis
from excitable.recording import Spikes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from excitable.recording import SpikeTrain

_BINS = 100


def plot_spikes(
    spikes: SpikeTrain | Spikes,
    *,
    rate: bool = True,
    start: Any = None,
    stop: Any = None,
    size: tuple[float, float] | None = None,
) -> Figure:
    """Draw spike trains: a row of strokes for each, and the rate of all of them below.

    Parameters
    ----------
    spikes : SpikeTrain or Spikes
        What to draw.
    rate : bool
        Whether to draw the mean rate over time below several trains.
    start, stop : Quantity [time] or str, optional
        Part to draw; the whole window if left out.
    size : tuple of float, optional
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        One or two strips that share a time axis.

    Raises
    ------
    UnitError
        If a time is not one.

    Examples
    --------
    >>> from excitable import trains
    >>> figure = plot_spikes(trains.poisson("20 Hz", "1 second", n=5))
    >>> [axes.get_ylabel() for axes in figure.axes]
    ['neuron', 'rate (Hz)']
    """
    every = spikes if isinstance(spikes, Spikes) else Spikes.from_trains([spikes])
    begin, end = _window(every, start, stop)
    view = View(begin, end, np.arange(len(every)))
    strips = 2 if rate and len(every) > 1 and end > begin and every.count else 1
    tall = min(1.0 + 0.08 * len(every), 4.5)
    with style():
        figure = new_figure(*(size or (6.4, tall + 1.4 * (strips - 1) + 0.3)))
        heights = [tall, 1.2][:strips]
        axes = figure.subplots(strips, sharex=True, height_ratios=heights, squeeze=False)[:, 0]
        _panels.raster(axes[0], every, view)
        if strips == 2:
            _mean_rate(axes[1], every, view)
        name_time_axis(axes[-1], view)
    return figure


def _window(spikes: Spikes, start: Any, stop: Any) -> tuple[float, float]:
    begin = spikes._start if start is None else float(units.strip(start, units.TIME, "plot.start"))
    end = spikes._stop if stop is None else float(units.strip(stop, units.TIME, "plot.stop"))
    return begin, end if end > begin else begin + 1.0


def _mean_rate(axes: Axes, spikes: Spikes, view: View) -> None:
    edges = np.linspace(view.start, view.stop, _BINS + 1)
    counts, _ = np.histogram(spikes.grouped_ms, edges)
    rate = 1000.0 * counts / (len(spikes) * (edges[1] - edges[0]))
    axes.stairs(rate, view.axis(edges), color=COLOURS[0], fill=True, alpha=0.25, linewidth=0)
    axes.stairs(rate, view.axis(edges), color=COLOURS[0], linewidth=0.9)
    axes.set_ylabel("rate (Hz)")
    axes.set_ylim(0.0)
