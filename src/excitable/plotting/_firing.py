"""Rates against inputs, and strength against duration, as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.plotting._figure import (
    COLOURS,
    QUIET,
    canvas,
    label,
    new_figure,
    pretty_unit,
    style,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST_NEURONS = 6  # drawn in a colour of their own


def plot_fi_curve(
    curve: Any, *others: Any, onset: bool = True, size: tuple[float, float] | None = None
) -> Figure:
    """Draw firing rate against input.

    Parameters
    ----------
    curve : FICurve
        From `excitable.fi_curve`.
    *others : FICurve
        More curves of the same input, to be compared; each is named by its model and start.
    onset : bool
        Whether the rates of first intervals are drawn too, dashed, where they differ.
    size : tuple of float, optional
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        One panel. Open circles are means of intervals that keep changing.

    Examples
    --------
    >>> import excitable as ex
    >>> figure = plot_fi_curve(ex.fi_curve(ex.LIF, ex.sweep("0 pA", "500 pA", n=51)))
    >>> figure.axes[0].get_ylabel()
    'firing rate (Hz)'
    """
    with style():
        figure = new_figure(*(size or (4.4, 3.0)))
        axes = figure.subplots()
        several = len(others) > 0
        for k, one in enumerate((curve, *others)):
            name = one.model.name if one.start == "step" else f"{one.model.name}, {one.start}wards"
            _rates(axes, one, COLOURS[k % len(COLOURS)], name, onset=onset)
        axes.set_xlabel(label(curve.input, units.unit_text(curve.I)))
        unit = units.unit_text(curve.rate)
        axes.set_ylabel(f"firing rate ({unit})" if unit else "rate")
        if np.min(curve.rate.magnitude) >= 0.0:  # rates of rate units may have either sign
            axes.set_ylim(bottom=0.0)
        axes.margins(x=0.02)
        if not several:
            axes.set_title(curve.model.name)
        if several or axes.get_legend_handles_labels()[1][1:]:
            axes.legend(loc="best")
    return figure


def _rates(axes: Axes, curve: Any, colour: str, name: str, *, onset: bool) -> None:
    levels = np.atleast_1d(curve.I.magnitude)
    order = np.argsort(levels)
    levels = levels[order]
    steady = curve.rate.magnitude.reshape(levels.size, -1)[order]
    first = curve.onset_rate.magnitude.reshape(levels.size, -1)[order]
    settled = curve.settled.reshape(levels.size, -1)[order]
    differ = (
        onset and curve.start == "step" and not np.allclose(first, steady, rtol=1e-3, atol=1e-9)
    )
    for neuron in range(steady.shape[1]):
        own = colour if steady.shape[1] == 1 else COLOURS[neuron % len(COLOURS)]
        if steady.shape[1] > _MOST_NEURONS:
            own = colour
        tag = name if neuron == 0 else None
        broken = _broken(levels, steady[:, neuron])
        axes.plot(*broken, color=own, label=f"{tag}, steady" if differ and tag else tag)
        if differ:
            axes.plot(
                *_broken(levels, first[:, neuron]), color=own, linestyle=(0, (4, 2)),
                linewidth=0.8, label=f"{tag}, first interval" if tag else None,
            )  # fmt: skip
        loose = ~settled[:, neuron] & (steady[:, neuron] > 0.0)
        axes.plot(
            levels[loose], steady[loose, neuron], "o", markersize=3.5, markerfacecolor="white",
            markeredgecolor=own, label="irregular" if loose.any() and tag else None,
        )  # fmt: skip


def _broken(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Break a line where it jumps from or to silence and by more than a fifth of its height."""
    jump = ((y[1:] == 0.0) != (y[:-1] == 0.0)) & (np.abs(np.diff(y)) > 0.2 * np.max(y, initial=0.0))
    at = np.flatnonzero(jump) + 1
    return np.insert(x, at, np.nan), np.insert(y, at, np.nan)


