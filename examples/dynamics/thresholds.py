"""A sharp threshold and a fuzzy one: the peak of the response against the strength of a pulse."""

import numpy as np
from portrait import COLOURS, panels

import excitable as ex
from excitable.units import cm, ms, uA

unit = uA / cm**2
neurons = {
    "saddle-node on cycle": 0 * unit,
    "saddle-node off cycle": 2 * unit,
    "subcritical Hopf": 40 * unit,
    "supercritical Hopf": 10 * unit,
}
strengths = np.linspace(0, 300, 1201)

with panels(1, 2, size=(7.2, 3.0), sharey=True) as (integrators, resonators):
    for k, (preset, held) in enumerate(neurons.items()):
        cell = ex.PersistentSodiumPotassium.preset(preset)
        rest = ex.equilibria(cell, I=held).resting[0].state
        drive = ex.step(held) + ex.pulse(strengths * unit, start=0 * ms, width=0.1 * ms)
        run = ex.simulate(cell, 6 * ms, initial=rest, record="v", record_dt=0.005 * ms, I=drive)
        after = run.v.m[run.t.m > 0.1]
        peak = after.max(axis=0)
        axes = integrators if "saddle" in preset else resonators
        axes.plot(strengths, peak, color=COLOURS[k], label=preset)
        jump = np.diff(peak).max()
        print(f"{preset}: the peak rises by {jump:.0f} mV at most for 0.25 uA/cm2 more")
    for axes, name in ((integrators, "integrators"), (resonators, "resonators")):
        axes.set(title=name, xlabel="strength of the pulse (µA/cm²)", xlim=(0, 300))
        axes.legend(loc="lower right")
    integrators.set_ylabel("peak of $v$ (mV)")
