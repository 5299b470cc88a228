"""Heun's method for noise in the sense of Stratonovich (Rumelin 1982)."""

from __future__ import annotations

from excitable.expression import Number
from excitable.model import System
from excitable.numerics.schemes._formulas import (
    STEP,
    Assign,
    Formulas,
    Stage,
    at_end,
    at_start,
    new,
    states_of,
)

ORDER = 2  # without noise; with noise the strong order is 1 for commuting noise


def formulas(system: System) -> Formulas:
    """Return the mean of the Euler steps taken at both ends of the step.

    Parameters
    ----------
    system : System
        Equations with or without noise.

    Returns
    -------
    tuple of Assign
        The step.
    """
    x = states_of(system)
    one = Stage(system, "1", x, at_start(system))
    guess = {s: x[s] + STEP * one.drift[s] + one.kick(s) for s in x}
    two = Stage(system, "2", guess, at_end(system))
    half = Number(0.5)
    steps = [
        Assign(
            new(s),
            x[s] + half * STEP * (one.drift[s] + two.drift[s]) + half * (one.kick(s) + two.kick(s)),
        )
        for s in system.states
    ]
    return (*one.assigns, *two.assigns, *steps)
