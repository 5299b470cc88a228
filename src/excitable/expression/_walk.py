"""Walk expressions without recursion: each distinct node is visited once, operands first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from excitable.expression._folding import rebuild
from excitable.expression._nodes import Expression, Symbol, as_expression

T = TypeVar("T")


def walk(*roots: Expression) -> list[Expression]:
    """Return every distinct node of some expressions, operands before what uses them.

    Parameters
    ----------
    *roots : Expression
        The expressions.

    Returns
    -------
    list of Expression
        Each node once, in dependence order.

    Examples
    --------
    >>> v = Symbol("v")
    >>> [str(node) for node in walk(v * v + 1)]
    ['v', 'v*v', '1', 'v*v + 1']
    """
    seen: set[Expression] = set()
    order: list[Expression] = []
    stack = list(reversed(roots))
    while stack:
        node = stack[-1]
        if node in seen:
            stack.pop()
            continue
        pending = [child for child in node.children if child not in seen]
        if pending:
            stack.extend(reversed(pending))
        else:
            stack.pop()
            seen.add(node)
            order.append(node)
    return order


def fold(root: Expression, combine: Callable[[Expression, list[T]], T]) -> T:
    """Compute a value for an expression from the values of its operands.

    Parameters
    ----------
    root : Expression
        The expression.
    combine : callable
        ``combine(node, values)`` returns the value of a node; `values` are those of
        ``node.children``, in order.

    Returns
    -------
    object
        The value of `root`. Each distinct node is combined once.

    Examples
    --------
    >>> v = Symbol("v")
    >>> fold(v * v + 1, lambda node, depths: 1 + max(depths, default=0))
    3
    """
    values: dict[Expression, T] = {}
    for node in walk(root):
        values[node] = combine(node, [values[child] for child in node.children])
    return values[root]


def tree_size(root: Expression) -> int:
    """Return the number of nodes counted with repetition, as when written out as text."""
    return fold(root, lambda _, sizes: 1 + sum(sizes))


def free_symbols(expression: Expression) -> frozenset[str]:
    """Return the names that an expression uses.

    Parameters
    ----------
    expression : Expression
        Any expression.

    Returns
    -------
    frozenset of str
        Its names.

    Examples
    --------
    >>> sorted(free_symbols(Symbol("v") * Symbol("g_L")))
    ['g_L', 'v']
    """
    return frozenset(node.name for node in walk(expression) if isinstance(node, Symbol))


def substitute(expression: Expression, mapping: Mapping[str, Expression | float]) -> Expression:
    """Replace names by expressions or numbers, all at once.

    Parameters
    ----------
    expression : Expression
        Any expression.
    mapping : mapping of str to Expression or float
        What to put in place of each name; names that do not occur are ignored.

    Returns
    -------
    Expression
        The new expression, with constants folded where something was replaced.

    Examples
    --------
    >>> x, y = Symbol("x"), Symbol("y")
    >>> print(substitute(x / y, {"x": y, "y": 2.0}))
    y/2
    """
    values: dict[Expression, Expression] = {}
    for node in walk(expression):
        if isinstance(node, Symbol):
            value = as_expression(mapping[node.name]) if node.name in mapping else node
            if value is None:
                raise TypeError(f"{node.name} is replaced by an expression or a real number")
            values[node] = value
        else:
            values[node] = rebuild(node, tuple(values[child] for child in node.children))
    return values[expression]
