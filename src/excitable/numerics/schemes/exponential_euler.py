"""Exponential Euler: each state by its own linear part, the others frozen (Rush, Larsen 1978)."""

from __future__ import annotations

from excitable.expression import Call, Expression, differentiate
from excitable.model import System
from excitable.numerics.schemes._formulas import (
    STEP,
    Assign,
    Formulas,
    clamped,
    new,
    states_of,
)

ORDER = 1


def own_rates(system: System) -> dict[str, Expression]:
    """Return the derivative of each state's rate of change with respect to itself.

    Parameters
    ----------
    system : System
        The equations.

    Returns
    -------
    dict of str to Expression
        `df_i/dx_i`, with intermediate quantities written out; not simplified, so that it shares its
        parts with the rate itself and they are computed once.
    """
    rates = system.expanded_derivatives()
    return {
        state: differentiate(rate, state) for state, rate in zip(system.states, rates, strict=True)
    }


def relax(state: Expression, rate: Expression, own: Expression, step: Expression) -> Expression:
    """Return `x + h f exprel(h f_x)`: exact for f linear in x, and no singular case.

    Parameters
    ----------
    state, rate, own, step : Expression
        x, f, df/dx and the step.

    Returns
    -------
    Expression
        The state after the step.
    """
    return state + step * rate * Call("exprel", (step * own,))


def formulas(system: System) -> Formulas:
    """Return the step in which every state relaxes with the others at their old values.

    Parameters
    ----------
    system : System
        Equations without noise.

    Returns
    -------
    tuple of Assign
        The step.
    """
    own = own_rates(system)
    x = states_of(system)
    rates = zip(system.states, system.expanded_derivatives(), strict=True)
    return tuple(
        Assign(new(s), relax(x[s], clamped(system, s, f), clamped(system, s, own[s]), STEP))
        for s, f in rates
    )
