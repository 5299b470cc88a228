"""Gating curves as a picture: steady values beside time constants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.plotting._figure import COLOURS, label, new_figure, pretty_unit, style, symbol

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Told apart without colour too.
_DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (6, 1.5, 1.5, 1.5)))


def plot_gates(gates: Any, *, size: tuple[float, float] | None = None) -> Figure:
    """Draw where each gate tends to, and how fast, over the potential.

    Parameters
    ----------
    gates : Gates
        From `excitable.gates`.
    size : tuple of float, optional
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        One panel for the steady values of each unit and one for the time constants.

    Notes
    -----
    A gate that follows the potential at once has no curve among the time constants. Of a
    population every neuron has a thin line.

    Examples
    --------
    >>> import excitable as ex
    >>> [axes.get_ylabel() for axes in plot_gates(ex.gates(ex.HodgkinHuxley)).axes]
    ['steady value', 'time constant (ms)']
    """
    looks = {
        name: {"color": COLOURS[k % len(COLOURS)], "linestyle": _DASHES[k % len(_DASHES)]}
        for k, name in enumerate(gates)
    }
    groups = _by_unit(gates)
    slow = [name for name in gates if gates[name].tau is not None]
    count = len(groups) + bool(slow)
    with style():
        figure = new_figure(*(size or (3.4 * count + 0.4, 2.7)))
        panels: list[Axes] = list(figure.subplots(1, count, squeeze=False)[0])
        for axes, (unit, names) in zip(panels, groups.items(), strict=False):
            _curves(axes, gates, names, looks, lambda gate: gate.inf)
            printed = pretty_unit(unit)
            axes.set_ylabel(f"steady value ({printed})" if printed else "steady value")
            if not printed:
                axes.set_ylim(*_open_fraction(axes))
        if slow:
            _curves(panels[-1], gates, slow, looks, lambda gate: gate.tau)
            panels[-1].set_ylabel("time constant (ms)")
            panels[-1].set_ylim(bottom=0.0)
        for axes in panels:
            axes.set_xlabel(label(gates.voltage, units.unit_text(gates.v)))
            axes.legend(loc="best")
        panels[0].set_title(gates.model.name)
    return figure


def _by_unit(gates: Any) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name in gates:
        groups.setdefault(units.unit_text(gates[name].inf), []).append(name)
    return groups


def _curves(
    axes: Axes,
    gates: Any,
    names: list[str],
    looks: dict[str, dict[str, Any]],
    what: Callable[[Any], Any],
) -> None:
    v = np.atleast_1d(gates.v.magnitude)
    order = np.argsort(v)
    for name in names:
        values = np.asarray(what(gates[name]).magnitude).reshape(v.size, -1)
        lines = axes.plot(v[order], values[order], **looks[name])
        lines[0].set_label(symbol(name))
        for line in lines:
            line.set_linewidth(1.4 if len(lines) == 1 else 0.7)


def _open_fraction(axes: Axes) -> tuple[float, float]:
    """Return limits that show 0 to 1 where the curves stay within."""
    low, high = axes.get_ylim()
    inside = low >= -0.1 and high <= 1.1
    return (-0.03, 1.03) if inside else (low, high)
