"""A rate code: a slowly changing rate read from one neuron, and from a hundred at once."""

import numpy as np
from picture import COLOURS, INK, panels

import excitable as ex
from excitable.units import Hz, ms, second


def rate(t):
    """A rate that changes slowly, and once, at 1.5 s, at a stroke."""
    slow = 40 + 25 * np.sin(2 * np.pi * (t * 1 * Hz).to("").m)
    return (slow + 60 * (abs(t.to("ms").m - 1550) < 50)) * Hz


trials = ex.trains.poisson(rate, 2 * second, n=100, seed=3)
fine = np.linspace(0, 2000, 801) * ms
with panels(3, sharex=True, size=(5.8, 4.6)) as (raster, one, many):
    few = trials.ids < 25
    times, ids = trials.times.m[few], trials.ids[few]
    strokes = np.stack([ids - 0.4, ids + 0.4, ids * np.nan], axis=1).ravel()
    raster.plot(np.repeat(times, 3), strokes, color=INK, linewidth=0.5)
    raster.set(ylabel="neuron", ylim=(-1, 25))
    for axes, source, window, name in (
        (one, trials[0], 200, "one neuron"), (many, trials, 20, "a hundred neurons"),
    ):  # fmt: skip
        found = source.psth(window * ms)
        truth = rate((found.edges[1:] + found.edges[:-1]) / 2)
        error = np.sqrt(np.mean((found.rate - truth) ** 2))
        print(f"{name}, windows of {window} ms: off by {error:.1f} (root mean square)")
        axes.stairs(found.rate.m, found.edges.to("ms").m, color=COLOURS[0], fill=True, alpha=0.5)
        axes.plot(fine.m, rate(fine).m, color=COLOURS[1])
        axes.set_ylabel("rate (Hz)")
        axes.set_title(f"{name}, windows of {window} ms", fontsize=8)
    many.set(xlabel="time (ms)", xlim=(0, 2000))
