"""A voltage clamp as a picture: the command, and below it every current and every gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.errors import ParameterError
from excitable.plotting._curves import thinned
from excitable.plotting._figure import INPUT_COLOUR, QUIET, label, new_figure, style
from excitable.plotting._view import View, name_time_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def plot_voltage_clamp(
    clamp: Any,
    *,
    states: bool = True,
    start: Any = None,
    stop: Any = None,
    size: tuple[float, float] | None = None,
) -> Figure:
    """Draw a voltage clamp: the command on top, currents and gates below, one panel each.

    Parameters
    ----------
    clamp : VoltageClamp
        From `excitable.voltage_clamp`.
    states : bool
        Whether to draw the gates and other states, in a column of their own.
    start, stop : Quantity [time] or str, optional
        Part of the run to draw; all of it if left out.
    size : tuple of float, optional
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        Commands of a family run from dark to light, in the order given.

    Raises
    ------
    ParameterError
        If the part to draw is empty.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import ms, mV
    >>> clamp = ex.voltage_clamp(ex.HodgkinHuxley, [-40, 0]*mV, 20*ms, holding=-65*mV)
    >>> len(plot_voltage_clamp(clamp).axes)  # command and 4 currents, command and 3 gates
    9
    """
    view = _view(clamp, start, stop)
    columns = [list(clamp.currents)]
    if states and clamp.states:
        columns.append(list(clamp.states))
    rows = 1 + max(map(len, columns))
    with style():
        figure = new_figure(*(size or (4.0 * len(columns) + 0.6, 0.9 + 1.05 * rows)))
        halves = figure.subfigures(1, len(columns), squeeze=False)[0]
        for half, names in zip(halves, columns, strict=True):
            shown = [clamp.voltage, *names]
            strips = half.subplots(len(shown), 1, sharex=True, squeeze=False)[:, 0]
            for axes, name in zip(strips, shown, strict=True):
                _family(axes, clamp, name, view)
            name_time_axis(strips[-1], view)
            half.align_ylabels(strips)
            strips[0].set_title(clamp.model.name if half is halves[0] else " ")
    return figure


def _family(axes: Axes, clamp: Any, name: str, view: View) -> None:
    from matplotlib import colormaps

    unit = clamp.unit(name)
    values = clamp.bare(name) / units.factor(unit)
    inside = (clamp.t_ms >= view.start) & (clamp.t_ms <= view.stop)
    t, lines = clamp.t_ms[inside], values.reshape(clamp.t_ms.size, -1)[inside].T
    shades = colormaps["viridis"](np.linspace(0.0, 0.85, max(len(lines), 2)))
    for shade, line in zip(shades, lines, strict=False):
        colour = INPUT_COLOUR if len(lines) == 1 and name == clamp.voltage else shade
        axes.plot(*_thin(t, line, view), color=colour)
    axes.set_ylabel(label(name, unit))
    if name in clamp.currents:
        axes.axhline(0.0, color=QUIET, linewidth=0.5, zorder=0)
    axes.margins(x=0.0, y=0.08)


def _thin(t: np.ndarray, line: np.ndarray, view: View) -> tuple[np.ndarray, np.ndarray]:
    times, values = thinned(t, line)
    return view.axis(times), values


def _view(clamp: Any, start: Any, stop: Any) -> View:
    t = clamp.t_ms
    first = t[0] if start is None else float(units.strip(start, units.TIME, "plot.start"))
    last = t[-1] if stop is None else float(units.strip(stop, units.TIME, "plot.stop"))
    if not ((t >= first) & (t <= last)).sum() > 1:
        raise ParameterError(
            f"nothing lies between {first:g} and {last:g} ms",
            f"the samples cover {t[0]:g} to {t[-1]:g} ms",
            "Write a start before a stop inside it",
            owner="plot",
        )
    return View(float(first), float(last), np.zeros(1, dtype=np.int64))
