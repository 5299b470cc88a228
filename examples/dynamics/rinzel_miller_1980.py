"""After Rinzel and Miller (1980): every cycle of the squid axon, stable or not, from 0 to 160."""

import numpy as np
from portrait import COLOURS, DASHED, key, panels, told

import excitable as ex

branch = ex.continuation(ex.HodgkinHuxley, "I", "0 uA/cm2", "160 uA/cm2")
cycles = branch.cycles()
for point in (*branch.special, *cycles.special):
    print(told(point))

with panels(1, 3, size=(9.4, 3.3), width_ratios=[3, 3, 2]) as (whole, onset, rates):
    cycles.plot(axes=whole)
    cycles.plot(axes=onset)
    whole.set_title("Hodgkin and Huxley's axon")
    onset.set(xlim=(6, 10.5), title="near the onset", ylabel="")
    (piece,) = cycles.pieces
    for stable, line in ((True, "-"), (False, ":")):
        rate = np.where(piece.stable == stable, (1 / piece.period).to("Hz").m, np.nan)
        rates.plot(piece.values.m, rate, line, color=COLOURS[2])
    rates.set(xlabel="$I$ (µA/cm²)", ylabel="rate of the cycle (Hz)", ylim=(0, None))
    for point in branch.special:
        rates.axvline(point.parameter.m, **DASHED)
    key(whole.figure, whole, columns=5)
