"""What the scripts of this folder share: they look like those of ``examples/sources``.

``python examples/dynamics/SCRIPT.py FOLDER FORMAT`` draws one picture; without a folder it goes to
the present one, without a format (svg, png, pdf) it is svg.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parents[1] / "sources"))

from picture import COLOURS, DASHED, INK, QUIET, arrow, panels

__all__ = ["COLOURS", "DASHED", "INK", "QUIET", "arrow", "key", "panels", "path", "told"]


def path(axes, curve, *, colour=INK, heads=(0.35,), backward=False):
    """Draw a trajectory with arrowheads at these shares of its length on the page."""
    x, y = curve.x.magnitude, curve.y.magnitude
    axes.plot(x, y, color=colour, linewidth=0.9, zorder=1.8)
    on_page = axes.transData.transform(np.column_stack([x, y]))
    low, high = axes.bbox.get_points()
    inside = ((low < on_page) & (on_page < high)).all(axis=1)
    step = np.hypot(*np.diff(on_page, axis=0).T) * inside[1:]
    length = np.append(0.0, np.cumsum(step))
    for share in heads:
        k = max(int(np.searchsorted(length, share * length[-1])), 1)
        ends = ((x[k - 1], y[k - 1]), (x[k], y[k]))
        arrow(axes, *(ends[::-1] if backward else ends), colour=colour, width=0.9)


def key(figure, *some, columns=4, **options):
    """Explain lines and marks below a figure, each once, wherever they are drawn."""
    drawn = {}
    for axes in some:
        for handle, text in zip(*axes.get_legend_handles_labels(), strict=True):
            drawn.setdefault(text, handle)
    options |= dict(loc="outside lower center", ncols=columns, handlelength=2.2)
    figure.legend(drawn.values(), drawn, **options)


def told(point):
    """Name a special point and its place in a few digits."""
    kind = {"hopf": "Hopf point"}.get(point.kind, point.kind)
    words = (getattr(point, "criticality", None), kind, f"at {point.parameter.magnitude:.5g}")
    return " ".join(word for word in words if word)
