"""The five kinds of equilibria in the plane, and where trace and determinant put them."""

import numpy as np
from portrait import COLOURS, DASHED, INK, panels, path

import excitable as ex
from excitable.units import ms

linear = ex.Model(
    "Linear system in the plane",
    equations="""
        tau*dx/dt = a*x + b*y
        tau*dy/dt = c*x + d*y
    """,
    states=dict(x=0.0, y=0.0),
    parameters=dict(tau=1 * ms, a=-1.0, b=0.0, c=0.0, d=-1.0),
)
systems = (
    linear(a=-1, d=-2, b=0.3, c=0.3),
    linear(a=-0.4, d=-0.4, b=-1.2, c=1.2),
    linear(a=0.8, d=-1, b=0.5, c=0.5),
    linear(a=1, d=2, b=0.3, c=0.3),
    linear(a=0.4, d=0.4, b=-1.2, c=1.2),
)
rim = np.linspace(0.2, 0.2 + 2 * np.pi, 11)[:-1]

with panels(2, 3, size=(6.6, 4.6)) as axes:
    *portraits, regions = axes.flat
    for panel, system in zip(portraits, systems, strict=True):
        (origin,) = ex.equilibria(system)
        plane = ex.phase_plane(system, "x", "y", window=dict(x=(-1, 1), y=(-1, 1)))
        plane.plot(axes=panel, field=False, title=origin.kind)
        panel.set(xlabel="", ylabel="", xticks=[], yticks=[], aspect="equal")
        panel.spines[:].set_visible(True)
        duration = (12 if origin.stable or origin.index == 2 else 3) * ms
        for angle in rim:
            start, out = dict(x=np.cos(angle), y=np.sin(angle)), origin.index == 2
            path(panel, plane.trajectory(start, duration, backward=out), backward=out)
        values = origin.eigenvalues.magnitude
        print(f"{origin.kind}: {', '.join(f'{np.real_if_close(one):.2f}' for one in values)}")
        regions.plot(values.sum().real, values.prod().real, "o", color=INK, markersize=4)
    trace = np.linspace(-4, 4, 101)
    regions.plot(trace, trace**2 / 4, color=COLOURS[0])
    regions.axhline(0, **DASHED)
    regions.plot([0, 0], [0, 4], **DASHED)
    places = ((-2.8, 0.5, "stable\nnodes"), (2.8, 0.5, "unstable\nnodes"), (0, -1.45, "saddles"),
              (-1.1, 2.4, "stable\nfoci"), (1.2, 2.4, "unstable\nfoci"))  # fmt: skip
    for x, y, text in places:
        regions.text(x, y, text, ha="center", va="center", fontsize=8)
    regions.set(xlabel="trace", ylabel="determinant", ylim=(-1.9, 3), xlim=(-4, 4))
