"""Cells as one model: parameters become arrays, and each neuron keeps the name of its cell."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from excitable import units
from excitable.errors import ModelError
from excitable.interop.allen._cell import Adaptation, Cell, Current, Reset
from excitable.interop.allen._levels import Parts, union
from excitable.model import renamed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from excitable.model import Model

_LIST = "Cells: "
_SEPARATOR = ", "
_LONGEST = 80


class Specimen(NamedTuple):
    """Which cell a neuron is: what its file calls it, and the level that was fitted."""

    name: str
    level: int


@cache
def template(parts: Parts, currents: int) -> Model:
    """The model with some parts and so many after-spike currents, at its own values."""
    from excitable.models import glif

    return glif(
        currents=currents if parts.currents else 2,
        reset_rules=parts.reset_rules,
        after_spike_currents=parts.currents,
        adapting_threshold=parts.adapting,
    )


def build(cells: Sequence[Cell], *, on_bad_reset: str, single: bool) -> Model:
    """Give one model of all cells, with every part that one of them has.

    Parameters
    ----------
    cells : sequence of Cell
        At least one.
    on_bad_reset : str
        `"warn"` or `"raise"`, as in `Model`.
    single : bool
        Whether one cell gives plain numbers instead of arrays of one.
    """
    parts = union(cell.parts for cell in cells)
    most = max(len(cell.currents or ()) for cell in cells)
    model = template(parts, most)
    rows = [cell.values(parts, most, model.values()) for cell in cells]
    values = {}
    for name, parameter in model.parameters.items():
        column = np.array([row[name] for row in rows])
        unit = units.default_unit(parameter.dimension)
        values[name] = units.attach(float(column[0]) if single else column, unit)
    E_L = values["E_L"]
    who = cells[0].name if single else f"{len(cells)} cell{'s' * (len(cells) > 1)}"
    title = f"{model.title}, {who}"[:200]
    named = renamed(
        model,
        f"{model.name} {who}",
        title=title,
        description=f"{model.description}\n{_LIST}{_listed(cells)}",
        states={"v": E_L},
    )
    return named(on_bad_reset=on_bad_reset, **values)


def specimens(model: Model) -> tuple[Specimen, ...]:
    """Return which cell each neuron of a model is.

    Parameters
    ----------
    model : Model
        What `read` or `from_nest` gave, or a changed copy of it.

    Returns
    -------
    tuple of Specimen
        For each neuron the `name` of its cell (the model id or the name of its file) and the
        `level` that was fitted; empty for a model of another origin.

    Notes
    -----
    The names stand in the last line of `model.description`, so that they travel with the model
    into files and with a run: ``specimens(run.model)[17]``.

    Examples
    --------
    >>> from excitable.interop import allen
    >>> from excitable.models import GLIF1
    >>> cell = allen.to_config(GLIF1)
    >>> specimens(allen.read({"485904755": cell, "566283879": cell}))[1].name
    '566283879'
    """
    line = model.description.rpartition("\n")[2]
    if not line.startswith(_LIST):
        return ()
    found = []
    for item in line.removeprefix(_LIST).split(_SEPARATOR):
        name, _, level = item.rpartition(" GLIF")
        found.append(Specimen(name, int(level)) if name and level.isdigit() else None)
    return tuple(each for each in found if each is not None)


def cells_of(model: Model) -> list[Cell]:
    """Give the cells that a model describes, one for each neuron.

    Raises
    ------
    ModelError
        If its equations are not those of a GLIF neuron.
    """
    parts = Parts("theta_s" in model.states, "I_1" in model.states, "theta_v" in model.states)
    count = sum(name.startswith("I_") for name in model.states)
    if model.system != template(parts, count).system:
        raise ModelError(
            "its equations are not those of a GLIF neuron",
            "GLIF1 to GLIF5 are expected, with amplitudes at the end of the refractory time",
            'Write ex.GLIF1(C="80 pF", g="8 nS", ...), or ex.models.glif(3, currents=1)',
            owner=model.name,
        )
    names = [each.name for each in specimens(model)]
    size = 1 if model.size is None else model.size
    if len(names) != size:
        names = [tidy(model.name)] if model.size is None else [str(i) for i in range(size)]
    values = {name: np.broadcast_to(value, size) for name, value in model.values().items()}
    return [
        _cell(names[i], parts, count, {name: float(v[i]) for name, v in values.items()})
        for i in range(size)
    ]


def _cell(name: str, parts: Parts, count: int, values: dict[str, float]) -> Cell:
    currents = tuple(
        Current(values[f"k_{j}"], values[f"delta_{j}"], values[f"f_{j}"])
        for j in range(1, count + 1)
    )
    return Cell(
        name=name,
        C=values["C"],
        g=values["g"],
        E_L=values["E_L"],
        V_T=values["V_T"],
        t_ref=values["t_ref"],
        V_R=values.get("V_R", values["E_L"]),
        reset=Reset(*(values[field] for field in Reset._fields)) if parts.reset_rules else None,
        currents=currents if parts.currents else None,
        adaptation=Adaptation(values["a_v"], values["b_v"]) if parts.adapting else None,
    )


def tidy(name: str) -> str:
    """A name that the list of cells can hold."""
    kept = "".join(c if c.isprintable() and c not in ", " else "_" for c in name.strip())
    return kept[:_LONGEST] or "cell"


def _listed(cells: Sequence[Cell]) -> str:
    return _SEPARATOR.join(f"{cell.name} GLIF{cell.level}" for cell in cells)
