"""Activations as a picture: values and slopes over the drive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from excitable.errors import ParameterError
from excitable.plotting._figure import COLOURS, QUIET, label, new_figure, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from excitable.activation import Activation

_SAMPLES = 801
_PER_ROW = 3


def plot_activations(
    *activations: Activation,
    start: float = -4.0,
    stop: float = 4.0,
    size: tuple[float, float] | None = None,
) -> Figure:
    """Draw activations side by side, each with its slope dashed.

    Parameters
    ----------
    *activations : Activation
        What to draw, a panel each.
    start, stop : float
        The range of the drive.
    size : tuple of float, optional
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        Panels in rows of three.

    Raises
    ------
    ParameterError
        If nothing is to be drawn, or the range is empty.

    Examples
    --------
    >>> from excitable.activation import logistic, relu
    >>> figure = plot_activations(logistic, relu)
    >>> [axes.get_title("left") for axes in figure.axes]
    ['logistic', 'relu']
    """
    if not activations:
        found, write = "no activations", "Write plot_activations(ex.activation.relu)"
        raise ParameterError(found, "at least one is expected", write, owner="plot_activations")
    if not (np.isfinite([start, stop]).all() and start < stop):
        found = f"a drive from {start:g} to {stop:g}"
        raise ParameterError(
            found, "a range is expected", "Write start=-4, stop=4", owner="plot_activations"
        )
    # An even number of intervals: 0 is a sample of a range that is even about it.
    drive = np.linspace(start, stop, _SAMPLES)
    columns = min(len(activations), _PER_ROW)
    rows = -(-len(activations) // columns)
    with style():
        figure = new_figure(*(size or (2.4 * columns + 0.2, 1.9 * rows + 0.3)))
        panels = figure.subplots(rows, columns, squeeze=False).ravel()
        for axes, activation in zip(panels, activations, strict=False):
            _draw(axes, activation, drive)
        for axes in panels[len(activations) :]:
            axes.remove()
        panels[0].legend(loc="upper left", handlelength=1.4, borderaxespad=0.1)
    return figure


def _draw(axes: Axes, activation: Activation, drive: np.ndarray) -> None:
    value, slope = (np.asarray(_bare(f(drive))) for f in (activation, activation.derivative))
    axes.axhline(0.0, color=QUIET, linewidth=0.5)
    axes.axvline(0.0, color=QUIET, linewidth=0.5)
    # The slope of a steep start would squeeze everything else: it is cut at the height of the rest.
    height = np.ptp(value)
    shown = np.where(slope <= value.max() + 0.3 * height, slope, np.nan)
    axes.plot(drive, shown, color=COLOURS[1], linestyle=(0, (3, 2)), label="slope")
    for piece in _pieces(value):
        axes.plot(drive[piece], value[piece], color=COLOURS[0], linewidth=1.6,
                  label="value" if piece.start == 0 else None)  # fmt: skip
    axes.set_title(activation.name)
    axes.set_xlabel("drive $z$")
    axes.set_ylabel(label("f", activation.unit))


def _bare(values: object) -> object:
    return getattr(values, "magnitude", values)


def _pieces(value: np.ndarray) -> list[slice]:
    """Where to lift the pen: at a jump, far above every other change between samples."""
    change = np.abs(np.diff(value))
    typical = np.sort(change)[-2] if change.size > 1 else np.inf
    greatest = int(np.argmax(change))
    if change[greatest] > 20.0 * typical:
        return [slice(0, greatest + 1), slice(greatest + 1, value.size)]
    return [slice(0, value.size)]
