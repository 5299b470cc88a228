"""Coincidence: an integrator wants two pulses together, a resonator also one period apart."""

import numpy as np
from portrait import COLOURS, DASHED, panels

import excitable as ex
from excitable.units import cm, ms, uA

unit, width = uA / cm**2, 0.1 * ms
intervals = np.linspace(0.1, 8, 80)
neurons = {
    "integrator": (ex.PersistentSodiumPotassium.preset("saddle-node on cycle"), 0 * unit),
    "resonator": (ex.PersistentSodiumPotassium.preset("subcritical Hopf"), 40 * unit),
}


def runs(cell, held, strengths, intervals, **options):
    """Give pairs of equal pulses to a neuron that rests under a held current."""
    rest = ex.equilibria(cell, I=held).resting[0].state
    first, second = (
        ex.pulse(strengths * unit, start=start * ms, width=width) for start in (0, intervals)
    )
    return ex.simulate(cell, 20 * ms, initial=rest, I=ex.step(held) + first + second, **options)


def least(cell, held, intervals):
    """Bisect the least pulses whose pair evokes a spike, all intervals side by side."""
    low, high = 0 * intervals, 0 * intervals + 2000
    for _ in range(24):
        middle = (low + high) / 2
        fires = runs(cell, held, middle, intervals, record=False).spikes.counts() > 0
        low, high = np.where(fires, low, middle), np.where(fires, middle, high)
    return high


with panels(2, 2, size=(7.2, 4.6), sharey="row") as (traces, thresholds):
    for above, axes, (name, (cell, held)) in zip(traces, thresholds, neurons.items(), strict=True):
        alone = least(cell, held, np.array([25.0]))[0]  # the second comes too late
        ratio = least(cell, held, intervals) / alone
        axes.plot(intervals, ratio, color=COLOURS[0])
        axes.axhline(1, **DASHED)
        axes.set(xlabel="interval (ms)", xlim=(0, 8), ylim=(0.4, 1.1))
        dips = 1 + np.flatnonzero((ratio[1:-1] < ratio[:-2]) & (ratio[1:-1] < ratio[2:]))
        easy = [intervals[0], *intervals[dips]]
        print(f"{name}: easiest after", ", ".join(f"{one:.1f}" for one in easy), "ms")
        some = np.array([0.2, 1.5, 2.9])
        run = runs(cell, held, 0 * some + 0.75 * alone, some, record_dt=0.02 * ms)
        for v, interval, colour in zip(run.v.m.T, some, COLOURS, strict=False):
            above.plot(run.t.m, v, color=colour, label=f"{interval:g} ms")
        above.set(title=name, xlabel="time (ms)", xlim=(0, 8))
        print(f"{name}: pairs of 0.75 fire after", some[run.spikes.counts() > 0], "ms")
    traces[0].legend(title="interval", loc="upper right")
    traces[0].set_ylabel("$v$ (mV)")
    thresholds[0].set_ylabel("least pulses\n(alone: 1)")
