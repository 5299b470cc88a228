"""A constant current charges a membrane (figure 1.2, equation 1.3)."""

import numpy as np
from picture import COLOURS, INPUT_COLOUR, THIN, panels

import excitable as ex
from excitable.units import MOhm, ms, mV, pA

cell = dict(R=100 * MOhm, tau_m=10 * ms, E_L=-65 * mV)
I, start = 150 * pA, 10 * ms
t = np.linspace(0, 80, 321) * ms
v = ex.theory.charging(t, I, start=start, **cell)
steady = ex.theory.lif_steady_potential(I, R=cell["R"], E_L=cell["E_L"])
after = ex.theory.charging(start + cell["tau_m"], I, start=start, **cell)

with panels(2, sharex=True, height_ratios=[4, 1]) as (axes, below):
    axes.axhline(steady.m, **THIN, linestyle=(0, (4, 2)))
    axes.text(1, steady.m - 0.3, r"$u_\mathrm{rest} + R\,I$", va="top")
    axes.plot(t.m, v.m, color=COLOURS[0], linewidth=1.6)
    axes.plot([20, 20, 0], [-65, after.m, after.m], **THIN, linestyle=":")
    axes.plot([20], [after.m], "o", color=COLOURS[1], markersize=4)
    axes.annotate(r"$t_0 + \tau_\mathrm{m}$: 63 %", (20, after.m), xytext=(23, after.m - 0.8))
    axes.set_ylabel("$u$ (mV)")
    below.plot(t.m, np.where(t < start, 0, I.m), color=INPUT_COLOUR, drawstyle="steps-post")
    below.set(xlabel="time (ms)", ylabel="$I$ (pA)", xlim=(0, 80))
