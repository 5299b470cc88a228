"""Intervals of neurons of one state as integrals: T = t_ref + int dv/f(v), from reset to threshold.

Beside a vanishing equilibrium 1/f is a peak, as narrow as delta = sqrt(f/(f''/2)) at the place v_0
where f is least. With v = v_0 + delta sinh(u) the peak has the width 1 in u however narrow it is in
v, and the quadrature keeps its digits down to where f itself is rounding.
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
from excitable.expression import (
    Expression,
    Symbol,
    differentiate,
    evaluate,
    free_symbols,
    substitute,
)
from excitable.model import System
from excitable.simulation._start import rest

_GRID = 4001
_TOLERANCE = 1e-12
_PIECES = 400
_NARROWEST = 1e-12  # of the way from reset to threshold
# Relative error that a curve's user should hear of.
_WORTH_SAYING = 1e-6


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
    Relative error about 1e-12. Where the drive leaves the equilibrium by so little that rounding of
    the drift shows, a warning tells how well the interval is known.
    """
    ways = _ways(lanes)
    if ways is None:
        return None
    found = np.full(lanes.count, np.inf)
    drift = _Drift(ways.passage.rate, lanes.system.states[0])
    for k in np.flatnonzero(ways.fires):
        own = {name: value[k] if np.ndim(value) else value for name, value in ways.known.items()}
        found[k] = ways.refractory[k]
        low, high = float(ways.reset[k]), float(ways.theta[k])
        if low < high:
            found[k] += _integral(drift, own, float(ways.narrow[k]), (low, high))
    return found


def integrated_fires(lanes: Lanes) -> np.ndarray | None:
    """Return which lanes fire, or None if the model is not of one state.

    Parameters
    ----------
    lanes : Lanes
        Neurons under constant input.

    Returns
    -------
    ndarray of bool, shape (lanes,), or None
        Whether the drift is positive all the way from rest and reset to the threshold.
    """
    ways = _ways(lanes)
    return None if ways is None else ways.fires


@dataclass(frozen=True)
class _Ways:
    """The ways of all lanes: where they begin and end, where they are slowest, which are passed."""

    passage: Passage
    known: dict[str, Any]
    theta: np.ndarray
    reset: np.ndarray
    refractory: np.ndarray
    narrow: np.ndarray
    fires: np.ndarray


def _ways(lanes: Lanes) -> _Ways | None:
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
        place, least = _least(way, known, state, v, speed)
        fires = (speed > 0.0).all(axis=0) & (least > 0.0)
    return _Ways(way, known, theta, reset, refractory, place, fires)


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


class _Drift:
    """The rate of change of one state, with its first two derivatives by the state."""

    def __init__(self, rate: Expression, state: str) -> None:
        self.state = state
        slope = differentiate(rate, state)
        self.orders = (rate, slope, differentiate(slope, state))
        self.slopes = {name: differentiate(rate, name) for name in free_symbols(rate)}

    def __call__(self, known: dict[str, Any], v: Any, order: int = 0) -> Any:
        return np.asarray(evaluate(self.orders[order], {**known, self.state: v}))

    def slowest(self, known: dict[str, Any], v: float, ends: tuple[float, float]) -> float:
        """Where the drift is least near a place, by Newton's method."""
        for _ in range(20):
            slope, bend = float(self(known, v, 1)), float(self(known, v, 2))
            new = min(max(v - slope / bend, ends[0]), ends[1]) if bend > 0.0 else v
            if abs(new - v) <= 1e-15 * (abs(v) + ends[1] - ends[0]):
                return new
            v = new
        return v

    def width(self, known: dict[str, Any], v: float, span: float) -> float:
        """How wide the peak of one over the drift is where the drift is least."""
        least, slope, bend = (abs(float(self(known, v, order))) for order in range(3))
        by_bend = np.sqrt(2.0 * least / bend) if bend > 0.0 else span
        by_slope = least / slope if slope > 0.0 else span
        return float(np.clip(min(by_bend, by_slope), _NARROWEST * span, span))

    def rounding(self, known: dict[str, Any], v: float) -> float:
        """Relative error of an interval from the last digits of all that the drift is made of.

        An interval goes with one over the square root of the least drift.
        """
        at = {**known, self.state: v}
        change = sum(
            abs(float(np.asarray(at[name]) * np.asarray(evaluate(slope, at))))
            for name, slope in self.slopes.items()
        )
        return float(0.5 * np.finfo(float).eps * change / self(known, v))


def passage_time(
    rate: Expression, state: str, known: dict[str, Any], ends: tuple[float, float], slowest: float
) -> float:
    """Return how long one state takes from one place to another.

    Parameters
    ----------
    rate : Expression
        Its rate of change, of one sign on the way.
    state : str
        Its name.
    known : dict of str to float
        Parameters and inputs in internal units.
    ends : (float, float)
        From where to where, up or down, in internal units.
    slowest : float
        About where it is slowest on the way.

    Returns
    -------
    float
        In ms; a warning tells where rounding of the rate shows.
    """
    begin, end = ends
    if begin < end:
        return _integral(_Drift(rate, state), known, slowest, ends)
    mirrored = -substitute(rate, {state: -Symbol(state)})
    return _integral(_Drift(mirrored, state), known, -slowest, (-begin, -end))


def _integral(
    drift: _Drift, known: dict[str, Any], narrow: float, ends: tuple[float, float]
) -> float:
    """Integral of one over the drift between the ends; it is least near `narrow`."""
    from scipy.integrate import quad

    low, high = ends
    centre = drift.slowest(known, min(max(narrow, low), high), ends)
    delta = drift.width(known, centre, high - low)

    def slowness(u: float) -> float:
        return float(delta * np.cosh(u) / drift(known, centre + delta * np.sinh(u)))

    edges = [float(np.arcsinh((v - centre) / delta)) for v in (low, centre, high)]
    value = error = 0.0
    for a, b in pairwise(edges):
        if a == b:
            continue
        # With its full output SciPy returns its complaint of rounding, and does not print it.
        piece = quad(slowness, a, b, epsabs=0.0, epsrel=_TOLERANCE, limit=_PIECES, full_output=True)
        value, error = value + piece[0], error + piece[1]
    error += value * drift.rounding(known, centre)
    if error > _WORTH_SAYING * value:
        warnings.warn(
            f"the interval between spikes, {value:.6g} ms, is known to {error:.2g} ms only: the "
            "drive leaves the equilibrium by rounding.",
            ExcitableWarning,
            stacklevel=2,
        )
    return float(value)
