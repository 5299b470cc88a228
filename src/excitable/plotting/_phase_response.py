"""How pushes at each phase move the next spikes, as a picture."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis._names import check_pushed
from excitable.errors import ParameterError
from excitable.plotting._figure import (
    COLOURS,
    INK,
    QUIET,
    canvas,
    label,
    new_figure,
    pretty_unit,
    style,
    symbol,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_FINE = 800  # points of the line, however many phases were asked for
_BEFORE = 1e-9  # a jump
_MARKERS = ("o", "s", "^", "D", "v")


def plot_phase_response(
    response: Any, *measured: Any, of: str | None = None, normalised: bool = False,
    axes: Axes | None = None, size: tuple[float, float] | None = None,
) -> Figure:  # fmt: skip
    """Draw a phase response, and what simulated pushes did beside it.

    Parameters
    ----------
    response : PhaseResponse
        From `excitable.phase_response`.
    *measured : DirectResponse
        From `PhaseResponse.direct`, of the same state or input.
    of : str, optional
        The state or the input that is pushed; that of the first measured one, or the first state,
        if not given.
    normalised : bool
        Draw the advance as a share of the period instead of a time.
    axes : matplotlib.axes.Axes, optional
        Where to draw the response alone.
    size : tuple of float, optional
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        The first state over one cycle above the response. The line is the adjoint solution, or dots
        for ``method="direct"``; marks are measured ones divided by their size; advances are above
        zero. The line is broken where the response jumps.

    Examples
    --------
    >>> import excitable as ex
    >>> figure = plot_phase_response(ex.phase_response(ex.LIF, I="300 pA"))
    >>> figure.axes[1].get_xlabel()
    'phase (period 15.86 ms)'
    """
    name = _pushed(response, measured, of)
    if axes is not None:
        with canvas(axes, (4.4, 2.8)) as given:
            _response(given, response, measured, name, normalised=normalised)
        return given.get_figure(root=True)  # type: ignore[return-value]
    with style():
        figure = new_figure(*(size or (4.4, 3.8)))
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[2, 3])
        _cycle(above, response)
        _response(below, response, measured, name, normalised=normalised)
        above.set_title(f"{response.model.name}, {response.type}")
        below.set_xlabel(f"phase (period {response.period.magnitude:.4g} ms)")
        figure.align_ylabels([above, below])
    return figure


def _pushed(response: Any, measured: tuple[Any, ...], of: str | None) -> str:
    name = of or (measured[0].of if measured else next(iter(response.model.states)))
    check_pushed(response.model, name, owner="plot_phase_response", argument="of")
    for one in measured:
        if one.of != name:
            raise ParameterError(
                f"pushes of {one.of} beside pushes of {name}",
                "responses in one unit are expected", f"Write of={one.of!r}, or draw two figures",
                owner="plot_phase_response", name="measured",
            )  # fmt: skip
    return name


def _pieces(response: Any) -> list[np.ndarray]:
    """Return fine phases, parted where the cycle and its response jump."""
    ends = sorted(float(e) for e in response.jumps if 0.0 < e < 1.0)
    edges = np.array([0.0, *ends, 1.0])
    return [
        np.linspace(a, b - _BEFORE, max(int(_FINE * (b - a)), 3))
        for a, b in pairwise(edges)
        if b - a > 2.0 * _BEFORE
    ]


def _cycle(axes: Axes, response: Any) -> None:
    name = next(iter(response.model.states))
    unit = ""
    for phases in _pieces(response):
        value = response.states_at(phases)[name]
        unit = units.unit_text(value)
        axes.plot(phases, value.magnitude, color=INK)
    axes.set_ylabel(label(name, unit))


def _response(
    axes: Axes, response: Any, measured: tuple[Any, ...], name: str, *, normalised: bool
) -> None:
    share = 1.0 / float(response.period.magnitude) if normalised else 1.0
    axes.axhline(0.0, color=QUIET, linewidth=0.6)
    if response.method == "direct":
        value = response.response[name].magnitude * share
        axes.plot(response.phase, value, ".", color=COLOURS[0], label="measured")
    else:
        for k, phases in enumerate(_pieces(response)):
            value = response.at(phases)[name].magnitude * share
            axes.plot(phases, value, color=COLOURS[0], label="adjoint" if k == 0 else None)
    for k, one in enumerate(measured):
        value = one.normalised if normalised else one.response
        axes.plot(
            one.phase, value.magnitude, _MARKERS[k % len(_MARKERS)], markersize=4,
            color=COLOURS[(k + 1) % len(COLOURS)], markerfacecolor="white",
            label=f"{'jump' if one.width is None else 'pulse'} of {one.size:.4g~P}",
        )  # fmt: skip
    axes.set_xlim(0.0, 1.0)
    axes.set_xlabel("phase")
    chosen = response.normalised if normalised else response.response
    unit = pretty_unit(units.unit_text(chosen[name]))
    what = f"advance by {symbol(name)}"
    axes.set_ylabel(f"{what}\n({unit})" if unit else what)
    if measured:
        axes.legend(loc="best")
