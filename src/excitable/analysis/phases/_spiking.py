"""Closed orbits of neurons with a reset: from spike to spike, closed by Newton's method.

The clock is the length of the curve in scaled states and time, so that an upstroke which reaches
its peak in no time is as smooth as the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from excitable.analysis.bifurcation._defining import Scaled
from excitable.analysis.bifurcation._flow import Flow
from excitable.analysis.bifurcation._program import Program
from excitable.analysis.phases._adjoint import Transfer, null_direction, transfer
from excitable.analysis.phases._orbit import Arc, Orbit, elements
from excitable.expression import (
    Expression,
    Number,
    Symbol,
    differentiate,
    evaluate,
    simplify,
    stabilise,
    substitute,
)

_TOLERANCE = 1e-13
_ELEMENTS = elements(7)
_LONGEST = 0.7  # interval, in time constants of the adjoint
_ROUNDS = 20
_CLOSED = 1e-12
_STEPS = 4000


class Spiking:
    """One neuron with a reset under constant input.

    Parameters
    ----------
    flow : Flow
        The drift, with one free parameter.
    p : ndarray, shape (1,)
        The free parameter.
    scale : ndarray, shape (states,)
        What counts as a distance of order one.
    span : float
        What counts as a time of order one, in ms.
    """

    def __init__(self, flow: Flow, p: np.ndarray, scale: np.ndarray, span: float) -> None:
        self.field = Scaled(flow, scale)
        self.p, self.scale, self.span = p, scale, span
        system = flow.system
        self.names = system.states
        self.known = {**{name: 0.0 for name in system.inputs}, **flow.known}
        self.known |= dict(zip(flow.free, map(float, p), strict=True))
        self.held = np.array([name in system.held for name in self.names])
        refractory = system.refractory
        self.pause = 0.0 if refractory is None else float(evaluate(refractory, self.known))
        threshold = system.expanded_threshold()
        if threshold is None:
            raise TypeError(f"{system.states} have no threshold")
        moved = system.expanded_reset()
        after = [moved.get(name, Symbol(name)) for name in self.names]
        fixed: dict[str, Expression] = {name: Number(v) for name, v in self.known.items()}
        rates = [stabilise(e) for e in system.expanded_derivatives()]
        self._drift = Program([simplify(substitute(e, fixed)) for e in rates])
        self._threshold = Program([threshold])
        self._normal = Program([simplify(differentiate(threshold, s)) for s in self.names])
        self._reset = Program(after)
        self._by_state = Program(
            [simplify(differentiate(e, s)) for e in after for s in self.names]
        )  # fmt: skip

    def _at(self, x: np.ndarray) -> dict[str, Any]:
        return {**self.known, **dict(zip(self.names, (x * self.scale).tolist(), strict=True))}

    def drift(self, x: np.ndarray) -> np.ndarray:
        """Return the drift at one state, in scales per ms."""
        return np.array(self._drift(self._at(x)), float) / self.scale

    def above(self, x: np.ndarray) -> float:
        """Return how far beyond the threshold a state is."""
        return float(self._threshold(self._at(x))[0])

    def normal(self, x: np.ndarray) -> np.ndarray:
        """Return the gradient of the threshold function."""
        return np.array(self._normal(self._at(x)), float) * self.scale

    def after(self, x: np.ndarray) -> np.ndarray:
        """Return the state after the reset."""
        return np.array(self._reset(self._at(x)), float) / self.scale

    def by_state(self, x: np.ndarray) -> np.ndarray:
        """Return the derivative of the state after the reset by the state before it."""
        n = len(self.names)
        slopes = np.array(self._by_state(self._at(x)), float).reshape(n, n)
        return slopes * self.scale / self.scale[:, None]

    def rest(self, x: np.ndarray) -> Arc | None:
        """Return the refractory time that begins at a state."""
        if self.pause <= 0.0:
            return None
        free = np.where(self.held, 0.0, 1.0)
        if not free.any():
            u = np.broadcast_to(x, (1, _ELEMENTS.degree + 1, x.size)).copy()
            pace = np.full((1, _ELEMENTS.degree), self.pause)
            return Arc(u, self.pause * _ELEMENTS.nodes[None], pace, held=True)

        def rate(_: float, y: np.ndarray) -> np.ndarray:
            return np.append(free * self.drift(y[:-1]), 1.0)

        return self._followed(rate, x, lambda y: y[-1] - self.pause, held=True)

    def rise(self, x: np.ndarray) -> Arc | None:
        """Return the way from a state to the threshold, None if it is not reached."""

        def rate(_: float, y: np.ndarray) -> np.ndarray:
            f = self.drift(y[:-1])
            # Of large states the relative change counts: they may come from far away.
            way = f / np.sqrt(1.0 + y[:-1] ** 2)
            return np.append(f, 1.0) / np.sqrt(way @ way + self.span**-2)

        return self._followed(rate, x, lambda y: self.above(y[:-1]), held=False)

    def _followed(
        self, rate: Callable[[float, np.ndarray], np.ndarray], x: np.ndarray,
        event: Callable[[np.ndarray], float], *, held: bool,
    ) -> Arc | None:  # fmt: skip
        """Integrate until an event; every step becomes an interval of the arc."""
        from scipy.integrate import DOP853
        from scipy.optimize import brentq

        start = np.append(x, 0.0)
        atol: Any = _TOLERANCE * np.append(np.ones(x.size), self.span)
        solver: Any = DOP853(rate, 0.0, start, np.inf, rtol=_TOLERANCE, atol=atol)
        values, pace = [], []
        for _ in range(_STEPS):
            solver.step()
            if solver.status == "failed":
                return None
            dense, low, high = solver.dense_output(), solver.t_old, solver.t
            done = event(solver.y) >= 0.0
            if done:
                root: Any = brentq(lambda s, d=dense: event(d(s)), low, high, xtol=1e-15)
                high = float(root)
            at, slow = self._gauss(dense, rate, low, high)
            # What decays with the adjoint may change faster than the states do.
            J = self.field(at[:, :-1].T, self.p)[1]
            turns = float((np.abs(J).sum(axis=2).max(axis=1) * slow).max())
            cuts = np.linspace(low, high, 1 + max(int(np.ceil(turns / _LONGEST)), 1))
            for a, b in pairwise(cuts):
                values.append(dense(a + (b - a) * _ELEMENTS.nodes).T)
                pace.append(self._gauss(dense, rate, a, b)[1])
            if done:
                nodes = np.array(values)
                return Arc(nodes[:, :, :-1], nodes[:, :, -1], np.array(pace), held)
            if solver.status == "finished":
                return None
        return None

    @staticmethod
    def _gauss(
        dense: Callable[[np.ndarray], np.ndarray], rate: Callable[[float, np.ndarray], np.ndarray],
        low: float, high: float,
    ) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
        """Return states and times at the Gauss points, and the time that passes there."""
        at = dense(low + (high - low) * _ELEMENTS.gauss).T
        return at, (high - low) * np.array([rate(0.0, one)[-1] for one in at])

    def turn(self, x: np.ndarray, spikes: int) -> list[Arc] | None:
        """Return the arcs from a state after a refractory time through some spikes."""
        arcs: list[Arc] = []
        time = 0.0
        for _ in range(spikes):
            rise = self.rise(x)
            if rise is None:
                return None
            arcs.append(rise.shifted(time))
            time += float(rise.t[-1, -1])
            x = self.after(rise.end)
            rest = self.rest(x)
            if rest is not None:
                arcs.append(rest.shifted(time))
                time += self.pause
                x = rest.end
        return arcs


class Links:
    """What carries deviations and the adjoint through one turn of a spiking orbit.

    Parameters
    ----------
    neuron : Spiking
        The neuron.
    arcs : list of Arc
        One turn, from the end of a refractory time.
    """

    def __init__(self, neuron: Spiking, arcs: list[Arc]) -> None:
        self.neuron, self.arcs = neuron, arcs
        self.solved = [transfer(arc, neuron.field, neuron.p, neuron.held) for arc in arcs]
        self.rises = [k for k, arc in enumerate(arcs) if not arc.held]
        n = len(neuron.names)
        self.jumps: list[np.ndarray] = []  # derivative at the end of the pause by the spike's state
        self.normals: list[np.ndarray] = []
        for k in self.rises:
            x = arcs[k].end
            D = neuron.by_state(x)
            pause = self._pause(k)
            self.jumps.append(D if pause is None else pause.whole(np.eye(n)).T @ D)
            normal = neuron.normal(x)
            self.normals.append(normal / (normal @ neuron.drift(x)))

    def _pause(self, k: int) -> Transfer | None:
        """Return the refractory time after a rise."""
        held = k + 1 < len(self.arcs) and self.arcs[k + 1].held
        return self.solved[k + 1] if held else None

    def released(self, j: int) -> np.ndarray:
        """Return the state at the end of the refractory time after a spike."""
        return self.arcs[self.rises[(j + 1) % len(self.rises)]].start

    def section(self) -> np.ndarray:
        """Return the derivative of the state after a turn by that before it, spike to spike."""
        n = len(self.neuron.names)
        out = np.eye(n)
        for k, D, normal in zip(self.rises, self.jumps, self.normals, strict=True):
            f = self.neuron.drift(self.arcs[k].end)
            along = self.solved[k].whole(np.eye(n) - np.outer(normal, f)).T
            out = D @ along @ out
        return out

    def adjoint(self) -> list[np.ndarray]:
        """Return the adjoint at the nodes of all arcs, in scales."""
        n = len(self.neuron.names)
        back = np.eye(n)
        for j in range(len(self.rises) - 1, -1, -1):
            back = self.solved[self.rises[j]].whole(self._before(j, back))
        g = self.neuron.drift(self.arcs[self.rises[0]].start)
        after = null_direction(back[None], g[None])[0]
        out: list[np.ndarray] = [np.empty(0)] * len(self.arcs)
        for j in range(len(self.rises) - 1, -1, -1):
            k = self.rises[j]
            if self._pause(k) is not None:
                out[k + 1] = self.solved[k + 1].spread(after)
                out[k + 1][..., self.neuron.held] = 0.0  # what comes in is lost
            out[k] = self.solved[k].spread(self._before(j, after))
            after = out[k][0, 0]
        return out

    def _before(self, j: int, after: np.ndarray) -> np.ndarray:
        """Carry the adjoint from the end of a refractory time to before its spike."""
        D, normal = self.jumps[j], self.normals[j]
        f = self.neuron.drift(self.arcs[self.rises[j]].end)
        g = self.neuron.drift(self.released(j))
        carried = D.T @ after
        # The components of D f and g along the orbit cancel but for the jump: subtract them first.
        lag = (g - D @ f) @ after
        return carried + np.multiply.outer(normal, lag)


def closed(neuron: Spiking, x: np.ndarray, spikes: int) -> tuple[Orbit, list[np.ndarray]] | None:
    """Return the closed orbit near a state, with its adjoint.

    Parameters
    ----------
    neuron : Spiking
        The neuron.
    x : ndarray, shape (states,)
        A state near the orbit, after a reset and its refractory time, in scales.
    spikes : int
        Spikes in one turn.

    Returns
    -------
    (Orbit, list of ndarray) or None
        None if Newton's method does not close it.
    """
    n = x.size
    for _ in range(_ROUNDS):
        arcs = neuron.turn(x, spikes)
        if arcs is None:
            return None
        last = arcs[-1].end if arcs[-1].held else neuron.after(arcs[-1].end)
        gap = last - x
        links = Links(neuron, arcs)
        P = links.section()
        if np.abs(gap).max() < _CLOSED:
            period = float(arcs[-1].t[-1, -1])
            found = np.linalg.eigvals(P)
            values = found[np.argsort(-np.abs(found))]
            orbit = Orbit(tuple(arcs), period, neuron.field, neuron.p, values, resets=True)
            return orbit, links.adjoint()
        x = x + np.linalg.solve(np.eye(n) - P, gap)
    return None
