"""The drift of a model under constant inputs, with its Jacobian, for many neurons at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from excitable.expression import (
    Expression,
    Number,
    evaluate,
    free_symbols,
    simplify,
    substitute,
)
from excitable.model import System

_STEPS = 60
_SCAN = 4001
_FAINT = 1e-6  # 1/ms: slower than this, stability may be an error of rounding
_REACH = 200.0  # internal units: mV for a voltage


class Field:
    """The drift of a system under constant inputs, with its Jacobian, for n neurons at once.

    Parameters
    ----------
    system : System
        The model's equations.
    values : mapping of str to float or ndarray of shape (n,)
        Parameters in internal units.
    n : int
        Number of neurons.
    drive : mapping of str to float or ndarray of shape (n,)
        Inputs in internal units; one left out is zero.
    """

    def __init__(
        self,
        system: System,
        values: Mapping[str, Any],
        n: int,
        drive: Mapping[str, Any] | None = None,
    ) -> None:
        given = {} if drive is None else dict(drive)
        zero: dict[str, Expression] = {
            name: Number(0.0) for name in system.inputs if name not in given
        }
        self.system = system
        self.n = n
        self.known: dict[str, Any] = {**values, **given}
        self.rates = [simplify(substitute(e, zero)) for e in system.expanded_derivatives()]
        self.slopes = [[substitute(e, zero) for e in row] for row in system.jacobian()]
        threshold = system.expanded_threshold()
        self.threshold = None if threshold is None else substitute(threshold, zero)

    def at(self, x: np.ndarray) -> dict[str, Any]:
        """Return every name's value at the states x, shape (states, n)."""
        return {**self.known, **dict(zip(self.system.states, x, strict=True))}

    def rate(self, x: np.ndarray) -> np.ndarray:
        """Return the drift, shape (states, n)."""
        names = self.at(x)
        return np.stack([np.broadcast_to(evaluate(e, names), (self.n,)) for e in self.rates])

    def jacobian(self, x: np.ndarray) -> np.ndarray:
        """Return the derivative of the drift by the states, shape (n, states, states)."""
        names = self.at(x)
        d = len(self.rates)
        out = np.empty((self.n, d, d))
        for i, row in enumerate(self.slopes):
            for j, e in enumerate(row):
                out[:, i, j] = evaluate(e, names)
        return out

    def newton(self, start: np.ndarray, steps: int = _STEPS) -> np.ndarray:
        """Damped Newton iteration, all neurons at once."""
        x = start.copy()
        f = self.rate(x)
        for _ in range(steps):
            J = self.jacobian(x)
            bad = ~np.isfinite(J).all(axis=(1, 2)) | (np.abs(np.linalg.det(J)) < 1e-300)
            J[bad] = np.eye(J.shape[1])
            move = np.linalg.solve(J, f.T[..., None])[..., 0].T
            size = np.linalg.norm(f, axis=0)
            share = np.ones(self.n)
            trial, f_trial = x, f
            for _ in range(12):
                trial = x - share * move
                f_trial = self.rate(trial)
                worse = ~(np.linalg.norm(f_trial, axis=0) <= size)
                if not worse.any():
                    break
                share = np.where(worse, 0.5 * share, share)
            better = np.linalg.norm(f_trial, axis=0) < size
            x = np.where(better, trial, x)
            f = np.where(better, f_trial, f)
            if not better.any():
                break
        return x

    def led(self, start: np.ndarray, drive: Mapping[str, np.ndarray], steps: int) -> np.ndarray:
        """Lead equilibria along while inputs grow from zero to what they are to be.

        Parameters
        ----------
        start : ndarray, shape (states, n)
            Equilibria without these inputs, in internal units.
        drive : mapping of str to ndarray of shape (n,)
            Inputs in internal units.
        steps : int
            In how many equal steps.

        Returns
        -------
        ndarray, shape (states, n)
            Where Newton's method ends, an equilibrium or not; the inputs stay as given.
        """
        x = start
        for share in np.linspace(0.0, 1.0, steps + 1):
            self.known.update({name: share * value for name, value in drive.items()})
            x = self.newton(x)
        return x

    def settled(self, x: np.ndarray, slack: float | np.ndarray = 0.0) -> np.ndarray:
        """Whether each column is a stable equilibrium below threshold.

        With `slack` one that lies this close above it counts too: a neuron that comes to it from
        below stays silent.
        """
        J = self.jacobian(x)
        f = self.rate(x)
        finite = np.asarray(np.isfinite(J).all(axis=(1, 2)) & np.isfinite(f).all(axis=0))
        J = np.where(finite[:, None, None], J, 0.0)
        slowest = np.linalg.eigvals(J).real.max(axis=1)
        stable = slowest < 0.0
        if (stable & (slowest > -_FAINT)).any():
            stable &= self._stable_on_both_sides(x)
        # Zero to rounding: the Newton step left is far below the size of the states.
        left = np.abs(f) <= 1e-9 * (np.abs(J).max(axis=(1, 2)) * np.abs(x).max(axis=0) + 1e-12)
        good = finite & stable & left.all(axis=0)
        if self.threshold is not None and self.system.reset:
            good &= np.broadcast_to(evaluate(self.threshold, self.at(x)), (self.n,)) < slack
        return np.asarray(good)

    def _stable_on_both_sides(self, x: np.ndarray) -> np.ndarray:
        """Whether stability outlasts the error of x, at a double zero the root of rounding.

        Where a stable and an unstable equilibrium meet, as of x' = x**2 in 0, one side is stable.
        """
        stable = np.ones(self.n, dtype=bool)
        for sign in (-1.0, 1.0):
            J = self.jacobian(x + sign * 1e-8 * np.maximum(np.abs(x), 1.0))
            finite = np.asarray(np.isfinite(J).all(axis=(1, 2)))
            J = np.where(finite[:, None, None], J, 0.0)
            stable &= (np.linalg.eigvals(J).real < 0.0).all(axis=1)
        return stable

    def scan(self, declared: np.ndarray) -> np.ndarray | None:
        """Nearest stable equilibrium along the first state, the others at their steady values."""
        steady = self._steady()
        if steady is None:
            return None
        names = self.system.states
        reach = np.maximum(_REACH, 10.0 * np.abs(declared[0]))
        shares = np.linspace(-1.0, 1.0, _SCAN)[:, None]
        grid: dict[str, Any] = {**self.known, names[0]: declared[0] + shares * reach}
        others = {names[k]: evaluate(e, grid) for k, e in steady.items()}
        f = np.broadcast_to(evaluate(self.rates[0], {**grid, **others}), (_SCAN, self.n))
        found = declared.copy()
        distance = np.full(self.n, np.inf)
        # A stable equilibrium is where the rate of the first state falls through zero.
        row, column = np.nonzero((f[:-1] > 0.0) & (f[1:] <= 0.0))
        for k in range(int(np.bincount(column, minlength=self.n).max(initial=0))):
            candidate = declared.copy()
            for i in range(self.n):
                rows = row[column == i]
                if k < rows.size:
                    candidate[0, i] = grid[names[0]][rows[k], i]
                    for j in steady:
                        value = np.broadcast_to(others[names[j]], f.shape)
                        candidate[j, i] = value[rows[k], i]
            candidate = self.newton(candidate)
            gap = np.abs(candidate[0] - declared[0])
            take = self.settled(candidate) & (gap < distance)
            found = np.where(take, candidate, found)
            distance = np.where(take, gap, distance)
        return found

    def _steady(self) -> dict[int, Expression] | None:
        """Steady values of all states but the first, where each is linear in itself alone."""
        first, *others = self.system.states
        steady: dict[int, Expression] = {}
        for k, name in enumerate(others, start=1):
            if free_symbols(self.rates[k]) & set(self.system.states) - {first, name}:
                return None
            slope = self.slopes[k][k]
            if name in free_symbols(slope) or slope == Number(0.0):
                return None
            at_zero = substitute(self.rates[k], {name: Number(0.0)})
            steady[k] = simplify(-at_zero / slope)
        return steady
