"""Fourier sums over points anywhere, by spreading them onto a fine grid and one fast transform."""

from __future__ import annotations

import numpy as np

# Grid cells that a point is spread over, and the shape of the spread: with a grid twice as fine as
# the frequencies need, ten digits are right.
_CELLS = 12
_BETA = 2.30 * _CELLS
_NUMBERS_AT_ONCE = 200_000


def fourier_sums(points: np.ndarray, row: np.ndarray, rows: int, highest: int) -> np.ndarray:
    """Return |sum of exp(-2 pi i k x)|^2 over the points of each row, for k = 1 ... highest.

    Parameters
    ----------
    points : ndarray, shape (count,)
        Points in periods; whole numbers make no difference.
    row : ndarray of int, shape (count,)
        Row of each, ascending.
    rows : int
        Number of rows.
    highest : int
        Highest k.

    Returns
    -------
    ndarray, shape (rows, highest)
        Squared moduli.
    """
    from scipy.fft import next_fast_len, rfft

    least = max(4 * highest + 4, 2 * _CELLS)
    cells = next_fast_len(least, real=True) or least
    correction = _transform_of_spread(np.arange(1, highest + 1) / cells)
    at_once = max(1, _NUMBERS_AT_ONCE // cells)
    squares = np.empty((rows, highest))
    for begin in range(0, rows, at_once):
        end = min(begin + at_once, rows)
        first, last = np.searchsorted(row, [begin, end])
        grid = _spread(points[first:last], row[first:last] - begin, end - begin, cells)
        sums = np.asarray(rfft(grid, axis=1))[:, 1 : highest + 1] / correction
        squares[begin:end] = sums.real**2 + sums.imag**2
    return squares


def _spread(points: np.ndarray, row: np.ndarray, rows: int, cells: int) -> np.ndarray:
    place = (points - np.floor(points)) * cells
    cell = np.ceil(place - _CELLS / 2)
    # Each row has room for what reaches over its two ends; it is folded back afterwards.
    half = _CELLS // 2
    width = cells + 2 * half
    first = cell.astype(np.int64) + (row * width + half)
    reached = np.arange(_CELLS)[:, None]
    grid = np.zeros(rows * width)
    for begin in range(0, points.size, _NUMBERS_AT_ONCE):
        part = slice(begin, begin + _NUMBERS_AT_ONCE)
        weight = _shape((cell[part] - place[part] + reached) * (2.0 / _CELLS))
        index = first[part] + reached
        grid += np.bincount(index.ravel(), weight.ravel(), minlength=grid.size)
    padded = grid.reshape(rows, width)
    padded[:, cells : cells + half] += padded[:, :half]
    padded[:, half : 2 * half] += padded[:, cells + half :]
    return padded[:, half : cells + half]


def _shape(z: np.ndarray) -> np.ndarray:
    """Spread of a point, exp(beta (sqrt(1 - z^2) - 1)) for |z| <= 1."""
    return np.exp(_BETA * (np.sqrt(np.maximum(1.0 - z * z, 0.0)) - 1.0))


def _transform_of_spread(frequency: np.ndarray) -> np.ndarray:
    """Fourier transform of the spread, at frequencies in cycles per cell, by quadrature."""
    node, weight = np.polynomial.legendre.leggauss(2 * _CELLS + 40)
    phase = np.pi * _CELLS * np.outer(frequency, node)
    return 0.5 * _CELLS * np.cos(phase) @ (weight * _shape(node))
