"""Postsynaptic kernels h for n = 0 to 3, by formula and as chains of stages; peaks at n tau_s."""

import numpy as np
from picture import COLOURS, panels

import excitable as ex
from excitable.units import ms

tau_s = 10 * ms
t = np.concatenate([[-8, -1e-9], np.linspace(0, 80, 401)]) * ms
coarse = np.arange(5, 80, 5) * ms

with panels() as axes:
    for n, colour in zip(range(4), COLOURS, strict=False):
        h = ex.theory.synaptic_kernel(t, tau_s=tau_s, n=n)
        axes.plot(t.m, h.to("1/s").m, color=colour, linewidth=1.4, label=f"$n$ = {n}")
        peak = ex.theory.synaptic_kernel(n * tau_s, tau_s=tau_s, n=n)
        axes.plot([n * tau_s.m], [peak.to("1/s").m], "o", color=colour, markersize=4)
        chain = ex.impulse_response(ex.synapses.Gamma(n)(tau=tau_s), t=coarse, input="a")
        axes.plot(chain.t.m, chain.value.to("1/s").m, "x", color=colour, markersize=3.5)
    axes.set(xlabel="time since the spike (ms)", ylabel="$h$ (1/s)", ylim=(0, None))
    axes.legend()
