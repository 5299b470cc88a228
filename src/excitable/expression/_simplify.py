"""Collect like terms and like factors."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from excitable.expression._folding import rebuild
from excitable.expression._functions import call
from excitable.expression._nodes import Call, Expression, Number
from excitable.expression._products import (
    PRODUCT_NODES,
    SUM_NODES,
    Coefficient,
    Product,
    bounded,
    build_product,
    build_sum,
    product_of,
    terms_of,
)
from excitable.expression._walk import walk


def simplify(expression: Expression) -> Expression:
    """Collect like terms of sums and like factors of products.

    Parameters
    ----------
    expression : Expression
        Any expression.

    Returns
    -------
    Expression
        An expression of the same value, with ``x + x`` as ``2*x``, ``x*x`` as ``x**2``,
        ``x - x`` as 0 and ``x/x`` as 1.

    Notes
    -----
    Brackets are not multiplied out, so ``(a + b)**2 - a**2`` is left alone. Removing ``x/x``
    also removes its hole at x = 0.

    Examples
    --------
    >>> from excitable.expression import parse
    >>> print(simplify(parse("a*v/a + 3*v - b*b")))
    4*v - b**2
    """
    order = walk(expression)
    shared = _shared(order)
    values: dict[Expression, Expression] = {}
    for node in order:
        plain = rebuild(node, tuple(values[child] for child in node.children))
        if node in shared or node is expression:
            plain = _collect(plain)
        values[node] = plain
    return values[expression]


def _shared(order: list[Expression]) -> set[Expression]:
    """Return the sums and products that are not just a part of one larger sum or product.

    Only these are collected, each once: collecting every partial sum of a long sum would take
    quadratic time.
    """
    uses: Counter[Expression] = Counter()
    inner: set[Expression] = set()
    for node in order:
        for child in node.children:
            uses[child] += 1
            for kind in (SUM_NODES, PRODUCT_NODES):
                if isinstance(node, kind) and isinstance(child, kind):
                    inner.add(child)
    return {node for node in order if node not in inner or uses[node] > 1}


def _collect(node: Expression) -> Expression:
    if isinstance(node, SUM_NODES):
        return _collect_sum(node)
    if isinstance(node, PRODUCT_NODES):
        return build_product(product_of(node))
    if isinstance(node, Call) and all(isinstance(child, Number) for child in node.args):
        return call(node.function_name, *node.args)
    return node


def _collect_sum(node: Expression) -> Expression:
    totals: dict[frozenset[tuple[Expression, float]], tuple[Coefficient, Product]] = {}
    for sign, term in terms_of(node):
        product = product_of(term)
        key = product.key()
        bare = Product(Fraction(1), product.powers)
        before = totals[key][0] if key in totals else Fraction(0)
        totals[key] = (bounded(before + sign * product.coefficient), bare)
    return build_sum(totals.values())
