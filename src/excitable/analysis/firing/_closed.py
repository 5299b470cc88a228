r"""Periods in closed form: one state that is linear or quadratic between spikes.

All are expressions in the model's own symbols, derived from its equations, so that rates can be
evaluated anywhere and differentiated exactly.

Linear, v' = A v + b, from the reset r to the threshold theta, with f = A theta + b the speed there:

    T = t_ref - ln(1 - A (theta - r)/f)/A,

which keeps its digits both near the rheobase (f to 0) and for strong drive. With additive noise of
strength s per root of time the mean interval is (Siegert 1951; Brunel 2000)

    T = t_ref - sqrt(pi)/A int exp(u**2) (1 + erf u) du,  from x(r) to x(theta),

with x(v) = -(A v + b)/sqrt(-A s**2), the distance from the mean in units of the noise.

Quadratic, v' = a_2 v**2 + a_1 v + a_0 with D = 4 a_2 a_0 - a_1**2 > 0:

    T = t_ref + 2/sqrt(D) [atan((2 a_2 v + a_1)/sqrt(D))] from r to theta.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable.analysis.firing import _siegert
from excitable.expression import (
    Expression,
    Number,
    Symbol,
    call,
    differentiate,
    evaluate,
    free_symbols,
    simplify,
    substitute,
)
from excitable.model import System
from excitable.numerics.linear import LinearForm, linear_form

ZERO = Number(0.0)


@dataclass(frozen=True)
class ClosedPeriod:
    """The interval between spikes under constant input, as an expression.

    Parameters
    ----------
    period : Expression
        Interval in ms, in parameters and inputs, where `conditions` hold.
    conditions : tuple of Expression
        The neuron fires where all are positive.
    refractory : Expression
        Interval where the reset is at or above the threshold.
    gap : Expression
        Threshold minus reset.
    what : str
        What the formula is, for `FICurve.method`.
    bounds : tuple of Expression, optional
        With noise: threshold and reset, as distances from the mean in units of the noise.
    """

    period: Expression
    conditions: tuple[Expression, ...]
    refractory: Expression
    gap: Expression
    what: str
    bounds: tuple[Expression, Expression] | None = None

    def evaluate(self, known: dict[str, Any], shape: tuple[int, ...]) -> np.ndarray:
        """Return the interval in ms, infinite where the neuron is silent.

        Parameters
        ----------
        known : dict of str to float or ndarray
            Parameters and inputs in internal units.
        shape : tuple of int
            Shape of the result.

        Returns
        -------
        ndarray
            Intervals.
        """

        def value(expression: Expression) -> np.ndarray:
            return np.broadcast_to(evaluate(expression, known), shape)

        with np.errstate(all="ignore"):
            fires = np.ones(shape, bool)
            for condition in self.conditions:
                fires &= value(condition) > 0.0
            period = np.where(value(self.gap) > 0.0, value(self.period), value(self.refractory))
        return np.where(fires, period, np.inf)

    def slope(self, name: str, known: dict[str, Any], shape: tuple[int, ...]) -> np.ndarray:
        """Return the derivative of the interval by a parameter or input, 0 where silent."""
        derivative = simplify(differentiate(self.period, name))
        with np.errstate(all="ignore"):
            found = np.broadcast_to(evaluate(derivative, known), shape)
            return np.where(np.isfinite(self.evaluate(known, shape)), found, 0.0)


@functools.lru_cache(maxsize=256)
def closed_period(system: System) -> ClosedPeriod | None:
    """Return the interval between spikes in closed form, or None where there is none.

    Parameters
    ----------
    system : System
        The model's equations.

    Returns
    -------
    ClosedPeriod or None
        For models of one state with a constant threshold and reset, linear (with or without
        additive noise) or quadratic.
    """
    if len(system.states) != 1 or not system.reset:
        return None
    if system.refractory is not None and system.states[0] not in system.held:
        return None
    event = event_of(system, system.expanded_threshold())
    if event is None:
        return None
    theta, reset, refractory = event
    if system.noises:
        return _noisy(system, theta, reset, refractory)
    form = linear_form(system)
    if isinstance(form, LinearForm):
        return _linear(system, form, theta, reset, refractory)
    return _quadratic(system, theta, reset, refractory)


def event_of(
    system: System, threshold: Expression | None
) -> tuple[Expression, Expression, Expression] | None:
    """Return threshold and reset of the only state, and the refractory time.

    Parameters
    ----------
    system : System
        A model of one state.
    threshold : Expression or None
        Its threshold function, expanded.

    Returns
    -------
    tuple of Expression or None
        None where the neuron does not fire from below at a fixed value.
    """
    (state,) = system.states
    if threshold is None:
        return None
    slope = simplify(differentiate(threshold, state))
    # Only a threshold from below, with a known sign.
    if not (isinstance(slope, Number) and slope.value > 0.0):
        return None
    theta = simplify(-substitute(threshold, {state: ZERO}) / slope)
    after: Expression = Symbol(state)
    for _, value in system.reset:
        after = substitute(system.expand(value), {state: after})
    reset = simplify(substitute(after, {state: theta}))
    if free_symbols(theta) & set(system.inputs) or free_symbols(reset) & set(system.inputs):
        return None
    return theta, reset, system.refractory or ZERO


def _linear(
    system: System, form: LinearForm, theta: Expression, reset: Expression, refractory: Expression
) -> ClosedPeriod:
    A = form.matrix[0][0]
    b: Expression = form.constant[0]
    for name, gain in zip(system.inputs, form.gain, strict=True):
        b = b + gain[0] * Symbol(name)
    gap = simplify(theta - reset)
    speed = A * theta + b
    if A == ZERO:
        rise = gap / b
    else:
        rise = -call("log1p", -A * gap / speed) / A
    # The speed at the reset must point up too: it does unless v runs away from an unstable rest.
    conditions = (speed, A * reset + b)
    return ClosedPeriod(refractory + rise, conditions, refractory, gap, "closed form")


def _quadratic(
    system: System, theta: Expression, reset: Expression, refractory: Expression
) -> ClosedPeriod | None:
    (state,) = system.states
    rate = system.expanded_derivatives()[0]
    first = simplify(differentiate(rate, state))
    second = simplify(differentiate(first, state))
    if state in free_symbols(second) or second == ZERO:
        return None
    at_zero = {state: ZERO}
    a_2, a_1, a_0 = second / 2.0, substitute(first, at_zero), substitute(rate, at_zero)
    discriminant = simplify(4.0 * a_2 * a_0 - a_1**2)
    root = call("sqrt", discriminant)

    def angle(v: Expression) -> Expression:
        return call("atan", (2.0 * a_2 * v + a_1) / root)

    period = refractory + 2.0 / root * (angle(theta) - angle(reset))
    return ClosedPeriod(
        period, (discriminant, a_2), refractory, simplify(theta - reset), "closed form"
    )


def _noisy(
    system: System, theta: Expression, reset: Expression, refractory: Expression
) -> ClosedPeriod | None:
    """Mean first passage of a linear state with additive noise."""
    (state,) = system.states
    rate = system.expanded_derivatives()[0]
    A = simplify(differentiate(rate, state))
    strengths = system.expanded_diffusion()[0]
    if state in free_symbols(A) or any(state in free_symbols(s) for s in strengths):
        return None
    if A == ZERO:
        return None
    b = substitute(rate, {state: ZERO})
    variance: Expression = ZERO
    for strength in strengths:
        variance = variance + strength**2
    scale = call("sqrt", -1.0 / (A * variance))
    _siegert.register()

    def bound(v: Expression) -> Expression:
        # (v - mu)/sigma with mu = -b/A and sigma**2 = variance/(-A): -(A v + b)/sqrt(-A variance)
        return -(A * v + b) * scale

    integral = call("siegert", bound(theta), bound(reset))
    period = refractory - np.sqrt(np.pi) / A * integral
    gap = simplify(theta - reset)
    bounds = bound(theta), bound(reset)
    return ClosedPeriod(period, (-A,), refractory, gap, "closed form", bounds)
