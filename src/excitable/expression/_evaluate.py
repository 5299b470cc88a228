"""Compute expressions with NumPy: the reference that every compiled target must agree with."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable.errors import UnknownNameError
from excitable.expression._functions import function
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
from excitable.expression._walk import walk

Step = tuple[Callable[..., Any], tuple[int, ...]]

_SCALAR: dict[type, Callable[..., Any]] = {
    Add: operator.add,
    Sub: operator.sub,
    Mul: operator.mul,
    Div: operator.truediv,
    Pow: math.pow,
    Neg: operator.neg,
    And: operator.and_,
    Or: operator.or_,
    Not: operator.not_,
}
_VECTOR: dict[type, Callable[..., Any]] = {
    Add: np.add,
    Sub: np.subtract,
    Mul: np.multiply,
    Div: np.true_divide,
    Pow: np.power,
    Neg: np.negative,
    And: np.logical_and,
    Or: np.logical_or,
    Not: np.logical_not,
}
_COMPARE: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "<": (operator.lt, np.less),
    "<=": (operator.le, np.less_equal),
    ">": (operator.gt, np.greater),
    ">=": (operator.ge, np.greater_equal),
    "==": (operator.eq, np.equal),
    "!=": (operator.ne, np.not_equal),
}


@dataclass(frozen=True, slots=True)
class _Program:
    """An expression as a flat list of operations on numbered values, kept with its node."""

    names: tuple[tuple[int, str], ...]
    numbers: tuple[float, ...]
    scalar: tuple[Step, ...]
    has_scalar: bool
    vector: tuple[Step, ...]


def evaluate(expression: Expression, mapping: Mapping[str, Any]) -> Any:
    """Compute the value of an expression.

    Parameters
    ----------
    expression : Expression
        Any expression.
    mapping : mapping of str to float or ndarray
        The value of every name in the internal unit set; arrays are broadcast together.

    Returns
    -------
    float or ndarray
        A float (or bool, for a condition) if all values are scalars, else an array. A constant
        stays a float whatever the shapes of the values are.

    Raises
    ------
    UnknownNameError
        A name of the expression has no value.

    Notes
    -----
    NumPy semantics: 1/0 is infinite, log(-1) is nan, and no warning is given. Scalars are
    computed with the C library, so they may differ from arrays in the last place. `where`
    computes both of its branches.

    Examples
    --------
    >>> evaluate(Symbol("x") / (Symbol("x") + 1), {"x": 3.0})
    0.75
    """
    program = expression._program
    if program is None:
        program = _compile(expression)
        object.__setattr__(expression, "_program", program)
    values: list[Any] = list(program.numbers)
    scalars = program.has_scalar
    for index, name in program.names:
        try:
            value = mapping[name]
        except KeyError:
            raise _missing(name, expression, mapping) from None
        if type(value) is not float:
            value = _plain(value)
            scalars = scalars and type(value) is float
        values[index] = value
    if scalars:
        try:
            for operation, operands in program.scalar:
                values.append(operation(*[values[i] for i in operands]))
            return values[-1]
        except (ArithmeticError, ValueError):
            del values[len(program.numbers) :]  # an overflow or a pole: NumPy says inf or nan
    return _vectorised(program, values)


def _vectorised(program: _Program, values: list[Any]) -> Any:
    values = [np.float64(value) if type(value) is float else value for value in values]
    with np.errstate(all="ignore"):
        for operation, operands in program.vector:
            values.append(operation(*[values[i] for i in operands]))
    result = values[-1]
    if np.ndim(result):
        return result
    return bool(result) if np.asarray(result).dtype.kind == "b" else float(result)


def _plain(value: Any) -> Any:
    """Return a float for any real scalar, a float64 array for anything else."""
    if isinstance(value, np.ndarray) and value.ndim:
        return value if value.dtype == np.float64 else value.astype(np.float64)
    array = np.asarray(value, dtype=np.float64)
    return array if array.ndim else float(array)


def _compile(expression: Expression) -> _Program:
    order = walk(expression)
    # Names and numbers first, so that the operations append their results in order.
    leaves = [node for node in order if isinstance(node, Symbol | Number)]
    inner = [node for node in order if not isinstance(node, Symbol | Number)]
    place = {node: index for index, node in enumerate([*leaves, *inner])}
    scalar: list[Step] = []
    vector: list[Step] = []
    for node in inner:
        quick, general = operations(node)
        operands = tuple(place[child] for child in node.children)
        vector.append((general, operands))
        if quick is not None:
            scalar.append((quick, operands))
    return _Program(
        tuple((place[node], node.name) for node in leaves if isinstance(node, Symbol)),
        tuple(node.value if isinstance(node, Number) else math.nan for node in leaves),
        tuple(scalar),
        len(scalar) == len(vector),
        tuple(vector),
    )


def operations(node: Expression) -> tuple[Callable[..., Any] | None, Callable[..., Any]]:
    """Return the operations that compute a node from the values of its children.

    Parameters
    ----------
    node : Expression
        Neither a name nor a number.

    Returns
    -------
    scalar : callable or None
        For plain floats; it raises where NumPy would say inf or nan. None where there is none.
    vector : callable
        For arrays.

    Examples
    --------
    >>> quick, general = operations(Symbol("x") + 1)
    >>> quick(2.0, 3.0), general(np.array([1.0]), 3.0).tolist()
    (5.0, [4.0])
    """
    if isinstance(node, Call):
        entry = function(node.function_name)
        return entry.scalar, entry.numpy
    if isinstance(node, Compare):
        return _COMPARE[node.op]
    return _SCALAR[type(node)], _VECTOR[type(node)]


def _missing(name: str, expression: Expression, mapping: Mapping[str, Any]) -> UnknownNameError:
    given = ", ".join(mapping) or "nothing"
    return UnknownNameError(
        f"{name} has no value",
        f"{str(expression)[:80]} needs it, and values are given for {given}",
        f"Give a value for {name}",
    )
