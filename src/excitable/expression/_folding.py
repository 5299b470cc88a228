"""Arithmetic on nodes: constants are folded, zeros and ones dropped, signs moved outward."""

from __future__ import annotations

import math
from typing import Any

from excitable.expression._functions import call
from excitable.expression._nodes import (
    ONE,
    ZERO,
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
    operations,
)


def _finite(value: float) -> Number | None:
    return Number(value) if math.isfinite(value) else None


def add(a: Expression, b: Expression) -> Expression:
    """Return ``a + b``, folded."""
    if a is ZERO or b is ZERO:
        return b if a is ZERO else a
    if type(b) is Neg:
        return subtract(a, b.x)
    if type(a) is Neg:
        return subtract(b, a.x)
    if type(b) is Number:
        if type(a) is Number and (folded := _finite(a.value + b.value)):
            return folded
        if b.value < 0:
            return Sub(a, Number(-b.value))
    return Add(a, b)


def subtract(a: Expression, b: Expression) -> Expression:
    """Return ``a - b``, folded."""
    if a is ZERO or b is ZERO:
        return negate(b) if a is ZERO else a
    if a is b:
        return ZERO
    if type(b) is Neg:
        return add(a, b.x)
    if type(b) is Number:
        if type(a) is Number and (folded := _finite(a.value - b.value)):
            return folded
        if b.value < 0:
            return Add(a, Number(-b.value))
    return Sub(a, b)


def negate(a: Expression) -> Expression:
    """Return ``-a``, folded."""
    if type(a) is Neg:
        return a.x
    if type(a) is Sub:
        return Sub(a.b, a.a)
    if type(a) is Mul and type(a.a) is Number:
        return multiply(Number(-a.a.value), a.b)
    return Neg(a)


def multiply(a: Expression, b: Expression) -> Expression:
    """Return ``a*b``, folded; numbers move to the front."""
    if type(a) is Number:
        return _scale(a, b)
    if type(b) is Number:
        return _scale(b, a)
    if type(a) is Neg:
        return negate(multiply(a.x, b))
    if type(b) is Neg:
        return negate(multiply(a, b.x))
    number, rest = _front(a, b)
    if number is not None:
        return _scale(number, rest)
    return divide(a, b.b) if type(b) is Div and b.a is ONE else Mul(a, b)


def _front(a: Expression, b: Expression) -> tuple[Number | None, Expression]:
    """Split the leading number off a product of two products."""
    if type(b) is Mul and type(b.a) is Number:
        return b.a, multiply(a, b.b)
    if type(a) is Mul and type(a.a) is Number:
        return a.a, multiply(a.b, b)
    return None, a


def _scale(number: Number, b: Expression) -> Expression:
    """Return ``number*b``, folded."""
    if number is ZERO or number is ONE:
        return b if number is ONE else ZERO
    if number.value == -1:
        return negate(b)
    if type(b) is Neg:
        return _scale(Number(-number.value), b.x)
    if type(b) is Number and (folded := _finite(number.value * b.value)):
        return folded
    if type(b) is Mul and type(b.a) is Number and (folded := _finite(number.value * b.a.value)):
        return _scale(folded, b.b)
    return Div(number, b.b) if type(b) is Div and b.a is ONE else Mul(number, b)


def divide(a: Expression, b: Expression) -> Expression:
    """Return ``a/b``, folded; a division by the number 0 is kept."""
    if b is ONE:
        return a
    if a is ZERO and b is not ZERO:
        return ZERO
    if type(b) is Number and b is not ZERO:
        if b.value == -1:
            return negate(a)
        if type(a) is Number and (folded := _finite(a.value / b.value)):
            return folded
    if type(a) is Neg or type(b) is Neg:
        signs = divide(a.x if type(a) is Neg else a, b.x if type(b) is Neg else b)
        return signs if type(a) is type(b) else negate(signs)
    return Div(a, b)


def power(a: Expression, b: Expression) -> Expression:
    """Return ``a**b``, folded."""
    if b is ZERO:
        return ONE
    if b is ONE or a is ONE:
        return a
    if type(a) is Number and type(b) is Number:
        try:
            return Number(math.pow(a.value, b.value))
        except (OverflowError, ValueError):
            return Pow(a, b)
    return Pow(a, b)


def rebuild(node: Expression, children: tuple[Expression, ...]) -> Expression:
    """Return the same operation on other operands.

    Parameters
    ----------
    node : Expression
        The operation.
    children : tuple of Expression
        What takes the place of ``node.children``.

    Returns
    -------
    Expression
        `node` itself if nothing changes, else the operation with constants folded.

    Examples
    --------
    >>> from excitable.expression import Symbol
    >>> x, y = Symbol("x"), Symbol("y")
    >>> print(rebuild(x + y, (x, Number(0))))
    x
    """
    if children == node.children:
        return node
    if isinstance(node, Call):
        if all(type(child) is Number for child in children):
            return call(node.function_name, *children)
        return Call(node.function_name, children)
    if isinstance(node, Compare):
        return Compare(node.op, *children)
    return _FOLDING[type(node)](*children)


_FOLDING: dict[type, Any] = {
    Neg: negate,
    Add: add,
    Sub: subtract,
    Mul: multiply,
    Div: divide,
    Pow: power,
    And: And,
    Or: Or,
    Not: Not,
}

operations.update(
    add=add, subtract=subtract, multiply=multiply, divide=divide, power=power, negate=negate
)
