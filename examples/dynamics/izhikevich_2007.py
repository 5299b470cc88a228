"""After Izhikevich (2007), chapters 4 and 6: one membrane, four ways to begin and end to fire."""

import numpy as np
from portrait import COLOURS, DASHED, key, panels, told

import excitable as ex

model = ex.PersistentSodiumPotassium
ranges = {  # where the branch is followed to, and where the picture ends, in uA/cm2
    "saddle-node off cycle": (60, 10),
    "saddle-node on cycle": (210, 10),
    "supercritical Hopf": (60, 60),
    "subcritical Hopf": (70, 70),
}

with panels(2, 4, size=(9.6, 4.4), sharex="col", height_ratios=[3, 2]) as (top, bottom):
    for axes, below, (preset, (stop, end)) in zip(top, bottom, ranges.items(), strict=True):
        branch = ex.continuation(model.preset(preset), "I", "0 uA/cm2", f"{stop} uA/cm2")
        cycles = branch.cycles()
        cycles.plot(axes=axes)
        axes.set(title=preset, xlabel="", xlim=(0, end))
        for piece in cycles.pieces:
            rate = np.where(piece.stable, (1 / piece.period).to("Hz").m, np.nan)
            below.plot(piece.values.m, rate, ".-", color=COLOURS[2])
            seen = piece.values.m <= end
            below.set_ylim(0, 1.1 * np.nanmax(rate[seen]))
        for point in (*branch.special, *cycles.special):
            below.axvline(point.parameter.m, **DASHED)
            print(f"{preset}: {told(point)}")
        below.set(xlabel="$I$ (µA/cm²)", ylabel="")
        axes.set_ylabel("")
    top[0].set_ylabel("$v$ (mV)")
    bottom[0].set_ylabel("rate of the\nstable cycle (Hz)")
    key(top[0].figure, *top, columns=6)
