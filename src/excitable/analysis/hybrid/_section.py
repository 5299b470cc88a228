"""The line on which a neuron is put by its reset, and the adaptation that tells where on it.

Just before a reset the state lies on the threshold, so that one number, the second state w there,
says all; just after, it lies on the image of the threshold under the reset. Where the reset
potential does not depend on w, or the reset changes w by an affine rule, the value just after the
reset says all as well, and it is the one that papers use. Otherwise the value just before is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable.analysis.bifurcation._program import Program
from excitable.errors import ModelError
from excitable.expression import (
    Expression,
    Number,
    Symbol,
    differentiate,
    free_symbols,
    simplify,
    substitute,
)
from excitable.model import Model, System

_ZERO = Number(0.0)


@dataclass(frozen=True, eq=False)
class Section:
    """Where a neuron of two states is just before and just after its resets.

    Parameters
    ----------
    first, second : str
        The state that spikes, and the adaptation.
    coordinate : str
        ``"after"`` or ``"before"`` the reset: which value of the adaptation is mapped.
    states : tuple of str
        Both states in the model's order.
    start, arrival : Program
        States just after a reset, and their derivatives, from the coordinate ``second``; the
        coordinate, and its derivatives by the states, from the states just before a reset.
    """

    first: str
    second: str
    coordinate: str
    states: tuple[str, ...]
    start: Program
    arrival: Program

    def begin(self, w: np.ndarray, lanes: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
        """Return the states just after a reset and their derivatives by the coordinate.

        Parameters
        ----------
        w : ndarray, shape (lanes,)
            The coordinate.
        lanes : mapping of str to ndarray
            Parameters and inputs that are left.

        Returns
        -------
        ndarray, ndarray, shape (2, lanes)
            States, derivatives.
        """
        values = self.start({**lanes, self.second: w})
        rows = np.array([np.broadcast_to(value, w.shape) for value in values], float)
        return rows[:2], rows[2:]

    def arrive(self, before: np.ndarray, lanes: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
        """Return the coordinate and its derivatives by the states, from states before a reset.

        Parameters
        ----------
        before : ndarray, shape (2, lanes)
            States on the threshold.
        lanes : mapping of str to ndarray
            Parameters and inputs that are left.

        Returns
        -------
        w : ndarray, shape (lanes,)
            The coordinate.
        slopes : ndarray, shape (2, lanes)
            Its derivatives.
        """
        values = self.arrival({**lanes, **dict(zip(self.states, before, strict=True))})
        rows = np.array([np.broadcast_to(value, before.shape[1:]) for value in values], float)
        return rows[0], rows[1:]


def section(system: System, known: Mapping[str, float], varied: tuple[str, ...] = ()) -> Section:
    """Return the section of a neuron of two states.

    Parameters
    ----------
    system : System
        The equations, with a reset.
    known : mapping of str to float
        Parameters and inputs.
    varied : tuple of str
        Those that differ from lane to lane.

    Returns
    -------
    Section
        Where it is put.

    Raises
    ------
    ModelError
        If the threshold is not one value of a state for each value of the other.
    """
    fixed: dict[str, Expression] = {
        name: Number(float(value)) for name, value in known.items() if name not in varied
    }

    def bare(e: Expression) -> Expression:
        return simplify(substitute(e, fixed))

    threshold = bare(system.expanded_threshold() or Number(-1.0))
    first = spiking_state(system, threshold)
    (second,) = (name for name in system.states if name != first)
    slope = simplify(differentiate(threshold, first))
    at = simplify(-substitute(threshold, {first: _ZERO}) / slope)
    after: dict[str, Expression] = {name: Symbol(name) for name in system.states}
    for name, value in system.reset:
        after[name] = substitute(bare(system.expand(value)), dict(after))
    on_threshold = {first: at}
    v = simplify(substitute(after[first], on_threshold))
    w = simplify(substitute(after[second], on_threshold))
    rise = simplify(differentiate(w, second))
    affine = second not in free_symbols(rise) and rise != _ZERO
    if second not in free_symbols(v):
        coordinate, start = "after", {first: v, second: Symbol(second)}
    elif affine:
        back = simplify((Symbol(second) - substitute(w, {second: _ZERO})) / rise)
        coordinate = "after"
        start = {first: simplify(substitute(v, {second: back})), second: Symbol(second)}
    else:
        coordinate, start = "before", {first: v, second: w}
    arrival = after[second] if coordinate == "after" else Symbol(second)
    places = [start[name] for name in system.states]
    return Section(
        first,
        second,
        coordinate,
        system.states,
        Program([*places, *(simplify(differentiate(e, second)) for e in places)]),
        Program([arrival, *(simplify(differentiate(arrival, name)) for name in system.states)]),
    )


def spiking_state(system: System, threshold: Expression) -> str:
    """Return the state that has one threshold value for each value of the others.

    Parameters
    ----------
    system : System
        The equations.
    threshold : Expression
        Distance beyond the threshold, with all parameters put in.

    Returns
    -------
    str
        The first such state.
    """
    for name in system.states:
        slope = simplify(differentiate(threshold, name))
        if isinstance(slope, Number) and slope.value > 0.0:
            return name
    raise ModelError(
        "the spike condition is not linear in any state",
        "a threshold that one state reaches from below is expected",
        'Write spike="v >= V_T"',
        owner="reset_map",
        name="spike",
    )


def reach(model: Model, known: Mapping[str, float], where: Section) -> np.ndarray:
    """Return what counts as a distance of order one, for each state.

    Parameters
    ----------
    model : Model
        The neuron.
    known : mapping of str to float
        Parameters and inputs.
    where : Section
        Its section.

    Returns
    -------
    ndarray, shape (2,)
        From reset to threshold; and the larger of the jump of the adaptation and its change over
        that way at steady state.
    """
    system = model.system
    declared = {name: float(np.ravel(state.value)[0]) for name, state in model.states.items()}
    w = declared[where.second]
    threshold = system.expanded_threshold() or Number(-1.0)
    values = Program([threshold, differentiate(threshold, where.first)])(
        {**known, **declared, where.first: 0.0}
    )
    v = -float(values[0]) / float(values[1])
    before = {**declared, where.first: v}
    names = {**known, **before}
    for name, e in system.reset:
        names[name] = float(Program([system.expand(e)])(names)[0])
    way = max(abs(v - names[where.first]), abs(v - declared[where.first]), 1e-9)
    k = system.states.index(where.second)
    slopes = [float(value) for value in Program(list(system.jacobian()[k]))({**known, **declared})]
    j = system.states.index(where.first)
    sizes = [abs(names[where.second] - w)]
    if slopes[k] != 0.0:
        sizes.append(way * abs(slopes[j] / slopes[k]))
    fast = Program(list(system.jacobian()[j]))({**known, **declared})
    if not max(sizes) > 0.0 and float(fast[k]) != 0.0:
        sizes.append(way * abs(float(fast[j]) / float(fast[k])))
    size = max(sizes)
    out = np.empty(2)
    out[j], out[k] = way, size if np.isfinite(size) and size > 0.0 else 1.0
    return out
