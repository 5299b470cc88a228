"""The membrane as a circuit: a capacitor beside a resistor with a battery (figure 1.1)."""

import numpy as np
from picture import INK, QUIET, arrow, panels

WIRES = (
    ([-0.8, 0.8], [0, 0]), ([-0.8, -0.8], [0, -0.94]), ([-0.8, -0.8], [-1.06, -2]),
    ([0.8, 0.8], [0, -0.2]), ([0.8, 0.8], [-0.95, -1.35]), ([0.8, 0.8], [-1.47, -2]),
    ([-0.8, 0.8], [-2, -2]), ([0, 0], [-2, -2.3]),
)  # fmt: skip
WORDS = (
    (0.1, 0.4, "$I(t)$"), (-1.5, -1.04, "$C$"), (1.05, -0.63, "$R$"),
    (1.1, -1.47, r"$u_\mathrm{rest}$"), (-0.45, -0.58, "$I_C$"), (0.25, -0.58, "$I_R$"),
)  # fmt: skip

with panels(size=(3.0, 2.8)) as axes:
    for x, y in WIRES:
        axes.plot(x, y, color=INK)
    for y in (-0.94, -1.06):
        axes.plot([-1.05, -0.55], [y, y], color=INK, linewidth=1.8)
    zigzag = np.array([0, *[(-1) ** k * 0.09 for k in range(12)], 0])
    axes.plot(0.8 + zigzag, np.linspace(-0.95, -0.2, 14), color=INK)
    axes.plot([0.55, 1.05], [-1.35, -1.35], color=INK)
    axes.plot([0.67, 0.93], [-1.47, -1.47], color=INK, linewidth=2.2)
    arrow(axes, (0, 0.65), (0, 0))
    for x in (-0.6, 0.6):
        arrow(axes, (x, -0.3), (x, -0.8), colour=QUIET, width=0.9)
    for x, y, text in WORDS:
        axes.text(x, y, text, fontsize=11)
    axes.plot([0], [0], "o", color=INK, markersize=3)
    axes.text(0.1, 0.08, "$u(t)$, inside", color=QUIET)
    axes.text(0.1, -2.28, "outside", color=QUIET)
    axes.set(xlim=(-1.7, 1.9), ylim=(-2.4, 0.75), aspect="equal")
    axes.axis("off")
