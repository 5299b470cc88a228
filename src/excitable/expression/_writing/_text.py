"""Write expressions as the text that `parse` reads."""

from __future__ import annotations

from excitable.errors import EquationError
from excitable.expression._nodes import (
    Add,
    And,
    Call,
    Compare,
    Div,
    Expression,
    Mul,
    Neg,
    Not,
    Number,
    Or,
    Pow,
    Sub,
    Symbol,
)
from excitable.expression._walk import fold, tree_size

MAX_PRINTED_NODES = 100_000

# How tightly each operation binds, as in Python.
OR, AND, NOT, COMPARE, SUM, PRODUCT, SIGN, POWER, ATOM = range(9)

_OPERATORS = {
    Or: (" or ", OR),
    And: (" and ", AND),
    Add: (" + ", SUM),
    Sub: (" - ", SUM),
    Mul: ("*", PRODUCT),
    Div: ("/", PRODUCT),
}

_Piece = tuple[str, int]


def to_text(expression: Expression) -> str:
    """Return the text of an expression; `parse` gives the same expression back.

    Parameters
    ----------
    expression : Expression
        Any expression.

    Returns
    -------
    str
        Text in the model language.

    Raises
    ------
    EquationError
        Written out, the expression would have more than 100 000 operations.

    Examples
    --------
    >>> print(to_text((Symbol("E_L") - Symbol("v")) / Symbol("tau_m")))
    (E_L - v)/tau_m
    """
    check_printable(expression)
    return fold(expression, _piece)[0]


def check_printable(expression: Expression) -> None:
    """Refuse an expression whose text would not fit in memory."""
    size = tree_size(expression)
    if size > MAX_PRINTED_NODES:
        raise EquationError(
            f"an expression of {size:.3g} operations",
            f"at most {MAX_PRINTED_NODES} are written out",
            "Name its parts in equations of their own",
        )


def number_text(value: float) -> str:
    """Return the shortest text of a number: "1" and not "1.0"."""
    if abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return repr(value)


def _piece(node: Expression, parts: list[_Piece]) -> _Piece:
    if isinstance(node, Number):
        return number_text(node.value), SIGN if node.value < 0 else ATOM
    if isinstance(node, Symbol):
        return node.name, ATOM
    if isinstance(node, Call):
        return f"{node.function_name}({', '.join(text for text, _ in parts)})", ATOM
    if isinstance(node, Neg | Not):
        sign, level = ("-", SIGN) if isinstance(node, Neg) else ("not ", NOT)
        return f"{sign}{_bracketed(parts[0], POWER if level == SIGN else NOT)}", level
    return _binary(node, *parts)


def _binary(node: Expression, left: _Piece, right: _Piece) -> _Piece:
    if isinstance(node, Compare):
        return f"{_bracketed(left, SUM)} {node.op} {_bracketed(right, SUM)}", COMPARE
    if isinstance(node, Pow):
        return f"{_bracketed(left, ATOM)}**{_bracketed(right, SIGN)}", POWER
    symbol, level = _OPERATORS[type(node)]
    # A sign may open an expression but reads badly after an operator.
    least = ATOM if right[1] == SIGN else level + 1
    return f"{_bracketed(left, level)}{symbol}{_bracketed(right, least)}", level


def _bracketed(piece: _Piece, least: int) -> str:
    text, level = piece
    return text if level >= least else f"({text})"
