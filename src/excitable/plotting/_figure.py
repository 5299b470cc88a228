"""Figures that belong to no window: style, colours, labels, and saving whole files only."""

from __future__ import annotations

import io
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure

from excitable.errors import FileError
from excitable.files import atomic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from matplotlib.axes import Axes

# Okabe and Ito's colours, told apart by every common kind of colour vision; the order keeps
# neighbours different in lightness too. Yellow is left out: it is too light for a thin line.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
INK = "#222222"
QUIET = "#666666"
INPUT_COLOUR = "#555555"

FORMATS = ("svg", "png", "pdf")

_STYLE: dict[Any, Any] = {
    "font.size": 9.0,
    "axes.titlesize": 10.0,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.formatter.useoffset": False,
    "axes.unicode_minus": True,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "text.color": INK,
    "lines.linewidth": 1.0,
    "lines.solid_joinstyle": "round",
    "legend.frameon": False,
    "legend.fontsize": 8.0,
    "savefig.facecolor": "white",
}


class Picture(Figure):
    """A figure that notebooks show by itself, without pyplot and its list of open windows."""

    def _repr_png_(self) -> bytes:
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", dpi=144)
        return buffer.getvalue()


@contextmanager
def style() -> Iterator[None]:
    """Draw in the house style, whatever the user's own settings are, and leave those alone."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        yield


def new_figure(width: float, height: float) -> Picture:
    """Make an empty figure, sizes in inches."""
    return Picture(figsize=(width, height), dpi=100, layout="constrained")


@contextmanager
def canvas(axes: Axes | None, size: tuple[float, float]) -> Iterator[Axes]:
    """Give axes to draw into in the house style: those that are given, or of a new figure."""
    with style():
        yield new_figure(*size).subplots() if axes is None else axes


def pretty_unit(text: str) -> str:
    """Write a unit as it is printed: ``uA/cm2`` as µA/cm²."""
    if text in ("", "1", "dimensionless"):
        return ""
    for plain, printed in (
        ("Ohm", "Ω"),
        ("ohm", "Ω"),
        ("**", ""),
        ("^", ""),
        ("*", "·"),
        ("um", "µm"),
        ("uA", "µA"),
        ("uF", "µF"),
        ("uS", "µS"),
        ("uV", "µV"),
        ("us", "µs"),
        ("cm2", "cm²"),
        ("m2", "m²"),
    ):
        text = text.replace(plain, printed)
    return text


def label(name: str, unit: str) -> str:
    """Label of an axis: the symbol and its unit."""
    printed = pretty_unit(unit)
    return f"{symbol(name)} ({printed})" if printed else symbol(name)


def symbol(name: str) -> str:
    """Write a model's name as mathematics: ``g_L`` with its subscript."""
    stem, _, index = name.partition("_")
    greek = {"tau", "theta", "phi", "lambda", "sigma", "alpha", "beta", "Delta", "epsilon"}
    stem = rf"\{stem}" if stem in greek else stem
    if len(stem) > 1 and not stem.startswith("\\"):
        return name
    inner = rf"_{{\mathrm{{{index.replace('_', ',')}}}}}" if index else ""
    return f"${stem}{inner}$"


def save_figure(figure: Figure, path: str | PathLike[str]) -> Path:
    """Write a figure to a file, whole or not at all.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        What to write.
    path : path-like
        Ends in ``.svg``, ``.png`` or ``.pdf``; the ending says the format.

    Returns
    -------
    pathlib.Path
        Where it was written.

    Raises
    ------
    FileError
        If the ending is another one, or the file cannot be written.

    Notes
    -----
    The same figure gives the same bytes: no date is written and identifiers are fixed.

    Examples
    --------
    >>> from excitable.plotting._figure import new_figure
    >>> save_figure(new_figure(2, 1), "picture.bmp")
    Traceback (most recent call last):
    ...
    excitable.errors.FileError: picture.bmp: '.bmp' is not a picture format; svg, png and pdf are...
    """
    target = Path(path)
    ending = target.suffix.lower().lstrip(".")
    if ending not in FORMATS:
        raise FileError(
            f"{target.suffix!r} is not a picture format" if ending else "the name has no ending",
            "svg, png and pdf are",
            f"Write {target.stem or 'picture'}.svg",
            name=str(path),
        )
    dated = {"svg": "Date", "pdf": "CreationDate"}.get(ending)
    with atomic(target) as fresh, mpl.rc_context({"svg.hashsalt": "excitable"}):
        figure.savefig(fresh, format=ending, dpi=200, metadata={dated: None} if dated else None)
    return target
