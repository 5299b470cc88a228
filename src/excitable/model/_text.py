"""The text of a model, read into symbols; what is wrong with the text alone is found here."""

from __future__ import annotations

from dataclasses import dataclass

from excitable.errors import EquationError
from excitable.expression import (
    Compare,
    Definition,
    Differential,
    Expression,
    parse,
    parse_assignments,
    parse_condition,
    parse_equations,
)


@dataclass(frozen=True)
class Text:
    """The text of a model, as its author wrote it; empty where there is none."""

    equations: str
    spike: str = ""
    reset: str = ""
    refractory: str = ""
    hold: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Reading:
    """The same as symbols, with the coefficients still on the left."""

    text: Text
    differentials: tuple[Differential, ...]
    definitions: tuple[Definition, ...]
    spike: Compare | None
    reset: tuple[tuple[str, Expression], ...]
    refractory: Expression | None


def read_text(text: Text, owner: str) -> Reading:
    """Read every piece of text of a model."""
    lines = parse_equations(text.equations, owner=owner)
    refractory = None
    if text.refractory:
        refractory = parse(text.refractory, owner=owner, name="refractory")
    return Reading(
        text=text,
        differentials=tuple(line for line in lines if isinstance(line, Differential)),
        definitions=tuple(line for line in lines if isinstance(line, Definition)),
        spike=_read_spike(text.spike, owner) if text.spike else None,
        reset=parse_assignments(text.reset, owner=owner) if text.reset else (),
        refractory=refractory,
    )


def _read_spike(text: str, owner: str) -> Compare:
    condition = parse_condition(text, owner=owner, name="spike")
    if isinstance(condition, Compare) and condition.op in (">=", ">", "<=", "<"):
        return condition
    raise EquationError(
        "the spike condition is not one comparison",
        "a spike is where one quantity reaches another",
        "Write spike='v >= V_T'",
        owner=owner,
        name="spike",
        text=text,
    )
