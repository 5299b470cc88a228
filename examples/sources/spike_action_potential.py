"""The phases of an action potential, with the gates and currents that make them."""

import numpy as np
from picture import COLOURS, DASHED, QUIET, panels

import excitable as ex
from excitable.units import ms, mV

axon = ex.HodgkinHuxley
kick = ex.pulse("14 uA/cm2", start=2 * ms, width=0.6 * ms)
run = ex.simulate(axon, 22 * ms, dt=0.02 * ms, I=kick)
t, v = run.t.m, run.v.m
rest, top = v[0], int(v.argmax())
# Charge flows in by itself once the membrane rises faster than the stimulus ever made it.
rise = int(np.argmax((t > 2.6) & (np.gradient(v, t) > np.gradient(v, t)[t < 2.6].max())))
below = top + int(np.argmax(v[top:] < rest))
bottom = below + int(v[below:].argmin())
back = bottom + int(np.argmax(v[bottom:] > rest))
phases = (
    ("equilibrium", 0, 2.0), ("depolarisation", 2.0, t[rise]), ("amplification", t[rise], t[top]),
    ("repolarisation", t[top], t[below]), ("hyperpolarisation", t[below], t[back]),
)  # fmt: skip

with panels(2, sharex=True, size=(6.0, 4.4), height_ratios=[3, 2]) as (axes, gates):
    for number, (name, start, stop) in enumerate(phases, start=1):
        inside = (t >= start) & (t <= stop + 0.02)
        axes.plot(t[inside], v[inside], color=COLOURS[number - 1], linewidth=2.4,
                  label=f"{number} {name}")  # fmt: skip
        print(f"{name:>17}: {start:5.2f} to {stop:5.2f} ms")
    for level, name in ((axon["E_Na"], "Na"), (axon["E_K"], "K"), (rest * mV, "rest")):
        axes.axhline(level.m, **DASHED)
        text = "rest" if name == "rest" else rf"$E_\mathrm{{{name}}}$"
        axes.text(21.9, level.m + 0.8, text, ha="right", va="bottom", color=QUIET)
    axes.set(ylabel="$v$ (mV)", ylim=(-85, 60))
    axes.legend(loc="upper right", bbox_to_anchor=(1, 0.9))
    for name, colour in zip("mhn", COLOURS, strict=False):
        gates.plot(t, run[name].m, color=colour, label=f"${name}$")
    gates.set(xlabel="time (ms)", ylabel="gates", ylim=(0, 1), xlim=(0, 22))
    gates.legend(ncols=3)
