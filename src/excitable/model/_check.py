"""What must hold between the equations of a model and its declared names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from excitable.errors import EquationError, ModelError, UnitError
from excitable.expression import (
    Definition,
    Differential,
    Expression,
    dimension_of,
    free_symbols,
    require_dimension,
    simplify,
)
from excitable.model._names import check_name, is_noise, suggestion, unit_dimensions
from excitable.model._text import Reading
from excitable.units import DIMENSIONLESS, TIME, Dimension, default_unit

# White noise of unit intensity: the variance of its integral over a time is that time.
NOISE_DIMENSION = TIME ** Fraction(-1, 2)


@dataclass(frozen=True)
class Declared:
    """The declared names with their dimensions."""

    states: Mapping[str, Dimension]
    inputs: Mapping[str, Dimension]
    parameters: Mapping[str, Dimension]

    @property
    def everything(self) -> dict[str, Dimension]:
        """All of them in one mapping."""
        return {**self.states, **self.inputs, **self.parameters}


def check_equations(reading: Reading, declared: Declared, owner: str) -> dict[str, Dimension]:
    """Check the names, the order and the dimensions; return the dimension of every name.

    The names of units are among the result where no declared name hides them.
    """
    _check_left_sides(reading, declared, owner)
    _check_names(reading, declared, owner)
    dimensions = {**unit_dimensions(), **_noise_dimensions(reading), **declared.everything}
    for definition in ordered(reading.definitions, owner):
        dimensions[definition.name] = _dimension(definition.right, dimensions, definition, owner)
    for line in reading.differentials:
        _check_derivative(line, dimensions, owner)
    _check_events(reading, declared, dimensions, owner)
    return dimensions


def ordered(definitions: tuple[Definition, ...], owner: str) -> list[Definition]:
    """Return definitions so that each stands after those it needs."""
    waiting = {definition.name: definition for definition in definitions}
    result: list[Definition] = []
    while waiting:
        ready = [d for d in waiting.values() if not free_symbols(d.right) & waiting.keys()]
        if not ready:
            raise _cycle(waiting, owner)
        for definition in ready:
            del waiting[definition.name]
        result += ready
    return result


def _cycle(waiting: dict[str, Definition], owner: str) -> ModelError:
    path = [next(iter(waiting))]
    while path[-1] not in path[:-1]:
        path.append(min(free_symbols(waiting[path[-1]].right) & waiting.keys()))
    path = path[path.index(path[-1]) :]
    return ModelError(
        f"{' needs '.join(path)}",
        "each named quantity must follow from states, inputs and parameters",
        f"Declare one of them as a state and write d{path[0]}/dt = ...",
        owner=owner,
        name="equations",
    )


def _check_left_sides(reading: Reading, declared: Declared, owner: str) -> None:
    solved: set[str] = set()
    for line in reading.differentials:
        if line.state not in declared.states:
            kind = "is not a state"
            write = f"Write states=dict({line.state}=...)"
            raise _line_error(f"d{line.state}/dt: {line.state} {kind}", "", write, line, owner)
        if line.state in solved:
            raise _line_error(
                f"d{line.state}/dt stands twice", "one equation for each state", "", line, owner
            )
        solved.add(line.state)
    for state in declared.states:
        if state not in solved:
            raise ModelError(
                f"the state {state} has no equation",
                "one equation for each state is expected",
                f"Write d{state}/dt = ..., or declare it as a parameter",
                owner=owner,
                name="equations",
            )
    taken = declared.everything
    for line in reading.definitions:
        check_name(line.name, "quantity", owner)
        if line.name in taken:
            found = f"{line.name} is defined here and declared elsewhere"
            if line.name not in declared.everything:
                found = f"{line.name} is defined twice"
            raise _line_error(found, "one meaning for each name", "Rename one", line, owner)
        taken[line.name] = DIMENSIONLESS


def _check_names(reading: Reading, declared: Declared, owner: str) -> None:
    known = {**declared.everything, **{line.name: None for line in reading.definitions}}
    for name, line, expression, noise in _expressions(reading):
        for symbol in sorted(free_symbols(expression)):
            if symbol in known or (noise and is_noise(symbol)):
                continue
            if symbol in unit_dimensions():
                continue
            error = _unknown(symbol, list(known))
            error.owner, error.name = owner, name
            error.text = line.text if line else getattr(reading.text, name)
            error.line = line.line if line else None
            place = re.search(rf"(?<!\w){symbol}(?!\w)", error.text)
            error.column = place.start() + 1 if place else None
            raise error


def unused(reading: Reading, declared: Declared) -> list[tuple[str, str]]:
    """Return the parameters and inputs that stand nowhere, each with the word for it."""
    used = {symbol for _, _, e, _ in _expressions(reading) for symbol in free_symbols(e)}
    return [
        (word, name)
        for word, names in (("parameter", declared.parameters), ("input", declared.inputs))
        for name in names
        if name not in used
    ]


def _expressions(
    reading: Reading,
) -> Iterator[tuple[str, Differential | Definition | None, Expression, bool]]:
    """Yield every expression with its place, and whether noise may stand in it."""
    for line in reading.differentials:
        if line.coefficient is not None:
            yield "equations", line, line.coefficient, False
        yield "equations", line, line.right, True
    for line in reading.definitions:
        yield "equations", line, line.right, True
    if reading.spike is not None:
        yield "spike", None, reading.spike, False
    for _, right in reading.reset:
        yield "reset", None, right, False
    if reading.refractory is not None:
        yield "refractory", None, reading.refractory, False


def _unknown(symbol: str, known: list[str]) -> EquationError:
    if is_noise(symbol):
        found, expected = f"noise ({symbol}) stands here", "noise belongs to the right side of d/dt"
        write = "Write dv/dt = ... + sigma*xi"
    elif symbol == "t":
        found, expected = "t is not available", "equations do not name the time"
        write = "Declare an input and give it a stimulus when the model is run"
    else:
        found, expected = f"{symbol} is not declared", "every name must be declared"
        write = suggestion(symbol, known)
        if not write.startswith("Did"):
            write = f"Write parameters=dict({symbol}=...)"
    return EquationError(found, expected, write)


def _noise_dimensions(reading: Reading) -> dict[str, Dimension]:
    lines = (*reading.differentials, *reading.definitions)
    names = {s for line in lines for s in free_symbols(line.right) if is_noise(s)}
    return dict.fromkeys(sorted(names), NOISE_DIMENSION)


def _check_derivative(line: Differential, dimensions: dict[str, Dimension], owner: str) -> None:
    left = dimensions[line.state] / TIME
    if line.coefficient is not None:
        left = _dimension(line.coefficient, dimensions, line, owner) * left
    right = _dimension(line.written, dimensions, line, owner)
    if _fits(line.written, left, dimensions):
        return
    needed = right * TIME / dimensions[line.state]
    write = f"Write d{line.state}/dt = ... without a coefficient"
    if not needed.is_dimensionless:
        write = f"Multiply d{line.state}/dt by {needed.phrase}, or correct the right side"
    raise UnitError(
        f"the left side is {left.phrase} and the right side is {right.phrase}",
        "both sides must have the same unit",
        write,
        owner=owner,
        name="equations",
        text=line.text,
        line=line.line,
    )


def _fits(expression: Expression, wanted: Dimension, dimensions: Mapping[str, Dimension]) -> bool:
    """Whether an expression has a dimension; 0, and 0 times anything, has every one."""
    try:
        require_dimension(simplify(expression), wanted, dimensions)
    except UnitError:
        return False
    return True


def _check_events(
    reading: Reading, declared: Declared, dimensions: dict[str, Dimension], owner: str
) -> None:
    written = reading.text
    if reading.spike is not None:
        dimension_of(reading.spike, dimensions, owner=owner, name="spike", text=written.spike)
    for state, right in reading.reset:
        if state not in declared.states:
            raise ModelError(
                f"{state} is set, and it is not a state",
                "a reset sets states",
                suggestion(state, declared.states),
                owner=owner,
                name="reset",
            )
        found = dimension_of(right, dimensions, owner=owner, name="reset", text=written.reset)
        if not _fits(right, dimensions[state], dimensions):
            raise _misfit(state, found, dimensions[state], owner, ("reset", written.reset))
    if reading.refractory is not None:
        found = dimension_of(
            reading.refractory, dimensions, owner=owner, name="refractory", text=written.refractory
        )
        if found != TIME:
            place = ("refractory", written.refractory)
            raise _misfit("the refractory time", found, TIME, owner, place)


def _misfit(
    what: str, found: Dimension, expected: Dimension, owner: str, place: tuple[str, str]
) -> UnitError:
    unit = default_unit(expected)
    return UnitError(
        f"{what} is set to {found.phrase}",
        f"{expected.phrase} is expected",
        f"Write something in {unit}" if unit else "Write something without a unit",
        owner=owner,
        name=place[0],
        text=place[1],
    )


def _dimension(
    expression: Expression,
    dimensions: dict[str, Dimension],
    line: Differential | Definition,
    owner: str,
) -> Dimension:
    return dimension_of(
        expression, dimensions, owner=owner, name="equations", text=line.text, line=line.line
    )


def _line_error(
    found: str, expected: str, write: str, line: Differential | Definition, owner: str
) -> EquationError:
    return EquationError(
        found, expected, write, owner=owner, name="equations", text=line.text, line=line.line
    )
