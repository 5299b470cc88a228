"""Two-parameter diagrams: curves of folds and Hopf points in the plane of two parameters."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from excitable import units
from excitable.errors import ParameterError
from excitable.plotting._figure import COLOURS, INK, canvas, label

_MARKERS = {
    "cusp": ("^", "cusp"),
    "bogdanov-takens": ("s", "Bogdanov-Takens"),
    "bautin": ("D", "Bautin"),
    "fold-hopf": ("P", "fold-Hopf"),
    "double hopf": ("X", "double Hopf"),
}


def plot_special_curve(
    curve: Any, *others: Any, size: tuple[float, float] = (5.8, 3.4), axes: Axes | None = None
) -> Figure | SubFigure:
    """Draw curves of folds and Hopf points over both parameters.

    Parameters
    ----------
    curve : SpecialCurve
        From `SpecialPoint.continuation`.
    *others : SpecialCurve
        More, over the same two parameters.
    size : tuple of float
        Width and height in inches.
    axes : matplotlib Axes, optional
        Where to draw, without a legend; a figure of its own if not given.

    Returns
    -------
    matplotlib.figure.Figure
        Folds in black; Hopf points in blue, drawn through where the cycles born there are stable
        (supercritical) and dashed where they are not; special points marked.

    Raises
    ------
    ParameterError
        If the curves are over different parameters.

    Examples
    --------
    >>> import excitable as ex
    >>> branch = ex.continuation(ex.Izhikevich, "I", "-40 mV/ms", "20 mV/ms")
    >>> curves = [p.continuation("b", "0.01/ms", "0.3/ms") for p in branch.special]
    >>> plot_special_curve(*curves).axes[0].get_ylabel()
    '$b$ (1/ms)'
    """
    for other in others:
        if (other.parameter, other.second) != (curve.parameter, curve.second):
            raise ParameterError(
                f"one curve is over {curve.parameter} and {curve.second}, another over "
                f"{other.parameter} and {other.second}",
                "curves over the same two parameters, in one order, can be drawn together",
                "Draw them one by one", owner="plot",
            )  # fmt: skip
    x_unit, y_unit = units.unit_text(curve.values), units.unit_text(curve.seconds)
    with canvas(axes, size) as panel:
        for one in (curve, *others):
            xy = np.column_stack([
                one.values.to(curve.values.units).magnitude,
                one.seconds.to(curve.seconds.units).magnitude,
            ])  # fmt: skip
            for name, line in _lines(one, xy):
                through = name != "subcritical Hopf"
                panel.plot(
                    line[:, 0], line[:, 1], color=INK if name == "fold" else COLOURS[0],
                    linestyle="-" if through else (0, (4, 2)), linewidth=1.4, label=name,
                )  # fmt: skip
        for k, (kind, (marker, name)) in enumerate(_MARKERS.items()):
            spots = [
                (p.parameter.m_as(curve.values.units), p.second.m_as(curve.seconds.units))
                for one in (curve, *others) for p in one.special if p.kind == kind
            ]  # fmt: skip
            if spots:
                panel.plot(
                    *zip(*spots, strict=True), marker, color=COLOURS[k + 1], markersize=6,
                    markeredgecolor="white", markeredgewidth=0.6, label=name, zorder=4,
                )  # fmt: skip
        panel.set_xlabel(label(curve.parameter, x_unit))
        panel.set_ylabel(label(curve.second, y_unit))
        panel.set_title(curve.model.name)
        panel.margins(0.03)
        if axes is None:
            handles, labels = panel.get_legend_handles_labels()
            first = dict(reversed(list(zip(labels, handles, strict=True))))
            order = list(dict.fromkeys(labels))
            # Beside the axes: curves and points fill them in no way that can be foreseen.
            panel.figure.legend([first[text] for text in order], order, loc="outside right center")
        return panel.figure


def _lines(curve: Any, xy: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """Return polylines: one of folds, or pieces of Hopf points that meet in Bautin points."""
    if curve.kind == "fold":
        return [("fold", _with_points(curve, xy, 0, len(xy)))]
    above = curve.coefficient > 0.0
    known = np.isfinite(curve.coefficient)
    turns = [
        place + 1 for place, point in zip(curve.places, curve.special, strict=True)
        if point.kind == "bautin"
    ]  # fmt: skip
    edges = [0, *turns, len(xy)]
    lines = []
    for a, b in pairwise(edges):
        values = above[a:b][known[a:b]]
        name = "subcritical Hopf" if values.size and values.mean() > 0.5 else "supercritical Hopf"
        lines.append((name, _with_points(curve, xy, a, b)))
    return lines


def _with_points(curve: Any, xy: np.ndarray, a: int, b: int) -> np.ndarray:
    """Return the points from a to before b with the special points between and at both ends."""
    line: list[Any] = []
    between: dict[int, list[tuple[float, float]]] = {}
    for place, point in zip(curve.places, curve.special, strict=True):
        spot = (
            point.parameter.m_as(curve.values.units), point.second.m_as(curve.seconds.units)
        )  # fmt: skip
        between.setdefault(place, []).append(spot)
    for k in range(a - 1, b):
        if k >= a:
            line.append(xy[k])
        line.extend(between.get(k, []))
    return np.array(line)
