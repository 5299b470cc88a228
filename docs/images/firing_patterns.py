"""Draw the pictures of the page on firing patterns: ``python docs/images/firing_patterns.py``."""

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

import excitable as ex
from excitable.errors import SimulationError
from excitable.plotting import save_figure

FOLDER = Path(__file__).parent
EXACT, SCRIPT, INPUT, INK = "#0072B2", "#D55E00", "#555555", "#222222"
SCRIPT_DIFFERS = "PQT"


def simulate(pattern, **options):
    """Run a pattern; of one that runs away, what came before."""
    options = {"I": pattern.stimulus, "record_dt": "0.2 ms"} | options
    try:
        return ex.simulate(pattern.model, pattern.duration, initial=pattern.initial, **options)
    except SimulationError as error:
        return error.run


def trace(run, peak):
    """Times and potentials, with each spike drawn up to a peak between the samples around it."""
    t, v, spikes = run.t_ms, np.minimum(run.bare("v"), peak), run.spikes[0].times_ms
    following = v[np.minimum(np.searchsorted(t, spikes), v.size - 1)]
    times = np.concatenate([t, spikes, spikes])
    values = np.concatenate([v, np.full(spikes.size, peak), following])
    rank = np.repeat([2, 0, 1], [t.size, spikes.size, spikes.size])
    order = np.lexsort((rank, times))
    return times[order], values[order]


def draw_input(axes, run, low, height):
    """Draw what drives a run as a line between `low` and `low + height`."""
    name = next(iter(run.inputs))
    values = run.input(name).magnitude
    values = low + height * (values - values.min()) / (np.ptp(values) or 1.0)
    axes.plot(run.t_ms, values, color=INPUT, linewidth=0.8)


def finish(axes, title, duration, low, high):
    """Leave nothing of the axes but a title and a bar for time of a round length."""
    length = next(x for x in (500, 200, 100, 50, 20, 10) if x <= duration / 4)
    axes.plot([0, length], [low, low], color=INK, linewidth=1.2)
    axes.text(0, low - 3.0, f"{length} ms", fontsize=6, va="top")
    axes.set_title(title, fontsize=8, loc="left", pad=2.0)
    axes.set_xlim(0, duration)
    axes.set_ylim(low - 14.0, high)
    axes.axis("off")


def twenty_panels():
    """Every panel under error control, and three of them once more as their script draws them."""
    figure = Figure(figsize=(8.2, 9.6), layout="constrained")
    panels = ex.models.izhikevich_patterns.items()
    for axes, (letter, pattern) in zip(figure.subplots(5, 4).flat, panels, strict=True):
        run = shown = simulate(pattern)
        axes.plot(*trace(run, 30.0), color=EXACT, linewidth=0.7)
        low = -125.0
        if letter in SCRIPT_DIFFERS:
            shown = simulate(
                pattern, scheme="izhikevich2004", I=pattern.published_stimulus,
                dt=pattern.published_dt, record_dt=None,
            )  # fmt: skip
            times, values = trace(shown, 30.0)
            axes.plot(times, values - 125.0, color=SCRIPT, linewidth=0.7)
            low = -250.0
        draw_input(axes, shown, low + 8.0, 16.0)
        finish(axes, f"({letter}) {pattern.title[2:]}", pattern.duration.magnitude, low, 35.0)
    save_figure(figure, FOLDER / "twenty_patterns.svg")


def patterns_of_adex():
    """The patterns of AdEx and their adaptation currents."""
    figure = Figure(figsize=(8.2, 4.4), layout="constrained")
    patterns = ex.models.adex_patterns.items()
    for axes, (name, pattern) in zip(figure.subplots(2, 4).flat, patterns, strict=True):
        run = simulate(pattern)
        axes.plot(*trace(run, 0.0), color=EXACT, linewidth=0.7)
        w = run.bare("w")
        share = (w - w.min()) / np.ptp(w)
        axes.plot(run.t_ms, -125.0 + 40.0 * share, color=SCRIPT, linewidth=0.7)
        finish(axes, name, pattern.duration.magnitude, -135.0, 5.0)
    save_figure(figure, FOLDER / "adex_patterns.svg")


def firing_types():
    """Five ways to answer a step, or its end."""
    izhikevich, golomb = ex.Izhikevich, ex.Golomb
    adapting = ex.models.adex_patterns["adaptation"].model
    rows = (
        ("fast spiking (LIF)", ex.LIF, ex.step("600 pA", "50 ms", "450 ms"), 500, 0.0),
        ("bursting (Izhikevich, chattering)", izhikevich.preset("chattering"),
         ex.step("10 mV/ms", "50 ms", "450 ms"), 500, 30.0),
        ("stuttering (Golomb, delayed stuttering)", golomb.preset("delayed stuttering"),
         ex.step("4.1 uA/cm2", "100 ms", "2400 ms"), 2500, 60.0),
        ("adapting (AdEx, adaptation)", adapting, ex.step("500 pA", "50 ms", "450 ms"), 500, 0.0),
        ("post-inhibitory rebound (Izhikevich, thalamo-cortical)",
         izhikevich.preset("thalamo-cortical"), ex.pulse("-10 mV/ms", "100 ms", "150 ms"),
         500, 30.0),
    )  # fmt: skip
    figure = Figure(figsize=(6.6, 7.2), layout="constrained")
    for axes, (title, model, stimulus, duration, peak) in zip(
        figure.subplots(5, 1), rows, strict=True
    ):
        run = ex.simulate(model, f"{duration} ms", I=stimulus, record_dt="0.2 ms")
        axes.plot(*trace(run, peak), color=EXACT, linewidth=0.7)
        low = run.bare("v").min() - 40.0
        draw_input(axes, run, low + 8.0, 15.0)
        finish(axes, title, duration, low, peak + 5.0)
    save_figure(figure, FOLDER / "firing_types.svg")


if __name__ == "__main__":
    twenty_panels()
    patterns_of_adex()
    firing_types()
