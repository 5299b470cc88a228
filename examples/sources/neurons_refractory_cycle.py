"""Spike, refractory time, and the way up again; the interval is t_ref + t* (the interval split)."""

from picture import COLOURS, DASHED, QUIET, arrow, panels

import excitable as ex
from excitable.units import ms

cell = ex.LIFNormalised(t_ref=6 * ms)  # longer than usual, to be seen
run = ex.simulate(cell, 80 * ms, v_in=1.5)
spikes = run.spikes[0]
t_ref, climb = cell["t_ref"], ex.threshold_crossing(cell, 1.5, input="v_in").time
print("t_isi = tau_ref + t*:", bool(abs(spikes.isi() - (t_ref + climb)).max() < 1e-9 * ms))

with panels(size=(5.4, 2.6)) as axes:
    axes.axhline(1, **DASHED)
    axes.plot(run.t.m, run.v.m, color=COLOURS[0], linewidth=1.6)
    axes.vlines(spikes.times.m, 0, 1.35, color=COLOURS[1], linewidth=1.4)
    for spike in spikes.times.m:
        axes.axvspan(spike, spike + t_ref.m, color="#dddddd", linewidth=0)
    first, second = spikes.times.m[:2]
    free = first + t_ref.m
    for start, stop, height, text in (
        (first, free, 1.12, r"$\tau_\mathrm{ref}$"),
        (free, second, 1.12, "$t^*$"),
        (first, second, 1.42, r"$t_\mathrm{isi}$"),
    ):
        arrow(axes, (start, height), (stop, height), colour=QUIET, width=0.9, head="<->")
        axes.text((start + stop) / 2, height + 0.04, text, ha="center")
    axes.set(xlabel="time (ms)", ylabel="$v$", xlim=(0, 80), ylim=(0, 1.62), yticks=[0, 0.5, 1])
