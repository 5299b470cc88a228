"""Several expressions at one point after another: what they share, and what is constant, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from excitable.expression._evaluate import operations
from excitable.expression._nodes import Expression, Number, Symbol
from excitable.expression._walk import walk


class Together:
    """Expressions of a few names, computed together as plain floats.

    Parameters
    ----------
    expressions : sequence of Expression
        What is computed.
    names : sequence of str
        The names that change, in the order in which their values will be given.
    known : mapping of str to float
        Values of the other names.

    Notes
    -----
    The values are those of `evaluate`. For a handful of numbers this is several times faster than
    one call of `evaluate` for each expression: constants are computed once, shared parts once for
    each point.

    Examples
    --------
    >>> from excitable.expression import parse
    >>> pair = Together([parse("a*x"), parse("a*x + y")], ["x", "y"], {"a": 3.0})
    >>> pair([1.0, 2.0])
    [3.0, 5.0]
    """

    def __init__(
        self, expressions: Sequence[Expression], names: Sequence[str], known: Mapping[str, float]
    ) -> None:
        place: dict[Expression, int] = {}
        constants: list[Any] = []
        later: list[Expression] = []
        for node in walk(*expressions):
            if isinstance(node, Symbol) and node.name in names:
                continue
            value: Any
            if isinstance(node, Number):
                value = float(node.value)
            elif isinstance(node, Symbol):
                value = float(known[node.name])
            elif all(child in place for child in node.children):
                operands = [constants[place[child]] for child in node.children]
                value = _general(operations(node)[1], operands)
                value = bool(value) if value.dtype.kind == "b" else float(value)
            else:
                later.append(node)
                continue
            place[node] = len(constants)
            constants.append(value)
        self._constants = constants
        for index, name in enumerate(names):
            place[Symbol(name)] = len(constants) + index
        for index, node in enumerate(later):
            place[node] = len(constants) + len(names) + index
        self._results = [place[node] for node in expressions]
        self._steps: list[tuple[Callable[..., Any], tuple[int, ...], int, int]] = []
        self._vector: list[tuple[Callable[..., Any], tuple[int, ...]]] = []
        for node in later:
            quick, general = operations(node)
            operands_at = tuple(place[child] for child in node.children)
            first, second = (*operands_at, -1)[:2]
            pair = len(operands_at) <= 2
            call = quick if quick is not None else _scalar(general)
            self._steps.append((call, operands_at, first if pair else -1, second))
            self._vector.append((general, operands_at))

    def __call__(self, point: Sequence[float]) -> list[float]:
        """Return the values of the expressions.

        Parameters
        ----------
        point : sequence of float
            A value for each name.

        Returns
        -------
        list of float
            One for each expression.
        """
        values: list[Any] = [*self._constants, *point]
        begin = len(values)
        append = values.append
        try:
            for operation, operands, first, second in self._steps:
                if first < 0:
                    append(operation(*[values[i] for i in operands]))
                elif second < 0:
                    append(operation(values[first]))
                else:
                    append(operation(values[first], values[second]))
        except (ArithmeticError, ValueError):  # an overflow or a pole: NumPy says inf or nan
            del values[begin:]
            for operation, operands in self._vector:
                append(_general(operation, [values[i] for i in operands]))
        return [float(values[i]) for i in self._results]


def _general(operation: Callable[..., Any], operands: list[Any]) -> Any:
    with np.errstate(all="ignore"):
        return operation(*[np.float64(x) if isinstance(x, float) else x for x in operands])


def _scalar(operation: Callable[..., Any]) -> Callable[..., Any]:
    def computed(*operands: float) -> Any:
        return _general(operation, list(operands))

    return computed
