"""A fast and a slow synapse (AMPA about 10 ms, NMDA about 300 ms): one area, two shapes."""

import numpy as np
from picture import COLOURS, panels

import excitable as ex
from excitable.units import ms

t = np.concatenate([[-40, -1e-9], np.geomspace(1e-3, 1000, 400)]) * ms

with panels(1, 2, size=(6.4, 2.5)) as (axes, area):
    for colour, name, tau_s in (
        (COLOURS[0], "AMPA, 10 ms", 10 * ms),
        (COLOURS[1], "NMDA, 300 ms", 300 * ms),
    ):
        kernel = ex.kernels.gamma(0, tau_s)
        h = ex.theory.synaptic_kernel(t, tau_s=tau_s, n=0)
        axes.plot(t.m, h.to("1/s").m, color=colour, label=name)
        area.plot(t.m, kernel.cumulative(t.m), color=colour, label=name)
    axes.set(xlabel="time (ms)", ylabel="$h$ (1/s)", xlim=(-40, 400))
    axes.legend()
    area.set(xlabel="time (ms)", ylabel="area so far", ylim=(0, 1.03))
