"""Read formulas: Python's expression grammar through `ast`, and a short list of what is allowed.

The text is parsed, never evaluated or compiled. Every node of the syntax tree that is not on
the list is refused with its column.
"""

from __future__ import annotations

import ast
import re
import warnings
from typing import NoReturn

from excitable.expression._nodes import Expression, Sub
from excitable.expression._reading._guard import check_piece
from excitable.expression._reading._reader import Reader, refuse_depth, short
from excitable.expression._reading._source import MAX_EXPRESSION, Source


def parse(text: str, *, owner: str = "", name: str = "") -> Expression:
    """Read one formula.

    Parameters
    ----------
    text : str
        Text such as ``"g_L*(E_L - v) + I"``; comments after ``#`` are ignored.
    owner, name : str
        What the formula belongs to, for messages.

    Returns
    -------
    Expression
        The expression as written: nothing is simplified, except that the sign of a number
        becomes part of it.

    Raises
    ------
    EquationError
        The text is not a formula of the model language; the message shows the place.

    Notes
    -----
    Allowed are decimal numbers, names, ``+ - * / **``, brackets, and the functions of the
    registry, with conditions inside ``where``. At most 5000 characters, 60 nested brackets and
    constant exponents up to 100 are read.

    Examples
    --------
    >>> print(parse("(E_L - v)/tau_m"))
    (E_L - v)/tau_m
    """
    source = Source.of(text, owner, name, longest=MAX_EXPRESSION)
    return parse_piece(source, 0, len(text))


def parse_condition(text: str, *, owner: str = "", name: str = "") -> Expression:
    """Read one condition.

    Parameters
    ----------
    text : str
        Text such as ``"v >= V_peak"``; conditions are joined by ``and``, ``or``, ``not``.
    owner, name : str
        What the condition belongs to, for messages.

    Returns
    -------
    Compare, And, Or or Not
        The condition as written.

    Raises
    ------
    EquationError
        The text is not a condition.

    Examples
    --------
    >>> parse_condition("v >= V_peak").op
    '>='
    """
    source = Source.of(text, owner, name, longest=MAX_EXPRESSION)
    return parse_piece(source, 0, len(text), condition=True)


def parse_piece(source: Source, start: int, end: int, *, condition: bool = False) -> Expression:
    """Read the formula in text[start:end]; errors point into the whole text."""
    piece = source.clean[start:end]
    if not piece.strip():
        what = "a condition" if condition else "a formula"
        example = "v >= V_T" if condition else "(E_L - v)/tau_m"
        source.fail(start, "nothing is written", f"{what} is expected here", f"Write {example}")
    check_piece(source, start, end)
    # In brackets, so that leading spaces and line breaks mean nothing to Python.
    flat = "(" + re.sub(r"\s", " ", piece) + ")"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as: 'int' object is not callable
            tree = ast.parse(flat, mode="eval")
    except SyntaxError as error:
        _refuse_syntax(source, start, piece, (error.offset or 1) - 2)
    except (RecursionError, MemoryError, ValueError, OverflowError):
        refuse_depth(source, start)
    reader = Reader(source, start - 1)
    try:
        result = reader.read(tree.body, 0)
    except RecursionError:
        refuse_depth(source, start)
    if condition and not result.is_condition:
        source.fail(
            start + len(piece) - len(piece.lstrip()),
            f"{short(result)} is a number, not a condition",
            "a comparison is expected",
            f"Write {short(result)} >= 0" if isinstance(result, Sub) else "Write v >= V_T",
        )
    if not condition:
        reader.need_number(tree.body, result)
    return result


def _refuse_syntax(source: Source, start: int, piece: str, offset: int) -> NoReturn:
    """Say what is wrong in words of the model language rather than Python's."""
    beside = re.search(r"(?<!\w)(\w++|\))[ \t]++(?!(?:and|or|not|if|else|for|in|is)\b)(\w+)", piece)
    if beside and beside[1] not in ("and", "or", "not", "if", "else", "for", "in", "is"):
        left, right = beside.groups()
        source.fail(
            start + beside.start(2),
            f"{left} {right} has no operation between its parts",
            "a product needs its *",
            f"Write {left}*{right}",
        )
    assigned = re.search(r"(?<![<>=!])=(?!=)", piece)
    if assigned:
        source.fail(
            start + assigned.start(),
            "a second = sign",
            "one formula is expected here",
            "Write >= or == to compare",
        )
    doubled = re.search(r"[-+*/<>=!,(]\s*$|[-+*/(,]\s*([/,)]|\*(?!\*))", piece)
    offset = min(max(offset, 0), max(len(piece.rstrip()) - 1, 0))
    if doubled and doubled[0] not in ("**",):
        offset = doubled.end() - 1 if doubled[1] else doubled.start()
        source.fail(
            start + offset,
            "an operand is missing",
            "each operation needs a number or name on both sides",
            "Write a*b, a/b, a + b or f(a)",
        )
    source.fail(
        start + offset,
        "the formula cannot be read here",
        "names, numbers, + - * / ** and functions are expected",
        "Write for example (E_L - v)/tau_m",
    )
