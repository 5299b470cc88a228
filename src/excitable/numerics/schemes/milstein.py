"""Milstein's method in the sense of Stratonovich (Milstein 1974; Kloeden and Platen 1992, 10.3)."""

from __future__ import annotations

from excitable.expression import Expression, Number, differentiate, simplify
from excitable.model import System
from excitable.numerics.schemes._formulas import (
    STEP,
    Assign,
    Formulas,
    Stage,
    at_start,
    clamped,
    increment,
    new,
    states_of,
)

ORDER = 1


def corrections(system: System) -> dict[str, Expression]:
    """Return the second-order noise term of each state.

    Parameters
    ----------
    system : System
        Equations with noise.

    Returns
    -------
    dict of str to Expression
        `1/2 sum_pq sum_j g_jp dg_iq/dx_j dW_p dW_q`, the Stratonovich term for commuting noise.
    """
    strengths = system.expanded_diffusion()
    result: dict[str, Expression] = {}
    for i, state in enumerate(system.states):
        total: Expression = Number(0.0)
        for p, first in enumerate(system.noises):
            for q, second in enumerate(system.noises):
                for j, other in enumerate(system.states):
                    slope = simplify(differentiate(strengths[i][q], other))
                    term = Number(0.5) * strengths[j][p] * slope
                    total = total + term * increment(first) * increment(second)
        result[state] = simplify(total)
    return result


def commute(system: System) -> bool:
    """Whether the noises commute, as Milstein's scheme without Levy areas needs.

    Parameters
    ----------
    system : System
        Equations with noise.

    Returns
    -------
    bool
        True for one noise, additive noise, and noise of each state's own.
    """
    strengths = system.expanded_diffusion()

    def bracket(i: int, p: int, q: int) -> Expression:
        total: Expression = Number(0.0)
        for j, other in enumerate(system.states):
            total = total + strengths[j][p] * differentiate(strengths[i][q], other)
            total = total - strengths[j][q] * differentiate(strengths[i][p], other)
        return simplify(total)

    count = len(system.noises)
    return all(
        bracket(i, p, q) == Number(0.0)
        for i in range(len(system.states))
        for p in range(count)
        for q in range(p)
    )


def formulas(system: System) -> Formulas:
    """Return the step `x + h f + g dW + g g' dW^2/2`.

    Parameters
    ----------
    system : System
        Equations with commuting noise.

    Returns
    -------
    tuple of Assign
        The step.
    """
    x = states_of(system)
    one = Stage(system, "1", x, at_start(system))
    extra = corrections(system)
    steps = [
        Assign(new(s), x[s] + STEP * one.drift[s] + one.kick(s) + clamped(system, s, extra[s]))
        for s in system.states
    ]
    return (*one.assigns, *steps)
