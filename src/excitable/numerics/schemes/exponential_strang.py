"""Exponential splitting of second order: Strang's symmetric composition of exponential Euler.

States that do not act on each other at once share a group (all gates of a membrane, say). Every
group but the last takes half a step, the last a whole one, then the others half a step in reverse
order. Each part is exact where the state is linear in itself, so the only error is the splitting's,
which is symmetric and so of second order (Strang 1968; for Hodgkin-Huxley: Borgers and Nectow
2013). With two groups it costs exponential Euler and one relaxation more.
"""

from __future__ import annotations

from excitable.expression import Expression, Number, Symbol, free_symbols, substitute
from excitable.model import System
from excitable.numerics.schemes._formulas import (
    STEP,
    Assign,
    Formulas,
    at_end,
    at_start,
    clamped,
    new,
)
from excitable.numerics.schemes.exponential_euler import own_rates, relax

ORDER = 2


def groups(system: System) -> tuple[tuple[str, ...], ...]:
    """Return the states in groups within which none acts on another.

    Parameters
    ----------
    system : System
        The equations.

    Returns
    -------
    tuple of tuple of str
        Greedy colouring in the order of the states; the group with the most states comes last, for
        it takes the whole step.
    """
    rates = dict(zip(system.states, system.expanded_derivatives(), strict=True))
    reads = {s: free_symbols(rates[s]) & set(system.states) for s in system.states}
    found: list[list[str]] = []
    for state in system.states:
        for group in found:
            if all(other not in reads[state] and state not in reads[other] for other in group):
                group.append(state)
                break
        else:
            found.append([state])
    found.sort(key=len)
    return tuple(tuple(group) for group in found)


def formulas(system: System) -> Formulas:
    """Return the symmetric composition over the groups.

    Parameters
    ----------
    system : System
        Equations without noise.

    Returns
    -------
    tuple of Assign
        The step. Inputs enter the first half by their value at the start of the step and the second
        half by that at its end; the middle part takes their mean.
    """
    own = own_rates(system)
    rates = dict(zip(system.states, system.expanded_derivatives(), strict=True))
    now: dict[str, Expression] = {s: Symbol(s) for s in system.states}
    half = Number(0.5)
    start, end = at_start(system), at_end(system)
    mean = {name: half * (start[name] + end[name]) for name in start}
    *outer, inner = groups(system)
    parts = [
        *((group, half * STEP, start, "a") for group in outer),
        (inner, STEP, mean, "b"),
        *((group, half * STEP, end, "c") for group in reversed(outer)),
    ]
    steps: list[Assign] = []
    for group, length, inputs, tag in parts:
        known = {**now, **inputs}
        for s in group:
            f = clamped(system, s, substitute(rates[s], known))
            f_own = clamped(system, s, substitute(own[s], known))
            target = f"{s}__{tag}"
            steps.append(Assign(target, relax(now[s], f, f_own, length)))
        for s in group:
            now[s] = Symbol(f"{s}__{tag}")
    steps.extend(Assign(new(s), now[s]) for s in system.states)
    return tuple(steps)
