"""One variable: the persistent sodium current on its line, and the fold that takes its rest."""

from portrait import COLOURS, key, panels, told

import excitable as ex
from excitable.units import cm, ms, mV, uA

cell, unit = ex.PersistentSodium, uA / cm**2
branch = ex.continuation(cell, "I", 0 * unit, 40 * unit, initial=dict(v=-53 * mV))
(fold,) = (point for point in branch.special if point.kind == "fold")
print(told(fold))

with panels(1, 3, size=(9.4, 3.2)) as (before, after, traces):
    for axes, I in ((before, 0 * unit), (after, 30 * unit)):
        line = ex.phase_line(cell, I=I)
        line.plot(axes=axes, title=f"$I$ = {I.m:g} µA/cm²")
        axes.set_ylim(-25, 95)
        print(f"{I.m:g} uA/cm2:", ", ".join(one.kind for one in line.equilibria))
    for level, colour in zip((10, 18, 30), COLOURS, strict=False):
        run = ex.simulate(cell, 80 * ms, I=level * unit)
        traces.plot(run.t.m, run.v.m, color=colour, label=f"{level} µA/cm²")
    traces.set(xlabel="time (ms)", ylabel="$v$ (mV)")
    traces.set_ylim(-60, 45)
    traces.legend(loc="upper center", ncols=3, columnspacing=1, handlelength=1)
    key(before.figure, before, after)
