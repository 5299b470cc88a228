"""Euler's method with additive noise (Maruyama 1955)."""

from __future__ import annotations

from excitable.model import System
from excitable.numerics.schemes._formulas import (
    STEP,
    Assign,
    Formulas,
    Stage,
    at_start,
    new,
    states_of,
)

ORDER = 1


def formulas(system: System) -> Formulas:
    """Return the step `x + h f + g dW`.

    Parameters
    ----------
    system : System
        Equations with additive noise: with noise that depends on the state this would be the sense
        of Ito, and ours is Stratonovich's.

    Returns
    -------
    tuple of Assign
        The step.
    """
    x = states_of(system)
    one = Stage(system, "1", x, at_start(system))
    steps = [Assign(new(s), x[s] + STEP * one.drift[s] + one.kick(s)) for s in system.states]
    return (*one.assigns, *steps)
