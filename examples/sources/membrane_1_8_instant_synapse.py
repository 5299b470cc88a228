"""As the synapse gets faster, the response becomes that to a delta pulse (1.8, eq. 1.21, 1.7)."""

import numpy as np
from picture import COLOURS, INK, panels

import excitable as ex
from excitable.units import MOhm, fC, ms

t = np.concatenate([[-5, -1e-9], np.linspace(0, 40, 801)]) * ms
cell = dict(R=100 * MOhm, tau_m=10 * ms)
limit = ex.theory.psp_delta(t, 100 * fC, **cell)
ratios = np.geomspace(1e-4, 0.1, 7)
later = 10 * ms
gap = [
    abs(
        ex.theory.psp_exponential(later, 100 * fC, tau_s=r * cell["tau_m"], **cell)
        - ex.theory.psp_delta(later, 100 * fC, **cell)
    ).m
    for r in ratios
]  # fmt: skip

with panels(1, 2, size=(6.4, 2.7)) as (axes, side):
    for colour, ratio in zip(COLOURS, (0.3, 0.1, 0.03, 0.01), strict=False):
        v = ex.theory.psp_exponential(t, 100 * fC, tau_s=ratio * cell["tau_m"], **cell)
        axes.plot(t.m, v.m, color=colour, label=f"{ratio:g}")
    axes.plot(t.m, limit.m, "--", color=INK, linewidth=0.9, label="0: delta pulse")
    axes.legend(title=r"$\tau_\mathrm{s} / \tau_\mathrm{m}$", title_fontsize=8)
    axes.set(xlabel="time (ms)", ylabel=r"$u - u_\mathrm{rest}$ (mV)", ylim=(0, 1.05))
    side.loglog(ratios, gap, "o-", markersize=3.5)
    side.set(xlabel=r"$\tau_\mathrm{s} / \tau_\mathrm{m}$", ylabel="distance after 10 ms (mV)")
