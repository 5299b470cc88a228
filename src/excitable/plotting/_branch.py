"""Bifurcation diagrams: a state over a parameter, its stability by the style of the line."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from excitable import units
from excitable.analysis._names import place_of_state
from excitable.plotting._figure import COLOURS, INK, QUIET, canvas, label

MARKERS = {"fold": "s", "hopf": "D", "branch point": "^"}
NAMES = {"hopf": "Hopf"}


def plot_branch(
    branch: Any, *, y: str | None = None, size: tuple[float, float] = (4.8, 3.2),
    axes: Axes | None = None,
) -> Figure | SubFigure:  # fmt: skip
    """Draw a branch of equilibria over its parameter.

    Parameters
    ----------
    branch : Branch
        From `excitable.continuation`.
    y : str, optional
        A state; the first if not given.
    size : tuple of float
        Width and height in inches.
    axes : matplotlib Axes, optional
        Where to draw, without a legend; a figure of its own if not given.

    Returns
    -------
    matplotlib.figure.Figure
        Stable equilibria drawn through, unstable ones dashed, those beyond the threshold of a
        neuron with a reset thin and grey, special points marked.

    Examples
    --------
    >>> import excitable as ex
    >>> figure = plot_branch(ex.continuation(ex.QIF, "I", -1, 1))
    >>> figure.axes[0].get_xlabel()
    '$I$'
    """
    with canvas(axes, size) as panel:
        draw_branch(panel, branch, y)
        if axes is None:
            _legend(panel)
        return panel.figure


def plot_cycles(
    cycles: Any, *, y: str | None = None, size: tuple[float, float] = (5.2, 3.4),
    axes: Axes | None = None,
) -> Figure | SubFigure:  # fmt: skip
    """Draw equilibria and limit cycles over a parameter.

    Parameters
    ----------
    cycles : CycleBranch
        From `Branch.cycles`.
    y : str, optional
        A state; the first if not given.
    size : tuple of float
        Width and height in inches.
    axes : matplotlib Axes, optional
        Where to draw, without a legend; a figure of its own if not given.

    Returns
    -------
    matplotlib.figure.Figure
        As `plot_branch`, with the largest and the least value on each cycle as circles, filled
        for stable cycles and open for others.

    Examples
    --------
    >>> import excitable as ex
    >>> branch = ex.continuation(ex.MorrisLecar, "I", "0 uA/cm2", "300 uA/cm2")
    >>> labels = plot_cycles(branch.cycles()).axes[0].get_legend_handles_labels()[1]
    >>> "stable cycle" in labels, "unstable cycle" in labels
    (True, True)
    """
    with canvas(axes, size) as panel:
        seen = draw_branch(panel, cycles.branch, y)
        draw_cycles(panel, cycles, seen)
        if axes is None:
            _legend(panel)
        return panel.figure


def draw_cycles(axes: Axes, cycles: Any, seen: str) -> None:
    """Draw the largest and the least value of a state on every cycle into axes."""
    for piece in cycles.pieces:
        p = piece.values.magnitude
        for stable in (True, False):
            chosen = piece.stable == stable
            if not chosen.any():
                continue
            for edge in (piece.maximum(seen), piece.minimum(seen)):
                axes.plot(
                    p[chosen], edge.magnitude[chosen], "o", color=COLOURS[2], markersize=3,
                    markerfacecolor=COLOURS[2] if stable else "white", markeredgewidth=0.8,
                    label="stable cycle" if stable else "unstable cycle",
                )  # fmt: skip


def draw_branch(axes: Axes, branch: Any, y: str | None) -> str:
    """Draw a branch into axes and return the state on the ordinate."""
    seen = next(iter(branch.model.states)) if y is None else y
    place_of_state(branch.model, seen, owner="plot", argument="y", write="Write y={!r}")
    for (stable, beyond), line in _lines(branch, seen):
        kind = "stable" if stable else "unstable"
        axes.plot(
            line[:, 0], line[:, 1], color=QUIET if beyond else INK,
            linestyle="-" if stable else (0, (4, 2)),
            linewidth=0.6 if beyond else 1.6 if stable else 1.1,
            label="beyond the threshold" if beyond else f"{kind} equilibrium",
        )  # fmt: skip
    for k, (kind, marker) in enumerate(MARKERS.items()):
        points = [p for p in branch.special if p.kind == kind]
        if points:
            axes.plot(
                [p.parameter.magnitude for p in points], [p.state[seen].magnitude for p in points],
                marker, color=COLOURS[k], markersize=5, label=NAMES.get(kind, kind), zorder=4,
            )  # fmt: skip
    axes.set_xlabel(label(branch.parameter, units.unit_text(branch.values)))
    axes.set_ylabel(label(seen, units.unit_text(branch[seen])))
    axes.set_title(branch.model.name)
    axes.margins(x=0.02)
    return seen


def _legend(axes: Axes) -> None:
    handles, labels = axes.get_legend_handles_labels()
    first = {text: handle for handle, text in reversed(list(zip(handles, labels, strict=True)))}
    order = [text for text in dict.fromkeys(labels)]
    axes.legend([first[text] for text in order], order, loc="best")


def _lines(branch: Any, seen: str) -> list[tuple[tuple[bool, bool], np.ndarray]]:
    """Return polylines of one stability on one side of the threshold, which meet at their ends."""
    p, v = branch.values.magnitude, branch[seen].magnitude
    kinds = list(zip(branch.stable.tolist(), branch.beyond_threshold.tolist(), strict=True))
    between: dict[int, list[tuple[float, float]]] = {}
    for place, point in zip(branch.places, branch.special, strict=True):
        spot = (point.parameter.magnitude, point.state[seen].magnitude)
        between.setdefault(place, []).append(spot)
    lines: list[tuple[tuple[bool, bool], np.ndarray]] = []
    for piece in branch.pieces:
        line: list[tuple[float, float]] = []
        for k in range(piece.start, piece.stop):
            line.append((p[k], v[k]))
            if k + 1 < piece.stop and kinds[k] != kinds[k + 1]:
                middle = between.get(k, [(0.5 * (p[k] + p[k + 1]), 0.5 * (v[k] + v[k + 1]))])
                lines.append((kinds[k], np.array([*line, *middle])))
                line = [middle[-1]]
        lines.append((kinds[piece.stop - 1], np.array(line)))
    return lines
