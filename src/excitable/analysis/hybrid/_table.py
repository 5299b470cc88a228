"""The adaptation map as a table that is finer where the map bends, for long orbits.

Between neighbouring nodes stands the cubic that has the values and the slopes of the map at both. A
piece is halved until the cubic meets the map in its middle. At a jump, or where the neuron falls
silent, pieces are split further until what is left is a billionth of the range.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

_FIRST = 49  # nodes to begin with
_ROUNDS = 16
_MOST = 4000
_EDGE = 1e-9  # of the range: how close an edge is enclosed
_PARTS = 8
_JUMP = 0.05  # of the range: a miss of the cubic that no bend explains in a narrow piece
_NARROW = 1e-3

Map = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True, eq=False)
class Table:
    """Values and slopes of the map at its nodes.

    Parameters
    ----------
    w, value, slope : ndarray, shape (nodes,)
        Rising nodes; nan where the neuron falls silent.
    whole : ndarray of bool, shape (nodes - 1,)
        Pieces on which the map is smooth; the others hold a jump or an edge.
    error : float
        Largest miss of the cubics in the middle of a piece.
    """

    w: np.ndarray
    value: np.ndarray
    slope: np.ndarray
    whole: np.ndarray
    error: float

    def __call__(self, w: np.ndarray) -> np.ndarray:
        """Return the map of many values; nan outside of the table and where it is not defined."""
        k = np.clip(np.searchsorted(self.w, w, side="right") - 1, 0, self.whole.size - 1)
        with np.errstate(invalid="ignore"):
            out = _cubic(self, k, w)
            inside = (w >= self.w[0]) & (w <= self.w[-1])
        return np.where(inside & self.whole[k], out, np.nan)


def _cubic(table: Table, k: np.ndarray, w: np.ndarray) -> np.ndarray:
    h = table.w[k + 1] - table.w[k]
    s = (w - table.w[k]) / h
    return (
        table.value[k] * (1 + 2 * s) * (1 - s) ** 2 + table.value[k + 1] * s**2 * (3 - 2 * s)
        + h * (table.slope[k] * s * (1 - s) ** 2 - table.slope[k + 1] * s**2 * (1 - s))
    )  # fmt: skip


def tabulate(the_map: Map, low: float, high: float, tolerance: float) -> Table:
    """Tabulate a map.

    Parameters
    ----------
    the_map : callable
        Gives the values and the slopes at many places.
    low, high : float
        The range.
    tolerance : float
        What the table may miss the map by, as a share of the range.

    Returns
    -------
    Table
        Of at most some thousand nodes.
    """
    span = high - low
    w = np.linspace(low, high, _FIRST)
    value, slope = the_map(w)
    state = np.zeros(w.size - 1, np.int8)  # of each piece: 0 to be looked at, 1 smooth, 2 an edge
    error = 0.0
    for _ in range(_ROUNDS):
        table = Table(w, value, slope, state == 1, error)
        new, owner = _new_nodes(table, state, span)
        if not new.size or w.size + new.size > _MOST:
            break
        new_value, new_slope = the_map(new)
        with np.errstate(invalid="ignore"):
            miss = np.abs(_cubic(table, owner, new) - new_value)
        halved = np.isin(owner, np.flatnonzero(np.bincount(owner, minlength=state.size) == 1))
        fine = halved & (miss <= tolerance * span)
        error = max(error, float(miss[fine].max(initial=0.0)))
        state[owner[fine]] = 1
        order = np.argsort(np.concatenate([w, new]), kind="stable")
        parts = np.repeat(state, 1 + np.bincount(owner, minlength=state.size))
        w, value, slope = (
            np.concatenate([a, b])[order]
            for a, b in ((w, new), (value, new_value), (slope, new_slope))
        )
        state = parts
    state[state == 0] = 2
    return Table(w, value, slope, state == 1, error)


def _new_nodes(table: Table, state: np.ndarray, span: float) -> tuple[np.ndarray, np.ndarray]:
    """Return nodes that the next round adds, and the piece in which each lies."""
    width = np.diff(table.w)
    ends = np.isfinite(table.value)
    both, none = ends[:-1] & ends[1:], ~ends[:-1] & ~ends[1:]
    # Silence on both sides is taken for silence between, once pieces are as short as this.
    state[(state == 0) & none & (width < 0.5 * span / _FIRST)] = 2
    state[(state == 0) & (width < _EDGE * span)] = 2
    rise = np.abs(np.diff(np.where(ends, table.value, 0.0)))
    jump = both & (width < _NARROW * span) & (rise > _JUMP * span)
    many = (state == 0) & (jump | (ends[:-1] ^ ends[1:]))
    one = (state == 0) & ~many
    owner = np.concatenate([np.flatnonzero(one), np.repeat(np.flatnonzero(many), _PARTS - 1)])
    share = np.concatenate(
        [np.full(one.sum(), 0.5), np.tile(np.arange(1, _PARTS) / _PARTS, int(many.sum()))]
    )
    new = table.w[owner] + share * width[owner]
    order = np.argsort(new)
    return new[order], owner[order]
