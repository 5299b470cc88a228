"""Intervals of neurons of one state as integrals: T = t_ref + int dv/f(v), from reset to threshold.

Beside a vanishing equilibrium 1/f is a narrow peak; the integral is split where f is least, so that
the quadrature looks into the peak and its error estimate can be trusted.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from excitable.analysis.firing._closed import ZERO, event_of
from excitable.analysis.firing._lanes import Lanes
from excitable.errors import ExcitableWarning
from excitable.expression import Expression, evaluate, free_symbols
from excitable.model import System
from excitable.simulation._start import rest

_GRID = 4001
_TOLERANCE = 1e-12
_PIECES = 400
# Relative error that a curve's user should hear of.
_WORTH_SAYING = 1e-8


@dataclass(frozen=True)
class Passage:
    """Where one state begins and ends its way to a spike.

    Parameters
    ----------
    rate : Expression
        Rate of change of the state.
    theta, reset, refractory : Expression
        Threshold, reset and refractory time.
    """

    rate: Expression
    theta: Expression
    reset: Expression
    refractory: Expression


def passage(system: System) -> Passage | None:
    """Return the way of a model's one state to its spike, or None if it has more or noise."""
    if len(system.states) != 1 or system.noises or not system.reset:
        return None
    if system.refractory is not None and system.states[0] not in system.held:
        return None
    event = event_of(system, system.expanded_threshold())
    if event is None or free_symbols(event[1]) & set(system.states):
        return None
    return Passage(system.expanded_derivatives()[0], event[0], event[1], event[2] or ZERO)


def integrated_intervals(lanes: Lanes) -> np.ndarray | None:
    """Return the interval between spikes of every lane by quadrature.

    Parameters
    ----------
    lanes : Lanes
        Neurons under constant input.

    Returns
    -------
    ndarray, shape (lanes,), or None
        In ms, infinite where a neuron at rest at zero input never fires; None if the model is not
        of one state.

    Notes
    -----
    Relative error about 1e-12, less digits only where the drive leaves the equilibrium by rounding.
    """
    way = passage(lanes.system)
    if way is None:
        return None
    known = lanes.known()
    (state,) = lanes.system.states
    shape = (lanes.count,)
    theta, reset, refractory = (
        np.broadcast_to(evaluate(e, known), shape) for e in (way.theta, way.reset, way.refractory)
    )
    declared = np.full((1, lanes.count), 0.0)
    declared[0] = lanes.model.states[state].value
    calm = rest(lanes.system, lanes.model.values(), declared)[0][0]
    begin = np.minimum(calm, reset)
    share = np.linspace(0.0, 1.0, _GRID)[:, None]
    with np.errstate(all="ignore"):
        v = begin + share * (theta - begin)
        speed = np.broadcast_to(evaluate(way.rate, {**known, state: v}), v.shape)
        least = _least(way, known, state, v, speed)
        fires = (speed > 0.0).all(axis=0) & (least[1] > 0.0)
    found = np.full(shape, np.inf)
    for k in np.flatnonzero(fires):
        own = {name: value[k] if np.ndim(value) else value for name, value in known.items()}
        found[k] = refractory[k]
        if reset[k] < theta[k]:
            own[state] = float(least[0][k])
            found[k] += _integral(way.rate, own, state, (float(reset[k]), float(theta[k])))
    return found


def _least(
    way: Passage, known: dict[str, Any], state: str, v: np.ndarray, speed: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Where the speed is least and how large it is there, by golden sections inside the grid."""
    at = np.clip(np.argmin(speed, axis=0), 1, v.shape[0] - 2)
    column = np.arange(v.shape[1])
    low, high = v[at - 1, column], v[at + 1, column]
    golden = 0.5 * (np.sqrt(5.0) - 1.0)
    for _ in range(60):
        a, b = high - golden * (high - low), low + golden * (high - low)
        fa, fb = (np.asarray(evaluate(way.rate, {**known, state: x})) for x in (a, b))
        low, high = np.where(fa < fb, low, a), np.where(fa < fb, b, high)
    middle = 0.5 * (low + high)
    return middle, np.broadcast_to(evaluate(way.rate, {**known, state: middle}), middle.shape)


def _integral(
    rate: Expression, known: dict[str, Any], state: str, ends: tuple[float, float]
) -> float:
    """Integral of one over the rate between the ends; the state in `known` is where it is least."""
    from scipy.integrate import quad

    def slowness(x: float) -> float:
        return float(1.0 / np.asarray(evaluate(rate, {**known, state: x})))

    low, high = ends
    narrow = known[state]
    edges = (low, narrow, high) if low < narrow < high else (low, high)
    value = error = 0.0
    for a, b in pairwise(edges):
        # With its full output SciPy returns its complaint of rounding, and does not print it.
        piece = quad(slowness, a, b, epsabs=0.0, epsrel=_TOLERANCE, limit=_PIECES, full_output=True)
        value, error = value + piece[0], error + piece[1]
    if error > _WORTH_SAYING * value:
        warnings.warn(
            f"the interval between spikes, {value:.6g} ms, is known to {error:.2g} ms only: the "
            "drive leaves the equilibrium by rounding.",
            ExcitableWarning,
            stacklevel=2,
        )
    return float(value)
