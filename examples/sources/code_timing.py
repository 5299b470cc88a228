"""A timing code: coincidence detectors read a delay of 10 to 700 us between the two ears."""

import numpy as np
from picture import COLOURS, DASHED, panels

import excitable as ex
from excitable.units import MOhm, ms, mV, nA, us

# One spike from each ear; a neuron hears the left one later by a delay of its own (Jeffress).
between_ears = np.array([10, 33, 100, 214, 402, 700]) * us
own = np.arange(-200, 901, 10) * us
ears, line = (grid.ravel() for grid in np.meshgrid(between_ears.m, own.m, indexing="ij"))
# A fast neuron. One spike lifts it seven tenths of the way, two that are close lift it over.
cell = ex.LIF(tau_m=100 * us, R=10 * MOhm, E_L=0 * mV, V_T=10 * mV, V_R=0 * mV, t_ref=1 * ms)
width = 20 * us
strength = cell["V_T"] * 0.7 / ex.theory.charging(width, 1 * nA, R=cell["R"], tau_m=cell["tau_m"])
left = ex.pulse(strength * nA, start=(1000 + line) * us, width=width)
right = ex.pulse(strength * nA, start=(1000 + ears) * us, width=width)
run = ex.simulate(cell, 4 * ms, record=False, I=left + right)
fires = run.spikes.counts().reshape(between_ears.size, own.size) > 0
read = [own[row].mean() for row in fires]
for truth, found, row in zip(between_ears, read, fires, strict=True):
    print(f"{truth:5.0f}: {row.sum()} detectors fire, read as {found:.1f}")

with panels(1, 2, size=(6.4, 2.8), width_ratios=[3, 2]) as (axes, side):
    for number, (truth, row) in enumerate(zip(between_ears, fires, strict=True)):
        axes.hlines(number, own.m.min(), own.m.max(), color="0.8", linewidth=1)
        axes.plot(own.m[row], np.full(row.sum(), number), "|", color=COLOURS[0], markersize=8)
        axes.plot([truth.m], [number + 0.35], "v", color=COLOURS[1], markersize=4)
    axes.set_yticks(range(between_ears.size), [f"{d.m:g}" for d in between_ears])
    axes.set(xlabel="delay line of the detector (µs)", ylabel="between the ears (µs)")
    side.loglog([8, 900], [8, 900], **DASHED)
    side.loglog(between_ears.m, [found.m for found in read], "o", color=COLOURS[0])
    side.set(xlabel="between the ears (µs)", ylabel="read out (µs)")
