"""What the scripts of this folder share: how a picture looks, and where it goes.

``python examples/sources/SCRIPT.py FOLDER FORMAT`` draws one picture; without a folder it goes to
the present one, without a format (svg, png, pdf) it is svg.
"""

import sys
from contextlib import contextmanager
from pathlib import Path

import matplotlib as mpl

from excitable.plotting import save_figure
from excitable.plotting._figure import COLOURS, INK, INPUT_COLOUR, QUIET, new_figure, style

__all__ = [
    "COLOURS", "DASHED", "INK", "INPUT_COLOUR", "QUIET", "THIN", "arrow", "circle", "panels",
    "save",
]  # fmt: skip

THIN = {"color": QUIET, "linewidth": 0.8}
DASHED = THIN | {"linestyle": (0, (4, 2))}
NIGHT = {
    "figure.facecolor": "#131416", "axes.facecolor": "#131416", "savefig.facecolor": "#131416",
    "axes.edgecolor": "#9aa0a6", "text.color": "#e8e8e8", "axes.labelcolor": "#e8e8e8",
    "xtick.color": "#9aa0a6", "ytick.color": "#9aa0a6",
    "xtick.labelcolor": "#e8e8e8", "ytick.labelcolor": "#e8e8e8",
}  # fmt: skip


def save(figure, suffix=""):
    """Write a picture, named after the script that draws it."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    ending = sys.argv[2] if len(sys.argv) > 2 else "svg"
    save_figure(figure, folder / f"{Path(sys.argv[0]).stem}{suffix}.{ending}")


@contextmanager
def panels(rows=1, columns=1, size=(4.4, 2.6), *, night=False, suffix="", **options):
    """Give the axes of a new figure, in the style of the package, and save it afterwards."""
    with style(), mpl.rc_context(NIGHT if night else {}):
        figure = new_figure(*size)
        yield figure.subplots(rows, columns, **options)
        save(figure, suffix)


def arrow(axes, start, stop, *, colour=INK, width=1.2, head="-|>"):
    """Draw an arrow between two points."""
    look = {"arrowstyle": head, "color": colour, "linewidth": width, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", stop, start, arrowprops=look)


def circle(axes, place, name, size=520):
    """Draw a neuron: a circle with its name."""
    axes.scatter(*place, s=size, facecolor="white", edgecolor=INK, linewidth=1.2, zorder=3)
    axes.text(*place, name, ha="center", va="center", zorder=4)
