"""Read systems of equations and reset programs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from excitable.expression._nodes import Add, Div, Expression, Mul, Sub, Symbol
from excitable.expression._reading._formula import parse_piece
from excitable.expression._reading._guard import check_piece, check_target
from excitable.expression._reading._source import Source
from excitable.expression._stabilise import stabilise

MAX_EQUATIONS = 500

_EQUALS = re.compile(r"(?<![<>=!])=(?!=)")
_DERIVATIVE = re.compile(
    r"(?:(?P<coefficient>.*\S)\s*\*\s*)?d(?P<state>[A-Za-z]\w*)\s*/\s*dt\s*", re.S
)
_VISIBLE = re.compile(r"\S")
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_ASSIGNMENT = re.compile(r"\s*(?P<name>[A-Za-z_]\w*)\s*(?P<sign>[-+*/]?)=(?!=)", re.ASCII)
_COMBINE: dict[str, type[Expression]] = {"+": Add, "-": Sub, "*": Mul, "/": Div}


@dataclass(frozen=True, slots=True)
class Differential:
    """A differential equation ``coefficient * dstate/dt = right``.

    Parameters
    ----------
    state : str
        The variable on the left.
    coefficient : Expression or None
        What stands before the derivative; None if nothing does.
    right : Expression
        The right side, with raw forms of x/expm1(x) made stable.
    line : int
        The line number in the text, from 1.
    text : str
        The equation as written, without comments and surrounding spaces.
    written : Expression
        The right side exactly as written, for display.
    """

    state: str
    coefficient: Expression | None
    right: Expression
    line: int
    text: str
    written: Expression


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition ``name = right`` of an intermediate quantity.

    Parameters
    ----------
    name : str
        The name defined.
    right : Expression
        The right side, with raw forms of x/expm1(x) made stable.
    line : int
        The line number in the text, from 1.
    text : str
        The definition as written, without comments and surrounding spaces.
    written : Expression
        The right side exactly as written, for display.
    """

    name: str
    right: Expression
    line: int
    text: str
    written: Expression


def parse_equations(
    text: str, *, owner: str = "", name: str = "equations"
) -> tuple[Differential | Definition, ...]:
    r"""Read equations, one per line.

    Parameters
    ----------
    text : str
        Lines of the forms ``tau*dv/dt = ...``, ``dv/dt = ...`` and ``name = ...``. Comments
        begin with ``#``; a line continues inside brackets.
    owner, name : str
        What the equations belong to, for messages.

    Returns
    -------
    tuple of Differential or Definition
        The equations in the order written.

    Raises
    ------
    EquationError
        A line is not an equation, or a name has two equations; the message shows the place.

    Notes
    -----
    Whether the names exist, and whether dimensions agree, is checked by the model.

    Examples
    --------
    >>> equations = parse_equations("C*dv/dt = I - I_L\nI_L = g_L*(v - E_L)")
    >>> equations[0].state, str(equations[0].coefficient), equations[1].name
    ('v', 'C', 'I_L')
    """
    source = Source.of(text, owner, name)
    equations: list[Differential | Definition] = []
    seen: set[str] = set()
    pieces = source.pieces("\n")
    if len(pieces) > MAX_EQUATIONS:
        source.fail(
            pieces[MAX_EQUATIONS][0],
            f"{len(pieces)} equations",
            f"at most {MAX_EQUATIONS} are read",
            "Write populations with arrays rather than with many equations",
        )
    for start, end in pieces:
        equation = _equation(source, start, end)
        key = equation.state if isinstance(equation, Differential) else equation.name
        if key in seen:
            source.fail(
                _first(source, start),
                f"{key} has two equations",
                "each name is defined once",
                "Join the two right sides into one equation",
            )
        seen.add(key)
        equations.append(equation)
    if not equations:
        source.fail(0, "no equation", "at least one is expected", "Write dv/dt = (E_L - v)/tau_m")
    return tuple(equations)


