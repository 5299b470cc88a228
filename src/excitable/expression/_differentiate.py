"""Symbolic derivatives."""

from __future__ import annotations

from collections.abc import Callable

from excitable.errors import EquationError
from excitable.expression._functions import call, function
from excitable.expression._nodes import (
    ONE,
    ZERO,
    Add,
    Call,
    Div,
    Expression,
    Mul,
    Neg,
    Pow,
    Sub,
    Symbol,
)
from excitable.expression._walk import walk


def differentiate(expression: Expression, name: str) -> Expression:
    """Return the derivative of an expression by one of its names.

    Parameters
    ----------
    expression : Expression
        Any expression that is not a condition.
    name : str
        The variable; a name that does not occur gives 0.

    Returns
    -------
    Expression
        The derivative, with zeros, ones and constants folded.

    Raises
    ------
    EquationError
        A function has no known derivative, or the expression is a condition.

    Notes
    -----
    At the points where `abs`, `minimum`, `maximum`, `sign`, `heaviside` or `where` switch, the
    derivative of the branch taken is given; jumps contribute nothing.

    Examples
    --------
    >>> x = Symbol("x")
    >>> print(differentiate(x**3 + 2*x, "x"))
    3*x**2 + 2
    """
    if expression.is_condition:
        raise EquationError(
            f"{expression} is a condition",
            "only numbers have a derivative",
            "Differentiate a number",
        )
    slopes: dict[Expression, Expression] = {}
    for node in walk(expression):
        if node.is_condition:
            slopes[node] = ZERO
        else:
            slopes[node] = _slope(node, [slopes[child] for child in node.children], name)
    return slopes[expression]


def _slope(node: Expression, slopes: list[Expression], name: str) -> Expression:
    if isinstance(node, Symbol):
        return ONE if node.name == name else ZERO
    if all(slope is ZERO for slope in slopes):
        return ZERO
    if isinstance(node, Call):
        return _call_slope(node.function_name, node.args, slopes)
    return _RULES[type(node)](node, *slopes)


def _product_slope(node: Mul, left: Expression, right: Expression) -> Expression:
    return left * node.b + node.a * right


def _quotient_slope(node: Div, above: Expression, below: Expression) -> Expression:
    if below is ZERO:
        return above / node.b
    return above / node.b - node.a * below / node.b**2


def _power_slope(node: Pow, of_base: Expression, of_exponent: Expression) -> Expression:
    base, exponent = node.a, node.b
    total: Expression = ZERO
    if of_base is not ZERO:
        total = exponent * base ** (exponent - 1) * of_base
    if of_exponent is not ZERO:
        total = total + node * call("log", base) * of_exponent
    return total


def _call_slope(name: str, args: tuple[Expression, ...], slopes: list[Expression]) -> Expression:
    rule = function(name).derivative
    if rule is None:
        raise EquationError(
            f"the derivative of {name} is not known",
            "a derivative is needed here",
            f"Give derivative= when registering {name}, or choose a method without derivatives",
        )
    if name == "where":
        return Call("where", (args[0], slopes[1], slopes[2]))
    total: Expression = ZERO
    for index, slope in enumerate(slopes):
        if slope is not ZERO:
            total = total + rule(args, index) * slope
    return total


_RULES: dict[type, Callable[..., Expression]] = {
    Add: lambda _, left, right: left + right,
    Sub: lambda _, left, right: left - right,
    Neg: lambda _, inner: -inner,
    Mul: _product_slope,
    Div: _quotient_slope,
    Pow: _power_slope,
}
