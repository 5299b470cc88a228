"""exprel(x) = expm1(x)/x, x_over_expm1(x) = x/expm1(x), and their first three derivatives.

The plain formulas are 0/0 at x = 0 and lose all digits near it. Here each function is a power
series near 0 and, away from it, a form in exp(-abs(x)) that neither cancels nor overflows.
Relative error over the whole range: a few units in the last place for the functions, below
2e-14 for the derivatives (tests/expression/test_stable.py compares with mpmath).

All functions take a float or an array.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

# Below these distances from 0 the series is used: it converges there in the stated number of
# terms, and the closed forms beyond lose at most one digit to cancellation.
_BERNOULLI_NEAR = (1.0, 1.0, 2.0, 2.5)  # by order; the series of x/expm1(x) has the radius 2 pi
_BERNOULLI_TERMS = 30
_NEGLIGIBLE = 1e-18
_EXPONENTIAL_NEAR = 2.0
_EXPONENTIAL_TERMS = 28

_FAR = 800.0  # exp(-800) is 0


def x_over_expm1(x: Any, order: int = 0) -> Any:
    """Return the derivative of some order (0 to 3) of x/expm1(x)."""
    closed = _BERNOULLI_CLOSED[order]

    def near(z: Any) -> Any:
        return _bernoulli_series(z, order)

    def right(y: Any, exp: Callable[[Any], Any]) -> Any:
        near_enough = _at_most(y, _FAR)
        return closed(near_enough, exp(-near_enough))

    def left(y: Any, exp: Callable[[Any], Any]) -> Any:
        # x/expm1(x) at -y is y more than at y; this decides all derivatives.
        mirrored = right(y, exp)
        return (mirrored + y, -1.0 - mirrored, mirrored, -mirrored)[order]

    return _piecewise(x, _BERNOULLI_NEAR[order], near, left, right)


def exprel(x: Any, order: int = 0) -> Any:
    """Return the derivative of some order (0 to 3) of expm1(x)/x."""

    def near(z: Any) -> Any:
        return _horner(_exponential_coefficients(order), z)

    def right(y: Any, exp: Callable[[Any], Any]) -> Any:
        y = _at_most(y, 10.0 * _FAR)  # infinity would give infinity times 0 below
        # The integral of s**k exp(x s) over s in (0, 1), divided by exp(x), by parts.
        value = (1.0 - exp(-y)) / y
        for k in range(1, order + 1):
            value = (1.0 - k * value) / y
        # In two halves, because exp(x) overflows before the result does.
        half = exp(0.5 * y)
        return half * value * half

    def left(y: Any, exp: Callable[[Any], Any]) -> Any:
        q = exp(-y)
        value = (1.0 - q) / y
        for k in range(1, order + 1):
            value = (k * value - q) / y
        return value

    return _piecewise(x, _EXPONENTIAL_NEAR, near, left, right)


def _piecewise(x: Any, limit: float, near: Any, left: Any, right: Any) -> Any:
    """Choose between the series and the two closed forms of the distance from 0."""
    if isinstance(x, np.ndarray):
        with np.errstate(all="ignore"):
            distance = np.abs(x)
            is_near = distance <= limit
            if is_near.all():
                return near(x)
            below = x < 0
            y = np.where(is_near, limit, distance)
            far = right(y, np.exp)
            if below.any():
                far = np.where(below, left(y, np.exp), far)
            return np.where(is_near, near(np.where(is_near, x, 0.0)), far) if is_near.any() else far
    if abs(x) <= limit:
        return near(x)
    if x < 0:
        return left(-x, _exp)
    return right(x, _exp)


def _at_most(y: Any, limit: float) -> Any:
    return np.minimum(y, limit) if isinstance(y, np.ndarray) else min(y, limit)


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


# x/expm1(x) and its derivatives for x > 0, written in q = exp(-x).


def _closed_0(x: Any, q: Any) -> Any:
    return x * q / (1.0 - q)


def _closed_1(x: Any, q: Any) -> Any:
    return q * (1.0 - q - x) / (1.0 - q) ** 2


def _closed_2(x: Any, q: Any) -> Any:
    return q * (x * (1.0 + q) - 2.0 * (1.0 - q)) / (1.0 - q) ** 3


def _closed_3(x: Any, q: Any) -> Any:
    return -q * (x * (1.0 + 4.0 * q + q * q) - 3.0 * (1.0 - q * q)) / (1.0 - q) ** 4


_BERNOULLI_CLOSED = (_closed_0, _closed_1, _closed_2, _closed_3)


def _bernoulli_series(x: Any, order: int) -> Any:
    """Sum the series in x**2, with the one odd term, -x/2, by itself."""
    coefficients = _bernoulli_coefficients(order)
    value = _horner(coefficients, x * x)
    if order % 2:
        value = value * x
    if order == 0:
        return value - 0.5 * x
    return value - 0.5 if order == 1 else value


def _horner(coefficients: tuple[float, ...], x: Any) -> Any:
    total = coefficients[-1] + 0.0 * x
    for coefficient in coefficients[-2::-1]:
        total = total * x + coefficient
    return total


@lru_cache(maxsize=8)
def _bernoulli_coefficients(order: int) -> tuple[float, ...]:
    """Return the coefficients of x**(even or odd powers), without the term -x/2."""
    square = _BERNOULLI_NEAR[order] ** 2
    values: list[float] = []
    for m, coefficient in enumerate(_bernoulli_over_factorial()):
        power = 2 * m
        if power < order:
            continue
        factor = math.perm(power, order)
        values.append(float(coefficient * factor))
        if abs(values[-1]) * square ** len(values) < _NEGLIGIBLE:
            break
    return tuple(values)


@lru_cache(maxsize=1)
def _bernoulli_over_factorial() -> tuple[Fraction, ...]:
    """Return B(2m)/(2m)! for m = 0, 1, ... from (x/expm1(x)) (expm1(x)/x) = 1."""
    even = [Fraction(1)]
    for m in range(1, _BERNOULLI_TERMS):
        n = 2 * m
        others = sum(c / math.factorial(n - 2 * i + 1) for i, c in enumerate(even))
        even.append(Fraction(1, 2 * math.factorial(n)) - others)
    return tuple(even)


@lru_cache(maxsize=8)
def _exponential_coefficients(order: int) -> tuple[float, ...]:
    return tuple(1.0 / (math.factorial(n) * (n + order + 1)) for n in range(_EXPONENTIAL_TERMS))
