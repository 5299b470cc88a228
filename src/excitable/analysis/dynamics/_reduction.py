"""One or two states from whose values the others follow in closed form at steady state."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from excitable.errors import ModelError
from excitable.expression import (
    Expression,
    Number,
    Symbol,
    differentiate,
    free_symbols,
    simplify,
    stabilise,
    substitute,
)
from excitable.model import Model, System


@dataclass(frozen=True)
class Reduction:
    """One state from whose value all others follow at equilibrium.

    Parameters
    ----------
    pivot : str
        The state that is left.
    steady : tuple of (str, Expression)
        The other states at equilibrium, each in the pivot, parameters and inputs.
    rates : tuple of Expression
        What each of them was divided by; it must not vanish.
    function, slope : Expression
        The drift that is left with the other states eliminated, and its derivative by the pivot.
    """

    pivot: str
    steady: tuple[tuple[str, Expression], ...]
    rates: tuple[Expression, ...]
    function: Expression
    slope: Expression


@functools.lru_cache(maxsize=256)
def reduction(system: System, first: str | None = None) -> Reduction | None:
    """Return how equilibria follow from one state, or None where no such state is found.

    Parameters
    ----------
    system : System
        The equations.
    first : str, optional
        The state to keep; if not given, the first one with which it works.

    Returns
    -------
    Reduction or None
        Each of the other states has a drift linear in itself, once those before it are
        eliminated, or stands linearly in the drift of another state.
    """
    pivots = system.states if first is None else (first,)
    for pivot in pivots:
        found = _eliminated(system, pivot)
        if found is not None:
            return found
    return None


def is_linear(system: System) -> bool:
    """Whether the drift is linear in all states together."""
    moving = set(system.states)
    return all(not free_symbols(e) & moving for row in system.jacobian() for e in row)


def _eliminated(system: System, pivot: str) -> Reduction | None:
    drifts = dict(
        zip(system.states, (stabilise(e) for e in system.expanded_derivatives()), strict=True)
    )
    left = [name for name in system.states if name != pivot]
    steady: dict[str, Expression] = {}
    rates: list[Expression] = []
    while left:
        step = _step(drifts, left)
        if step is None:
            return None
        name, equation, value, rate = step
        left.remove(name)
        del drifts[equation]
        replaced = {name: value}
        steady = {other: substitute(e, replaced) for other, e in steady.items()}
        steady[name] = value
        rates = [*(substitute(e, replaced) for e in rates), rate]
        drifts = {other: substitute(e, replaced) for other, e in drifts.items()}
    (last,) = drifts.values()
    function = simplify(last)
    slope = simplify(differentiate(function, pivot))
    return Reduction(pivot, tuple(steady.items()), tuple(rates), function, slope)


def _step(
    drifts: dict[str, Expression], left: list[str]
) -> tuple[str, str, Expression, Expression] | None:
    """Return a state, the equation that gives it, its value and what it was divided by."""
    # First those that need only the pivot, so that formulas stay short; a state's own equation
    # before those of others.
    order = sorted(
        left, key=lambda name: len(free_symbols(drifts[name]) & set(left)) if name in drifts else 99
    )
    pairs = [(name, name) for name in order if name in drifts]
    pairs += [(name, other) for name in order for other in drifts if other != name]
    for name, equation in pairs:
        found = linear_zero(drifts[equation], name)
        if found is not None:
            return name, equation, *found
    return None


def linear_zero(drift: Expression, name: str) -> tuple[Expression, Expression] | None:
    """Return where a drift linear in one state vanishes, and minus its slope."""
    # By the negative of the state, so that the rate comes out with its positive sign.
    mirror = f"-{name}"
    mirrored = substitute(drift, {name: -Symbol(mirror)})
    rate = simplify(differentiate(mirrored, mirror))
    if mirror in free_symbols(rate) or rate == Number(0.0):
        return None
    at_zero = simplify(substitute(drift, {name: Number(0.0)}))
    return simplify(at_zero / rate), rate


@dataclass(frozen=True)
class Planar:
    """Two drifts in two states.

    Parameters
    ----------
    x, y : str
        The two states.
    drifts : tuple of Expression
        Of x and y, in them, parameters and inputs.
    others : dict of str to Expression
        What stands for every other state.
    frozen : dict of str to float
        Those that were given a value.
    """

    x: str
    y: str
    drifts: tuple[Expression, Expression]
    others: dict[str, Expression]
    frozen: dict[str, float]


def planar(model: Model, x: str, y: str, fixed: Mapping[str, float]) -> Planar:
    """Return the drifts of two states with every other state at a value given or eliminated."""
    system = model.system
    replaced: dict[str, Expression] = {name: Number(value) for name, value in fixed.items()}
    drifts = {
        name: substitute(stabilise(e), replaced)
        for name, e in zip(system.states, system.expanded_derivatives(), strict=True)
    }
    left = [name for name in system.states if name not in (x, y, *fixed)]
    others = dict(replaced)
    while left:
        for name in sorted(left, key=lambda s: len(free_symbols(drifts[s]) & set(left))):
            found = linear_zero(drifts[name], name)
            if found is not None and not free_symbols(found[0]) & set(left) - {name}:
                break
        else:
            raise ModelError(
                f"{', '.join(left)} of {model.name} have no steady value in closed form",
                f"each must follow from {x} and {y}, or have a value",
                f"Write frozen=dict({left[0]}=...)",
                owner="phase_plane",
            )
        value = {name: found[0]}
        left.remove(name)
        others = {other: substitute(e, value) for other, e in others.items()} | value
        drifts = {other: substitute(e, value) for other, e in drifts.items()}
    return Planar(x, y, (simplify(drifts[x]), simplify(drifts[y])), others, dict(fixed))
