"""The adaptation map of a neuron with a reset, and the orbit diagram, as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.plotting._figure import COLOURS, INK, QUIET, canvas, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_AROUND = 0.3  # of what orbits take


def plot_reset_map(
    reset_map: Any, *, orbit: Any = None, spikes: int = 24,
    size: tuple[float, float] | None = None, axes: Axes | None = None,
) -> Figure:  # fmt: skip
    """Draw the adaptation map, the diagonal, fixed points and an orbit.

    Parameters
    ----------
    reset_map : ResetMap
        From `excitable.reset_map`, of a neuron of two states.
    orbit : Quantity, optional
        Where the orbit that is drawn begins; at the first spike from rest if left out.
    spikes : int
        Its spikes.
    size : tuple of float, optional
        Width and height in inches.
    axes : matplotlib.axes.Axes, optional
        Where to draw; a new figure if left out.

    Returns
    -------
    matplotlib.figure.Figure
        Fixed points are filled where stable and open where not. The map is left out where the
        neuron falls silent.

    Examples
    --------
    >>> import excitable as ex
    >>> cell = ex.Izhikevich.preset("chattering")
    >>> figure = plot_reset_map(ex.reset_map(cell, I="10 mV/ms"))
    >>> len(figure.axes)
    1
    """
    with canvas(axes, size or (4.2, 3.9)) as panel:
        figure = panel.figure
        name = reset_map.adaptation
        unit = units.default_unit(reset_map.model.dimensions[name]) if name else ""
        span = reset_map.range
        if span is None:
            panel.text(0.5, 0.5, "silent", transform=panel.transAxes, ha="center", color=QUIET)
        else:
            points = reset_map.sketch(orbit, spikes).magnitude
            ends = [units.attach(end, unit) for end in _view(reset_map, points)]
            w, after = reset_map.curve(*ends)
            _line(panel, w.magnitude, after.magnitude)
            _cobweb(panel, points, "from rest" if orbit is None else "orbit")
            _points(panel, reset_map)
        panel.set_xlabel(f"{label(name, unit)} at a spike")
        panel.set_ylabel(f"{label(name, unit)} at the next spike")
        title = reset_map.model.name
        given = [f"{key} = {value:.4g~P}" for key, value in reset_map.inputs.items()]
        panel.set_title(", ".join([title, *given]))
        if panel.get_legend_handles_labels()[1]:
            panel.legend(loc="best")
    return figure  # type: ignore[return-value]


def _line(panel: Axes, w: np.ndarray, after: np.ndarray) -> None:
    """Draw the map and the diagonal."""
    panel.plot(w[[0, -1]], w[[0, -1]], color=QUIET, linewidth=0.8, linestyle=(0, (1, 2)), zorder=1)
    panel.plot(w, after, color=COLOURS[0], linewidth=1.6, zorder=2)


def _view(reset_map: Any, points: np.ndarray) -> tuple[float, float]:
    """What is drawn: where orbits and fixed points are, and some of what is around."""
    low, high = (float(end.magnitude) for end in reset_map.range)
    own = [float(one.w.magnitude) for one in reset_map.fixed_points]
    for one in reset_map.attractors:
        own += np.atleast_1d(one.w.magnitude).tolist()
    own += points.tolist()
    if len(own) < 2 or np.ptp(own) < 1e-3 * (high - low):
        return low, high
    wide = _AROUND * float(np.ptp(own))
    return max(low, min(own) - wide), min(high, max(own) + wide)


def _cobweb(panel: Axes, points: np.ndarray, first: str) -> None:
    if points.size < 2:
        return
    x = np.repeat(points, 2)[:-1]
    y = np.concatenate([[points[0]], np.repeat(points[1:], 2)])
    panel.plot(x, y, color=COLOURS[1], linewidth=0.7, alpha=0.85, zorder=3)
    panel.plot(
        points[:-1], points[1:], "o", color=COLOURS[1], markersize=3.0, zorder=4, label=first
    )


def _points(panel: Axes, reset_map: Any) -> None:
    for one in reset_map.fixed_points:
        w = float(one.w.magnitude)
        face = INK if one.stable else "white"
        word = "stable" if one.stable else "unstable"
        panel.plot(
            [w], [w], "o", markersize=6.0, markerfacecolor=face, markeredgecolor=INK,
            linestyle="none", zorder=5, label=f"{word} fixed point",
        )  # fmt: skip


def plot_orbit_diagram(
    diagram: Any, *, log: bool = True, size: tuple[float, float] | None = None,
    axes: Axes | None = None,
) -> Figure:  # fmt: skip
    """Draw the intervals that a neuron settles to, along a parameter.

    Parameters
    ----------
    diagram : OrbitDiagram
        From `excitable.orbit_diagram`.
    log : bool
        Whether intervals stand on a logarithmic axis, which parts those within bursts from those
        between.
    size : tuple of float, optional
        Width and height in inches.
    axes : matplotlib.axes.Axes, optional
        Where to draw; a new figure if left out.

    Returns
    -------
    matplotlib.figure.Figure
        One panel; values at which the neuron falls silent are shaded, the number of spikes per
        cycle stands where it changes.

    Examples
    --------
    >>> import excitable as ex
    >>> cell = ex.Izhikevich.preset("chattering")
    >>> figure = plot_orbit_diagram(ex.orbit_diagram(cell, "I", "10 mV/ms", "20 mV/ms", n=5))
    >>> figure.axes[0].get_ylabel()
    'interval (ms)'
    """
    with canvas(axes, size or (5.2, 3.2)) as panel:
        figure = panel.figure
        values = diagram.values.magnitude
        for value, times, cycle in zip(
            values, diagram.intervals, diagram.spikes_per_cycle, strict=True
        ):
            colour = COLOURS[0] if cycle else COLOURS[1]
            y = times.magnitude
            panel.plot(np.full(y.size, value), y, ".", color=colour, markersize=2.2, linestyle="")
        if log and any(len(times) for times in diagram.intervals):
            panel.set_yscale("log")
        half = 0.5 * float(np.mean(np.abs(np.diff(values)))) if values.size > 1 else 0.5
        for value in values[diagram.silent]:
            panel.axvspan(value - half, value + half, color=QUIET, alpha=0.15, linewidth=0)
        _counts(panel, values, diagram.spikes_per_cycle)
        panel.set_xlabel(label(diagram.parameter, units.unit_text(diagram.values)))
        panel.set_ylabel("interval (ms)")
        panel.set_title(f"{diagram.model.name}: spikes per cycle", pad=16.0)
        panel.margins(x=0.01)
    return figure  # type: ignore[return-value]


def _counts(panel: Axes, values: np.ndarray, counts: np.ndarray) -> None:
    """Write the number of spikes above each wide stretch of equal numbers."""
    edges = np.flatnonzero(np.diff(counts)) + 1
    for part in np.split(np.arange(counts.size), edges):
        wide = part.size >= max(0.04 * counts.size, 2)
        if counts[part[0]] and wide:
            panel.annotate(
                str(counts[part[0]]), (float(values[part].mean()), 1.0), xytext=(0, 3),
                xycoords=("data", "axes fraction"), textcoords="offset points", ha="center",
                color=QUIET, fontsize=8.0,
            )  # fmt: skip
