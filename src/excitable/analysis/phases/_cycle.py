"""The closed orbit that a phase response belongs to, found and made exact."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from excitable.analysis.bifurcation._collocation import Collocation
from excitable.analysis.bifurcation._cycles import Cycle, fixed
from excitable.analysis.bifurcation._flow import Flow
from excitable.analysis.bifurcation._limit_cycle import LimitCycle
from excitable.analysis.bifurcation._orbit import closed_loop, equations_around
from excitable.analysis.phases._adjoint import smooth_adjoint
from excitable.analysis.phases._attractor import Turn
from excitable.analysis.phases._orbit import Arc, Orbit, elements
from excitable.analysis.phases._spiking import Spiking, closed
from excitable.model import Model, System

_GOOD = 1e-8  # change of the product of adjoint and drift along the orbit
_FAIR = 1e-5
_MOST = 960  # intervals
_INTERVALS = (60, 240, 720)
_DEGREE = 7


def free_name(system: System) -> str:
    """Return a name that may vary: collocation wants one, although it stays where it is."""
    return next(iter((*system.inputs, *system.parameters)))


def smooth_orbit(
    model: Model, known: Mapping[str, float], turn: Turn
) -> tuple[Orbit, list[np.ndarray]] | None:
    """Return the limit cycle near one simulated turn, with its adjoint in scales."""
    free = free_name(model.system)
    flow = Flow(model.system, known, (free,))
    equations = equations_around(flow, turn.x, elements(_DEGREE))
    found = None
    for intervals in _INTERVALS:
        guess = closed_loop(equations, (turn.t, turn.x), float(known[free]), intervals)
        cycle = fixed(equations, guess)
        if cycle is None:
            continue
        found = _refined(equations, cycle)
        if found[0].error(found[1]) < _FAIR:
            return found
    return found


def of_limit_cycle(cycle: LimitCycle) -> tuple[Orbit, list[np.ndarray]]:
    """Return the orbit of a limit cycle, with its adjoint in scales."""
    return _refined(cycle.equations, cycle.solution)


def _refined(equations: Collocation, cycle: Cycle) -> tuple[Orbit, list[np.ndarray]]:
    """Return an orbit with its adjoint on a mesh that serves both.

    The mesh follows the states; it is made finer until the product of adjoint and drift stays 1.
    """
    best = _of_loop(equations, cycle)
    spread = False
    while best[0].error(best[1]) > _GOOD:
        loop = equations.finer(cycle.loop) if spread else cycle.loop
        if len(loop.u) > _MOST:
            break
        (guess,) = equations.remeshed(loop)
        found = fixed(equations, guess)
        if found is None:
            break
        spread, cycle = True, found
        better = _of_loop(equations, cycle)
        if better[0].error(better[1]) < best[0].error(best[1]):
            best = better
    return best


def _of_loop(equations: Collocation, cycle: Cycle) -> tuple[Orbit, list[np.ndarray]]:
    loop = cycle.loop
    h = np.diff(loop.mesh)
    nodes = loop.mesh[:-1, None] + h[:, None] * equations.elements.nodes
    pace = np.repeat(h[:, None] * loop.period, equations.elements.degree, axis=1)
    arc = Arc(loop.u, nodes * loop.period, pace)
    p = np.array([loop.p * equations.span])
    period = float(loop.period)
    orbit = Orbit((arc,), period, equations.field, p, cycle.others, resets=False)
    return orbit, smooth_adjoint(orbit)


def spiking_orbit(
    system: System, known: Mapping[str, float], turn: Turn, reach: np.ndarray
) -> tuple[Orbit, list[np.ndarray]] | None:
    """Return the closed orbit of a neuron with a reset near a simulated train, with its adjoint."""
    free = free_name(system)
    flow, p = Flow(system, known, (free,)), np.array([float(known[free])])
    neuron = Spiking(flow, p, reach, turn.period)
    x = turn.start / reach
    first = neuron.turn(x, 1)
    if first is None:
        return None
    x = first[-1].end if first[-1].held else neuron.after(first[-1].end)
    return closed(neuron, x, turn.count)
