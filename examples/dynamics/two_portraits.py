"""Two phase portraits: a saddle's threshold beside a node, and a focus that has none."""

from portrait import key, panels

import excitable as ex
from excitable.units import cm, ms, mV, uA

integrator = ex.PersistentSodiumPotassium.preset("saddle-node on cycle"), 0 * uA / cm**2
resonator = ex.PersistentSodiumPotassium.preset("supercritical Hopf"), 12 * uA / cm**2

with panels(1, 2, size=(7.2, 3.6)) as axes:
    for panel, (cell, I), starts in zip(
        axes, (integrator, resonator), ((-58, -54, -40), (-54, -46, -36)), strict=True
    ):
        window = dict(v=(-80 * mV, 20 * mV), n=(-0.03, 0.75))
        plane = ex.phase_plane(cell, I=I, window=window)
        rest = plane.equilibria.resting[0].state
        pushed = [dict(rest, v=v) for v in starts * mV]
        plane.plot(*(plane.trajectory(start, 30 * ms) for start in pushed), axes=panel, title="")
        kinds = ", ".join(one.kind for one in plane.equilibria)
        print(f"I = {I.m:g} uA/cm2: {kinds}")
        panel.set_title(kinds.removesuffix(", unstable focus"), fontsize=9)
    key(axes[0].figure, *axes)
