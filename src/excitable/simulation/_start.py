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

from excitable.model import System
from excitable.simulation._field import Field

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
    field = Field(system, values, declared.shape[1])
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
        J = Field(system, values, states.shape[1]).jacobian(states)
        finite = np.asarray(np.isfinite(J).all(axis=(1, 2)))
        J = np.where(finite[:, None, None], J, 0.0)
        return np.abs(np.linalg.eigvals(J)).max(axis=1)