def parse_assignments(
    text: str, *, owner: str = "", name: str = "reset"
) -> tuple[tuple[str, Expression], ...]:
    """Read assignments that are carried out in order, such as a reset.

    Parameters
    ----------
    text : str
        Assignments separated by ``;`` or line breaks: ``"v = V_R; u += d"``.
    owner, name : str
        What the assignments belong to, for messages.

    Returns
    -------
    tuple of (str, Expression)
        Names and their new values, in the order written; ``u += d`` becomes ``u + d``.

    Raises
    ------
    EquationError
        A part is not an assignment; the message shows the place.

    Examples
    --------
    >>> [(name, str(value)) for name, value in parse_assignments("v = V_R; u += d")]
    [('v', 'V_R'), ('u', 'u + d')]
    """
    source = Source.of(text, owner, name)
    pieces = source.pieces("\n;")[: MAX_EQUATIONS + 1]
    if len(pieces) > MAX_EQUATIONS:
        source.fail(
            pieces[MAX_EQUATIONS][0],
            f"more than {MAX_EQUATIONS} assignments",
            "a reset is a short program",
            "Remove some",
        )
    return tuple(_assignment(source, start, end) for start, end in pieces)


def _first(source: Source, start: int) -> int:
    """Return the index of the first character that is not a space."""
    match = _VISIBLE.search(source.clean, start)
    return match.start() if match else start


def _assignment(source: Source, start: int, end: int) -> tuple[str, Expression]:
    match = _ASSIGNMENT.match(source.clean, start, end)
    if match is None:
        check_piece(source, start, end)
        source.fail(
            _first(source, start),
            f"{source.clean[start:end].strip()[:40]!r} is not an assignment",
            "name = value is expected",
            "Write v = V_R; u = u + d",
        )
    name, sign = match["name"], match["sign"]
    check_target(source, name, match.start("name"))
    value = parse_piece(source, match.end(), end)
    if sign:
        value = _COMBINE[sign](Symbol(name), value)  # type: ignore[call-arg]
    return name, stabilise(value)


def _equation(source: Source, start: int, end: int) -> Differential | Definition:
    equals = _EQUALS.search(source.clean, start, end)
    if equals is None:
        check_piece(source, start, end)
        source.fail(
            _first(source, start),
            f"{source.clean[start:end].strip()[:40]!r} is not an equation",
            "an equation has a left side, =, and a right side",
            "Write dv/dt = ... or name = ...",
        )
    left = source.clean[start : equals.start()]
    derivative = _DERIVATIVE.fullmatch(left.strip() + " ")
    if derivative is None and not _NAME.fullmatch(left.strip()):
        _refuse_left(source, start, equals.start())
    written = parse_piece(source, equals.end(), end)
    right = stabilise(written)
    line = source.text.count("\n", 0, _first(source, start)) + 1
    text = " ".join(source.clean[start:end].split())
    if derivative is None:
        name = left.strip()
        check_target(source, name, _first(source, start))
        return Definition(name, right, line, text, written)
    check_target(source, derivative["state"], start + left.rindex(derivative["state"]))
    coefficient = None
    if derivative["coefficient"] is not None:
        begin = _first(source, start)
        coefficient = parse_piece(source, begin, begin + derivative.end("coefficient"))
    return Differential(derivative["state"], coefficient, right, line, text, written)


def _refuse_left(source: Source, start: int, end: int) -> None:
    left = source.clean[start:end].strip()
    after = re.match(r"d(\w+)\s*/\s*dt\s*[*/]", left)
    write = "Write dv/dt = ..., tau*dv/dt = ... or name = ..."
    if after:
        write = f"Write what multiplies the derivative before it: tau*d{after[1]}/dt = ..."
    elif prime := re.match(r"([A-Za-z]\w*)\s*['′’]", left):
        write = f"Write d{prime[1]}/dt = ..."
    else:
        check_piece(source, start, end)
    source.fail(
        _first(source, start),
        f"{left[:40]!r} is not the left side of an equation" if left else "nothing before =",
        "a derivative or a name is expected",
        write,
    )
