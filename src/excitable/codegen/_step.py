"""`Step`: one step of a model as a flat list of assignments, draws and events.

Every target prints the same `Step`. It is in single-assignment form: no name is assigned twice, a
subexpression that occurs twice has a name, integer powers are products, and what depends only on
values shared by all neurons stands in `constants`, to be computed once instead of once a neuron.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from excitable.expression import Call, Div, Expression, Mul, Number, Pow, Symbol, walk
from excitable.expression._folding import rebuild
from excitable.numerics.schemes._formulas import Assign, Formulas

MOST_UNROLLED = 16


@dataclass(frozen=True, slots=True)
class Draw:
    """A Brownian increment per neuron and step.

    Parameters
    ----------
    target : str
        Name of the increment in the body.
    stream : int
        Keys the generator together with seed, neuron and step.
    """

    target: str
    stream: int


@dataclass(frozen=True, slots=True)
class Event:
    """What happens when `threshold` reaches zero from below.

    Parameters
    ----------
    threshold : Expression
        The neuron fires where this is >= 0.
    reset : tuple of Assign
        New values, `v__new`, all from the values before the spike: a reset program whose statements
        see the ones before them has been written out.
    refractory : Expression or None
        Refractory time in ms.
    held : tuple of str
        States that stand still in refractory time.
    """

    threshold: Expression
    reset: tuple[Assign, ...]
    refractory: Expression | None
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a scheme for one model.

    Parameters
    ----------
    scheme : str
        Name of the scheme.
    states, inputs, shared, varying : tuple of str
        State names; input names; parameters equal for all neurons; parameters of each neuron's own.
    draws : tuple of Draw
        Random numbers of the step.
    constants : tuple of Assign
        What depends only on shared parameters and the length of the step.
    body : tuple of Assign
        The step; the last assignments are the new states, `v__new`.
    event : Event or None
        The spike.
    """

    scheme: str
    states: tuple[str, ...]
    inputs: tuple[str, ...]
    shared: tuple[str, ...]
    varying: tuple[str, ...]
    draws: tuple[Draw, ...]
    constants: tuple[Assign, ...]
    body: tuple[Assign, ...]
    event: Event | None


class Flattener:
    """Turns formulas into single-assignment form, naming what is shared.

    Parameters
    ----------
    invariant : iterable of str
        Names whose values are equal for all neurons.

    Notes
    -----
    A division by an invariant becomes a product with its reciprocal, which is computed once.
    """

    def __init__(self, invariant: Iterable[str]) -> None:
        self.invariant = set(invariant)
        self._hoisted: list[Assign] = []
        self._names: dict[Expression, Symbol] = {}
        self._fixed: dict[Expression, bool] = {}
        self._rewritten: dict[Expression, Expression] = {}

    def flatten(self, formulas: Formulas) -> tuple[Assign, ...]:
        """Return the formulas with repeated subexpressions named before their first use.

        Parameters
        ----------
        formulas : tuple of Assign
            In single-assignment form.

        Returns
        -------
        tuple of Assign
            The same values, each repeated part computed once.
        """
        return _named([Assign(a.target, self._prepare(a.value)) for a in formulas], "_part")

    @property
    def constants(self) -> tuple[Assign, ...]:
        """What has been hoisted so far, in single-assignment form too."""
        return _named(self._hoisted, "_shared")

    def _is_fixed(self, root: Expression) -> bool:
        for node in walk(root):
            if node not in self._fixed:
                self._fixed[node] = (
                    node.name in self.invariant
                    if isinstance(node, Symbol)
                    else all(self._fixed[child] for child in node.children)
                )
        return self._fixed[root]

    def _prepare(self, root: Expression) -> Expression:
        """Hoist invariants, unroll integer powers, multiply by reciprocals."""
        if self._is_fixed(root):
            return self._constant(root)
        done = self._rewritten
        for node in walk(root):
            if node not in done and not self._fixed[node]:
                done[node] = self._rewrite(node)
        return done[root]

    def _part(self, node: Expression) -> Expression:
        return self._constant(node) if self._fixed[node] else self._rewritten[node]

    def _rewrite(self, node: Expression) -> Expression:
        if not node.children:
            return node
        if isinstance(node, Div) and self._fixed[node.b]:
            if isinstance(node.b, Number):
                return _quotient(self._part(node.a), node.b.value)
            # The operator takes numbers to the front, as a rebuilt product does.
            return self._part(node.a) * self._constant(Div(Number(1.0), node.b))
        if isinstance(node, Pow):
            power = whole(node.b)
            if power is not None:
                product = repeated_product(self._part(node.a), abs(power))
                return product if power > 0 else Div(Number(1.0), product)
            if node.b == Number(0.5):
                return Call("sqrt", (self._part(node.a),))
        return _raw(node, tuple(self._part(child) for child in node.children))

    def _constant(self, node: Expression) -> Expression:
        if not node.children:
            return node
        known = self._names.get(node)
        if known is None:
            known = Symbol(f"_fixed{len(self._names)}")
            self._names[node] = known
            self._hoisted.append(Assign(known.name, node))
        return known


def _named(prepared: list[Assign], prefix: str) -> tuple[Assign, ...]:
    """Return assignments with every part that occurs twice named before its first use."""
    uses: dict[Expression, int] = {}
    for node in walk(*(a.value for a in prepared)):
        for child in node.children:
            uses[child] = uses.get(child, 0) + 1
    for assign in prepared:
        uses[assign.value] = uses.get(assign.value, 0) + 1
    body: list[Assign] = []
    # What each node is written as: itself rebuilt, or the name that holds its value.
    written: dict[Expression, Expression] = {}
    count = 0
    for assign in prepared:
        for node in walk(assign.value):
            if node in written:
                continue
            if not node.children:
                written[node] = node
                continue
            value = _raw(node, tuple(written[child] for child in node.children))
            if uses[node] > 1 and node is not assign.value:
                name = Symbol(f"{prefix}{count}")
                count += 1
                body.append(Assign(name.name, value))
                value = name
            written[node] = value
        body.append(Assign(assign.target, written[assign.value]))
        if assign.value.children:
            written[assign.value] = Symbol(assign.target)
    return tuple(body)


def _quotient(left: Expression, divisor: float) -> Expression:
    """Return a quotient by a number as a product, where the reciprocal is an ordinary number."""
    if 1e-300 < abs(divisor) < 1e300:
        return Mul(left, Number(1.0 / divisor))
    return Div(left, Number(divisor))


def _raw(node: Expression, children: tuple[Expression, ...]) -> Expression:
    return node if children == node.children else rebuild(node, children)


def whole(exponent: Expression) -> int | None:
    """Return a small whole exponent, or None."""
    if isinstance(exponent, Number) and exponent.value == int(exponent.value):
        power = int(exponent.value)
        if 0 < abs(power) <= MOST_UNROLLED:
            return power
    return None


def repeated_product(base: Expression, power: int) -> Expression:
    """Return base**power by repeated squaring."""
    if power == 1:
        return base
    half = repeated_product(base, power // 2)
    square = Mul(half, half)
    return Mul(square, base) if power % 2 else square
