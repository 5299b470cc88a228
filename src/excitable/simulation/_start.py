"""Where a run starts: at rest, the stable equilibrium at zero input nearest to the declared states.

A linear model's rest is the solution of its equations. Otherwise Newton's method starts from the
declared states; if it does not end in a stable equilibrium below threshold and every other state
has a steady value in closed form given the first, all zeros of the first state's rate on a wide
range are tried, the nearest stable one wins. Stability is judged by the full Jacobian.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np

from excitable.expression import Expression, Number, evaluate, free_symbols, simplify, substitute
from excitable.model import System

_STEPS = 60
_SCAN = 4001
_REACH = 200.0  # internal units: mV for a voltage
AT_REST = "at rest, the stable equilibrium at zero input"
NO_REST = "no stable equilibrium at zero input, so at the declared states"


def rest(system: System, values: Mapping[str, Any], declared: np.ndarray) -> tuple[np.ndarray, str]:
    """Return the resting states and what they are, in words.

    Parameters
    ----------
    system : System
        The model's equations.
    values : mapping of str to float or ndarray of shape (n,)
        Parameters in internal units.
    declared : ndarray, shape (states, n)
        Where to look first, and the answer where there is no rest.

    Returns
    -------
    states : ndarray, shape (states, n)
        Resting states.
    words : str
        Whether all neurons rest.
    """
    if all(np.ndim(value) == 0 for value in values.values()) and not np.ptp(declared, axis=1).any():
        # Equal neurons: solve for one. Repeated calls find the answer ready.
        key = tuple((name, float(values[name])) for name in system.parameters)
        one, words = _rest_of_one(system, key, tuple(declared[:, 0].tolist()))
        return np.repeat(np.array(one)[:, None], declared.shape[1], axis=1), words
    return _rest(system, values, declared)


@functools.lru_cache(maxsize=1024)
def _rest_of_one(
    system: System, values: tuple[tuple[str, float], ...], declared: tuple[float, ...]
) -> tuple[tuple[float, ...], str]:
    found, words = _rest(system, dict(values), np.array(declared)[:, None])
    return tuple(found[:, 0].tolist()), words


def _rest(
    system: System, values: Mapping[str, Any], declared: np.ndarray
) -> tuple[np.ndarray, str]:
    field = _Field(system, values, declared.shape[1])
    with np.errstate(all="ignore"):
        found = field.newton(declared)
        settled = field.settled(found)
        if not settled.all():
            other = field.scan(declared)
            if other is not None:
                take = ~settled & field.settled(other)
                found = np.where(take, other, found)
                settled |= take
    states = np.where(settled, found, declared)
    if settled.all():
        return states, AT_REST
    if not settled.any():
        return states, NO_REST
    return states, f"{AT_REST}; {int((~settled).sum())} neurons have none and begin as declared"


def fastest_rates(system: System, values: Mapping[str, Any], states: np.ndarray) -> np.ndarray:
    """Return the largest magnitude of an eigenvalue of each neuron's Jacobian, 1/ms.

    Parameters
    ----------
    system, values
        As in `rest`.
    states : ndarray, shape (states, n)
        Where.

    Returns
    -------
    ndarray, shape (n,)
        0 where the Jacobian is not finite.
    """
    if all(np.ndim(value) == 0 for value in values.values()) and not np.ptp(states, axis=1).any():
        key = tuple((name, float(values[name])) for name in system.parameters)
        one = _fastest_of_one(system, key, tuple(states[:, 0].tolist()))
        return np.full(states.shape[1], one)
    return _fastest(system, values, states)


@functools.lru_cache(maxsize=1024)
def _fastest_of_one(
    system: System, values: tuple[tuple[str, float], ...], states: tuple[float, ...]
) -> float:
    return float(_fastest(system, dict(values), np.array(states)[:, None])[0])


def _fastest(system: System, values: Mapping[str, Any], states: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        J = _Field(system, values, states.shape[1]).jacobian(states)
        finite = np.asarray(np.isfinite(J).all(axis=(1, 2)))
        J = np.where(finite[:, None, None], J, 0.0)
        return np.abs(np.linalg.eigvals(J)).max(axis=1)


class _Field:
    """The drift of a system at zero input, with its Jacobian, for n neurons at once."""

    def __init__(self, system: System, values: Mapping[str, Any], n: int) -> None:
        zero: dict[str, Expression] = {name: Number(0.0) for name in system.inputs}
        self.system = system
        self.n = n
        self.known: dict[str, Any] = dict(values)
        self.rates = [simplify(substitute(e, zero)) for e in system.expanded_derivatives()]
        self.slopes = [[substitute(e, zero) for e in row] for row in system.jacobian()]
        threshold = system.expanded_threshold()
        self.threshold = None if threshold is None else substitute(threshold, zero)

    def at(self, x: np.ndarray) -> dict[str, Any]:
        return {**self.known, **dict(zip(self.system.states, x, strict=True))}

    def rate(self, x: np.ndarray) -> np.ndarray:
        names = self.at(x)
        return np.stack([np.broadcast_to(evaluate(e, names), (self.n,)) for e in self.rates])

    def jacobian(self, x: np.ndarray) -> np.ndarray:
        names = self.at(x)
        d = len(self.rates)
        out = np.empty((self.n, d, d))
        for i, row in enumerate(self.slopes):
            for j, e in enumerate(row):
                out[:, i, j] = evaluate(e, names)
        return out

    def newton(self, start: np.ndarray) -> np.ndarray:
        """Damped Newton iteration, all neurons at once."""
        x = start.copy()
        f = self.rate(x)
        for _ in range(_STEPS):
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

    def settled(self, x: np.ndarray) -> np.ndarray:
        """Whether each column is a stable equilibrium below threshold."""
        J = self.jacobian(x)
        f = self.rate(x)
        finite = np.asarray(np.isfinite(J).all(axis=(1, 2)) & np.isfinite(f).all(axis=0))
        J = np.where(finite[:, None, None], J, 0.0)
        stable = (np.linalg.eigvals(J).real < 0.0).all(axis=1)
        # Zero to rounding: the Newton step left is far below the size of the states.
        left = np.abs(f) <= 1e-9 * (np.abs(J).max(axis=(1, 2)) * np.abs(x).max(axis=0) + 1e-12)
        good = finite & stable & left.all(axis=0)
        if self.threshold is not None and self.system.reset:
            good &= np.broadcast_to(evaluate(self.threshold, self.at(x)), (self.n,)) < 0.0
        return np.asarray(good)

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
