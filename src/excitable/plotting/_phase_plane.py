"""The picture of a phase plane: nullclines, flow, equilibria by kind, manifolds, cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.plotting._figure import COLOURS, INK, QUIET, canvas, label, symbol
from excitable.plotting._marks import equilibrium_marker, heading, put_legend

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from excitable.analysis import PhasePlane

_FIRST, _SECOND, _CYCLE, _MANIFOLD = COLOURS[0], COLOURS[1], COLOURS[2], COLOURS[3]


def plot_phase_plane(
    plane: PhasePlane,
    *trajectories: Any,
    size: tuple[float, float] = (6.0, 4.6),
    field: bool = True,
    title: str | None = None,
    axes: Axes | None = None,
) -> Any:
    """Draw a phase plane.

    Parameters
    ----------
    plane : PhasePlane
        What `excitable.phase_plane` returned.
    *trajectories : Curve
        Solutions to draw, from ``plane.trajectory(...)``.
    size : (float, float)
        Width and height in inches.
    field : bool
        Whether to draw the vector field.
    title : str, optional
        If not given, the model, its inputs, and what became of the states that are not drawn.
    axes : matplotlib Axes, optional
        Where to draw, without a legend; a figure of its own if not given.

    Returns
    -------
    matplotlib Figure
        Nullclines in two colours and line styles; stable equilibria filled, unstable ones open,
        saddles half filled; stable manifolds dashed, unstable ones solid; limit cycles thick,
        unstable ones dashed.

    Examples
    --------
    >>> import excitable as ex
    >>> picture = ex.phase_plane(ex.FitzHughNagumo, I=0.5).plot()
    >>> picture.axes[0].get_xlabel()
    '$v$'
    """
    with canvas(axes, size) as panel:
        if axes is not None:
            size = (panel.bbox.width / panel.figure.dpi, panel.bbox.height / panel.figure.dpi)
        if field:
            _field(panel, plane, size)
        _nullclines(panel, plane)
        _manifolds(panel, plane)
        _hybrid(panel, plane)
        _cycles(panel, plane)
        for one in trajectories:
            x, y = _broken(one)
            panel.plot(x, y, color=INK, lw=1.0, zorder=4)
            panel.plot(x[:1], y[:1], "|", color=INK, ms=7, zorder=4)
        _equilibria(panel, plane)
        panel.set_xlim(*plane.window.x_range)
        panel.set_ylim(*plane.window.y_range)
        for name, put in ((plane.x, panel.set_xlabel), (plane.y, panel.set_ylabel)):
            put(label(name, units.default_unit(plane.model.dimensions[name])))
        words = heading(plane.model, plane.equilibria.inputs, plane.words)
        panel.set_title(words if title is None else title, wrap=True)
        if axes is None:
            put_legend(panel, size)
        return panel.figure


def _field(axes: Axes, plane: PhasePlane, size: tuple[float, float]) -> None:
    """Arrows of equal length on the page: their shade says how fast."""
    points = int(np.clip(4 * min(size), 11, 25))
    # Without the rim, where arrows would be cut off.
    x, y, dx, dy = (one.magnitude[1:-1, 1:-1] for one in plane.vector_field(points + 2))
    wide, tall = (np.ptp(span) for span in (plane.window.x_range, plane.window.y_range))
    u, v = dx / wide * size[0], dy / tall * size[1]
    speed = np.hypot(u, v)
    seen = np.isfinite(speed) & (speed > 0.0)
    if not seen.any():
        return
    rank = np.log(np.where(seen, speed, speed[seen].min()))
    low, high = rank[seen].min(), rank[seen].max()
    axes.quiver(
        x[seen], y[seen], (u / np.where(seen, speed, 1.0))[seen],
        (v / np.where(seen, speed, 1.0))[seen], rank[seen], cmap="Greys", pivot="mid",
        clim=(low - 1.2 * (high - low), high + 0.8 * (high - low)),
        angles="uv", scale=1.6 * points, width=0.0028, zorder=0,
    )  # fmt: skip


def _nullclines(axes: Axes, plane: PhasePlane) -> None:
    styles = ((plane.x, _FIRST, "-"), (plane.y, _SECOND, "--"))
    for name, colour, line in styles:
        for k, one in enumerate(plane.nullclines[name]):
            axes.plot(
                one.x.magnitude, one.y.magnitude, line, color=colour, lw=1.6, zorder=2,
                label=f"{symbol(name)}-nullcline" if k == 0 else None,
            )  # fmt: skip


def _manifolds(axes: Axes, plane: PhasePlane) -> None:
    seen: set[str] = set()
    for one in plane.separatrices:
        axes.plot(
            one.x.magnitude, one.y.magnitude, ls="-" if one.name == "unstable" else (0, (4, 2)),
            color=_MANIFOLD, lw=1.1, zorder=2.5,
            label=None if one.name in seen else f"{one.name} manifold",
        )  # fmt: skip
        seen.add(one.name)


def _cycles(axes: Axes, plane: PhasePlane) -> None:
    seen: set[str] = set()
    for one in plane.cycles:
        x, y = _broken(one)
        axes.plot(
            x, y, ls="-" if one.name == "stable" else (0, (2.2, 1.2)), color=_CYCLE,
            lw=2.4 if one.name == "stable" else 2.0, zorder=3,
            label=None if one.name in seen else f"{one.name} limit cycle",
        )  # fmt: skip
        seen.add(one.name)


def _hybrid(axes: Axes, plane: PhasePlane) -> None:
    for k, one in enumerate(plane.threshold):
        axes.plot(one.x.magnitude, one.y.magnitude, ":", color=INK, lw=1.3,
                  label="threshold" if k == 0 else None)  # fmt: skip
    for k, one in enumerate(plane.reset):
        axes.plot(one.x.magnitude, one.y.magnitude, "-.", color=QUIET, lw=1.1,
                  label="after the reset" if k == 0 else None)  # fmt: skip


def _broken(curve: Any) -> tuple[np.ndarray, np.ndarray]:
    """Break a line where the state jumps."""
    jumps = [] if curve.resets is None else curve.resets
    x, y = (np.insert(one.magnitude, jumps, np.nan) for one in (curve.x, curve.y))
    return x, y


def _equilibria(axes: Axes, plane: PhasePlane) -> None:
    seen: set[str] = set()
    for one in plane.equilibria:
        if not plane.on_plane(one):
            continue
        x, y = (float(one.state[name].magnitude) for name in (plane.x, plane.y))
        low_x, high_x = plane.window.x_range
        low_y, high_y = plane.window.y_range
        if not (low_x <= x <= high_x and low_y <= y <= high_y):
            continue
        words = one.kind + (" beyond threshold" if one.beyond_threshold else "")
        axes.plot(
            x, y, "o", ms=7, color=INK, zorder=6, ls="none",
            label=None if words in seen else words, **equilibrium_marker(one.kind),
        )  # fmt: skip
        seen.add(words)
