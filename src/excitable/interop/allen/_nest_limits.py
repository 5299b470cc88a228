"""What NEST's GLIF models refuse, so that it is said here and not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from excitable.errors import ParameterError
from excitable.interop.allen._levels import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from excitable.interop.allen._cell import Cell

_LISTED = 5


def check_limits(cells: Sequence[Cell], owner: str) -> None:
    """Refuse cells that NEST would refuse, naming every limit that they break.

    Raises
    ------
    ParameterError
        If there is one.
    """
    broken = [(number, cell, list(broken_limits(cell))) for number, cell in enumerate(cells)]
    broken = [entry for entry in broken if entry[2]]
    if not broken:
        return
    if len(cells) == 1:
        found = ", ".join(broken[0][2])
    else:
        shown = [f"{cell.name} ({', '.join(limits)})" for _, cell, limits in broken[:_LISTED]]
        more = f" and {len(broken) - _LISTED} more" if len(broken) > _LISTED else ""
        found = (
            f"{len(broken)} of {len(cells)} cells break limits of NEST: {', '.join(shown)}{more}"
        )
    raise ParameterError(
        found,
        "NEST holds f_v and f_j from 0 to 1, E_L and V_R below V_T, t_ref and rates above 0",
        "Run such a cell here, or leave it out",
        owner=owner,
        name="to_nest",
    )


def broken_limits(cell: Cell) -> Iterator[str]:
    """Give each limit of NEST that a cell breaks, in words."""
    if cell.parts not in PARTS.values():
        yield "its parts are not those of a level"
    if not cell.t_ref > 0.0:
        yield f"t_ref is {cell.t_ref:g} ms"
    if not cell.V_R < cell.V_T:
        name = "E_L" if cell.reset else "V_R"
        yield f"{name} {cell.V_R:g} mV is not below V_T {cell.V_T:g} mV"
    if cell.reset:
        if not 0.0 <= cell.reset.f_v <= 1.0:
            yield f"f_v is {cell.reset.f_v:.6g}"
        if not cell.reset.b_s > 0.0:
            yield f"b_s is {cell.reset.b_s:g}/ms"
    for j, current in enumerate(cell.currents or (), 1):
        if not 0.0 <= current.f <= 1.0:
            yield f"f_{j} is {current.f:.6g}"
    if cell.adaptation and not cell.adaptation.b_v > 0.0:
        yield f"b_v is {cell.adaptation.b_v:g}/ms"
