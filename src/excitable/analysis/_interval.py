"""Bounds of an expression over many intervals at once, by interval arithmetic.

Every operation returns bounds that hold for all values inside its operands' bounds, widened by a
few units in the last place. A quotient ``a/(a + b)``, the form of every steady gate, is bounded
as ``1/(1 + b/a)``, so that it stays between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from excitable.expression import (
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
    evaluate,
    walk,
)

Array = np.ndarray
Bounds = tuple[Array, Array]

_LARGEST = np.finfo(float).max / 4
_ULPS = 8 * np.finfo(float).eps
_RISING = (
    "exp", "log", "expm1", "log1p", "sqrt", "sinh", "tanh", "atan", "logistic", "heaviside",
    "sign", "exprel", "exprel_d1", "exprel_d2", "exprel_d3", "x_over_expm1_d1",
)  # fmt: skip
_JUMPING = ("heaviside", "sign")


class UnboundedFunctionError(Exception):
    """A function of which no bounds are known, such as one that a user registered."""


def bounds(
    expression: Expression, known: Mapping[str, float], moving: Mapping[str, Bounds]
) -> tuple[Array, Array, Array]:
    """Return bounds of an expression over boxes.

    Parameters
    ----------
    expression : Expression
        Any expression.
    known : mapping of str to float
        Names with one value.
    moving : mapping of str to (ndarray, ndarray)
        Names with a lower and an upper bound for each box.

    Returns
    -------
    low, high : ndarray, shape (boxes,)
        Infinite where nothing better is known.
    broken : ndarray of bool, shape (boxes,)
        Where the expression may jump inside the box, at a condition that changes.

    Raises
    ------
    UnboundedFunctionError
        For a function that is not known here.
    """
    shape = next(iter(moving.values()))[0].shape
    broken = np.zeros(shape, dtype=bool)
    values: dict[Expression, Bounds] = {}
    with np.errstate(all="ignore"):
        for node in walk(expression):
            if isinstance(node, Number):
                values[node] = _exactly(node.value)
            elif isinstance(node, Symbol):
                one = moving.get(node.name)
                values[node] = _exactly(float(known[node.name])) if one is None else one
            else:
                values[node] = _combined(node, values, broken)
        low, high = values[expression]
    return np.broadcast_to(low, shape), np.broadcast_to(high, shape), broken


def _exactly(value: float) -> Bounds:
    array = np.asarray(value)
    return array, array  # one object twice: this is how a single value is told


def _combined(node: Expression, values: dict[Expression, Bounds], broken: Array) -> Bounds:
    operands = [values[child] for child in node.children]
    if isinstance(node, Compare | And | Or | Not):
        return _condition(node, operands)
    if all(low is high for low, high in operands) and all(low.ndim == 0 for low, _ in operands):
        # One value from one value: computed as the equations are, then widened.
        exact = np.asarray(_point(node, [float(low) for low, _ in operands]))
        return _widened(exact, exact) if node.children else (exact, exact)
    if isinstance(node, Call):
        return _call(node, operands, broken)
    if isinstance(node, Div):
        share = _share(node, values)
        return share if share is not None else _widened(*_divided(*operands))
    return _widened(*_OPERATIONS[type(node)](*operands))


def _point(node: Expression, numbers: list[float]) -> float:
    names = [f"x{k}" for k in range(len(numbers))]
    symbols = tuple(Symbol(name) for name in names)
    call = Call(node.function_name, symbols) if isinstance(node, Call) else type(node)(*symbols)  # type: ignore[call-arg]
    return float(evaluate(call, dict(zip(names, numbers, strict=True))))


def _widened(low: Array, high: Array) -> Bounds:
    low = np.minimum(low, _LARGEST)  # a value that overflows is at least the largest number
    high = np.maximum(high, -_LARGEST)
    low, high = low - _ULPS * np.abs(low), high + _ULPS * np.abs(high)
    return np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high)


def _added(a: Bounds, b: Bounds) -> Bounds:
    return a[0] + b[0], a[1] + b[1]


def _subtracted(a: Bounds, b: Bounds) -> Bounds:
    return a[0] - b[1], a[1] - b[0]


def _negated(a: Bounds) -> Bounds:
    return -a[1], -a[0]


def _hull(*corners: Array) -> Bounds:
    low, high = corners[0], corners[0]
    for corner in corners[1:]:  # minimum keeps nan, which widening makes infinite
        low, high = np.minimum(low, corner), np.maximum(high, corner)
    return low, high


def _times(a: Array, b: Array) -> Array:
    product = a * b
    return np.where((a == 0.0) | (b == 0.0), 0.0, product)  # bounds at infinity are never reached


def _multiplied(a: Bounds, b: Bounds) -> Bounds:
    if a[0] is b[0] and a[1] is b[1]:
        return _square(a)
    return _hull(_times(a[0], b[0]), _times(a[0], b[1]), _times(a[1], b[0]), _times(a[1], b[1]))


def _square(a: Bounds) -> Bounds:
    low, high = _hull(a[0] * a[0], a[1] * a[1])
    return np.where((a[0] <= 0.0) & (a[1] >= 0.0), 0.0, low), high


def _divided(a: Bounds, b: Bounds) -> Bounds:
    through = (b[0] <= 0.0) & (b[1] >= 0.0)
    corners = (a[0] / b[0], a[0] / b[1], a[1] / b[0], a[1] / b[1])
    # Infinity over infinity adds nothing to the corners where only one of the two is.
    low, high = corners[0], corners[0]
    for corner in corners[1:]:
        low, high = np.fmin(low, corner), np.fmax(high, corner)
    return np.where(through, -np.inf, low), np.where(through, np.inf, high)


def _share(node: Div, values: dict[Expression, Bounds]) -> Bounds | None:
    """Bounds of a/(a + b) for positive a and b, or None where the quotient has another form."""
    if not isinstance(node.b, Add) or node.a not in node.b.children:
        return None
    other = node.b.a if node.b.b is node.a else node.b.b
    a, b = values[node.a], values[other]
    if not (np.all(a[0] >= 0.0) and np.all(b[0] >= 0.0)):
        return None
    least, most = _widened(b[0] / a[1], b[1] / a[0])
    least, most = np.maximum(least, 0.0), np.where(np.isnan(most), np.inf, most)
    return _widened(1.0 / (1.0 + most), 1.0 / (1.0 + least))


def _power(a: Bounds, b: Bounds) -> Bounds:
    exponent = b[0]
    if not (b[0] is b[1] and exponent.ndim == 0):
        corners = [np.power(x, y) for x in a for y in b]
        low, high = _hull(*corners)
        positive = a[0] > 0.0
        return np.where(positive, low, -np.inf), np.where(positive, high, np.inf)
    n = float(exponent)
    low, high = _hull(np.power(a[0], n), np.power(a[1], n))
    through = (a[0] <= 0.0) & (a[1] >= 0.0)
    if n == int(n) and n > 0:
        return (np.where(through, 0.0, low), high) if int(n) % 2 == 0 else (low, high)
    if n == int(n):
        return np.where(through, -np.inf, low), np.where(through, np.inf, high)
    inside = a[0] >= 0.0 if n > 0 else a[0] > 0.0
    return np.where(inside, low, -np.inf), np.where(inside, high, np.inf)


_OPERATIONS: dict[type, Callable[..., Bounds]] = {
    Add: _added,
    Sub: _subtracted,
    Mul: _multiplied,
    Neg: _negated,
    Pow: _power,
}


def _condition(node: Expression, operands: list[Bounds]) -> Bounds:
    """Bounds of a truth value: (1, 1) where it always holds, (0, 0) where never."""
    if isinstance(node, Compare):
        (a_low, a_high), (b_low, b_high) = operands
        if node.op in (">", ">="):
            a_low, a_high, b_low, b_high = b_low, b_high, a_low, a_high
        if node.op in ("==", "!="):
            one = (a_low == a_high) & (b_low == b_high)
            sure, never = one & (a_low == b_low), (a_high < b_low) | (b_high < a_low)
            if node.op == "!=":
                sure, never = never, sure
        else:  # a < b, and where it matters, a <= b
            sure, never = a_high < b_low, a_low > b_high
        return np.where(sure, 1.0, 0.0), np.where(never, 0.0, 1.0)
    if isinstance(node, Not):
        return 1.0 - operands[0][1], 1.0 - operands[0][0]
    pick = np.minimum if isinstance(node, And) else np.maximum
    return pick(operands[0][0], operands[1][0]), pick(operands[0][1], operands[1][1])


def _call(node: Call, operands: list[Bounds], broken: Array) -> Bounds:
    name = node.function_name
    if name in ("where", "minimum", "maximum"):
        return _choice(name, operands, broken)
    a = operands[0]
    first, last = _value(name, a[0]), _value(name, a[1])
    if name in _JUMPING:
        broken |= first != last
    if name in _RISING or name == "x_over_expm1":
        return _widened(*(first, last) if name in _RISING else (last, first))
    inside = (a[0] <= 0.0) & (a[1] >= 0.0)
    low, high = _hull(first, last)
    if name in ("cosh", "abs"):
        return _widened(np.where(inside, float(name == "cosh"), low), high)
    if name == "x_over_expm1_d2":  # even, falling on both sides of 0
        return _widened(low, np.where(inside, 1.0 / 6.0, high))
    if name in ("sin", "cos"):
        return _wave(name, a, low, high)
    raise UnboundedFunctionError(name)


def _choice(name: str, operands: list[Bounds], broken: Array) -> Bounds:
    if name != "where":
        pick = np.minimum if name == "minimum" else np.maximum
        return pick(operands[0][0], operands[1][0]), pick(operands[0][1], operands[1][1])
    (sure, possible), a, b = operands
    broken |= sure != possible
    low, high = np.minimum(a[0], b[0]), np.maximum(a[1], b[1])
    low = np.where(sure == 1.0, a[0], np.where(possible == 0.0, b[0], low))
    return low, np.where(sure == 1.0, a[1], np.where(possible == 0.0, b[1], high))


def _value(name: str, x: Array) -> Array:
    return np.asarray(evaluate(Call(name, (Symbol("x"),)), {"x": x}))


def _wave(name: str, a: Bounds, low: Array, high: Array) -> Bounds:
    """Bounds of a sine or cosine: 1 and -1 where a crest or a trough lies inside."""
    crest = 0.0 if name == "cos" else 0.25
    turns = (a[0] / (2 * np.pi), a[1] / (2 * np.pi))
    top = np.floor(turns[1] - crest) >= np.ceil(turns[0] - crest)
    bottom = np.floor(turns[1] - crest - 0.5) >= np.ceil(turns[0] - crest - 0.5)
    return _widened(np.where(bottom, -1.0, low), np.where(top, 1.0, high))
