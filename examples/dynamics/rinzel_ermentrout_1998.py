"""After Rinzel and Ermentrout (1998): three regimes of one muscle fibre, Morris and Lecar's."""

import numpy as np
from portrait import COLOURS, DASHED, key, panels, told

import excitable as ex

regimes = {"Hopf": (60, 260), "saddle-node on cycle": (-20, 140), "homoclinic": (-20, 60)}

with panels(2, 3, size=(8.4, 4.6), sharex="col", height_ratios=[3, 2]) as (top, bottom):
    for axes, below, (preset, (start, stop)) in zip(top, bottom, regimes.items(), strict=True):
        cell = ex.MorrisLecar.preset(preset)
        branch = ex.continuation(cell, "I", f"{start} uA/cm2", f"{stop} uA/cm2")
        cycles = branch.cycles()
        cycles.plot(axes=axes)
        axes.set(title=preset, xlabel="", ylabel="", xlim=(start, stop))
        for piece in cycles.pieces:
            for stable, line in ((True, "-"), (False, ":")):
                rate = np.where(piece.stable == stable, (1 / piece.period).to("Hz").m, np.nan)
                below.plot(piece.values.m, rate, line, color=COLOURS[2])
        for point in (*branch.special, *cycles.special):
            below.axvline(point.parameter.m, **DASHED)
            print(f"{preset}: {told(point)}")
        below.set(xlabel="$I$ (µA/cm²)", ylim=(0, None))
    top[0].set_ylabel("$v$ (mV)")
    bottom[0].set_ylabel("rate of the cycle (Hz)")
    key(top[0].figure, *top, columns=5)
