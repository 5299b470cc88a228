"""Statistics of spike trains as pictures: histograms, correlograms, spectra, averages, kernels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.errors import ParameterError
from excitable.kernels import Kernel
from excitable.plotting import _curves
from excitable.plotting._figure import COLOURS, INK, QUIET, new_figure, pretty_unit, style
from excitable.recording import (
    PSTH,
    Convolution,
    Correlogram,
    IntervalHistogram,
    PhaseLocking,
    PowerSpectrum,
    SpikeTriggeredAverage,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LONG = 5000.0
_PHASE_BINS = 24


def plot_statistic(
    result: Any, *, axes: Axes | None = None, size: tuple[float, float] = (4.8, 2.8)
) -> Figure:
    """Draw a statistic of spike trains, or a kernel.

    Parameters
    ----------
    result : IntervalHistogram, PSTH, Correlogram, PowerSpectrum, SpikeTriggeredAverage, ...
        What to draw: any result of a spike train that is more than a number.
    axes : matplotlib.axes.Axes, optional
        Where to draw; a new figure if left out.
    size : tuple of float
        Width and height of a new figure in inches.

    Returns
    -------
    matplotlib.figure.Figure
        The figure drawn into.

    Raises
    ------
    ParameterError
        If it is nothing that has a picture.

    Examples
    --------
    >>> from excitable import trains
    >>> histogram = trains.poisson("50 Hz", "10 second").isi_histogram("2 ms")
    >>> plot_statistic(histogram).axes[0].get_xlabel()
    'interval (ms)'
    """
    draw = _DRAWN.get(type(result))
    if draw is None:
        raise ParameterError(
            f"{type(result).__name__} has no picture",
            "a result of a spike train or a kernel is expected",
            "Write train.isi_histogram().plot()",
            owner="plot_statistic",
            name="result",
        )
    with style():
        if axes is None:
            axes = new_figure(*size).subplots()
        draw(axes, result)
    figure: Any = axes.figure
    return figure


def _ms(quantity: Any) -> np.ndarray:
    return np.asarray(units.strip(quantity, units.TIME))


def _hertz(quantity: Any) -> np.ndarray:
    return 1000.0 * np.asarray(units.strip(quantity, units.RATE))


def _bars(axes: Axes, values: np.ndarray, edges: np.ndarray) -> None:
    axes.stairs(values, edges, color=COLOURS[0], fill=True, alpha=0.3, linewidth=0)
    axes.stairs(values, edges, color=COLOURS[0], linewidth=0.9)
    axes.set_xlim(edges[0], edges[-1])
    axes.set_ylim(0.0, 1.08 * values.max() if values.any() else 1.0)


def _time_axis(axes: Axes, span: float, what: str = "time") -> float:
    """Label a time axis; return the milliseconds in its unit."""
    long = span >= _LONG
    axes.set_xlabel(f"{what} (s)" if long else f"{what} (ms)")
    return 1000.0 if long else 1.0


def _intervals(axes: Axes, result: IntervalHistogram) -> None:
    _bars(axes, result.counts, _ms(result.edges))
    axes.set_xlabel("interval (ms)")
    axes.set_ylabel("intervals")


def _psth(axes: Axes, result: PSTH) -> None:
    edges = _ms(result.edges)
    scale = _time_axis(axes, edges[-1] - edges[0])
    _bars(axes, _hertz(result.rate), edges / scale)
    axes.set_ylabel("rate (Hz)")


def _correlogram(axes: Axes, result: Correlogram) -> None:
    lags, half = _ms(result.lags), float(_ms(result.bin)) / 2
    _bars(axes, _hertz(result.rate), np.append(lags - half, lags[-1] + half))
    level = float(_hertz(result.mean_rate))
    axes.axhline(level, color=INK, linewidth=0.8, linestyle=(0, (4, 3)))
    axes.text(1.0, level, " if\n indep.", transform=axes.get_yaxis_transform(), fontsize=7,
              color=QUIET, va="center")  # fmt: skip
    axes.set_xlabel("lag (ms)")
    axes.set_ylabel("rate (Hz)")


def _spectrum(axes: Axes, result: PowerSpectrum) -> None:
    frequency, power, error = (_hertz(x) for x in (result.frequency, result.power, result.error))
    low = np.maximum(power - error, 0.0)
    axes.fill_between(frequency, low, power + error, color=COLOURS[0], alpha=0.2, linewidth=0)
    axes.plot(*_curves.thinned(frequency, power), color=COLOURS[0], linewidth=0.9)
    axes.set_xlim(0.0, frequency[-1])
    axes.set_ylim(0.0)
    axes.set_xlabel("frequency (Hz)")
    axes.set_ylabel("power (Hz)")


def _average(axes: Axes, result: SpikeTriggeredAverage) -> None:
    axes.plot(_ms(result.lags), result.mean.magnitude, color=COLOURS[0])
    axes.axvline(0.0, color=QUIET, linewidth=0.8, linestyle=(0, (4, 3)))
    axes.set_xlabel("time from the spike (ms)")
    unit = pretty_unit(units.unit_text(result.mean))
    axes.set_ylabel(f"mean ({unit})" if unit else "mean")
    axes.margins(x=0.0)


def _locking(axes: Axes, result: PhaseLocking) -> None:
    edges = np.linspace(0.0, 1.0, _PHASE_BINS + 1)
    _bars(axes, np.histogram(result.phases, edges)[0], edges)
    axes.axvline(result.phase, color=COLOURS[1], linewidth=1.2)
    axes.text(1.0, 1.02, f"vector strength {result.vector_strength:.3f}", fontsize=8, color=QUIET,
              transform=axes.transAxes, ha="right")  # fmt: skip
    axes.set_xlabel("phase (cycles)")
    axes.set_ylabel("spikes")


def _convolution(axes: Axes, result: Convolution) -> None:
    t, values = result.t_ms, result.values
    scale = _time_axis(axes, t[-1] - t[0])
    axes.plot(*_curves.thinned(t / scale, values.magnitude), color=COLOURS[0])
    times = result.train.times_ms / scale
    if times.size <= _curves.COLUMNS:
        axes.plot(times, np.zeros(times.size), "|", color=INK, markersize=7, clip_on=False)
    unit = pretty_unit(units.unit_text(values))
    what = "rate" if result.is_rate else "convolution"
    axes.set_ylabel(f"{what} ({unit})" if unit else what)
    axes.margins(x=0.0)


def _kernel(axes: Axes, kernel: Kernel) -> None:
    begin, end = kernel.start_ms, kernel.stop_ms
    t = np.linspace(begin, end, 4001)
    values, unit = kernel.at(t)
    visible = np.flatnonzero(np.abs(values) > 1e-3 * np.abs(values).max())
    if visible.size:
        begin, end = t[visible[0]], t[visible[-1]]
    margin = 0.05 * (end - begin)
    t = np.unique([*np.linspace(begin - margin, end + margin, 2000),
                   *(np.nextafter(x, s) for x in (kernel.start_ms, kernel.stop_ms)
                     for s in (-np.inf, x, np.inf))])  # fmt: skip
    t = t[(t >= begin - margin) & (t <= end + margin)]
    shown = units.attach(kernel.at(t)[0], unit).magnitude
    axes.plot(t, shown, color=COLOURS[0])
    axes.set_xlabel("time since the spike (ms)")
    axes.set_ylabel(f"kernel ({pretty_unit(unit)})" if unit else "kernel")
    axes.margins(x=0.0)


_DRAWN: dict[type, Callable[[Axes, Any], None]] = {
    IntervalHistogram: _intervals,
    PSTH: _psth,
    Correlogram: _correlogram,
    PowerSpectrum: _spectrum,
    SpikeTriggeredAverage: _average,
    PhaseLocking: _locking,
    Convolution: _convolution,
    Kernel: _kernel,
}
