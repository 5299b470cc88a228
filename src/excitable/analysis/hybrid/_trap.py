"""Whether a state has come so near to a stable equilibrium that it will never spike.

Around a stable equilibrium x* with Jacobian J, the matrix Q with J^T Q + Q J = -1 gives a measure
V = (x - x*)^T Q (x - x*) that shrinks along every solution close by. A state is caught if V shrinks
everywhere on the ellipses V = const through it and inside of that, and all of them lie below the
threshold: no solution leaves them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

_DIRECTIONS = 32
_SHELLS = np.array([1.0, 0.8, 0.6, 0.4, 0.2, 0.05])
_NEWTON = 6
_NEAR = 0.5  # of the reach: equilibria farther away are not tried

Drift = Callable[[np.ndarray, np.ndarray], np.ndarray]


def caught(
    x: np.ndarray, reach: np.ndarray, drift: Drift, slopes: Drift, beyond: Drift
) -> np.ndarray:
    """Return which states will come to rest.

    Parameters
    ----------
    x : ndarray, shape (states, lanes)
        One or two states.
    reach : ndarray, shape (states,)
        What counts as a distance of order one.
    drift, slopes, beyond : callable
        Of states and the lanes they belong to: the rates; their derivatives, shape (lanes, states,
        states); how far beyond the threshold they are.

    Returns
    -------
    ndarray of bool, shape (lanes,)
        True where solutions were seen to move inwards in every direction that was looked at.
    """
    out = np.zeros(x.shape[1], bool)
    rest, lanes = _newton(x, reach, drift, slopes)
    if not lanes.size:
        return out
    J = slopes(rest, lanes)
    stable = np.linalg.eigvals(J).real.max(axis=1) < 0.0
    rest, lanes = rest[:, stable], lanes[stable]
    # In shares of the reach, so that millivolts and picoamperes count alike.
    J = J[stable] * reach[None, None, :] / reach[None, :, None]
    if not lanes.size:
        return out
    Q = _measure(J)
    root = np.linalg.cholesky(Q)
    place = (x[:, lanes] - rest) / reach[:, None]
    # At least a little: the equilibrium itself would be an ellipse of no size.
    size = np.sqrt(np.einsum("il,lij,jl->l", place, Q, place)) + 1e-9 * np.sqrt(
        np.trace(Q, axis1=1, axis2=2)
    )
    # Points z with z^T Q z = (shell size)^2, in every direction.
    back = np.linalg.inv(np.swapaxes(root, 1, 2))
    rays = np.einsum("lij,jd->idl", back, _directions(x.shape[0]))
    z = (rays[:, :, None, :] * _SHELLS[:, None] * size).reshape(x.shape[0], -1, lanes.size)
    many = z.shape[1]
    at = (rest[:, None, :] + reach[:, None, None] * z).reshape(x.shape[0], -1)
    each = np.tile(lanes, many)
    speed = drift(at, each).reshape(z.shape) / reach[:, None, None]
    inward = np.einsum("lij,jml,iml->ml", Q, z, speed) < 0.0
    below = beyond(at, each).reshape(many, -1) < 0.0
    out[lanes] = (inward & below).all(axis=0)
    return out


def _newton(
    x: np.ndarray, reach: np.ndarray, drift: Drift, slopes: Drift
) -> tuple[np.ndarray, np.ndarray]:
    """Equilibria near the states, and the lanes that have one."""
    lanes = np.arange(x.shape[1])
    rest = x.copy()
    for _ in range(_NEWTON):
        J, f = slopes(rest, lanes), drift(rest, lanes)
        fine = np.asarray(np.isfinite(J).all(axis=(1, 2)) & np.isfinite(f).all(axis=0))
        fine &= np.linalg.det(np.where(fine[:, None, None], J, 0.0)) != 0.0
        rest, lanes = rest[:, fine], lanes[fine]
        if not lanes.size:
            break
        rest = rest - np.linalg.solve(J[fine], f[:, fine].T[..., None])[..., 0].T
        fine = np.all(np.abs(rest - x[:, lanes]) < _NEAR * reach[:, None], axis=0)
        rest, lanes = rest[:, fine], lanes[fine]
    return rest, lanes


def _measure(J: np.ndarray) -> np.ndarray:
    """Solve J^T Q + Q J = -1, shape (lanes, states, states)."""
    n = J.shape[-1]
    one = np.eye(n)
    # Rows of Q one after another: Q J is J^T on the second index, J^T Q on the first.
    T = np.swapaxes(J, 1, 2)
    both = np.einsum("lik,jm->lijkm", T, one) + np.einsum("ik,ljm->lijkm", one, T)
    right = np.broadcast_to(-one.reshape(-1, 1), (J.shape[0], n * n, 1))
    Q = np.linalg.solve(both.reshape(-1, n * n, n * n), right).reshape(-1, n, n)
    return 0.5 * (Q + np.swapaxes(Q, 1, 2))


def _directions(n: int) -> np.ndarray:
    """Unit vectors all round, shape (states, directions)."""
    if n == 1:
        return np.array([[1.0, -1.0]])
    angle = 2.0 * np.pi * np.arange(_DIRECTIONS) / _DIRECTIONS
    return np.array([np.cos(angle), np.sin(angle)])
