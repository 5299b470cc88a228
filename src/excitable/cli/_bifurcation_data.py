"""A bifurcation diagram as rows of tables and as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from excitable.analysis import Branch, CycleBranch, CyclePiece, CyclePoint, SpecialPoint

NAMES = {"hopf": "Hopf"}


@dataclass(frozen=True)
class Shown:
    """How values of the parameter are written in tables.

    Parameters
    ----------
    name : str
        The parameter.
    unit : str
        Its unit.
    span : float
        Its range: what is smaller by fifteen digits is rounding.
    """

    name: str
    unit: str
    span: float

    @property
    def head(self) -> str:
        """Head of a column."""
        return f"{self.name} ({self.unit})" if self.unit else self.name

    def __call__(self, value: Any) -> str:
        bare = float(getattr(value, "magnitude", value))
        return f"{bare if abs(bare) > 1e-15 * self.span else 0.0:.10g}"


def text_of(branch: Branch) -> Shown:
    """How the parameter of a branch is written."""
    from excitable import units

    values = branch.values
    span = float(values.magnitude.max() - values.magnitude.min())
    return Shown(branch.parameter, units.unit_text(values), span)


def stretches(branch: Branch) -> list[tuple[bool, Any, Any]]:
    """Parts of equal stability along a branch: stable or not, and the parameter at both ends.

    Between two equilibria of different stability stands the special point where it changes.
    """
    values, stable = branch.values, branch.stable
    changes = {
        place: point.parameter for place, point in zip(branch.places, branch.special, strict=True)
    }
    out = []
    for piece in branch.pieces:
        begin = values[piece.start]
        for k in range(piece.start, piece.stop):
            last = k + 1 == piece.stop
            if last or stable[k] != stable[k + 1]:
                end = values[k] if last else changes.get(k, values[k])
                out.append((bool(stable[k]), begin, end))
                begin = end
    return out


def point_rows(branch: Branch, state: str, show: Shown) -> tuple[list[str], list[list[str]]]:
    """Special points of equilibria as a table: head and rows."""
    from excitable import units

    unit = units.unit_text(branch[state])
    head = ["special point", show.head, f"{state} ({unit})" if unit else state]
    hopf = any(point.frequency is not None for point in branch.special)
    rows = []
    for point in branch.special:
        name = NAMES.get(point.kind, point.kind)
        row = [
            f"{point.criticality} {name}" if point.criticality else name,
            show(point.parameter),
            f"{point.state[state].magnitude:.8g}",
        ]
        if point.frequency is not None:
            row += [f"{point.frequency.m_as('Hz'):.8g}", f"{point.l1:.6g}"]
        elif hopf:
            row += ["", ""]
        rows.append(row)
    return head + (["frequency (Hz)", "l1"] if hopf else []), rows


def cycle_rows(piece: CyclePiece, show: Shown) -> tuple[list[str], list[list[str]]]:
    """Special points of a family of cycles as a table: head and rows."""
    head = ["special point", show.head, "period (ms)"]
    return head, [
        [point.kind, show(point.parameter), f"{point.period.m_as('ms'):.9g}"]
        for point in piece.special
    ]


def rows_to_save(
    branch: Branch, cycles: CycleBranch | None
) -> tuple[list[str], list[list[str | float]]]:
    """All equilibria, then all cycles, with the least and the greatest value of every state."""
    from excitable import units

    states = list(branch.model.states)
    unit = units.unit_text(branch.values)
    head = ["what", f"{branch.parameter} ({unit})" if unit else branch.parameter, "stable"]
    head.append("period (ms)")
    for name in states:
        unit = units.unit_text(branch[name])
        head += [f"{edge} {name} ({unit})" if unit else f"{edge} {name}" for edge in ("min", "max")]
    rows: list[list[str | float]] = []
    at = [branch[name].magnitude.tolist() for name in states]
    for k, value in enumerate(branch.values.magnitude.tolist()):
        row = ["equilibrium", value, str(int(branch.stable[k])), ""]
        rows.append(row + [column[k] for column in at for _ in range(2)])
    for number, piece in enumerate(cycles.pieces if cycles else (), start=1):
        edges = [
            edge.magnitude.tolist()
            for name in states
            for edge in (piece.minimum(name), piece.maximum(name))
        ]
        periods = piece.period.m_as("ms").tolist()
        for k, value in enumerate(piece.values.magnitude.tolist()):
            row = [f"cycle {number}", value, str(int(piece.stable[k])), periods[k]]
            rows.append(row + [column[k] for column in edges])
    return head, rows


def as_data(branch: Branch, cycles: CycleBranch | None) -> dict[str, Any]:
    """Give a diagram as plain numbers, their units beside them."""
    from excitable import units

    return {
        "model": branch.model.name,
        "parameter": branch.parameter,
        "unit": units.unit_text(branch.values),
        "units": {name: units.unit_text(branch[name]) for name in branch.model.states},
        "special": [_point(point) for point in branch.special],
        "begins": branch.ended[0],
        "ends": branch.ended[1],
        "values": branch.values.magnitude.tolist(),
        "states": {name: branch[name].magnitude.tolist() for name in branch.model.states},
        "stable": branch.stable.tolist(),
        "eigenvalues_per_ms": [[_pair(z) for z in row] for row in branch.eigenvalues],
        "pieces": [[piece.start, piece.stop] for piece in branch.pieces],
        "cycles": None if cycles is None else [_piece(branch, one) for one in cycles.pieces],
    }


def _point(point: SpecialPoint) -> dict[str, Any]:
    frequency = point.frequency
    return {
        "kind": point.kind,
        "parameter": float(point.parameter.magnitude),
        "state": {name: float(value.magnitude) for name, value in point.state.items()},
        "eigenvalues_per_ms": [_pair(z) for z in point.eigenvalues],
        "criticality": point.criticality,
        "frequency_Hz": None if frequency is None else float(frequency.m_as("Hz")),
        "l1": point.l1,
        "re_c1": point.re_c1,
        "coefficient": point.coefficient,
    }


def _piece(branch: Branch, piece: CyclePiece) -> dict[str, Any]:
    return {
        "special": [_cycle_point(point) for point in piece.special],
        "begins": piece.ended[0],
        "ends": piece.ended[1],
        "values": piece.values.magnitude.tolist(),
        "period_ms": piece.period.m_as("ms").tolist(),
        "stable": piece.stable.tolist(),
        "trusted": piece.trusted.tolist(),
        "multipliers": [[_pair(z) for z in row] for row in piece.multipliers],
        "minimum": {name: piece.minimum(name).magnitude.tolist() for name in branch.model.states},
        "maximum": {name: piece.maximum(name).magnitude.tolist() for name in branch.model.states},
    }


def _cycle_point(point: CyclePoint) -> dict[str, Any]:
    return {
        "kind": point.kind,
        "parameter": float(point.parameter.magnitude),
        "period_ms": float(point.period.m_as("ms")),
        "state": {name: float(value.magnitude) for name, value in point.state.items()},
    }


def _pair(z: complex) -> list[float]:
    return [float(z.real), float(z.imag)]
