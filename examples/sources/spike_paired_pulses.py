"""Absolute and relative refractoriness: the least second pulse by its distance to the first."""

import numpy as np
from picture import COLOURS, DASHED, panels

import excitable as ex
from excitable.units import ms

axon, width, strongest = ex.HodgkinHuxley, 0.5 * ms, 8.0
alone = ex.strength_duration(axon, [0.5] * ms).thresholds[0]
first = ex.pulse(1.2 * alone, start=0 * ms, width=width)
distances = np.arange(4.0, 36.1, 0.5)
strengths = np.geomspace(0.8, strongest, 60)
d, s = (grid.ravel() for grid in np.meshgrid(distances, strengths, indexing="ij"))
second = ex.pulse(s * alone, start=d * ms, width=width)
run = ex.simulate(axon, 50 * ms, record=False, I=first + second)
fires = run.spikes.counts().reshape(distances.size, strengths.size) > 1
least = np.where(fires.any(axis=1), strengths[fires.argmax(axis=1)], np.inf)
absolute = distances[np.isinf(least)].max()
relative = distances[least <= 1].min()
print(f"none up to {absolute:g} ms, harder up to {relative:g} ms, "
      f"easiest at {distances[least.argmin()]:g} ms")  # fmt: skip

shown = [6.0, 12.0, 18.0]
pairs = ex.simulate(axon, 36 * ms, I=first + ex.pulse(1.5 * alone, start=shown * ms, width=width))
with panels(2, sharex=True, size=(6.0, 4.0)) as (axes, below):
    for k, colour in zip(range(3), COLOURS, strict=False):
        axes.plot(pairs.t.m, pairs.v.m[:, k], color=colour, label=f"{shown[k]:g} ms")
    axes.set(ylabel="$v$ (mV)")
    axes.legend(title="second pulse, 1.5 times\nthe threshold, after", title_fontsize=8)
    below.axhline(1, **DASHED)
    below.plot(distances, least, ".-", color=COLOURS[0], markersize=4, linewidth=0.8)
    spans = ((0, absolute, "0.75", "absolute"), (absolute, relative, "0.9", "relative"))
    for start, stop, shade, text in spans:
        below.axvspan(start, stop, color=shade, linewidth=0)
        below.text((start + stop) / 2, 6.5, text, ha="center")
    below.set(
        ylabel="least second pulse\n(that of one is 1)", ylim=(0, 8.5), yticks=[0, 1, 2, 4, 8]
    )
    below.set(xlabel="time since the first pulse (ms)")
