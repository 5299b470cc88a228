"""Four types of firing that one current brings out; LIF shows the first alone (figure 1.6)."""

import numpy as np
from picture import panels

import excitable as ex

NAUD, GOLOMB = ex.models.adex_patterns, ex.Golomb.preset("delayed stuttering")
REBOUND, DOWN = ex.Izhikevich.preset("thalamo-cortical"), "-10 mV/ms"
ROWS = (
    ("(a) fast spiking: LIF", ex.LIF, ex.step("600 pA", "50 ms", "450 ms"), 500),
    ("(b) stuttering: Golomb", GOLOMB, ex.step("4.1 uA/cm2", "100 ms", "2400 ms"), 2500),
    ("(b) bursting: AdEx", NAUD["regular bursting"].model, ex.step("210 pA", "50 ms"), 700),
    ("(c) adapting: AdEx", NAUD["adaptation"].model, ex.step("500 pA", "50 ms", "450 ms"), 500),
    ("(d) rebound: Izhikevich", REBOUND, ex.pulse(DOWN, "100 ms", "150 ms"), 500),
)

with panels(5, 2, size=(6.4, 6.2), height_ratios=[1] * 5, width_ratios=[5, 1]) as rows:
    for (axes, side), (title, model, drive, length) in zip(rows, ROWS, strict=True):
        run = ex.simulate(model, f"{length} ms", I=drive, record_dt="0.1 ms")
        axes.plot(run.t.m[::5], run.v.m[::5], linewidth=0.7)
        if "reset" in model.to_dict():  # a trace that is cut at the threshold shows no spikes
            axes.vlines(run.spikes[0].times.m, np.median(run.v.m), 30, linewidth=0.7)
        low = run.v.m.min() - 12
        axes.plot(run.t.m, low + 8 * run.input("I").m / abs(run.input("I").m).max(), "0.4")
        axes.set_title(title, fontsize=8)
        axes.set(ylabel="$v$ (mV)", xlim=(0, length))
        side.plot(run.spikes[0].isi().m, ".", markersize=3)
        side.set(ylim=(0, None), ylabel="interval (ms)")
        side.tick_params(labelsize=7)
    rows[-1, 0].set_xlabel("time (ms)")
    rows[-1, 1].set_xlabel("number")
