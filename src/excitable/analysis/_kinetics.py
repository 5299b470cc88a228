"""Which states of a model relax towards a value that the potential sets, and how fast."""

from __future__ import annotations

from dataclasses import dataclass

from excitable.expression import (
    Expression,
    Number,
    Symbol,
    differentiate,
    free_symbols,
    simplify,
    substitute,
)
from excitable.model import System


@dataclass(frozen=True)
class Kinetics:
    """A quantity that follows ``dx/dt = (inf - x)/tau``, both functions of the potential.

    Parameters
    ----------
    name : str
        The quantity.
    inf : Expression
        Its steady value, in parameters, the potential and named quantities.
    tau : Expression or None
        Its time constant in ms; None if it has its steady value at once.
    """

    name: str
    inf: Expression
    tau: Expression | None


def kinetics(system: System, voltage: str) -> list[Kinetics]:
    """Return every state and every named steady value that depends on the potential alone.

    Parameters
    ----------
    system : System
        The equations.
    voltage : str
        The state or input that is the potential.

    Returns
    -------
    list of Kinetics
        States first, in their order; then named quantities ``<x>_inf`` that belong to no state.
    """
    found = [one for state in system.states if (one := _of_state(system, state, voltage))]
    taken = {one.name for one in found} | {*system.states}
    for name, _ in system.intermediates:
        stem = name.removesuffix("_inf")
        if stem in (name, "") or stem in taken:
            continue
        if _moving(system, Symbol(name)) == {voltage}:
            found.append(Kinetics(stem, _opened(system, Symbol(name), stem), None))
    return found


def _of_state(system: System, state: str, voltage: str) -> Kinetics | None:
    """Return the kinetics of a state, or None where its equation has another form."""
    if state == voltage:
        return None
    drift = _named(system, system.derivatives[system.states.index(state)], state)
    # By the negative of the state, so that the rate comes out with its positive sign.
    mirror = f"-{state}"
    mirrored = substitute(drift, {state: -Symbol(mirror)})
    rate = simplify(differentiate(mirrored, mirror))
    if mirror in free_symbols(rate) or rate == Number(0.0):
        return None
    inf = simplify(simplify(substitute(drift, {state: Number(0.0)})) / rate)
    tau = simplify(1.0 / rate)
    if _moving(system, inf) | _moving(system, tau) != {voltage}:
        return None
    return Kinetics(state, _opened(system, inf, state), _opened(system, tau, state))


def _opened(system: System, expression: Expression, name: str) -> Expression:
    """Replace what the model itself calls ``<x>_inf`` or ``tau_<x>``, which explains nothing."""
    own = (f"{name}_inf", f"tau_{name}")
    return substitute(expression, {k: e for k, e in system.intermediates if k in own})


def _named(system: System, drift: Expression, state: str) -> Expression:
    """Return a drift in which named quantities stand unless they depend on the state."""
    opened: dict[str, Expression] = {}
    for name, _ in system.intermediates:
        expanded = system.expand(Symbol(name))
        if state in free_symbols(expanded):
            opened[name] = expanded
    return substitute(drift, opened)


def _moving(system: System, expression: Expression) -> set[str]:
    """Return the states and inputs that an expression depends on."""
    moving = {*system.states, *system.inputs}
    return set(free_symbols(system.expand(expression)) & moving)
