"""Four ways to lose rest: phase planes before (above), beside and after (below) a bifurcation."""

from portrait import key, panels

import excitable as ex
from excitable.units import mV

model = ex.PersistentSodiumPotassium
currents = {
    "saddle-node off cycle": (2.5, 4, 6),
    "saddle-node on cycle": (2, 4.4, 6),
    "supercritical Hopf": (10, 18, 40),
    "subcritical Hopf": (40, 45, 52),
}
window = dict(v=(-80 * mV, 20 * mV), n=(-0.03, 0.99))

with panels(3, 4, size=(9.6, 6.6), sharex=True, sharey=True) as axes:
    for column, (preset, levels) in zip(axes.T, currents.items(), strict=True):
        cell = model.preset(preset)
        for panel, level in zip(column, levels, strict=True):
            plane = ex.phase_plane(cell, I=f"{level} uA/cm2", window=window)
            plane.plot(axes=panel, field=False, title="")
            panel.text(0.97, 0.97, f"$I$ = {level:g}", transform=panel.transAxes,
                       ha="right", va="top")  # fmt: skip
            panel.label_outer()
            found = [one.kind for one in plane.equilibria]
            found += [f"{one.name} cycle" for one in plane.cycles]
            print(f"{preset}, {level:g} uA/cm2: {', '.join(found)}")
        column[0].set_title(preset)
    key(axes[0, 0].figure, *axes.flat, columns=5, fontsize=8)
