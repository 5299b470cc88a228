"""The normalised neuron: v(t) for several drives, and where it crosses 1."""

import numpy as np
from picture import COLOURS, DASHED, panels

import excitable as ex
from excitable.units import MOhm, ms, mV

# Rest 0, threshold 1 mV and 1 MOhm: potentials in mV and currents in nA are the plain numbers.
tau_m, t = ex.LIFNormalised["tau_m"], np.linspace(0, 100, 401) * ms
plain = dict(R=1 * MOhm, tau_m=tau_m, E_L=0 * mV)

with panels() as axes:
    axes.axhline(1, **DASHED)
    axes.text(99, 1.02, "threshold", ha="right")
    for colour, v_in in zip(COLOURS, (0.8, 1, 1.2, 2), strict=False):
        v = ex.theory.charging(t, f"{v_in} nA", **plain)
        first = ex.threshold_crossing(ex.LIFNormalised, v_in, input="v_in")
        below = t <= (first.time or 100 * ms)
        axes.plot(t.m, v.to("mV").m, color=colour, linewidth=0.8, linestyle=(0, (4, 2)))
        label = f"$v_\\mathrm{{in}}$ = {v_in:g}"
        axes.plot(t.m[below], v.to("mV").m[below], color=colour, linewidth=1.8, label=label)
        if first.fires:
            axes.vlines(first.time.m, 0, 1, color=colour, linestyle=":")
            axes.text(first.time.m + 1, 0.06, f"$t^*$ = {first.time.m:.1f}", color=colour)
    axes.set(xlabel="time (ms)", ylabel="$v$", xlim=(0, 100), ylim=(0, 2.05))
    axes.legend(loc="upper right", bbox_to_anchor=(1, 0.92), ncols=2)
