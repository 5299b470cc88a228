"""Check the physical dimension of every node of an expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NoReturn

from excitable.errors import UnitError, UnknownNameError
from excitable.expression._functions import function
from excitable.expression._nodes import (
    Add,
    Call,
    Compare,
    Div,
    Expression,
    Mul,
    Neg,
    Number,
    Pow,
    Sub,
    Symbol,
)
from excitable.expression._walk import walk
from excitable.expression._writing._text import to_text
from excitable.units import DIMENSIONLESS, RATE, Dimension, default_unit

# The number 0 has any dimension: `maximum(v - E_K, 0)` and `w > 0` mean what they say.
# None stands for it below.
_Found = Dimension | None

_OPERATORS = {Add: "+", Sub: "-"}


def dimension_of(
    expression: Expression,
    mapping: Mapping[str, Dimension],
    *,
    owner: str = "",
    name: str = "",
    text: str = "",
    line: int | None = None,
) -> Dimension:
    """Return the dimension of an expression after checking every operation in it.

    Parameters
    ----------
    expression : Expression
        Any expression or condition.
    mapping : mapping of str to Dimension
        The dimension of every name.
    owner, name : str
        What the expression belongs to, for messages.
    text : str
        The user's line that holds the expression, to be shown with a caret.
    line : int, optional
        The number of that line.

    Returns
    -------
    Dimension
        Its dimension; a condition and the number 0 are dimensionless.

    Raises
    ------
    UnitError
        Operands do not fit; the message names them, their dimensions and units.
    UnknownNameError
        A name has no dimension.

    Notes
    -----
    The number 0 is accepted beside any dimension in sums, comparisons and choices. A power of
    a quantity needs a constant exponent.

    Examples
    --------
    >>> from excitable.expression import parse
    >>> from excitable.units import CONDUCTANCE, VOLTAGE
    >>> print(dimension_of(parse("g*(E - v)"), dict(g=CONDUCTANCE, E=VOLTAGE, v=VOLTAGE)))
    current
    """
    found = _Check(mapping, owner, name, text, line).check(expression)
    return DIMENSIONLESS if found is None else found


def require_dimension(
    expression: Expression,
    expected: Dimension,
    mapping: Mapping[str, Dimension],
    *,
    owner: str = "",
    name: str = "",
    text: str = "",
    line: int | None = None,
) -> None:
    """Check that an expression has a given dimension; the number 0 has any.

    Parameters
    ----------
    expression : Expression
        Any expression.
    expected : Dimension
        What it must have.
    mapping, owner, name, text, line
        As in `dimension_of`.

    Raises
    ------
    UnitError
        The dimension is another one, or operands inside do not fit.
    UnknownNameError
        A name has no dimension.
    """
    check = _Check(mapping, owner, name, text, line)
    found = check.check(expression)
    if found is not None and found != expected:
        check.fail(
            f"{check.described(expression, found)}",
            f"{_with_unit(expected)} is expected",
            _remedy(found, expected),
            expression,
        )


@dataclass(frozen=True, slots=True)
class _Check:
    """One walk over an expression, with what its messages need."""

    mapping: Mapping[str, Dimension]
    owner: str
    name: str
    text: str
    line: int | None

    def check(self, expression: Expression) -> _Found:
        found: dict[Expression, _Found] = {}
        for node in walk(expression):
            found[node] = self.node(node, [found[child] for child in node.children])
        return found[expression]

    def node(self, node: Expression, parts: list[_Found]) -> _Found:
        if isinstance(node, Number):
            return None if node.value == 0 else DIMENSIONLESS
        if isinstance(node, Symbol):
            return self.symbol(node.name)
        if isinstance(node, Neg):
            return parts[0]
        rule = _RULES.get(type(node))
        return rule(self, node, parts) if rule is not None else DIMENSIONLESS

    def symbol(self, name: str) -> Dimension:
        found = self.mapping.get(name)
        if found is None:
            raise UnknownNameError(
                f"{name} is not declared",
                f"the names are {', '.join(sorted(self.mapping)) or 'none'}",
                f"Declare {name} as a state, parameter or input, or define it by an equation",
                owner=self.owner,
                name=self.name,
                text=self.text,
                line=self.line,
                column=_column(self.text, Symbol(name)),
            )
        return found

    def same(self, node: Expression, parts: list[_Found], skip: int = 0) -> _Found:
        """Return the common dimension of the operands, which must agree."""
        first: tuple[Expression, Dimension] | None = None
        for operand, dimension in list(zip(node.children, parts, strict=True))[skip:]:
            if dimension is None:
                continue
            if first is None:
                first = operand, dimension
            elif dimension != first[1]:
                self.disagree(node, first, (operand, dimension))
        return None if first is None else first[1]

    def disagree(
        self,
        node: Expression,
        left: tuple[Expression, Dimension],
        right: tuple[Expression, Dimension],
    ) -> NoReturn:
        if isinstance(node, Call):
            place = f"the arguments of {node.function_name} must have the same dimension"
        else:
            symbol = node.op if isinstance(node, Compare) else _OPERATORS[type(node)]
            place = f"both sides of {symbol} must have the same dimension"
        self.fail(
            f"in {_short(node)}, {self.described(*left)} but {self.described(*right)}",
            place,
            _remedy(right[1], left[1], right[0]),
            right[0],
        )

    def compare(self, node: Expression, parts: list[_Found]) -> _Found:
        self.same(node, parts)
        return DIMENSIONLESS

    def product(self, node: Expression, parts: list[_Found]) -> _Found:
        left, right = parts
        if left is None or right is None:
            return None  # 0 times anything is 0
        return left * right if isinstance(node, Mul) else left / right

    def power(self, node: Pow, parts: list[_Found]) -> _Found:
        base, exponent = parts
        if exponent is not None and not exponent.is_dimensionless:
            self.fail(
                f"in {_short(node)}, the exponent {self.described(node.b, exponent)}",
                "an exponent is a plain number",
                _remedy(exponent, DIMENSIONLESS, node.b),
                node.b,
            )
        if base is None or base.is_dimensionless:
            return DIMENSIONLESS
        constant = _constant(node.b)
        if constant is None:
            self.fail(
                f"in {_short(node)}, {self.described(node.a, base)} and its exponent may change",
                "only plain numbers are raised to an exponent that is not a constant",
                f"Divide {_short(node.a)} by {_with_unit(base)} first",
                node.a,
            )
        return base**constant

    def call(self, node: Call, parts: list[_Found]) -> _Found:
        rule = function(node.function_name).dimension
        if callable(rule):
            return rule(tuple(DIMENSIONLESS if part is None else part for part in parts))
        if rule in ("same", "where"):
            return self.same(node, parts, skip=int(rule == "where"))
        if rule == "root":
            return None if parts[0] is None else parts[0] ** 0.5
        if rule == "dimensionless":
            for argument, part in zip(node.args, parts, strict=True):
                if part is not None and not part.is_dimensionless:
                    self.argument(node, argument, part)
        return DIMENSIONLESS

    def argument(self, node: Call, argument: Expression, found: Dimension) -> NoReturn:
        self.fail(
            f"in {_short(node)}, {self.described(argument, found)}",
            f"{node.function_name} takes a plain number",
            _remedy(found, DIMENSIONLESS, argument),
            argument,
        )

    def described(self, operand: Expression, dimension: Dimension) -> str:
        """Say what an operand is: "E_L is a voltage [mV]"."""
        return f"{_short(operand)} is {_with_unit(dimension)}"

    def fail(self, found: str, expected: str, write: str, at: Expression) -> NoReturn:
        raise UnitError(
            found,
            expected,
            write,
            owner=self.owner,
            name=self.name,
            text=self.text,
            line=self.line,
            column=_column(self.text, at),
        )


def _short(node: Expression) -> str:
    text = to_text(node)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _with_unit(dimension: Dimension) -> str:
    unit = default_unit(dimension)
    return f"{dimension.phrase} [{unit}]" if unit else dimension.phrase


def _remedy(found: Dimension, expected: Dimension, operand: Expression | None = None) -> str:
    """Say which factor would make the dimensions agree."""
    if isinstance(operand, Number):
        return f"Make {_short(operand)} a parameter with the unit {default_unit(expected)}"
    what = "it" if operand is None else _short(operand)
    factor, inverse = expected / found, found / expected
    if factor.has_name and factor != RATE:
        return f"Multiply {what} by {_with_unit(factor)}, or correct a unit"
    if inverse.has_name:
        return f"Divide {what} by {_with_unit(inverse)}, or correct a unit"
    return f"Give {what} the unit {default_unit(expected) or '1'}, or correct the formula"


def _column(text: str, node: Expression) -> int | None:
    """Find where the user wrote an operand: the same text but for spaces and brackets."""
    if not text:
        return None
    parts = re.findall(r"[A-Za-z0-9_.]+|\*\*|[<>=!]=|[^\s()]", to_text(node)[:200])
    pattern = r"[\s()]*".join(re.escape(part) for part in parts)
    after = text.find("=") + 1
    match = re.compile(rf"(?<![\w.]){pattern}(?![\w.])").search(text, after)
    match = match or re.compile(rf"(?<![\w.]){pattern}(?![\w.])").search(text)
    return None if match is None else match.start() + 1


def _constant(exponent: Expression) -> Fraction | float | None:
    """Return the value of a number or a quotient of numbers, as in ``x**(1/3)``."""
    match exponent:
        case Number(value):
            return value
        case Div(Number(above), Number(below)) if below:
            return above / below
    return None


_RULES: dict[type, Callable[[_Check, Any, list[_Found]], _Found]] = {
    Add: _Check.same,
    Sub: _Check.same,
    Mul: _Check.product,
    Div: _Check.product,
    Pow: _Check.power,
    Call: _Check.call,
    Compare: _Check.compare,
}
