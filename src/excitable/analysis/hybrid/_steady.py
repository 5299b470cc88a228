"""The input under which each potential is an equilibrium, and where it is extreme.

With every other state at its steady value, the rate of the potential v is f(v) + g(v) I, so that v
is an equilibrium under I(v) = -f(v)/g(v). Equilibria meet and vanish where I(v) is extreme; the
last one below the threshold may also reach it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from excitable.analysis.bifurcation._program import Program
from excitable.expression import (
    Expression,
    Number,
    differentiate,
    free_symbols,
    simplify,
    stabilise,
    substitute,
)
from excitable.model import System

_ZERO = Number(0.0)
_GRID = 4001


@dataclass(frozen=True)
class Knee:
    """A level at which equilibria vanish.

    Parameters
    ----------
    level : float
        The input.
    v : float
        The potential there.
    kind : str
        ``"fold"``, ``"threshold"`` where the equilibrium reaches the threshold, or ``"start"``
        where it is at the lower end of what was looked at.
    """

    level: float
    v: float
    kind: str


@dataclass(frozen=True, eq=False)
class SteadyInput:
    """The input I(v) under which v is an equilibrium.

    Parameters
    ----------
    level : Expression
        I(v), in the potential only.
    beyond : Expression
        How far beyond the threshold the equilibrium lies, in the potential only.
    v : str
        The potential.
    """

    level: Expression
    beyond: Expression
    v: str

    def knees(self, low: float, high: float) -> list[Knee]:
        """Return the highest levels of I(v) between two potentials, ends included.

        Parameters
        ----------
        low, high : float
            Where to look, below the threshold.

        Returns
        -------
        list of Knee
            Local maxima, highest first.
        """
        slope = simplify(differentiate(self.level, self.v))
        program = Program([self.level, slope])
        v = np.linspace(low, high, _GRID)
        levels, slopes = (np.broadcast_to(x, v.shape) for x in program({self.v: v}))
        found = []
        with np.errstate(invalid="ignore"):
            tops = np.flatnonzero((slopes[:-1] > 0.0) & (slopes[1:] <= 0.0))
        for k in tops:
            a, b = float(v[k]), float(v[k + 1])
            for _ in range(60):
                middle = 0.5 * (a + b)
                if float(program({self.v: middle})[1]) > 0.0:
                    a = middle
                else:
                    b = middle
            found.append(Knee(float(program({self.v: a})[0]), a, "fold"))
        if slopes[0] <= 0.0:
            found.append(Knee(float(levels[0]), low, "start"))
        if slopes[-1] > 0.0:
            found.append(Knee(float(levels[-1]), high, "threshold"))
        return sorted((one for one in found if np.isfinite(one.level)), key=lambda one: -one.level)

    def threshold(self, low: float, high: float) -> float | None:
        """Return the potential between two at which an equilibrium lies on the threshold."""
        program = Program([self.beyond])
        a, b = low, high
        ends = [float(program({self.v: end})[0]) for end in (a, b)]
        if not ends[0] < 0.0 < ends[1]:
            return b if ends[1] <= 0.0 else None
        for _ in range(200):
            middle = 0.5 * (a + b)
            if middle in (a, b):
                break
            if float(program({self.v: middle})[0]) < 0.0:
                a = middle
            else:
                b = middle
        return b


def steady_input(
    system: System, known: Mapping[str, float], first: str, name: str
) -> SteadyInput | None:
    """Return the input under which each potential is an equilibrium, as an expression.

    Parameters
    ----------
    system : System
        The equations.
    known : mapping of str to float
        Parameters and inputs.
    first : str
        The potential.
    name : str
        The input.

    Returns
    -------
    SteadyInput or None
        None where the input or another state does not enter by an affine rule.
    """
    fixed: dict[str, Expression] = {
        other: Number(float(value)) for other, value in known.items() if other != name
    }
    drifts = {
        state: simplify(substitute(stabilise(e), fixed))
        for state, e in zip(system.states, system.expanded_derivatives(), strict=True)
    }
    steady: dict[str, Expression] = {}
    for state in system.states:
        if state == first:
            continue
        rise = simplify(differentiate(drifts[state], state))
        others = set(system.states) - {first}
        if free_symbols(rise) & others or rise == _ZERO or name in free_symbols(drifts[state]):
            return None
        steady[state] = simplify(-substitute(drifts[state], {state: _ZERO}) / rise)
        if free_symbols(steady[state]) & others:
            return None
    rate = simplify(substitute(drifts[first], steady))
    gain = simplify(differentiate(rate, name))
    if name in free_symbols(gain) or gain == _ZERO:
        return None
    level = simplify(-substitute(rate, {name: _ZERO}) / gain)
    beyond = simplify(substitute(system.expanded_threshold() or Number(-1.0), {**fixed, **steady}))
    return SteadyInput(level, beyond, first)
