"""What the engine for several linear states knows before it starts: rates, and tables of blocks."""

from __future__ import annotations

import numpy as np

from excitable.numerics.linear import LinearArrays

STEPS = 16  # steps in a block
WIDTH = 8  # columns of a table come in groups of this many
_TERMS = 24
_ROUNDING = 2.0**-46


def spectral_radii(matrices: np.ndarray) -> np.ndarray:
    """Return the spectral radius of each matrix of absolute values, in 1/ms.

    Parameters
    ----------
    matrices : ndarray, shape (p, n, n)
        Of linear systems.

    Returns
    -------
    ndarray, shape (p,)
        The fastest rate that states measured in other units could not hide.

    Examples
    --------
    >>> spectral_radii(np.array([[[-0.1, 1e6], [0.0, -0.5]]]))
    array([0.5])
    """
    # What is infinite or undefined is found when the state becomes so.
    finite = np.isfinite(matrices).all(axis=(1, 2), keepdims=True)
    sizes = np.where(finite, np.abs(matrices), 0.0)
    if _is_chain(np.asarray((sizes > 0.0).any(axis=0))):
        return sizes.diagonal(axis1=1, axis2=2).max(axis=1, initial=0.0)
    return np.abs(np.linalg.eigvals(sizes)).max(axis=1, initial=0.0)


def _is_chain(linked: np.ndarray) -> bool:
    """Whether no state acts back on itself through others."""
    left = linked & ~np.eye(len(linked), dtype=bool)
    for _ in range(len(linked)):
        # States that nothing else drives are done with, and so is what they drive.
        free = ~left.any(axis=1)
        left[:, free] = False
    return not left.any()


