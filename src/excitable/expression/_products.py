"""Sums and products taken apart into coefficients and factors, and put together again."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from excitable.expression._nodes import (
    ONE,
    Add,
    Div,
    Expression,
    Mul,
    Neg,
    Number,
    Pow,
    Sub,
)

# Decimal numbers are kept exactly, as they are written: 0.1 is 1/10, so that 0.1/0.1 is 1 and
# 0.1 + 0.2 is 0.3. A float stands for what has become too long, and for infinity.
Coefficient = Fraction | float

_MAX_BITS = 2_000
_SHORT = 10**6

PRODUCT_NODES = (Mul, Div, Neg)
SUM_NODES = (Add, Sub)


@dataclass(frozen=True, slots=True)
class Product:
    """A coefficient and factors with their powers, in the order of first appearance."""

    coefficient: Coefficient
    powers: dict[Expression, float]

    def key(self) -> frozenset[tuple[Expression, float]]:
        """Return what two products that differ only by their coefficient share."""
        return frozenset(self.powers.items())


def exact(value: float) -> Coefficient:
    """Return the decimal number that a float is written as."""
    if not math.isfinite(value):
        return value
    return (
        Fraction(int(value)) if abs(value) < 2**53 and value.is_integer() else Fraction(repr(value))
    )


def as_float(value: Coefficient) -> float:
    """Return the nearest float."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def bounded(value: Coefficient) -> Coefficient:
    """Give up exactness where it would become slow, or where no float is that large."""
    if isinstance(value, Fraction):
        bits = max(value.numerator.bit_length(), value.denominator.bit_length())
        if bits > _MAX_BITS or math.isinf(as_float(value)):
            return as_float(value)
    return value


def product_of(node: Expression, stop: Iterable[Expression] = ()) -> Product:
    """Take a product apart down to factors that are no products, or that are in `stop`."""
    coefficient: Coefficient = Fraction(1)
    powers: dict[Expression, float] = {}
    kept = frozenset(stop)
    stack: list[tuple[Expression, int]] = [(node, 1)]
    while stack:
        part, sign = stack.pop()
        if isinstance(part, Number) and (sign > 0 or part.value != 0):
            value = exact(part.value)
            coefficient = bounded(coefficient * value if sign > 0 else coefficient / value)
        elif isinstance(part, Neg):
            coefficient = -coefficient
            stack.append((part.x, sign))
        elif isinstance(part, Mul | Div) and (part not in kept or part is node):
            stack.append((part.b, sign if isinstance(part, Mul) else -sign))
            stack.append((part.a, sign))
        else:
            base, power = part, 1.0
            if isinstance(part, Pow) and isinstance(part.b, Number):
                base, power = part.a, part.b.value
            powers[base] = powers.get(base, 0.0) + sign * power
    return Product(coefficient, {base: power for base, power in powers.items() if power})


def terms_of(node: Expression, stop: Iterable[Expression] = ()) -> list[tuple[int, Expression]]:
    """Take a sum apart into signed terms, down to those that are no sums or are in `stop`."""
    kept = frozenset(stop)
    terms: list[tuple[int, Expression]] = []
    stack: list[tuple[Expression, int]] = [(node, 1)]
    while stack:
        part, sign = stack.pop()
        if isinstance(part, Add | Sub) and (part not in kept or part is node):
            stack.append((part.b, sign if isinstance(part, Add) else -sign))
            stack.append((part.a, sign))
        elif isinstance(part, Neg) and isinstance(part.x, Add | Sub | Neg):
            stack.append((part.x, -sign))
        else:
            terms.append((sign, part))
    return terms


def build_product(product: Product) -> Expression:
    """Write a product as (number*factors)/(factors)."""
    above: list[Expression] = []
    below: list[Expression] = []
    coefficient = product.coefficient
    size = abs(coefficient)
    if isinstance(size, Fraction) and not _is_decimal(size) and _is_short(size):
        if size.numerator != 1:
            above.append(Number(size.numerator))
        below.append(Number(size.denominator))
    elif size != 1:
        above.append(Number(as_float(size)))
    for base, power in product.powers.items():
        raised = base if abs(power) == 1 else Pow(base, Number(abs(power)))
        (above if power > 0 else below).append(raised)
    top = _chain(above)
    result = Div(top, _chain(below)) if below else top
    # NaN is not below 0, and keeps its place above.
    return -result if coefficient < 0 else result


def build_sum(terms: Iterable[tuple[Coefficient, Product]]) -> Expression:
    """Write a sum of coefficients times products, signs between the terms."""
    result: Expression | None = None
    for coefficient, product in terms:
        total = bounded(coefficient * product.coefficient)
        if total == 0:
            continue
        term = build_product(Product(abs(total), product.powers))
        if result is None:
            result = -term if total < 0 else term
        else:
            result = Sub(result, term) if total < 0 else Add(result, term)
    return Number(0.0) if result is None else result


def _chain(factors: list[Expression]) -> Expression:
    if not factors:
        return ONE
    result = factors[0]
    for factor in factors[1:]:
        result = Mul(result, factor)
    return result


def _is_short(value: Fraction) -> bool:
    return max(value.numerator, value.denominator) < _SHORT


def _is_decimal(value: Fraction) -> bool:
    """Whether a decimal number of few digits is exactly this."""
    text = repr(as_float(value))
    return text not in ("inf", "nan") and Fraction(text) == value
