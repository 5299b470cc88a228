"""Frequency preference: triplets of pulses at every interval, exciting and inhibiting."""

import numpy as np
from portrait import COLOURS, DASHED, panels

import excitable as ex
from excitable.units import cm, ms, uA

unit, width = uA / cm**2, 0.1 * ms
intervals, strengths = np.linspace(0.4, 9, 87), np.geomspace(25, 400, 200)
d, s = (grid.ravel() for grid in np.meshgrid(intervals, strengths, indexing="ij"))
neurons = {
    "integrator": (ex.PersistentSodiumPotassium.preset("saddle-node on cycle"), 0 * unit),
    "resonator": (ex.PersistentSodiumPotassium.preset("subcritical Hopf"), 40 * unit),
}

with panels(1, 2, size=(7.2, 3.0), sharey=True) as both:
    for axes, (name, (cell, held)) in zip(both, neurons.items(), strict=True):
        rest = ex.equilibria(cell, I=held).resting[0]
        turns = abs(rest.eigenvalues.imag).max().m / (2 * np.pi)
        if turns > 0:
            print(f"{name}: rings with a period of {1 / turns:.2f} ms")
            axes.axvline(1 / turns, **DASHED)
            axes.axvline(2 / turns, **DASHED)
        for sign, colour, word in ((1, COLOURS[0], "exciting"), (-1, COLOURS[1], "inhibiting")):
            drive = ex.step(held)
            for k in range(3):
                drive = drive + ex.pulse(sign * s * unit, start=k * d * ms, width=width)
            run = ex.simulate(cell, 40 * ms, initial=rest.state, record=False, I=drive)
            fires = run.spikes.counts().reshape(intervals.size, strengths.size) > 0
            least = np.where(fires.any(axis=1), strengths[fires.argmax(axis=1)], np.inf)
            axes.plot(intervals, least, color=colour, label=word)
            apart = intervals > 1
            best = f"{intervals[apart][least[apart].argmin()]:.1f} ms"
            print(f"{name}: {word} pulses, more than 1 ms apart, are best every",
                  best if np.isfinite(least).any() else "... never")  # fmt: skip
        axes.set(title=name, xlabel="interval (ms)", xlim=(0, 9), yscale="log")
        axes.set_yticks([30, 50, 100, 200, 400], ["30", "50", "100", "200", "400"])
        axes.minorticks_off()
    both[0].set_ylabel("least of three pulses\n(µA/cm²)")
    both[1].legend(loc="upper right")