def plot_strength_duration(curve: Any, *, size: tuple[float, float] | None = None) -> Figure:
    """Draw the least amplitude of a pulse that makes a neuron fire against its width.

    Parameters
    ----------
    curve : StrengthDuration
        From `excitable.strength_duration`.
    size : tuple of float, optional
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        Thresholds with the fits of Lapicque and Weiss, rheobase and chronaxie.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import ms
    >>> figure = plot_strength_duration(ex.strength_duration(ex.LIF, [1, 5, 20]*ms))
    >>> figure.axes[0].get_xlabel()
    'duration (ms)'
    """
    widths, thresholds = curve.durations.magnitude, curve.thresholds.magnitude
    least = float(curve.rheobase.magnitude)
    d = np.geomspace(widths.min(), widths.max(), 300)
    with style():
        figure = new_figure(*(size or (4.4, 3.0)))
        axes = figure.subplots()
        tau, c = float(curve.lapicque["tau"].magnitude), float(curve.weiss["c"].magnitude)
        axes.plot(d, -least / np.expm1(-d / tau), color=COLOURS[0], label="Lapicque")
        axes.plot(d, least * (1.0 + c / d), color=COLOURS[1], linestyle=(0, (4, 2)), label="Weiss")
        axes.plot(widths, thresholds, "o", color="black", markersize=4, label="threshold")
        axes.axhline(least, color=QUIET, linewidth=0.7, linestyle=":")
        chronaxie = float(curve.chronaxie.magnitude)
        axes.plot([chronaxie, chronaxie], [0.0, 2.0 * least], color=QUIET, linewidth=0.7)
        axes.annotate(
            f"chronaxie {chronaxie:.3g} ms", (chronaxie, 2.0 * least), xytext=(6, 4),
            textcoords="offset points", color=QUIET, fontsize=8,
        )  # fmt: skip
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlabel("duration (ms)")
        unit = pretty_unit(units.unit_text(curve.thresholds))
        axes.set_ylabel(f"least amplitude ({unit})" if unit else "least amplitude")
        axes.legend(loc="upper right")
    return figure


def plot_paired_pulse(
    pairs: Any, *, size: tuple[float, float] = (4.8, 3.0), axes: Axes | None = None
) -> Any:
    """Draw the least second pulse that evokes a second spike against the time since the first.

    Parameters
    ----------
    pairs : PairedPulse
        From `excitable.paired_pulse`.
    size : tuple of float
        Width and height in inches.
    axes : matplotlib Axes, optional
        Where to draw; a figure of its own if not given.

    Returns
    -------
    matplotlib Figure
        Thresholds in units of that of one pulse, with both refractory periods shaded.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import ms
    >>> pairs = ex.paired_pulse(ex.LIF(t_ref=5*ms), [2, 6, 10, 40, 90]*ms, tolerance=1e-3)
    >>> pairs.plot().axes[0].get_xlabel()
    'time since the first pulse (ms)'
    """
    intervals, ratio = pairs.intervals.magnitude, pairs.ratio
    seen = ratio[np.isfinite(ratio)]
    low, top = 0.8 * np.min(seen, initial=1.0), 1.6 * np.max(seen, initial=1.5)
    with canvas(axes, size) as panel:
        edges = [0.0, *(float(one.magnitude) for one in (pairs.absolute, pairs.relative) if one)]
        shades = (("0.75", "absolute"), ("0.9", "relative")) if pairs.absolute else (
            ("0.9", "relative"),)  # fmt: skip
        for start, stop, (shade, word) in zip(edges, edges[1:], shades, strict=False):
            panel.axvspan(start, stop, color=shade, linewidth=0)
            panel.text((start + stop) / 2, 0.93 * top, word, ha="center", va="top", clip_on=True)
        panel.axhline(1.0, color=QUIET, linewidth=0.8, linestyle=(0, (4, 2)))
        panel.plot(intervals, ratio, ".-", color=COLOURS[0], markersize=4, linewidth=1.0)
        panel.set_xlim(0.0, float(intervals.max()))
        panel.set_yscale("log", base=2)
        panel.yaxis.set_major_formatter("{x:g}")
        panel.set_ylim(low, top)
        panel.set_xlabel("time since the first pulse (ms)")
        panel.set_ylabel("least second pulse\n(that of one is 1)")
        if axes is None:
            panel.set_title(pairs.model.name)
        return panel.figure
