"""Many expressions as one list of array operations: a part that several share is computed once.

At one point alone the same list is worked through with plain floats, which is many times faster.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from excitable.expression import (
    Expression,
    Number,
    Pow,
    Symbol,
    Together,
    operations,
    walk,
)

_POWERS = 8


class Program:
    """Expressions that are evaluated together, at many points at once.

    Parameters
    ----------
    expressions : sequence of Expression
        What is to be computed.
    """

    def __init__(self, expressions: Sequence[Expression]) -> None:
        order = walk(*expressions)
        leaves = [node for node in order if isinstance(node, Symbol | Number)]
        inner = [node for node in order if not isinstance(node, Symbol | Number)]
        place = {node: index for index, node in enumerate([*leaves, *inner])}
        self._names = [(place[node], node.name) for node in leaves if isinstance(node, Symbol)]
        self._numbers: list[Any] = [
            np.float64(node.value) if isinstance(node, Number) else None for node in leaves
        ]
        self._steps = [
            (_operation(node), tuple(place[child] for child in node.children)) for node in inner
        ]
        self._results = [place[expression] for expression in expressions]
        self._together = Together(expressions, [name for _, name in self._names], {})

    def __call__(self, names: Mapping[str, Any]) -> list[Any]:
        """Return the values of the expressions; a constant stays a scalar, as does one point."""
        given = [np.asarray(names[name]) for _, name in self._names]
        if all(value.size == 1 for value in given):
            return self._together([value.item() for value in given])
        values = list(self._numbers)
        for (index, _), value in zip(self._names, given, strict=True):
            values[index] = value
        with np.errstate(all="ignore"):
            for operation, operands in self._steps:
                values.append(operation(*[values[i] for i in operands]))
        return [values[i] for i in self._results]


def _operation(node: Expression) -> Callable[..., Any]:
    if isinstance(node, Pow) and isinstance(node.b, Number):
        power = node.b.value
        if power == int(power) and 2 <= power <= _POWERS:
            return _whole_power(int(power))
    return operations(node)[1]


def _whole_power(power: int) -> Callable[..., Any]:
    """Multiply instead of calling the general power, which is many times slower on arrays."""

    def raised(base: Any, _: Any) -> Any:
        result = base
        for _ in range(power - 1):
            result = result * base
        return result

    return raised
