"""The drift of one neuron with free parameters, and its exact derivatives up to the third."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

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

Entry = tuple[tuple[int, ...], Expression]
ZERO = Number(0.0)
_CLOSE = 1e-12  # of the states: as near to the threshold as this is on it


class Flow:
    """The drift of a neuron as a function of its states and of some free parameters.

    Parameters
    ----------
    system : System
        The model's equations.
    known : mapping of str to float
        Parameters and inputs in internal units; an input left out is zero.
    free : tuple of str
        Parameters or inputs that vary.
    """

    def __init__(self, system: System, known: Mapping[str, float], free: tuple[str, ...]) -> None:
        fixed: dict[str, Expression] = {name: ZERO for name in system.inputs if name not in free}
        fixed |= {name: Number(float(v)) for name, v in known.items() if name not in free}
        self.system = system
        self.known = dict(known)
        self.free = free
        self.size = len(system.states)
        drifts = [stabilise(e) for e in system.expanded_derivatives()]
        self._drifts = [simplify(substitute(e, fixed)) for e in drifts]
        self._first = _derived([((i,), e) for i, e in enumerate(self._drifts)], system.states)
        by_free = [
            ((i, k), simplify(differentiate(e, name)))
            for i, e in enumerate(self._drifts) for k, name in enumerate(free)
        ]  # fmt: skip
        self._by_free = [(place, e) for place, e in by_free if e != ZERO]
        threshold = system.expanded_threshold() if system.reset else None
        self._threshold = None if threshold is None else Program([substitute(threshold, fixed)])

    @cached_property
    def _drift_program(self) -> Program:
        return Program(self._drifts)

    @cached_property
    def _full_program(self) -> Program:
        return Program(
            [*self._drifts, *(e for _, e in self._first), *(e for _, e in self._by_free)]
        )

    @cached_property
    def _second(self) -> list[Entry]:
        return _derived(self._first, self.system.states)

    @cached_property
    def _third(self) -> list[Entry]:
        return _derived(self._second, self.system.states)

    @cached_property
    def _second_program(self) -> Program:
        return Program([e for _, e in self._second])

    @cached_property
    def _third_program(self) -> Program:
        return Program([e for _, e in self._third])

    def _names(self, x: np.ndarray, p: np.ndarray) -> dict[str, np.ndarray]:
        names = dict(zip(self.system.states, x, strict=True))
        return names | dict(zip(self.free, p, strict=True))

    def drift(self, x: np.ndarray, p: np.ndarray) -> np.ndarray:
        """Return the drift, shape (states, points), at states x and free parameters p."""
        out = np.empty(x.shape)
        for row, value in zip(out, self._drift_program(self._names(x, p)), strict=True):
            row[...] = value
        return out

    def linear(self, x: np.ndarray, p: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the drift and its derivatives by states and free parameters.

        Parameters
        ----------
        x : ndarray, shape (states, points)
            States.
        p : ndarray, shape (free,) or (free, points)
            Free parameters.

        Returns
        -------
        f : ndarray, shape (states, points)
            Drift.
        J : ndarray, shape (points, states, states)
            By the states.
        by_free : ndarray, shape (points, states, free)
            By the free parameters.
        """
        n, points = x.shape
        values = self._full_program(self._names(x, p))
        f = np.empty((n, points))
        for row, value in zip(f, values, strict=False):
            row[...] = value
        J = np.zeros((points, n, n))
        middle = n + len(self._first)
        for ((i, j), _), value in zip(self._first, values[n:middle], strict=True):
            J[:, i, j] = value
        by_free = np.zeros((points, n, len(self.free)))
        for ((i, k), _), value in zip(self._by_free, values[middle:], strict=True):
            by_free[:, i, k] = value
        return f, J, by_free

    def tensors(self, x: np.ndarray, p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return all second and third derivatives by the states at one point.

        Parameters
        ----------
        x : ndarray, shape (states,)
            States.
        p : ndarray, shape (free,)
            Free parameters.

        Returns
        -------
        second : ndarray, shape (states, states, states)
            ``[of which drift][by which state][by which state]``.
        third : ndarray, shape (states, states, states, states)
            The same once more.
        """
        names = self._names(x, p)
        n = self.size
        second, third = np.zeros((n,) * 3), np.zeros((n,) * 4)
        for (place, _), value in zip(self._second, self._second_program(names), strict=True):
            second[place] = value
        for (place, _), value in zip(self._third, self._third_program(names), strict=True):
            third[place] = value
        return second, third

    def beyond_threshold(self, x: np.ndarray, p: np.ndarray) -> bool:
        """Whether some of the states are where a neuron with a reset would have fired."""
        if self._threshold is None:
            return False
        return bool(np.any(np.asarray(self._threshold(self._names(x, p))[0]) >= 0.0))

    def past_threshold(self, x: np.ndarray, p: np.ndarray) -> np.ndarray:
        """Return whether a neuron with a reset has spiked before it comes to each state.

        Parameters
        ----------
        x : ndarray, shape (states, points)
            States.
        p : ndarray, shape (free, points)
            Free parameters.

        Returns
        -------
        ndarray of bool, shape (points,)
            False on the threshold itself, which is reached after infinite time.
        """
        if self._threshold is None:
            return np.zeros(x.shape[1], bool)
        above = np.broadcast_to(self._threshold(self._names(x, p))[0], x.shape[1:])
        return np.asarray(above > _CLOSE * (1.0 + np.abs(x).max(axis=0)))


def _derived(entries: list[Entry], states: tuple[str, ...]) -> list[Entry]:
    """Differentiate expressions by every state and keep what is not zero."""
    out: list[Entry] = []
    for place, expression in entries:
        for j, state in enumerate(states):
            slope = simplify(differentiate(expression, state))
            if slope != ZERO:
                out.append(((*place, j), slope))
    return out
