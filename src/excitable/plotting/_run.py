"""A run as a picture: what the neurons did, above what drove them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.errors import ParameterError, UnknownNameError
from excitable.plotting import _panels
from excitable.plotting._figure import new_figure, style
from excitable.plotting._view import View, name_time_axis

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from excitable.recording import Run

# Up to this many neurons have a trace each; more are a raster.
FEW = 6


@dataclass(frozen=True, slots=True)
class Panel:
    """One strip of the picture: how tall it is, in parts, and how to fill it."""

    height: float
    draw: Callable[[Axes], None]


def plot_run(
    run: Run,
    *,
    states: str | Sequence[str] | None = None,
    neurons: int | Sequence[int] | None = None,
    inputs: bool = True,
    start: Any = None,
    stop: Any = None,
    size: tuple[float, float] | None = None,
) -> Figure:
    """Draw a run: states with their spikes, the input below, one time axis for all.

    Parameters
    ----------
    run : Run
        What to draw.
    states : str or sequence of str, optional
        Recorded quantities to draw, a strip each; the membrane potential if left out.
    neurons : int or sequence of int, optional
        Which neurons; all if left out.
    inputs : bool
        Whether to draw what drove the model.
    start, stop : Quantity [time] or str, optional
        Part of the run to draw, in the time of ``run.t``; the whole run if left out.
    size : tuple of float, optional
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        Shows itself in a notebook; ``figure.savefig("run.svg")`` writes it.

    Raises
    ------
    UnknownNameError
        If a state was not recorded.
    ParameterError
        If there is no such neuron, or the part to draw is empty.

    Notes
    -----
    A model with a reset stops its voltage at the threshold; its spikes are drawn as upright
    strokes, as the field does. Up to six neurons have a trace each; more are drawn as a raster
    with the mean of the recorded state below. Long traces are thinned to what a page can show.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import ms, nA
    >>> run = ex.simulate(ex.LIF, 100*ms, I=ex.step(0.5*nA, start=20*ms))
    >>> [axes.get_ylabel() for axes in run.plot().axes]
    ['$v$ (mV)', '$I$ (pA)']
    """
    view = _view(run, neurons, start, stop)
    names = _chosen_states(run, states)
    panels = _state_panels(run, names, view)
    if inputs:
        panels += _input_panels(run, view)
    with style():
        width, height = size or (7.2, 0.7 + 0.62 * sum(panel.height for panel in panels))
        figure = new_figure(width, height)
        strips = figure.subplots(
            len(panels),
            1,
            sharex=True,
            squeeze=False,
            gridspec_kw={"height_ratios": [panel.height for panel in panels], "hspace": 0.04},
        )[:, 0]
        for panel, axes in zip(panels, strips, strict=True):
            panel.draw(axes)
        _share_scale([axes for axes in strips if axes.get_ylabel() == strips[0].get_ylabel()])
        _finish(figure, list(strips), run, view)
    return figure


def _view(run: Run, neurons: Any, start: Any, stop: Any) -> View:
    first = float(run.settings.get("t_start", 0.0))
    last = first + _shown_duration(run)
    begin = first if start is None else float(units.strip(start, units.TIME, "plot.start"))
    end = last if stop is None else float(units.strip(stop, units.TIME, "plot.stop"))
    begin, end = max(begin, first), min(end, last)
    if not begin < end:
        raise ParameterError(
            f"nothing lies between {begin:g} and {end:g} ms",
            f"the run covers {first:g} to {last:g} ms",
            "Write a start before a stop inside it",
            owner="plot",
        )
    count = len(run.spikes)
    chosen = np.arange(count) if neurons is None else np.atleast_1d(np.asarray(neurons))
    wrong = [int(neuron) for neuron in chosen if not 0 <= neuron < count]
    if wrong or chosen.size == 0:
        raise ParameterError(
            f"there is no neuron {wrong[0]}" if wrong else "no neuron is named",
            f"this run has neurons 0 to {count - 1}",
            "Write one of these numbers",
            owner="plot",
            name="neurons",
        )
    return View(begin, end, chosen.astype(np.int64))


def _shown_duration(run: Run) -> float:
    """How long the run lasted, in ms; a run that was stopped ends where its spikes end."""
    asked = float(run.settings.get("duration", 0.0))
    if run.stopped and run.t_ms.size > 1:
        return float(run.t_ms[-1] - run.t_ms[0])
    return asked


def _chosen_states(run: Run, states: str | Sequence[str] | None) -> list[str]:
    if states is None:
        potentials = [name for name in run.values if run.units[name] == "mV"]
        return (potentials or list(run.values))[:1]
    chosen = [states] if isinstance(states, str) else list(states)
    for name in chosen:
        if name not in run.values:
            raise UnknownNameError(
                f"{name!r} was not recorded",
                f"this run holds {', '.join(run.values) or 'spikes only'}",
                f'Write simulate(..., record="{name}")',
                owner="plot",
                name="states",
            )
    return chosen


def _state_panels(run: Run, names: list[str], view: View) -> list[Panel]:
    traced = [neuron for neuron in view.neurons if any(_has(run, name, neuron) for name in names)]
    if 0 < view.neurons.size <= FEW and len(traced) == view.neurons.size:
        return _trace_panels(run, names, view)
    rows = min(view.neurons.size, 40)
    panels = [Panel(1.2 + 0.07 * rows, lambda axes: _panels.raster(axes, run.spikes, view))]
    if traced:
        panels += [
            Panel(2.2, lambda axes, name=name: _panels.mean_trace(axes, run, name, view))
            for name in names
        ]
    return panels


def _trace_panels(run: Run, names: list[str], view: View) -> list[Panel]:
    if len(names) == 1 and view.neurons.size > 1:
        return [
            Panel(
                2.0,
                lambda axes, order=order: _panels.traces(
                    axes, run, names[0], view, [order], titled=True
                ),
            )
            for order in range(view.neurons.size)
        ]
    everyone = list(range(view.neurons.size))
    heights = [4.2] + [2.2] * (len(names) - 1)
    return [
        Panel(height, lambda axes, name=name: _panels.traces(axes, run, name, view, everyone))
        for name, height in zip(names, heights, strict=True)
    ]


def _has(run: Run, name: str, neuron: int) -> bool:
    return bool(np.any(np.asarray(run.neurons[name]) == neuron))


def _input_panels(run: Run, view: View) -> list[Panel]:
    return [
        Panel(1.7, lambda axes, name=name: _panels.input_trace(axes, run, name, view))
        for name in run.inputs
        if not _panels.is_silent(run, name, view)
    ]


def _share_scale(strips: list[Axes]) -> None:
    """Give strips of the same quantity one scale, so that they can be compared."""
    low = min(axes.get_ylim()[0] for axes in strips)
    high = max(axes.get_ylim()[1] for axes in strips)
    for axes in strips[1:] and strips:
        axes.set_ylim(low, high)


def _finish(figure: Figure, strips: list[Axes], run: Run, view: View) -> None:
    strips[0].set_title(run.name)
    name_time_axis(strips[-1], view)
    for axes in strips[:-1]:
        axes.tick_params(axis="x", length=0, labelbottom=False)
        axes.spines["bottom"].set_visible(False)
    figure.align_ylabels(strips)
    if run.stopped:
        figure.text(0.995, 0.995, run.stopped, ha="right", va="top", fontsize=7, color="#B00020")
