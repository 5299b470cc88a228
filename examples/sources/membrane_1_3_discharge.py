"""Without input a membrane discharges to rest, from any potential (figure 1.3, equation 1.4)."""

import numpy as np
from picture import COLOURS, THIN, panels

import excitable as ex
from excitable.units import ms, mV, pA

t = np.linspace(0, 80, 321) * ms
stop, cell = 10 * ms, dict(tau_m=10 * ms, E_L=-65 * mV)

with panels(2, sharex=True, height_ratios=[4, 1]) as (axes, below):
    axes.axhline(-65, **THIN, linestyle=(0, (4, 2)))
    axes.text(79, -64.6, r"$u_\mathrm{rest}$", ha="right", va="bottom")
    for colour, v_0 in zip(COLOURS, (-50, -57.5, -72.5), strict=False):
        v = ex.theory.discharging(t, v_0=v_0 * mV, start=stop, **cell)
        axes.plot(t.m, v.m, color=colour, linewidth=1.6)
    axes.annotate("$u(t_1)$", (10, -50), xytext=(12, -50.5))
    axes.set_ylabel("$u$ (mV)")
    for colour, current in zip(COLOURS, (150, 75, -75), strict=False):
        below.plot(t.m, np.where(t < stop, (current * pA).m, 0), color=colour)
    below.set(xlabel="time (ms)", ylabel="$I$ (pA)", xlim=(0, 80))
