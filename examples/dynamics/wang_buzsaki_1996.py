"""After Wang and Buzsaki (1996): an interneuron starts at any rate, as the root of the excess."""

import numpy as np
from portrait import COLOURS, DASHED, panels, told

import excitable as ex

cell = ex.WangBuzsaki
branch = ex.continuation(cell, "I", "0 uA/cm2", "30 uA/cm2")
fold = branch.special[0]
(family,) = branch.cycles().pieces
print(*map(told, branch.special), *map(told, family.special), sep="\n")

excess = (family.values - fold.parameter).m
rate = (1 / family.period).to("Hz").m
slope = rate[-1] / np.sqrt(excess[-1])  # of the slowest cycle
print(f"rate = {slope:.0f} Hz times the root of the excess")
found = ex.excitability(cell)
print(f"class {found.cls}, {found.onset}, {found.integrator_or_resonator}")
curve = ex.fi_curve(cell, ex.sweep("0 uA/cm2", "3 uA/cm2"))

with panels(1, 2, size=(7.2, 3.0)) as (whole, onset):
    whole.plot(curve.I.m, curve.rate.m, color=COLOURS[0], label="simulated")
    fine = np.linspace(0, 3 - fold.parameter.m, 400)
    whole.plot(fold.parameter.m + fine, slope * np.sqrt(fine), **DASHED, label="root law")
    whole.plot(family.values.m, rate, "o", color=COLOURS[2], markersize=3, label="cycles")
    whole.set(xlabel="$I$ (µA/cm²)", ylabel="rate (Hz)", xlim=(0, 3), ylim=(0, 160))
    whole.legend(loc="lower right")
    onset.loglog(excess, rate, "o", color=COLOURS[2], markersize=3)
    onset.loglog(excess, slope * np.sqrt(excess), **DASHED)
    onset.set(xlabel="$I$ less that of the fold (µA/cm²)", ylabel="rate (Hz)")
