"""The response to an exponential current, for several ratios of time constants (1.7, eq. 1.18)."""

import numpy as np
from picture import COLOURS, INK, panels

import excitable as ex
from excitable.units import MOhm, fC, ms

t = np.linspace(-5, 60, 521) * ms
cell = dict(R=100 * MOhm, tau_m=10 * ms)

with panels(1, 2, size=(6.4, 2.7)) as (current, potential):
    for colour, ratio in zip(COLOURS, (0.1, 0.3, 1, 3), strict=False):
        tau_s = ratio * cell["tau_m"]
        look = {"color": colour, "label": f"{ratio:g}"}
        current.plot(t.m, 100 * ex.theory.synaptic_kernel(t, tau_s=tau_s).m, **look)
        v = ex.theory.psp_exponential(t, 100 * fC, tau_s=tau_s, **cell)
        potential.plot(t.m, v.m, **look)
        peak = ex.theory.psp_peak_time(tau_s=tau_s, tau_m=cell["tau_m"])
        top = ex.theory.psp_exponential(peak, 100 * fC, tau_s=tau_s, **cell)
        potential.plot([peak.m], [top.m], "o", color=colour, markersize=3.5)
    # Equal constants are a limit, not a gap: the alpha function of 1.20.
    equal = ex.theory.psp_exponential(t, 100 * fC, tau_s=10 * (1 + 1e-9) * ms, **cell)
    potential.plot(t.m, equal.m, ":", color=INK, label=r"$1 + 10^{-9}$")
    current.set(xlabel="time (ms)", ylabel="current (pA)", ylim=(0, 40))
    potential.set(xlabel="time (ms)", ylabel=r"$u - u_\mathrm{rest}$ (mV)")
    potential.legend(title=r"$\tau_\mathrm{s} / \tau_\mathrm{m}$", title_fontsize=8)
