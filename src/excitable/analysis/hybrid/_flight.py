"""The drift of a neuron in the form in which it is followed to its next spike.

A lane is followed in time, or, on the upstroke, in the potential:

    ds = dt    or    ds = v'/c dt,

with a constant c. An upstroke that grows without bound and takes a microsecond then costs no more
steps than one of a millisecond. Upstroke is where v' f_vv > f_v**2/5 with f_v > 0, f being the rate
of the potential: the left side over the right is 5 in the blow-up of an exponential, 2.5 in that of
a square, and 0 beside an equilibrium.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from excitable.analysis.bifurcation._program import Program
from excitable.expression import (
    Expression,
    Number,
    differentiate,
    simplify,
    stabilise,
    substitute,
)
from excitable.model import System

_UPSTROKE = 0.2
Names = Mapping[str, Any]


class Flight:
    """Rates, threshold and refractory time of a neuron, for many lanes at once.

    Parameters
    ----------
    system : System
        The model's equations, with a reset.
    known : mapping of str to float
        Parameters and inputs in internal units.
    first : str
        The state that spikes.
    reach : ndarray, shape (states,)
        What counts as a distance of order one.
    varied : tuple of str
        Parameters or inputs that differ from lane to lane.

    Notes
    -----
    Rows of what is followed: the states, time, and where wanted a tangent, that is the derivative
    of the states along some change of the start, at equal times.
    """

    def __init__(
        self, system: System, known: Mapping[str, float], first: str, reach: np.ndarray,
        varied: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        fixed: dict[str, Expression] = {
            name: Number(float(value)) for name, value in known.items() if name not in varied
        }
        self.states = system.states
        self.size = len(system.states)
        self.first = system.states.index(first)
        self.reach = reach
        self.varied = varied
        self.free = np.array([float(name not in system.held) for name in self.states])
        drifts = [simplify(substitute(stabilise(e), fixed)) for e in system.expanded_derivatives()]
        slopes = [simplify(differentiate(e, x)) for e in drifts for x in self.states]
        v_slope = slopes[self.first * (self.size + 1)]
        beyond = simplify(substitute(system.expanded_threshold() or Number(-1.0), fixed))
        gradient = [simplify(differentiate(beyond, x)) for x in self.states]
        constant = [e.value for e in gradient if isinstance(e, Number)]
        # Most thresholds are linear: their gradient need not be computed at every step.
        self._gradient = np.array(constant)[:, None] if len(constant) == self.size else None
        self._plain = Program(drifts)
        self._full = Program([*drifts, *slopes])
        self._growth = Program(
            [drifts[self.first], v_slope, simplify(differentiate(v_slope, first))]
        )
        self._beyond = Program([beyond])
        self._event = Program([beyond, *gradient, *drifts])
        self._pause = Program([simplify(substitute(system.refractory or Number(0.0), fixed))])

    def names(self, y: np.ndarray, lanes: Names) -> dict[str, Any]:
        """Return the value of every symbol that is left."""
        return {**lanes, **dict(zip(self.states, y, strict=False))}

    def upstroke(self, y: np.ndarray, lanes: Names) -> np.ndarray:
        """Return the rate of the potential where a lane is on its upstroke, else 0."""
        speed, slope, bend = self._growth(self.names(y, lanes))
        up = (slope > 0.0) & (speed * bend > _UPSTROKE * slope * slope) & (speed > 0.0)
        return np.broadcast_to(np.where(up, speed, 0.0), y.shape[1:])

    def rates(self, y: np.ndarray, lanes: Names, pace: np.ndarray) -> np.ndarray:
        """Return the rates of all rows by the independent variable.

        Parameters
        ----------
        y : ndarray, shape (rows, lanes)
            States, time, and perhaps a tangent.
        lanes : mapping of str to ndarray
            What differs from lane to lane.
        pace : ndarray, shape (lanes,)
            The constant c of lanes on their upstroke, 0 of lanes that are followed in time.

        Returns
        -------
        ndarray, shape (rows, lanes)
            Rates, not finite where the potential falls though it ought to rise.
        """
        n = self.size
        out = np.empty_like(y)
        values = (self._plain if len(y) == n + 1 else self._full)(self.names(y, lanes))
        speed = values[self.first]
        # Time per unit of the independent variable.
        share = np.where(pace > 0.0, pace / np.where(speed > 0.0, speed, np.nan), 1.0)
        for i in range(n):
            np.multiply(values[i], share, out=out[i])
        out[n] = share
        if len(y) > n + 1:
            self._turn(values[n:], y[n + 1 :], out[n + 1 :])
            out[n + 1 :] *= share
        return out

    def resting_rates(self, y: np.ndarray, lanes: Names) -> np.ndarray:
        """Return the rates of all rows by time in the refractory time; held states have none."""
        n = self.size
        out = np.ones_like(y)
        values = self._full(self.names(y, lanes))
        for i in range(n):
            out[i] = values[i] * self.free[i]
        if len(y) > n + 1:
            self._turn(values[n:], y[n + 1 :], out[n + 1 :])
            out[n + 1 :] *= self.free[:, None]
        return out

    def _turn(self, slopes: list[Any], tangent: np.ndarray, out: np.ndarray) -> None:
        """Rates of a tangent by time."""
        n = self.size
        for i in range(n):
            out[i] = sum(slopes[i * n + j] * tangent[j] for j in range(n))

    def beyond(self, y: np.ndarray, lanes: Names) -> np.ndarray:
        """Return how far beyond the threshold the lanes are."""
        return np.broadcast_to(self._beyond(self.names(y, lanes))[0], y.shape[1:])

    def event(self, y: np.ndarray, lanes: Names) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the distance beyond the threshold, its gradient by the states, and their drift.

        Parameters
        ----------
        y : ndarray, shape (rows, lanes)
            States and more.
        lanes : mapping of str to ndarray
            What differs from lane to lane.

        Returns
        -------
        beyond : ndarray, shape (lanes,)
            Distance.
        gradient, drift : ndarray, shape (states, lanes)
            By time.
        """
        values = [np.broadcast_to(v, y.shape[1:]) for v in self._event(self.names(y, lanes))]
        n = self.size
        return values[0], np.array(values[1 : n + 1]), np.array(values[n + 1 :])

    def gradient(self, y: np.ndarray, lanes: Names) -> np.ndarray:
        """Return the gradient of the distance beyond the threshold, by the states."""
        return self.event(y, lanes)[1] if self._gradient is None else self._gradient

    def drift(self, y: np.ndarray, lanes: Names) -> np.ndarray:
        """Return the rates of the states by time, shape (states, lanes)."""
        return self.event(y, lanes)[2]

    def slopes(self, y: np.ndarray, lanes: Names) -> np.ndarray:
        """Return the Jacobian of the states, shape (lanes, states, states)."""
        n = self.size
        values = self._full(self.names(y, lanes))[n:]
        rows = [np.broadcast_to(v, y.shape[1:]) for v in values]
        return np.array(rows).reshape(n, n, -1).transpose(2, 0, 1)

    def pause(self, lanes: Names, count: int) -> np.ndarray:
        """Return the refractory time of the lanes in ms."""
        return np.broadcast_to(self._pause(lanes)[0], (count,)).astype(float)
