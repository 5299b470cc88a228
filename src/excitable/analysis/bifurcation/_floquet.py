"""Floquet multipliers of a limit cycle from the transfer matrices between its mesh points.

The flow carries its own direction onto itself. In orthonormal frames that begin with that direction
every transfer matrix is block triangular, which takes the trivial multiplier out before any
product is formed. In the plane the other one follows from the divergence of the drift (Liouville),
and is right however large or small it is; in more dimensions an orthogonal elimination keeps
multipliers of size one beside very large and very small ones.
"""

from __future__ import annotations

import numpy as np

from excitable.analysis.bifurcation._elimination import halved

_INFINITE = 1e100  # a multiplier too large for the elimination


def floquet(
    transfers: np.ndarray, drift: np.ndarray, divergence: float
) -> tuple[np.ndarray, float]:
    """Return the Floquet multipliers of a limit cycle.

    Parameters
    ----------
    transfers : ndarray, shape (intervals, states, states)
        From each mesh point to the next; the last leads back to the first.
    drift : ndarray, shape (intervals, states)
        Time derivative at the mesh points.
    divergence : float
        Integral of the divergence of the drift over the period.

    Returns
    -------
    values : ndarray of complex, shape (states,)
        The trivial one first, then the largest.
    error : float
        How far the direction of the flow is from being carried onto itself.
    """
    frames = np.linalg.qr(drift[:, :, None], mode="complete")[0]
    after = np.roll(frames, -1, axis=0)
    speed = np.einsum("ki,ki->k", frames[:, :, 0], drift)  # with the sign of the frame
    seen = np.swapaxes(after, 1, 2) @ transfers @ frames
    share = seen[:, :, 0] * (speed / np.roll(speed, -1))[:, None]
    trivial = float(np.prod(share[:, 0]))
    leak = float(np.abs(share[:, 1:]).max())
    if drift.shape[1] == 2:
        others = np.array([np.exp(min(divergence, np.log(_INFINITE)))])
    else:
        others = multipliers(seen[:, 1:, 1:])
    values = np.concatenate([[trivial], others]).astype(complex)
    error = max(abs(trivial - 1.0), leak)
    return values, error if np.isfinite(error) else np.inf


def multipliers(transfers: np.ndarray) -> np.ndarray:
    """Return the eigenvalues of a product of matrices, the largest first.

    Parameters
    ----------
    transfers : ndarray, shape (intervals, states, states)
        The factors, the rightmost first.

    Returns
    -------
    ndarray of complex, shape (states,)
        Of the pencil ``A x_0 = B x_N`` that orthogonal elimination of the points between leaves,
        so that very large ones do not spoil those of size one.
    """
    n = transfers.shape[1]
    A, B, g = (
        transfers,
        np.broadcast_to(np.eye(n), transfers.shape),
        np.zeros((len(transfers), n, 0)),
    )
    while A.shape[0] > 1:
        (A, B, g), _ = halved(A, B, g)
    from scipy.linalg import eigvals

    with np.errstate(all="ignore"):
        values = np.asarray(eigvals(A[0], B[0]), complex)
    values[~(np.abs(values) < _INFINITE)] = _INFINITE
    return values[np.argsort(-np.abs(values))]
