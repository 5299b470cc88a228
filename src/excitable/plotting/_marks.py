"""What pictures of the dynamics share: markers of equilibria, headings, a legend below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.transforms import ScaledTranslation

from excitable import units
from excitable.plotting._figure import pretty_unit, symbol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from excitable.model import Model
    from excitable.units import Quantity

_NARROW = 5.4  # inches
_BELOW = 0.4  # inches: room for ticks and the name of the axis


def equilibrium_marker(kind: str) -> dict[str, Any]:
    """Filled where stable, open where unstable, half filled for a saddle and at the borders."""
    if kind.startswith("stable"):
        return {"fillstyle": "full"}
    if kind.startswith("unstable"):
        return {"fillstyle": "full", "markerfacecolor": "white"}
    half = "left" if kind in ("saddle", "saddle-focus") else "bottom"
    return {"fillstyle": half, "markerfacecoloralt": "white"}


def heading(model: Model, inputs: Mapping[str, Quantity], words: str = "") -> str:
    """Name the model and its inputs, and below them what else must be known."""
    given = []
    for name, value in inputs.items():
        unit = pretty_unit(units.unit_text(value))
        given.append(f"{symbol(name)} = {float(value.magnitude):.4g} {unit}".rstrip())
    first = ", ".join([model.name, *(one.replace(" ", "\N{NO-BREAK SPACE}") for one in given)])
    return "\n".join([first, words] if words else [first])


def put_legend(axes: Axes, size: tuple[float, float], *, handles: Any = None) -> None:
    """Put the legend below the axes, in as many columns as there is room for."""
    narrow = size[0] < _NARROW
    shown, names = axes.get_legend_handles_labels() if handles is None else handles
    below = axes.transAxes + ScaledTranslation(0.0, -_BELOW, axes.figure.dpi_scale_trans)
    axes.legend(
        shown, names, loc="upper center", bbox_to_anchor=(0.5, 0.0), bbox_transform=below,
        ncols=2 if narrow else 3, fontsize=7 if narrow else 8, handlelength=2.4,
    )  # fmt: skip