def block_tables(
    arrays: LinearArrays, h: np.ndarray, *, spiking: bool, sloped: bool, inside: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return the tables that carry parameter sets over blocks of steps.

    Parameters
    ----------
    arrays : LinearArrays
        One parameter set for each entry of h.
    h : ndarray, shape (p,)
        Length of a step in ms, at most one over the spectral radius.
    spiking : bool
        Whether there is a threshold.
    sloped : bool
        Whether inputs have slopes.
    inside : bool
        Whether the states between the steps are wanted, for recording.

    Returns
    -------
    tables : ndarray, shape (p, rows, columns)
        Rows: 1, inputs at each step, their slopes, states and zeros up to a multiple of WIDTH.
        Columns: distance to threshold after each step, change of the states after the block, after
        its first step, and, if wanted, after the others.
    weights : ndarray, shape (p, 1 + 2 inputs + 2 n)
        A bound on how far the distance to threshold rises above its values at the ends of a step
        is `w_0 + w_u max|u| + w_r max|r| + w_x |x - center|`; the last n entries are the center.

    Notes
    -----
    Every number is a sum in fixed order, so that a parameter set has the same table alone and among
    others.
    """
    p, n = arrays.c.shape
    inputs = arrays.gain.shape[1]
    P1, P2 = _integrals(arrays.A, h)
    D = _product(P1, arrays.A)
    # Responses of the state, from 0, to: 1, each input and its slope during the first step, and the
    # change of each unit state.
    first = np.concatenate(
        [
            _product(P1, arrays.c[:, :, None]),
            _product(P1, arrays.gain.transpose(0, 2, 1)),
            _product(P2, arrays.gain.transpose(0, 2, 1)),
            D,
        ],
        axis=2,
    )  # fmt: skip
    lasting = np.zeros_like(first)
    lasting[:, :, 0], lasting[:, :, 1 + 2 * inputs :] = first[:, :, 0], D
    responses = [first]
    for _ in range(STEPS - 1):
        responses.append(responses[-1] + _product(D, responses[-1]) + lasting)
    padded = -(-n // WIDTH) * WIDTH
    states = 1 + (2 if sloped else 1) * inputs * STEPS
    tables = np.zeros((p, states + padded, STEPS + padded * (STEPS if inside else 2)))
    normal = arrays.normal if spiking else np.zeros_like(arrays.normal)
    tables[:, 0, :STEPS] = -arrays.theta[:, None] if spiking else -1.0
    tables[:, states : states + n, :STEPS] = normal[:, :, None]
    for step in range(1, STEPS + 1):
        column = STEPS + padded * (step % STEPS)
        if 1 < step < STEPS and not inside:
            column = tables.shape[2]
        _enter(tables, responses[step - 1], (0,), (0,), step, column, normal)
        source = tuple(range(1 + 2 * inputs, 1 + 2 * inputs + n))
        _enter(tables, responses[step - 1], source, range(states, states + n), step, column, normal)
        for past in range(step):
            for m in range(inputs):
                own = responses[step - 1 - past]
                _enter(tables, own, (1 + m,), (1 + m * STEPS + past,), step, column, normal)
                if sloped:
                    row = 1 + (inputs + m) * STEPS + past
                    _enter(tables, own, (1 + inputs + m,), (row,), step, column, normal)
    return tables, _weights(arrays, normal, h)


def _enter(tables, response, sources, rows, step, column, normal) -> None:
    """Add a response to the distance after a step, and to the states there if they are kept."""
    n = normal.shape[1]
    for source, row in zip(sources, rows, strict=True):
        for j in range(n):
            tables[:, row, step - 1] += normal[:, j] * response[:, j, source]
            if column < tables.shape[2]:
                tables[:, row, column + j] = response[:, j, source]


def _weights(arrays: LinearArrays, normal: np.ndarray, h: np.ndarray) -> np.ndarray:
    """Bound on the curvature during a block, times h^2/8, and on rounding errors.

    With y = x - center and k = A center + c, |y| stays below Q (|y_0| + S (|k| + |G u|)), where Q
    bounds e^(A s) entry by entry and S is the length of the block; then
    |g''| <= |n A| (|A| |y| + |k| + |G u|) + |n G| |r|.
    """
    A, c = arrays.A, arrays.c
    n = c.shape[1]
    center = np.stack([_center(a, b) for a, b in zip(A, c, strict=True)])
    k = np.abs(_product(A, center[:, :, None]) + c[:, :, None])
    size = np.abs(A)
    growth = np.where(np.eye(n, dtype=bool), np.maximum(A, 0.0), size)
    P1, _ = _integrals(growth, h)
    Q = np.eye(n) + _product(P1, growth)
    for _ in range(STEPS.bit_length() - 1):
        Q = _product(Q, Q)
    gain = np.abs(arrays.gain.transpose(0, 2, 1))
    row = np.abs(_product(normal[:, None, :], A))
    span = (h * STEPS)[:, None, None]
    spread = _product(_product(row, size), Q)
    eighth = (h * h / 8.0)[:, None]
    direct = np.abs(_product(normal[:, None, :], arrays.gain.transpose(0, 2, 1)))
    weights = np.concatenate(
        [
            eighth * (_product(row, k) + span * _product(spread, k))[:, 0],
            eighth * (_product(row, gain) + span * _product(spread, gain))[:, 0],
            eighth * direct[:, 0],
            eighth * spread[:, 0] + _ROUNDING * np.abs(normal),
            center,
        ],
        axis=1,
    )  # fmt: skip
    floor = np.abs(arrays.theta) + (np.abs(normal) * np.abs(center)).sum(axis=1)
    weights[:, 0] += _ROUNDING * floor
    return weights


def _center(A: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Return a state near which the system without input rests; any would do."""
    try:
        center = np.linalg.solve(A, -c)
    except np.linalg.LinAlgError:
        return np.zeros_like(c)
    return center if np.isfinite(center).all() else np.zeros_like(c)


def _integrals(A: np.ndarray, h: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """P1 = int_0^h e^(A u) du and P2 = int_0^h (h - u) e^(A u) du, by Horner's rule."""
    n = A.shape[1]
    unit = np.broadcast_to(np.eye(n), A.shape)
    width = h[:, None, None]
    P2 = np.zeros_like(A)
    for k in range(_TERMS + n, 0, -1):
        P2 = (width * _product(A, P2) + unit) / (k + 1)
    P2 = width * width * P2
    return width * unit + _product(A, P2), P2


def _product(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Matrix products, one per parameter set, each summed in the same order."""
    out = np.zeros((left.shape[0], left.shape[1], right.shape[2]))
    for i in range(left.shape[1]):
        for j in range(left.shape[2]):
            factor = left[:, i, j, None]
            if factor.any():
                out[:, i] += factor * right[:, j]
    return out
