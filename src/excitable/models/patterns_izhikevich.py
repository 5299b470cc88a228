"""The twenty firing patterns of Izhikevich (2004): parameters, drive and start of each panel.

The numbers are those of the script that made the paper's figure, which differ from its text in
places: panels G and L have another parabola, panel R another recovery. The stimuli switch at the
instants that the script names. The script itself samples them on its grid and takes neither end
of a pulse; `published_stimulus` is that.
"""

from __future__ import annotations

from typing import NamedTuple

from excitable.model import Model
from excitable.models._patterns import Pattern, Patterns
from excitable.models.izhikevich import Izhikevich
from excitable.models.izhikevich_accommodation import IzhikevichAccommodation


class _Panel(NamedTuple):
    """One panel; times in ms, v in mV, drive and u in mV/ms."""

    title: str
    parameters: tuple[float, float, float, float]  # a, b, c, d
    v: float
    duration: float
    dt: float
    base: float = 0.0
    pulses: tuple[tuple[float, ...], ...] = ()  # amplitude, start and stop if it ends
    ramps: tuple[tuple[float, float, float], ...] = ()  # slope, start, stop
    parabola: dict[str, str] = {}  # noqa: RUF012 - a constant
    u: float | None = None  # b*v if not given
    model: Model = Izhikevich


_LINE_OF_4_1 = {"q_1": "4.1/ms", "q_0": "108 mV/ms"}


def _thrice(amplitude: float, width: float, *starts: float) -> tuple[tuple[float, ...], ...]:
    return tuple((amplitude, start, start + width) for start in starts)


_PANELS = {
    "A": _Panel(
        "tonic spiking", (0.02, 0.2, -65, 6), -70, 100, 0.25, pulses=((14, 10),)
    ),
    "B": _Panel(
        "phasic spiking", (0.02, 0.25, -65, 6), -64, 200, 0.25, pulses=((0.5, 20),)
    ),
    "C": _Panel(
        "tonic bursting", (0.02, 0.2, -50, 2), -70, 220, 0.25, pulses=((15, 22),)
    ),
    "D": _Panel(
        "phasic bursting", (0.02, 0.25, -55, 0.05), -64, 200, 0.2, pulses=((0.6, 20),)
    ),
    "E": _Panel(
        "mixed mode", (0.02, 0.2, -55, 4), -70, 160, 0.25, pulses=((10, 16),)
    ),
    "F": _Panel(
        "spike frequency adaptation", (0.01, 0.2, -65, 8), -70, 85, 0.25, pulses=((30, 8.5),)
    ),
    "G": _Panel(
        "class 1 excitability", (0.02, -0.1, -55, 6), -60, 300, 0.25,
        ramps=((0.075, 30, 300),), parabola=_LINE_OF_4_1,
    ),
    "H": _Panel(
        "class 2 excitability", (0.2, 0.26, -65, 0), -64, 300, 0.25,
        base=-0.5, ramps=((0.015, 30, 300),),
    ),
    "I": _Panel(
        "spike latency", (0.02, 0.2, -65, 6), -70, 100, 0.2, pulses=((7.04, 10, 13),)
    ),
    "J": _Panel(
        "subthreshold oscillations", (0.05, 0.26, -60, 0), -62, 200, 0.25, pulses=((2, 20, 25),)
    ),
    "K": _Panel(
        "resonator", (0.1, 0.26, -60, -1), -62, 400, 0.25,
        pulses=_thrice(0.65, 4, 40, 60, 280, 320),
    ),
    "L": _Panel(
        "integrator", (0.02, -0.1, -55, 6), -60, 100, 0.25,
        pulses=_thrice(9, 2, 100 / 11, 100 / 11 + 5, 70, 80), parabola=_LINE_OF_4_1,
    ),
    "M": _Panel(
        "rebound spike", (0.03, 0.25, -60, 4), -64, 200, 0.2, pulses=((-15, 20, 25),)
    ),
    "N": _Panel(
        "rebound burst", (0.03, 0.25, -52, 0), -64, 200, 0.2, pulses=((-15, 20, 25),)
    ),
    "O": _Panel(
        "threshold variability", (0.03, 0.25, -60, 4), -64, 100, 0.25,
        pulses=((1, 10, 15), (-6, 70, 75), (1, 80, 85)),
    ),
    "P": _Panel(
        "bistability", (0.1, 0.26, -60, 0), -61, 300, 0.25,
        base=0.24, pulses=_thrice(1, 5, 37.5, 216),
    ),
    "Q": _Panel(
        "depolarizing after-potential", (1, 0.2, -60, -21), -70, 50, 0.1, pulses=((20, 9, 11),)
    ),
    "R": _Panel(
        "accommodation", (0.02, 1, -55, 4), -65, 400, 0.5,
        ramps=((1 / 25, 0, 200), (4 / 12.5, 300, 312.5)), u=-16, model=IzhikevichAccommodation,
    ),
    "S": _Panel(
        "inhibition-induced spiking", (-0.02, -1, -60, 8), -63.8, 350, 0.5,
        base=75, pulses=((5, -1, 50), (5, 250)),
    ),
    "T": _Panel(
        "inhibition-induced bursting", (-0.026, -1, -45, -2), -63.8, 350, 0.5,
        base=75, pulses=((5, -1, 50), (5, 250)),
    ),
}  # fmt: skip


def _drive(panel: _Panel, grid: float | None = None) -> str:
    """Write the stimulus; on a grid, let each pulse take in neither of its ends."""
    terms = [f"{panel.base!r} mV/ms"] if panel.base else []
    for amplitude, *edges in panel.pulses:
        start, *stop = (
            edge if grid is None or not _on(grid, edge) else edge + shift * grid
            for edge, shift in zip(edges, (0.5, -0.5), strict=False)
        )
        until = f", stop={stop[0]!r} ms" if stop else ""
        terms.append(f"step({amplitude!r} mV/ms, start={start!r} ms{until})")
    for slope, start, stop in panel.ramps:
        top = slope * (stop - start)
        terms.append(f"ramp(0 mV/ms, {top!r} mV/ms, start={start!r} ms, stop={stop!r} ms)")
    return " + ".join(terms)


def _on(grid: float, edge: float) -> bool:
    steps = edge / grid
    return abs(steps - round(steps)) < 1e-9


def _pattern(letter: str, panel: _Panel) -> Pattern:
    a, b, c, d = panel.parameters
    model = panel.model(
        a=f"{a}/ms", b=f"{b}/ms", c=f"{c} mV", d=f"{d} mV/ms", **panel.parabola
    )  # fmt: skip
    u = b * panel.v if panel.u is None else panel.u
    return Pattern(
        model,
        _drive(panel),
        {"v": f"{panel.v} mV", "u": f"{u!r} mV/ms"},
        title=f"{letter} {panel.title}",
        duration=f"{panel.duration} ms",
        published_dt=f"{panel.dt} ms",
        published_drive=_drive(panel, panel.dt),
    )


izhikevich_patterns = Patterns("izhikevich_patterns", _PANELS, _pattern)
