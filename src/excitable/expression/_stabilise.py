"""Recognise x/expm1(x) in the ways in which people write it.

``(25 - v)/(exp((25 - v)/10) - 1)`` is 0/0 at v = 25 and loses digits near it. A product that
holds a factor ``exp(u) - 1`` below and a factor proportional to u above (or the other way
round) is rewritten with `x_over_expm1` (or `exprel`), which are finite everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from excitable.expression._folding import rebuild
from excitable.expression._nodes import Call, Expression
from excitable.expression._products import (
    PRODUCT_NODES,
    SUM_NODES,
    Coefficient,
    Product,
    as_float,
    bounded,
    build_product,
    build_sum,
    product_of,
    terms_of,
)
from excitable.expression._walk import walk

# Larger factors are left alone: they are not the forms that papers print, and matching them
# would take long.
_MAX_SIZE = 400
_MAX_TERMS = 40
_MAX_FACTORS = 40
_MAX_DEPTH = 12


def stabilise(expression: Expression) -> Expression:
    """Replace raw forms of x/expm1(x) and expm1(x)/x by functions that are finite at 0.

    Parameters
    ----------
    expression : Expression
        Any expression.

    Returns
    -------
    Expression
        The same function without the removable singularities; everything else keeps its form.

    Notes
    -----
    Recognised are ``exp(u) - 1``, ``1 - exp(u)``, ``expm1(u)`` and multiples of these, with a
    factor proportional to u, or to a sum inside u, on the other side of the fraction bar;
    constants may be numbers or names. `parse_equations` applies this to every right side.

    Examples
    --------
    >>> from excitable.expression import parse
    >>> print(stabilise(parse("0.1*(v + 40)/(1 - exp(-(v + 40)/10))")))
    x_over_expm1(-(v + 40)/10)
    """
    order = walk(expression)
    if not any(isinstance(n, Call) and n.function_name in ("exp", "expm1") for n in order):
        return expression
    whole = _whole_products(order, expression)
    values: dict[Expression, Expression] = {}
    for node in order:
        made = rebuild(node, tuple(values[child] for child in node.children))
        values[node] = _rewrite(made) if node in whole else made
    return values[expression]


def _whole_products(order: list[Expression], root: Expression) -> set[Expression]:
    """Return the products that are not merely a part of a larger product."""
    whole: set[Expression] = {root} if isinstance(root, PRODUCT_NODES) else set()
    for node in order:
        if not isinstance(node, PRODUCT_NODES):
            whole.update(child for child in node.children if isinstance(child, PRODUCT_NODES))
    return whole


def _rewrite(node: Expression) -> Expression:
    product = product_of(node)
    if len(product.powers) > _MAX_FACTORS:
        return node
    differences = {base: _exponential_difference(base) for base in product.powers}
    found = False
    for base, difference in differences.items():
        # Once for each power: x**2/expm1(x)**2 holds the form twice.
        while difference is not None and base in product.powers:
            replaced = _match(product, base, difference)
            if replaced is None:
                break
            product, found = replaced, True
    return build_product(product) if found else node


@dataclass(frozen=True, slots=True)
class _Difference:
    """A factor equal to `scale * expm1(argument)`."""

    scale: Product
    argument: Expression


def _exponential_difference(base: Expression) -> _Difference | None:
    if isinstance(base, Call) and base.function_name == "expm1":
        return _Difference(Product(Fraction(1), {}), base.args[0])
    if not isinstance(base, SUM_NODES):
        return None
    terms = terms_of(base)
    if len(terms) != 2:
        return None
    products = [_signed(sign, product_of(term)) for sign, term in terms]
    for first, second in (products, products[::-1]):
        exponentials = [f for f, power in first.powers.items() if power == 1 and _is_exp(f)]
        if len(exponentials) != 1:
            continue
        rest = {f: p for f, p in first.powers.items() if f is not exponentials[0]}
        opposite = _same(first.coefficient, -second.coefficient)
        if rest == second.powers and opposite and as_float(first.coefficient):
            exponential = exponentials[0]
            return _Difference(Product(first.coefficient, rest), exponential.children[0])
    return None


def _match(product: Product, base: Expression, difference: _Difference) -> Product | None:
    """Rewrite one factor of a product, if a factor proportional to its argument stands opposite."""
    below = product.powers[base] < 0
    side = 1.0 if below else -1.0
    argument = difference.argument
    size = _normal(argument)
    if size is None:
        return None
    partner = _partner(product, size, side)
    if partner is None:
        return None
    factor, own = partner
    powers = dict(product.powers)
    coefficient = product.coefficient
    scale = difference.scale
    exponential = _opposite_exponential(powers, argument) if below else None
    if exponential is not None:
        # exp(u)/expm1(u) is -1/expm1(-u); this form does not overflow.
        _multiply(powers, exponential, -1.0)
        argument = -argument
        size = Product(-size.coefficient, size.powers)
        scale = Product(-scale.coefficient, scale.powers)
    _multiply(powers, base, side)
    _multiply(powers, factor, -side)
    # What remains of factor/argument (or argument/factor), and of the scale.
    ratio = own.coefficient / size.coefficient / scale.coefficient
    coefficient = coefficient * ratio if below else coefficient / ratio
    for other, sign in ((own.powers, side), (size.powers, -side), (scale.powers, -side)):
        for atom, power in other.items():
            _multiply(powers, atom, sign * power)
    name = "x_over_expm1" if below else "exprel"
    _multiply(powers, Call(name, (argument,)), 1.0)
    return Product(coefficient, powers)


def _partner(product: Product, size: Product, side: float) -> tuple[Expression, Product] | None:
    """Find the factor on the other side of the fraction bar that vanishes with the argument."""
    candidates: list[tuple[bool, Expression, Product]] = []
    for factor, power in product.powers.items():
        if power * side < 1:
            continue
        own = _normal(factor)
        if own is None:
            continue
        common = [a for a, p in own.powers.items() if p == 1 and size.powers.get(a) == 1]
        if common:
            is_sum = any(isinstance(atom, SUM_NODES) for atom in common)
            candidates.append((is_sum, factor, own))
    # A sum, such as v - V_2, is surely the variable; a lone name may be a scale factor.
    best = max(candidates, key=lambda candidate: candidate[0], default=None)
    return None if best is None else best[1:]


def _opposite_exponential(
    powers: dict[Expression, float], argument: Expression
) -> Expression | None:
    wanted = _normal(argument)
    for factor, power in powers.items():
        if power >= 1 and _is_exp(factor):
            own = _normal(factor.children[0])
            if own is not None and wanted is not None and own.powers == wanted.powers:
                if _same(own.coefficient, wanted.coefficient):
                    return factor
    return None


def _multiply(powers: dict[Expression, float], factor: Expression, power: float) -> None:
    total = powers.get(factor, 0.0) + power
    if total:
        powers[factor] = total
    else:
        powers.pop(factor, None)


def _is_exp(node: Expression) -> bool:
    return isinstance(node, Call) and node.function_name == "exp"


def _same(a: Coefficient, b: Coefficient) -> bool:
    return abs(as_float(a) - as_float(b)) <= 1e-12 * abs(as_float(a))


def _signed(sign: int, product: Product) -> Product:
    return Product(sign * product.coefficient, product.powers)


@lru_cache(maxsize=512)
def _normal(node: Expression, depth: int = 0) -> Product | None:
    """Return a product in which proportional factors are the same node.

    Sums are divided by their leading coefficient and common factors, and their terms sorted:
    25 - v, (v - 25)/10 and 2.5 - v/10 all hold the same factor. None if a factor is too large.
    Results are kept and must not be changed.
    """
    if depth > _MAX_DEPTH or not (depth or _is_small(node)):
        return None
    plain = product_of(node)
    coefficient: Coefficient = plain.coefficient
    powers: dict[Expression, float] = {}
    for base, power in plain.powers.items():
        if not isinstance(base, SUM_NODES) or not power.is_integer():
            _multiply(powers, base, power)
            continue
        content = _normal_sum(base, depth)
        if content is None or not as_float(content.coefficient):
            return None
        coefficient = bounded(coefficient * content.coefficient ** int(power))
        for atom, exponent in content.powers.items():
            _multiply(powers, atom, exponent * power)
    return Product(coefficient, powers) if as_float(coefficient) else None


def _is_small(node: Expression) -> bool:
    """Count nodes with repetition, but no further than the limit."""
    stack, count = [node], 0
    while stack and count <= _MAX_SIZE:
        stack.extend(stack.pop().children)
        count += 1
    return not stack


def _normal_sum(node: Expression, depth: int) -> Product | None:
    terms = terms_of(node)
    if len(terms) > _MAX_TERMS:
        return None
    totals: dict[frozenset[tuple[Expression, float]], Product] = {}
    for sign, term in terms:
        product = _normal(term, depth + 1)
        if product is None:
            return None
        key = product.key()
        before = totals[key].coefficient if key in totals else Fraction(0)
        totals[key] = Product(before + sign * product.coefficient, product.powers)
    products = [product for product in totals.values() if as_float(product.coefficient)]
    if not products:
        return None
    common = _common_powers(products)
    reduced = [
        Product(p.coefficient, {a: v for a, v in _difference(p.powers, common).items() if v})
        for p in products
    ]
    if len(reduced) == 1:
        return Product(reduced[0].coefficient, products[0].powers)
    reduced.sort(key=_sort_key)
    leading = reduced[0].coefficient
    scaled = [(_rounded(p.coefficient / leading), Product(Fraction(1), p.powers)) for p in reduced]
    powers = dict(common)
    _multiply(powers, build_sum(scaled), 1.0)
    return Product(leading, powers)


def _common_powers(products: list[Product]) -> dict[Expression, float]:
    atoms = {atom for product in products for atom in product.powers}
    least = {atom: min(p.powers.get(atom, 0.0) for p in products) for atom in atoms}
    return {atom: power for atom, power in least.items() if power}


def _difference(a: dict[Expression, float], b: dict[Expression, float]) -> dict[Expression, float]:
    return {atom: a.get(atom, 0.0) - b.get(atom, 0.0) for atom in {**a, **b}}


def _rounded(coefficient: Coefficient) -> float:
    # Twelve digits: 2.5/0.1 and 25 must be the same number here.
    return float(f"{as_float(coefficient):.12g}")


def _sort_key(product: Product) -> list[tuple[str, float]]:
    return sorted((str(atom), power) for atom, power in product.powers.items())
