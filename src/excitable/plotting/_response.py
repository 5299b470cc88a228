"""How neurons follow inputs that change, as pictures: frequencies and impulses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.plotting._figure import COLOURS, QUIET, label, new_figure, pretty_unit, style, symbol

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SMOOTH = 400  # points of a line between the frequencies that were asked for


def plot_frequency_response(
    response: Any, *others: Any, size: tuple[float, float] | None = None
) -> Figure:
    """Draw gain and phase against frequency.

    Parameters
    ----------
    response : FrequencyResponse
        From `excitable.frequency_response`.
    *others : FrequencyResponse
        More of the same input and output, to be compared, such as measured ones.
    size : tuple of float, optional
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        Gain above phase, frequency in logarithmic steps. Lines are linear responses, circles
        measured ones; a resonance is marked.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import Hz
    >>> figure = plot_frequency_response(ex.frequency_response(ex.LIF, [1, 10, 100]*Hz))
    >>> figure.axes[1].get_xlabel()
    'frequency (Hz)'
    """
    with style():
        figure = new_figure(*(size or (4.4, 4.2)))
        gain, phase = figure.subplots(2, 1, sharex=True, height_ratios=[3, 2])
        gain.set_xscale("log")
        gain.margins(x=0.02)
        for k, one in enumerate((response, *others)):
            colour = COLOURS[k % len(COLOURS)]
            name = f"{one.point.model.name}, {one.method}"
            _gain_and_phase(gain, phase, one, colour, name)
        peak = response.resonance
        if peak is not None:
            _mark_peak(gain, peak, float(response.at_rest.magnitude))
        gain.set_ylim(bottom=0.0)
        gain.set_ylabel(_gain_label(response))
        phase.axhline(0.0, color=QUIET, linewidth=0.6)
        phase.set_ylabel("phase (rad)")
        phase.set_xlabel("frequency (Hz)")
        if others:
            gain.legend(loc="best")
        else:
            gain.set_title(response.point.model.name)
    return figure


def _gain_and_phase(gain: Axes, phase: Axes, one: Any, colour: str, name: str) -> None:
    f = one.frequencies.magnitude
    if one.method == "linear":
        # The formula holds in between too: a few points asked for do not make corners.
        fine = np.geomspace(f.min(), f.max(), _SMOOTH) if f.min() < f.max() else f
        z = one.point.transfer(2.0 * np.pi * fine * 1e-3)
        gain.plot(fine, np.abs(z), color=colour, label=name)
        phase.plot(fine, np.angle(z), color=colour)
        return
    marks = {"marker": "o", "linestyle": "none", "markersize": 4, "markerfacecolor": "white"}
    gain.plot(f, one.gain.magnitude, color=colour, label=name, **marks)
    phase.plot(f, one.phase, color=colour, **marks)


def _mark_peak(axes: Axes, peak: Any, zero: float) -> None:
    low, high = axes.get_xlim()
    f, height = float(peak.frequency.magnitude), float(peak.gain.magnitude)
    if not low <= f <= high:
        return
    axes.plot([f, f], [0.0, height], color=QUIET, linewidth=0.7, linestyle=":")
    axes.axhline(zero, color=QUIET, linewidth=0.7, linestyle=":")
    # Above the peak, towards the side where there is room: legends stand on the other.
    right = np.log(f / low) < 0.7 * np.log(high / low)
    axes.annotate(
        f"{f:.4g} Hz, Q = {peak.Q:.3g}", (f, height), xytext=(3 if right else -3, 3),
        ha="left" if right else "right", textcoords="offset points", color=QUIET, fontsize=8,
    )  # fmt: skip
    axes.set_ylim(top=1.12 * height)


def _gain_label(response: Any) -> str:
    model, point = response.point.model, response.point
    unit = pretty_unit(units.unit_text(response.gain))
    potential = model.dimensions[point.output] == units.VOLTAGE
    current = model.dimensions[point.input]
    ohmic = units.dimension("mV") / current in (units.dimension("MOhm"), _AREA_RESISTANCE)
    word = "impedance" if potential and ohmic else "gain"
    return f"{word} ({unit})" if unit else word


_AREA_RESISTANCE = units.dimension("kOhm*cm2")


def plot_spiking_response(
    response: Any, linear: Any = None, *, size: tuple[float, float] | None = None
) -> Figure:
    """Draw how the spikes of a driven neuron follow the frequency of the drive.

    Parameters
    ----------
    response : SpikingResponse
        From `excitable.frequency_response` with ``method="spikes"``.
    linear : FrequencyResponse, optional
        The gain below threshold, drawn beneath, which a count of spikes does not tell.
    size : tuple of float, optional
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        Spikes in each cycle, with lines at one spike in 1, 2, 3 and 4 cycles; rate and locking
        beneath.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import Hz, pA
    >>> response = ex.frequency_response(
    ...     ex.LIF, [50, 100]*Hz, at=160*pA, amplitude=200*pA, method="spikes", cycles=20)
    >>> len(plot_spiking_response(response).axes)
    3
    """
    f = response.frequencies.magnitude
    with style():
        rows = 3 if linear is None else 4
        figure = new_figure(*(size or (4.4, 1.5 * rows + 0.4)))
        panels = figure.subplots(rows, 1, sharex=True, squeeze=False)[:, 0]
        counts = response.spikes_per_cycle
        panels[0].plot(f, counts, "o-", color=COLOURS[0], markersize=3)
        for k in range(1, 5):
            panels[0].axhline(1.0 / k, color=QUIET, linewidth=0.6, linestyle=":")
        panels[0].set_ylabel("spikes per cycle")
        panels[1].plot(f, response.rate.to("Hz").magnitude, "o-", color=COLOURS[1], markersize=3)
        panels[1].set_ylabel("rate (Hz)")
        panels[2].plot(f, response.locking, "o-", color=COLOURS[2], markersize=3)
        panels[2].set_ylabel("locking")
        panels[2].set_ylim(top=1.05)
        if linear is not None:
            fine = np.linspace(f.min(), f.max(), _SMOOTH)
            value = np.abs(linear.point.transfer(2.0 * np.pi * fine * 1e-3))
            panels[3].plot(fine, value, color=COLOURS[3])
            panels[3].set_ylabel(_gain_label(linear).replace(" (", "\n("))
        for axes in panels:
            axes.set_ylim(bottom=0.0)
            axes.margins(x=0.02)
        panels[-1].set_xlabel("frequency of the drive (Hz)")
        panels[0].set_title(response.model.name)
        figure.align_ylabels(panels)
    return figure


def plot_impulse_response(
    response: Any, *others: Any, size: tuple[float, float] | None = None
) -> Figure:
    """Draw what a short input of unit area does to an output.

    Parameters
    ----------
    response : ImpulseResponse
        From `excitable.impulse_response`.
    *others : ImpulseResponse
        More of the same input and output, to be compared.
    size : tuple of float, optional
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.

    Examples
    --------
    >>> import excitable as ex
    >>> figure = plot_impulse_response(ex.impulse_response(ex.LIF))
    >>> figure.axes[0].get_xlabel()
    '$t$ (ms)'
    """
    with style():
        figure = new_figure(*(size or (4.4, 2.6)))
        axes = figure.subplots()
        for k, one in enumerate((response, *others)):
            axes.plot(
                one.t.magnitude, one.value.magnitude, color=COLOURS[k % len(COLOURS)],
                label=one.point.model.name,
            )  # fmt: skip
        axes.axhline(0.0, color=QUIET, linewidth=0.6)
        axes.set_xlabel(label("t", "ms"))
        point, unit = response.point, pretty_unit(units.unit_text(response.value))
        what = f"{symbol(point.output)} per area of {symbol(point.input)}"
        axes.set_ylabel(f"{what}\n({unit})" if unit else what)
        axes.margins(x=0.02)
        if others:
            axes.legend(loc="upper right")
        else:
            axes.set_title(point.model.name)
    return figure
