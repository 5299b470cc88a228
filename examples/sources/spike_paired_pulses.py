"""Absolute and relative refractoriness: the least second pulse by its distance to the first."""

import numpy as np
from picture import COLOURS, panels

import excitable as ex
from excitable.units import ms

axon, width = ex.HodgkinHuxley, 0.5 * ms
pairs = ex.paired_pulse(axon, np.arange(4.0, 36.1, 0.5) * ms, width=width)
easiest = pairs.ratio.argmin()
print(f"none up to {pairs.absolute.m:.1f} ms, harder up to {pairs.relative.m:.1f} ms, "
      f"easiest at {pairs.intervals[easiest].m:g} ms: {pairs.ratio[easiest]:.2f}")  # fmt: skip

shown = [6.0, 12.0, 18.0]
first = ex.pulse(1.2 * pairs.alone, start=0 * ms, width=width)
second = ex.pulse(1.5 * pairs.alone, start=shown * ms, width=width)
run = ex.simulate(axon, 36 * ms, I=first + second)
with panels(2, sharex=True, size=(6.0, 4.0)) as (axes, below):
    for k, colour in zip(range(3), COLOURS, strict=False):
        axes.plot(run.t.m, run.v.m[:, k], color=colour, label=f"{shown[k]:g} ms")
    axes.set(ylabel="$v$ (mV)")
    axes.legend(title="second pulse, 1.5 times\nthe threshold, after", title_fontsize=8)
    pairs.plot(axes=below)
