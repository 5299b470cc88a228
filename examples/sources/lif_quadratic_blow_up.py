"""The quadratic neuron reaches infinity in finite time, and begins again after pi/sqrt(I)."""

import numpy as np
from picture import COLOURS, DASHED, panels

import excitable as ex
from excitable.units import ms

drives = np.array([0.05, 0.2, 1.0])
cell = ex.QIF(x_peak=40, x_reset=-40)
run = ex.simulate(cell, "12 ms", I=drives, initial={"x": 0.0}, record_dt="0.01 ms")
levels = np.geomspace(0.02, 20, 61)
curve = ex.fi_curve(cell, levels)

with panels(1, 2, size=(6.4, 2.7)) as (axes, period):
    for k, colour in zip(range(3), COLOURS, strict=False):
        first = run.spikes[k].times.m[:1]
        until = run.t.m <= (first[0] if first.size else 12)
        axes.plot(run.t.m[until], run.x.m[until, k], color=colour, label=f"$I$ = {drives[k]:g}")
        infinity = ex.theory.qif_period(drives[k], tau=1 * ms, x_reset=0.0)
        axes.axvline(infinity.m, **DASHED | {"color": colour})
    axes.set(xlabel=r"time ($\tau$)", ylabel="$x$", ylim=(-1, 20), xlim=(0, 8))
    axes.legend(loc="upper left", bbox_to_anchor=(0.44, 1))
    whole = ex.theory.qif_period(levels, tau=1 * ms)
    period.loglog(levels, whole.m, color=COLOURS[0], label=r"$\pi/\sqrt{I}$")
    period.loglog(levels, (1 / curve.rate).to("ms").m, "--", color=COLOURS[1],
                  label="from -40 to 40")  # fmt: skip
    short = ex.theory.qif_period(levels, tau=1 * ms, x_reset=-1.0, x_peak=10.0)
    period.loglog(levels, short.m, color=COLOURS[2], label="from -1 to 10")
    period.set(xlabel="$I$", ylabel=r"period ($\tau$)")
    period.legend()
