"""Elimination of the mesh points between the ends of a loop.

Neighbouring relations ``A x_0 - B x_1 + g y = 0`` and ``A' x_1 - B' x_2 + g' y = 0`` are rotated so
that one half determines x_1 and the other relates x_0 to x_2, all pairs at once, until a single
relation is left. Nothing is multiplied up on the way: what grows and what decays along the loop
stays apart, however long the loop lingers beside a saddle.

S. J. Wright, "Stable parallel algorithms for two-point boundary value problems", SIAM J. Sci. Stat.
Comput. 13, 742 (1992).
"""

from __future__ import annotations

import numpy as np

Relation = tuple[np.ndarray, np.ndarray, np.ndarray]


def halved(A: np.ndarray, B: np.ndarray, g: np.ndarray) -> tuple[Relation, np.ndarray]:
    """Eliminate every second point.

    Parameters
    ----------
    A, B : ndarray, shape (intervals, states, states)
        What multiplies the points at the beginning and, with the other sign, at the end of each.
    g : ndarray, shape (intervals, states, columns)
        What multiplies all that is common.

    Returns
    -------
    (ndarray, ndarray, ndarray)
        The same for twice as long intervals; a last one without a neighbour stays.
    ndarray, shape (intervals // 2, states, 3 states + columns)
        What multiplies each point eliminated, a triangle, the point before, the one after and the
        common in the relations that determine it.
    """
    n, odd = A.shape[1], A.shape[0] % 2
    first, second = slice(0, A.shape[0] - odd, 2), slice(1, A.shape[0], 2)
    both = np.zeros((A.shape[0] // 2, 2 * n, 3 * n + g.shape[2]))
    both[:, :n, :n], both[:, n:, :n] = -B[first], A[second]
    both[:, :n, n : 2 * n], both[:, n:, 2 * n : 3 * n] = A[first], -B[second]
    both[:, :n, 3 * n :], both[:, n:, 3 * n :] = g[first], g[second]
    R = np.asarray(np.linalg.qr(both, mode="r"))
    low = R[:, n:]
    A_new, B_new, g_new = low[:, :, n : 2 * n], -low[:, :, 2 * n : 3 * n], low[:, :, 3 * n :]
    if odd:
        A_new = np.concatenate([A_new, A[-1:]])
        B_new = np.concatenate([B_new, B[-1:]])
        g_new = np.concatenate([g_new, g[-1:]])
    return (A_new, B_new, g_new), R[:, :n]


def closed(A: np.ndarray, g: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Reduce a chain of relations that closes on itself to its first point.

    Parameters
    ----------
    A : ndarray, shape (intervals, states, states)
        From each point to the next.
    g : ndarray, shape (intervals, states, columns)
        What is added to the next point for a unit of each of the common unknowns.

    Returns
    -------
    last : ndarray, shape (states, states + columns)
        The relation that the first point and the common unknowns obey.
    points : ndarray, shape (intervals, states, states + columns)
        Each point as a function of those.
    """
    n, columns = A.shape[1], g.shape[2]
    B = np.broadcast_to(np.eye(n), A.shape)
    kept = []
    while A.shape[0] > 1:
        (A, B, g), upper = halved(A, B, g)
        kept.append(-np.linalg.solve(upper[:, :, :n], upper[:, :, n:]))
    last = np.concatenate([A[0] - B[0], g[0]], axis=1)
    end = np.eye(n, n + columns)
    points = np.stack([end, end])
    for middle in reversed(kept):
        count = middle.shape[0]
        inner = middle[:, :, :n] @ points[:count]
        inner += middle[:, :, n : 2 * n] @ points[1 : count + 1]
        inner[:, :, n:] += middle[:, :, 2 * n :]
        whole = np.empty((points.shape[0] + count, n, n + columns))
        whole[1 : 2 * count : 2] = inner
        whole[0 : 2 * count + 1 : 2] = points[: count + 1]
        whole[2 * count + 1 :] = points[count + 1 :]
        points = whole
    return last, points[:-1]
