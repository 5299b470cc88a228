"""A phase code: the rate says nothing, the phase of each spike in the rhythm tells the input."""

import numpy as np
from picture import COLOURS, INPUT_COLOUR, panels

import excitable as ex
from excitable.units import Hz, ms, pA, second

rhythm, swing = 40 * Hz, 200 * pA
inputs = np.linspace(180, 240, 13) * pA
run = ex.simulate(ex.LIF, 4 * second, record=False, I=inputs + ex.sine(swing, rhythm))
trains = [train.between(1 * second, 4 * second) for train in run.spikes]
locked = [train.phase_locking(rhythm) for train in trains]
phases = [360 * found.phase for found in locked]
rates = [train.rate().m for train in trains]
for current, rate, phase, found in zip(inputs, rates, phases, locked, strict=True):
    print(
        f"{current:5.0f}: {rate:.2f} Hz, {phase:5.1f} degrees, strength {found.vector_strength:.3f}"
    )

with panels(1, 2, size=(6.4, 2.7), width_ratios=[3, 2]) as (raster, axes):
    t = np.linspace(1000, 1150, 401) * ms
    raster.plot(t.m, 210 + 15 * np.sin(2 * np.pi * (rhythm * t).to("").m), color=INPUT_COLOUR,
                linewidth=0.7, label="rhythm")  # fmt: skip
    for current, train in zip(inputs.m, trains, strict=True):
        shown = train.between(1000 * ms, 1150 * ms).times.m
        raster.vlines(shown, current - 2.2, current + 2.2, color=COLOURS[0], linewidth=2)
    raster.set(xlabel="time (ms)", ylabel="input (pA)", xlim=(1000, 1150))
    axes.plot(inputs.m, phases, "o-", color=COLOURS[0], markersize=4)
    axes.set(xlabel="input (pA)", ylim=(0, 180))
    axes.set_ylabel("phase of the spikes (degrees)", color=COLOURS[0])
    other = axes.twinx()
    other.plot(inputs.m, rates, color=COLOURS[1], linestyle="--")
    other.set(ylim=(0, 60))
    other.set_ylabel("rate (Hz)", color=COLOURS[1])
