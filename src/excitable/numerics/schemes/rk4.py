"""The classical Runge-Kutta method of order four (Kutta 1901)."""

from __future__ import annotations

from excitable.expression import Number
from excitable.model import System
from excitable.numerics.schemes._formulas import (
    STEP,
    Assign,
    Formulas,
    Stage,
    at_end,
    at_half,
    at_start,
    new,
    states_of,
)

ORDER = 4


def formulas(system: System) -> Formulas:
    """Return the step `x + h/6 (k1 + 2 k2 + 2 k3 + k4)`.

    Parameters
    ----------
    system : System
        Equations without noise.

    Returns
    -------
    tuple of Assign
        The step.
    """
    x = states_of(system)
    half, sixth, third = Number(0.5), Number(1.0 / 6.0), Number(1.0 / 3.0)
    one = Stage(system, "1", x, at_start(system))
    two = Stage(system, "2", {s: x[s] + half * STEP * one.drift[s] for s in x}, at_half(system))
    three = Stage(system, "3", {s: x[s] + half * STEP * two.drift[s] for s in x}, at_half(system))
    four = Stage(system, "4", {s: x[s] + STEP * three.drift[s] for s in x}, at_end(system))
    steps = [
        Assign(
            new(s),
            x[s]
            + STEP
            * (sixth * (one.drift[s] + four.drift[s]) + third * (two.drift[s] + three.drift[s])),
        )
        for s in system.states
    ]
    return (*one.assigns, *two.assigns, *three.assigns, *four.assigns, *steps)
