"""How a neuron begins to fire: equilibria and cycles over the input, and the frequency below."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from excitable import units
from excitable.plotting._branch import draw_branch, draw_cycles
from excitable.plotting._figure import COLOURS, INK, QUIET, label, new_figure, style

_MARGIN = 0.06
_SHADE = COLOURS[5]


def plot_excitability(
    found: Any, *, y: str | None = None, to: Any = None, size: tuple[float, float] = (5.6, 5.0)
) -> Figure:
    """Draw how a neuron begins to fire as its input grows.

    Parameters
    ----------
    found : Excitability
        From `excitable.excitability`.
    y : str, optional
        A state; the first if not given.
    to : Quantity or str, optional
        Greatest input drawn; a little beyond the last change if not given.
    size : tuple of float
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        Above, equilibria and the largest and least values on cycles; below, the frequency over
        the same inputs. Stable ones are drawn through and filled; the bistable range is shaded.

    Examples
    --------
    >>> import excitable as ex
    >>> figure = plot_excitability(ex.excitability(ex.MorrisLecar))
    >>> [axes.get_ylabel() for axes in figure.axes]
    ['$v$ (mV)', 'frequency (Hz)']
    """
    with style():
        figure = new_figure(*size)
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
        seen = draw_branch(upper, found.branch, y)
        if found.cycles is not None:
            draw_cycles(upper, found.cycles, seen)
        _draw_rates(lower, found)
        for axes in (upper, lower):
            if found.bistable is not None:
                ends = [float(end.magnitude) for end in found.bistable]
                axes.axvspan(*ends, color=_SHADE, alpha=0.25, linewidth=0.0, label="bistable")
        _mark(lower, found)
        low, high = _range(found, to)
        upper.set_xlim(low, high)
        _fit(upper)
        _fit(lower)
        lower.set_ylim(bottom=0.0)
        upper.set_xlabel("")
        upper.set_title(_title(found))
        lower.set_xlabel(label(found.input, units.unit_text(found.branch.values)))
        lower.set_ylabel("frequency (Hz)")
        handles: dict[str, Any] = {}
        for axes in (upper, lower):
            for handle, text in zip(*axes.get_legend_handles_labels(), strict=True):
                handles.setdefault(text, handle)
        figure.legend(
            handles.values(), handles.keys(), loc="outside lower center", ncols=_columns(size[0])
        )
    return figure


def _columns(width: float) -> int:
    return max(2, int(width / 1.7))


def _title(found: Any) -> str:
    words = f"class {found.cls}: {found.how}; {found.integrator_or_resonator}"
    return f"{found.model.name}\n{words}"


def _draw_rates(axes: Axes, found: Any) -> None:
    """Draw frequencies of stable cycles through, of others dashed."""
    for one in found.rates:
        axes.plot(
            one.input.magnitude, one.frequency.m_as("Hz"), linewidth=1.4 if one.stable else 0.9,
            linestyle="-" if one.stable else (0, (4, 2)),
            color=COLOURS[2] if one.stable else QUIET,
        )  # fmt: skip


def _mark(axes: Axes, found: Any) -> None:
    """Mark the rheobase, and the frequency with which stable firing begins."""
    if found.rheobase is not None:
        axes.axvline(
            float(found.rheobase.magnitude), color=COLOURS[1], linewidth=1.0,
            linestyle=(0, (1, 1.5)), label="rheobase",
        )  # fmt: skip
    if found.begins is not None and found.onset_frequency is not None:
        # In a loop of a saddle the frequency is zero: what is met first is where rest is lost.
        at = found.begins
        if found.bistable is not None and found.onset_frequency == found.frequency_when_lost:
            at = found.lost.rest
        axes.plot(
            [float(at.input.magnitude)], [float(found.onset_frequency.m_as("Hz"))], "o",
            color=INK, markersize=5, label="onset", zorder=5, clip_on=False,
        )  # fmt: skip


def _range(found: Any, to: Any) -> tuple[float, float]:
    values = np.asarray(found.branch.values.magnitude, float)
    low, high = float(values.min()), float(values.max())
    lost = found.lost
    places = [
        float(one.input.magnitude)
        for one in (lost.rest, lost.regained, lost.spiking, found.begins)
        if one is not None
    ]
    if to is not None:
        name = found.model.inputs[found.input].dimension
        internal = units.strip(to, name, "plot.to")
        high = float(units.attach(internal, units.unit_text(found.branch.values)).magnitude)
    elif found.cycles is None and found.rates:
        high = max(float(one.input.magnitude[-1]) for one in found.rates)
    elif places and lost.spiking is not None:
        high = min(high, max(places) + 0.15 * (max(places) - low))
    elif places:
        high = min(high, low + 3.0 * (max(places) - low))
    pad = _MARGIN * (high - low)
    return low - pad, high + pad


def _fit(axes: Axes) -> None:
    """Choose the ordinate from what is drawn within the abscissa."""
    low, high = axes.get_xlim()
    seen = []
    for line in axes.lines:
        x, y = np.asarray(line.get_xdata(), float), np.asarray(line.get_ydata(), float)
        if line.get_transform() == axes.transData:
            seen.append(y[(x >= low) & (x <= high)])
    values = np.concatenate(seen) if seen else np.zeros(0)
    values = values[np.isfinite(values)]
    if values.size and np.ptp(values) > 0.0:
        pad = _MARGIN * float(np.ptp(values))
        axes.set_ylim(float(values.min()) - pad, float(values.max()) + pad)
