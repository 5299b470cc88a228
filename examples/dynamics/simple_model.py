"""Izhikevich's simple model loses its rest either way: b against a decides, saddle-node or Hopf."""

from portrait import key, panels, told

import excitable as ex
from excitable.units import ms, mV

neurons = {
    "$b < a$: saddle-node": ex.Izhikevich(a=0.1 / ms, b=0.05 / ms),
    "$b > a$: Hopf": ex.Izhikevich(a=0.1 / ms, b=0.26 / ms),
}

with panels(1, 2, size=(7.4, 3.7)) as axes:
    for panel, (name, cell) in zip(axes, neurons.items(), strict=True):
        special = ex.continuation(cell, "I", "-40 mV/ms", "60 mV/ms").special
        print(f"b = {cell['b'].m:g}, a = {cell['a'].m:g}: {', '.join(map(told, special))}")
        I = special[0].parameter - 0.05 * mV / ms
        plane = ex.phase_plane(cell, I=I, window=dict(v=(-85 * mV, -30 * mV)))
        starts = [dict(v=v * mV, u=plane.equilibria[0].state["u"]) for v in (-64, -56, -45)]
        plane.plot(*(plane.trajectory(one, 60 * ms) for one in starts), axes=panel, title=name)
    key(axes[0].figure, *axes, columns=5)
