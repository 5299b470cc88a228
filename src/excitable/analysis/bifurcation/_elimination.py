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


def halved(A: np.ndarray, B: np.ndarray, g: np.ndarray) -> tuple[Relation, Relation]:
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
    (ndarray, ndarray, ndarray)
        What multiplies the point before, the point after and the common in the points eliminated.
    """
    n, odd = A.shape[1], A.shape[0] % 2
    first, second = slice(0, A.shape[0] - odd, 2), slice(1, A.shape[0], 2)
    Q, R = np.linalg.qr(np.concatenate([-B[first], A[second]], axis=1), mode="complete")
    Q = np.swapaxes(Q, 1, 2)
    left, right = Q[:, :, :n] @ A[first], Q[:, :, n:] @ B[second]
    both = Q[:, :, :n] @ g[first] + Q[:, :, n:] @ g[second]
    known = np.concatenate([-left[:, :n], right[:, :n], -both[:, :n]], axis=2)
    middle = np.linalg.solve(R[:, :n], known)
    A_new, B_new, g_new = left[:, n:], right[:, n:], both[:, n:]
    if odd:
        A_new = np.concatenate([A_new, A[-1:]])
        B_new = np.concatenate([B_new, B[-1:]])
        g_new = np.concatenate([g_new, g[-1:]])
    parts = middle[:, :, :n], middle[:, :, n : 2 * n], middle[:, :, 2 * n :]
    return (A_new, B_new, g_new), parts


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
        (A, B, g), middle = halved(A, B, g)
        kept.append(middle)
    last = np.concatenate([A[0] - B[0], g[0]], axis=1)
    end = np.eye(n, n + columns)
    points = np.stack([end, end])
    for before, after, common in reversed(kept):
        count = before.shape[0]
        inner = before @ points[:count] + after @ points[1 : count + 1]
        inner[:, :, n:] += common
        whole = np.empty((points.shape[0] + count, n, n + columns))
        whole[1 : 2 * count : 2] = inner
        whole[0 : 2 * count + 1 : 2] = points[: count + 1]
        whole[2 * count + 1 :] = points[count + 1 :]
        points = whole
    return last, points[:-1]
