"""Rate units: the rate that a constant input leads to, in closed form."""

from __future__ import annotations

import functools

import numpy as np

from excitable import units
from excitable.analysis.firing._lanes import Lanes
from excitable.expression import (
    Expression,
    Number,
    differentiate,
    evaluate,
    free_symbols,
    simplify,
    substitute,
)
from excitable.model import Model, System


@functools.lru_cache(maxsize=64)
def _steady(system: System) -> tuple[Expression, Expression] | None:
    """Steady state, and the slope of the state's rate of change by the state."""
    if len(system.states) != 1 or system.threshold is not None or system.noises:
        return None
    (state,) = system.states
    drift = system.expanded_derivatives()[0]
    slope = simplify(differentiate(drift, state))
    if slope == Number(0.0) or free_symbols(slope) & {state, *system.inputs}:
        return None
    return -substitute(drift, {state: Number(0.0)}) / slope, slope


def steady_rate(model: Model) -> Expression | None:
    """Return the steady rate of a rate unit as an expression, or None for other models.

    Parameters
    ----------
    model : Model
        A rate unit is a model of one state, a rate or a plain number, that decays linearly towards
        what its input sets, and fires no spikes.

    Returns
    -------
    Expression or None
        In parameters and inputs.
    """
    found = _steady(model.system)
    if found is None:
        return None
    steady, slope = found
    if model.dimensions[model.system.states[0]] not in (units.RATE, units.DIMENSIONLESS):
        return None
    return steady if np.all(np.less(evaluate(slope, model.values()), 0.0)) else None


def rate_unit(model: Model) -> str:
    """Return the unit in which rates of a model are given: Hz, or none for plain numbers."""
    plain = steady_rate(model) is not None and (
        model.dimensions[model.system.states[0]] == units.DIMENSIONLESS
    )
    return "" if plain else "Hz"


def value_of(expression: Expression, lanes: Lanes) -> np.ndarray:
    """Return an expression of parameters and inputs for each lane."""
    return np.array(np.broadcast_to(evaluate(expression, lanes.known()), (lanes.count,)))
