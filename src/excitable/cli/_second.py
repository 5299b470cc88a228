"""Curves of folds and Hopf points in two parameters: ``excitable bifurcation --second``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from excitable.cli import _output

if TYPE_CHECKING:
    import numpy as np

    from excitable.analysis import Branch, CurvePoint, SpecialCurve, SpecialPoint

# A special point of the branch this near to a curve, in shares of both ranges, is on it.
NEAR = 5e-3
NAMES = {
    "hopf": "Hopf points", "fold": "folds", "bogdanov-takens": "Bogdanov-Takens",
    "bautin": "Bautin", "fold-hopf": "fold-Hopf", "double hopf": "double Hopf",
}  # fmt: skip


def curves_of(branch: Branch, second: tuple[str, str, str]) -> list[SpecialCurve]:
    """Follow every fold and Hopf point of a branch, each curve once.

    Raises
    ------
    ParameterError
        If there is none to follow, or the range is not one of the second parameter.
    """
    from excitable.errors import ParameterError

    name, start, stop = (word.strip() for word in second)
    points = [point for point in branch.special if point.kind in ("fold", "hopf")]
    if not points:
        raise ParameterError(
            f"no fold or Hopf point of {branch.model.name} is there to be followed over {name}",
            "--second follows those that are found first",
            f"Give {branch.parameter} a wider range, or leave --second out",
            owner="bifurcation",
        )
    curves: list[SpecialCurve] = []
    for point in points:
        if not any(_passes(curve, point) for curve in curves):
            curves.append(point.continuation(name, start, stop))
    return curves


def _passes(curve: SpecialCurve, point: SpecialPoint) -> bool:
    """Whether a curve leads through a point of the branch."""
    import numpy as np

    if curve.kind != point.kind:
        return False
    first, other = curve.values.magnitude, curve.seconds.magnitude
    level = float(point.origin.values[curve.second])
    line = np.column_stack([first, other, *(curve[name].magnitude for name in point.state)])
    place = np.array(
        [point.parameter.magnitude, level, *(value.magnitude for value in point.state.values())]
    )
    size = np.ptp(np.vstack([line, place]), axis=0)
    size[size == 0.0] = 1.0
    return bool(_distance(line / size, place / size) < NEAR)


def _distance(line: np.ndarray, place: np.ndarray) -> float:
    """How far a point is from a polyline."""
    import numpy as np

    begin, way = line[:-1], np.diff(line, axis=0)
    length = np.maximum((way * way).sum(axis=1), 1e-300)
    share = np.clip(((place - begin) * way).sum(axis=1) / length, 0.0, 1.0)
    return float(np.linalg.norm(begin + share[:, None] * way - place, axis=1).min(initial=np.inf))


def print_curves(curves: list[SpecialCurve]) -> None:
    """Print each curve: its special points, and why it ends on both sides."""
    for number, curve in enumerate(curves, start=1):
        typer.echo(f"\ncurve {number}: {NAMES[curve.kind]}, {len(curve)} points\n")
        if curve.special:
            typer.echo(_output.table(*_rows(curve)) + "\n")
        typer.echo(_output.facts(zip(("begins", "ends"), curve.ended, strict=True)))


def _heads(curve: SpecialCurve) -> list[str]:
    from excitable import units

    columns = ((curve.parameter, curve.values), (curve.second, curve.seconds))
    return [
        f"{name} ({unit})" if (unit := units.unit_text(values)) else name
        for name, values in columns
    ]


def _rows(curve: SpecialCurve) -> tuple[list[str], list[list[str]]]:
    rows = []
    for point in curve.special:
        rate = point.frequency
        rows.append([
            NAMES.get(point.kind, point.kind),
            f"{point.parameter.magnitude:.10g}",
            f"{point.second.magnitude:.10g}",
            "" if rate is None else f"{rate.m_as('Hz'):.8g}",
            ", ".join(f"{name} = {value:.6g}" for name, value in point.coefficients.items()),
        ])  # fmt: skip
    return ["special point", *_heads(curve), "frequency (Hz)", "normal form"], rows


def curve_rows(curves: list[SpecialCurve]) -> tuple[list[str], list[list[str | float]]]:
    """All points of all curves, for a file."""
    from excitable import units

    states = list(curves[0].model.states)
    shown = {name: units.unit_text(curves[0][name]) for name in states}
    head = ["what", *_heads(curves[0])]
    head += [f"{name} ({unit})" if unit else name for name, unit in shown.items()]
    rows: list[list[str | float]] = []
    for number, curve in enumerate(curves, start=1):
        columns = [curve.values, curve.seconds, *(curve[name] for name in states)]
        for row in zip(*(column.magnitude.tolist() for column in columns), strict=True):
            rows.append([f"{curve.kind} {number}", *row])
    return head, rows


def curve_data(curves: list[SpecialCurve]) -> list[dict[str, Any]]:
    """Give curves as plain numbers."""
    from excitable import units

    return [
        {
            "kind": curve.kind,
            "second": curve.second,
            "second_unit": units.unit_text(curve.seconds),
            "values": curve.values.magnitude.tolist(),
            "seconds": curve.seconds.magnitude.tolist(),
            "states": {name: curve[name].magnitude.tolist() for name in curve.model.states},
            "special": [_point(point) for point in curve.special],
            "begins": curve.ended[0],
            "ends": curve.ended[1],
        }
        for curve in curves
    ]


def _point(point: CurvePoint) -> dict[str, Any]:
    rate = point.frequency
    return {
        "kind": point.kind,
        "parameter": float(point.parameter.magnitude),
        "second": float(point.second.magnitude),
        "state": {name: float(value.magnitude) for name, value in point.state.items()},
        "frequency_Hz": None if rate is None else float(rate.m_as("Hz")),
        "normal_form": {name: float(value) for name, value in point.coefficients.items()},
    }


def draw(curves: list[SpecialCurve], target: Path) -> str:
    """Draw all curves over both parameters; return where."""
    from excitable.plotting import save_figure

    return str(save_figure(curves[0].plot(*curves[1:]), target))
