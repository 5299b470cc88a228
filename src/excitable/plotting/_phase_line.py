"""The picture of a phase line: drift over the state, and the flow along the axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.plotting._figure import (
    COLOURS,
    INK,
    QUIET,
    canvas,
    new_figure,
    pretty_unit,
    style,
    symbol,
)
from excitable.plotting._marks import equilibrium_marker, heading, put_legend

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from excitable.analysis import Equilibrium, PhaseLine

_DRIFT, _POTENTIAL = COLOURS[0], COLOURS[2]
_TALLEST = 2.5  # of the drift where it turns: what grows beyond is cut off
_SPACING = 0.5  # inches between arrows


def plot_phase_line(
    line: PhaseLine,
    *,
    size: tuple[float, float] | None = None,
    potential: bool = False,
    title: str | None = None,
    axes: Axes | None = None,
) -> Any:
    """Draw a phase line.

    Parameters
    ----------
    line : PhaseLine
        What `excitable.phase_line` returned.
    size : (float, float), optional
        Width and height in inches; if not given, 6 by 3.6, taller with the potential.
    potential : bool
        Whether to draw the potential below, in whose valleys the stable equilibria lie.
    title : str, optional
        If not given, the model and its inputs.
    axes : matplotlib Axes, optional
        Where to draw, without the potential and a legend; a figure of its own if not given.

    Returns
    -------
    matplotlib Figure
        The drift over the state; on its zero line the equilibria, stable ones filled, unstable ones
        open, degenerate ones half filled, and arrows the way the state moves; threshold dotted,
        reset dash-dotted.

    Examples
    --------
    >>> import excitable as ex
    >>> picture = ex.phase_line(ex.QIF, I=-4).plot()
    >>> picture.axes[0].get_xlabel()
    '$x$'
    """
    both = potential and axes is None
    size = size or (6.0, 5.2 if both else 3.6)
    if not both:
        with canvas(axes, size) as panel:
            _draw(panel, line, title)
            _name_state(panel, line)
            if axes is None:
                put_legend(panel, size)
            return panel.figure
    with style():
        figure = new_figure(*size)
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
        _draw(upper, line, title)
        _draw_potential(lower, line)
        _name_state(lower, line)
        put_legend(lower, size, handles=upper.get_legend_handles_labels())
        return figure


def _draw(panel: Axes, line: PhaseLine, title: str | None) -> None:
    x, f = line.values.magnitude, line.drift.magnitude
    name = symbol(line.x)
    unit = pretty_unit(units.default_unit(line.model.dimensions[line.x]))
    panel.set_xlim(*line.window)
    panel.set_ylim(*_heights(line))
    panel.axhline(0.0, color=QUIET, lw=0.8, zorder=1)
    beyond = np.zeros(x.size, bool)
    if line.threshold is not None:
        beyond = x > float(line.threshold.magnitude)
    drawn = panel.plot(x[~beyond], f[~beyond], color=_DRIFT, lw=1.8, zorder=2)
    drawn[0].set_label(f"d{name}/d$t$")
    panel.plot(x[beyond], f[beyond], color=_DRIFT, lw=1.8, alpha=0.35, zorder=2)
    _jump(panel, line)
    _flow(panel, line)
    _equilibria(panel, line)
    panel.set_ylabel(f"d{name}/d$t$ ({unit or '1'}/ms)")
    panel.set_title(
        heading(line.model, line.equilibria.inputs) if title is None else title, wrap=True
    )


def _name_state(panel: Axes, line: PhaseLine) -> None:
    unit = pretty_unit(units.default_unit(line.model.dimensions[line.x]))
    panel.set_xlabel(f"{symbol(line.x)} ({unit})" if unit else symbol(line.x))
    if line.periodic:
        turn = line.window[1] - line.window[0]
        if abs(turn - 2.0 * np.pi) < 1e-9 and abs(line.window[1] - np.pi) < 1e-9:
            panel.set_xticks(np.pi * np.linspace(-1.0, 1.0, 5))
            panel.set_xticklabels(["−π", "−π/2", "0", "π/2", "π"])


def _heights(line: PhaseLine) -> tuple[float, float]:
    """What is shown of the drift: its turns, and not all of a branch that grows without bound."""
    f = line.drift.magnitude
    f = f[np.isfinite(f)]
    low, high = min(0.0, float(f.min())), max(0.0, float(f.max()))
    inner = [0.0, *f[1:-1][np.diff(f[:-1]) * np.diff(f[1:]) < 0.0]]
    if len(inner) > 1 and not line.periodic:
        if not len(line.equilibria) and line.reset is not None:
            inner.append(float(line.drift_at(line.reset).magnitude))
        # Where it only touches zero the turn says nothing of what is around.
        least = 0.1 * float(np.quantile(np.abs(f), 0.25))
        room = _TALLEST * max(least, *map(abs, inner))
        low, high = max(low, min(inner) - room), min(high, max(inner) + room)
    margin = 0.08 * (high - low or 1.0)
    return low - margin, high + margin


def _jump(panel: Axes, line: PhaseLine) -> None:
    if line.threshold is None or line.reset is None:
        return
    if line.periodic:
        panel.axvline(line.window[1], color=INK, ls=":", lw=2.0, label="spike", zorder=1.5)
        return
    low, high = line.window
    for place, drawn, words in (
        (line.threshold, {"color": INK, "ls": ":", "lw": 1.3}, "threshold"),
        (line.reset, {"color": QUIET, "ls": "-.", "lw": 1.1}, "after the reset"),
    ):
        if low <= float(place.magnitude) <= high:
            panel.axvline(float(place.magnitude), label=words, zorder=1.5, **drawn)


def _flow(panel: Axes, line: PhaseLine) -> None:
    """Arrow heads on the zero line, at least one in every region that has room for it."""
    box = panel.get_window_extent()
    width = box.width / panel.figure.dpi
    low, high = line.window
    inch = (high - low) / width
    top = high if line.threshold is None else min(high, float(line.threshold.magnitude))
    for region in line.regions:
        a = max(float(region.low.magnitude), low)
        b = min(float(region.high.magnitude), top)
        room = (b - a) / inch
        if room < 0.12:
            continue
        count = max(1, int(room / _SPACING))
        places = a + (b - a) * (np.arange(count) + 0.5) / count
        panel.plot(
            places, np.zeros(count), ">" if region.direction > 0 else "<", color=INK, ms=5.5,
            ls="none", zorder=3, clip_on=True,
        )  # fmt: skip


def _equilibria(panel: Axes, line: PhaseLine) -> None:
    seen: set[str] = set()
    for one in line.equilibria:
        place = float(one.state[line.x].magnitude)
        if not line.window[0] <= place <= line.window[1]:
            continue
        words = one.kind + (" beyond threshold" if one.beyond_threshold else "")
        panel.plot(
            place, 0.0, "o", ms=7.5, color=INK, ls="none", zorder=6,
            label=None if words in seen else words, **_marker(line, one),
        )  # fmt: skip
        seen.add(words)


def _marker(line: PhaseLine, one: Equilibrium) -> dict[str, Any]:
    """A degenerate equilibrium is filled on the side from which the state comes to it."""
    below, above = line.sides(one)
    if one.kind != "saddle-node" or below != above:
        return equilibrium_marker(one.kind)
    return {"fillstyle": "left" if below > 0 else "right", "markerfacecoloralt": "white"}


def _draw_potential(panel: Axes, line: PhaseLine) -> None:
    x, u = line.values.magnitude, line.potential.magnitude
    low, high = _heights(line)
    f = line.drift.magnitude
    shown = np.isfinite(u) & (f >= low) & (f <= high)
    panel.plot(x, u, color=_POTENTIAL, lw=1.8)
    if shown.any():
        least, most = float(u[shown].min()), float(u[shown].max())
        margin = 0.12 * (most - least or 1.0)
        panel.set_ylim(least - margin, most + margin)
    for one in line.equilibria:
        place = float(one.state[line.x].magnitude)
        if line.window[0] <= place <= line.window[1]:
            panel.plot(
                place, float(np.interp(place, x, u)), "o", ms=7.5, color=INK, ls="none", zorder=6,
                **_marker(line, one),
            )  # fmt: skip
    unit = pretty_unit(units.default_unit(line.model.dimensions[line.x]))
    panel.set_ylabel(f"potential ({unit}²/ms)" if unit else "potential (1/ms)")
