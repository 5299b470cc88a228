"""Classes 1, 2 and 3: rate against current, the answer to a step, and the reason."""

from portrait import COLOURS, panels

import excitable as ex
from excitable.units import cm, mS, ms, uA

unit = uA / cm**2
neurons = {
    "interneuron": (ex.WangBuzsaki, 0.3, 2.0),
    "squid axon": (ex.HodgkinHuxley, 8, 20),
    "more potassium": (ex.HodgkinHuxley(g_K=60 * mS / cm**2), 20, 20),
}

with panels(2, 3, size=(8.0, 4.4)) as (rates, traces):
    for axes, below, (name, (cell, level, end)) in zip(rates, traces, neurons.items(), strict=True):
        found = ex.excitability(cell)
        print(f"{name}: class {found.cls}, onset: {found.onset}")
        curve = ex.fi_curve(cell, ex.sweep(0 * unit, end * unit))
        axes.plot(curve.I.m, curve.rate.m, color=COLOURS[0])
        axes.set(title=f"class {found.cls}: {name}", xlabel="$I$ (µA/cm²)")
        axes.set(xlim=(0, end), ylim=(-3, 110))
        axes.text(0.97, 0.05, found.onset or "rest is not lost", transform=axes.transAxes,
                  ha="right")  # fmt: skip
        run = ex.simulate(cell, 220 * ms, I=ex.step(level * unit, start=20 * ms))
        print(f"  after a step to {level} uA/cm2, spikes in 200 ms: {run.spikes.count}")
        below.plot(run.t.m, run.v.m, color=COLOURS[0], linewidth=0.9)
        below.set(title=f"step to {level} µA/cm²", xlabel="time (ms)", ylim=(-85, 50))
    rates[0].set_ylabel("rate (Hz)")
    traces[0].set_ylabel("$v$ (mV)")
