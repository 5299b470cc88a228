"""Equilibria of equations that cannot be reduced: Newton's method from many fixed places."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from excitable.model import System
from excitable.simulation._field import Field

_STARTS = 512
_BASES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53)
_DEFLATED = 4


def newton_equilibria(
    system: System, known: Mapping[str, float], declared: np.ndarray, reach: np.ndarray
) -> list[np.ndarray]:
    """Return the equilibria that Newton's method finds.

    Parameters
    ----------
    system : System
        The equations.
    known : mapping of str to float
        Parameters and inputs.
    declared : ndarray, shape (states,)
        The middle of where to look.
    reach : ndarray, shape (states,)
        How far from there.

    Returns
    -------
    list of ndarray, shape (states,)
        By the first state. Equal runs find the same ones: the starts are a Halton sequence.
    """
    inputs = {name: known[name] for name in system.inputs}
    values = {name: known[name] for name in system.parameters}
    n = len(system.states)
    cube = np.stack([_van_der_corput(_BASES[k % len(_BASES)]) for k in range(n)])
    wide = declared[:, None] + (2.0 * cube - 1.0) * reach[:, None]
    near = declared[:, None] + (2.0 * cube - 1.0) * 0.1 * reach[:, None]
    starts = np.concatenate([declared[:, None], near, wide], axis=1)
    with np.errstate(all="ignore"):
        field = Field(system, values, starts.shape[1], inputs)
        ends = field.newton(starts)
        found = _distinct(field, ends, reach)
        for _ in range(_DEFLATED):
            more = _beyond(Field(system, values, 1, inputs), found, declared, reach)
            if more is None:
                break
            found.append(more)
    return sorted(found, key=lambda x: float(x[0]))


def _van_der_corput(base: int) -> np.ndarray:
    """The first numbers of the sequence that fills (0, 1) evenly."""
    index = np.arange(1, _STARTS + 1)
    value, share = np.zeros(index.size), 1.0 / base
    while index.any():
        value += share * (index % base)
        index, share = index // base, share / base
    return value


def _distinct(field: Field, ends: np.ndarray, reach: np.ndarray) -> list[np.ndarray]:
    found: list[np.ndarray] = []
    still = _vanish(field, ends)
    for x in ends[:, still].T:
        if all(np.abs((x - y) / reach).max() > 1e-8 for y in found):
            found.append(x)
    return found


def _vanish(field: Field, x: np.ndarray) -> np.ndarray:
    """Whether the drift is zero to rounding in each column."""
    f, J = field.rate(x), field.jacobian(x)
    finite = np.asarray(np.isfinite(J).all(axis=(1, 2)) & np.isfinite(f).all(axis=0))
    size = np.abs(np.where(finite[:, None, None], J, 0.0)).max(axis=2).T
    return finite & (np.abs(f) <= 1e-10 * (size * np.abs(x).max(axis=0) + 1e-12)).all(axis=0)


def _beyond(
    field: Field, found: list[np.ndarray], declared: np.ndarray, reach: np.ndarray
) -> np.ndarray | None:
    """One more equilibrium, by Newton's method on the drift divided by the distances so far."""
    for start in (declared, declared + 0.1 * reach, declared - 0.1 * reach, *found):
        x = start + 1e-3 * reach
        for _ in range(60):
            f = field.rate(x[:, None])[:, 0]
            J = field.jacobian(x[:, None])[0]
            # With M = prod(1 + 1/|x - y|^2), Newton on M f is Newton on f with its step stretched.
            pull = np.zeros_like(x)
            for y in found:
                gap = (x - y) / reach
                square = float(gap @ gap)
                pull += -2.0 * gap / reach / (square * (square + 1.0) + 1e-300)
            if not (np.isfinite(J).all() and np.isfinite(f).all()):
                break
            try:
                step = np.linalg.solve(J, f)
            except np.linalg.LinAlgError:
                break
            stretch = 1.0 - float(pull @ step)
            step = step / (stretch if abs(stretch) > 1e-3 else 1e-3)
            step *= min(1.0, 1.0 / float(np.abs(step / reach).max() + 1e-300))
            x = x - step
            if np.abs(step / reach).max() < 1e-14:
                break
        end = field.newton(x[:, None])
        if _vanish(field, end)[0] and all(
            np.abs((end[:, 0] - y) / reach).max() > 1e-8 for y in found
        ):
            return np.asarray(end[:, 0])
    return None
