"""Zero sets where nothing can be solved for: crossings of a fine grid, joined cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from excitable.expression import Expression, evaluate

Key = tuple[int, int, int]

_GRID = 241


def marched(
    function: Expression,
    known: Mapping[str, float],
    states: tuple[str, str],
    ranges: tuple[tuple[float, float], tuple[float, float]],
) -> list[np.ndarray]:
    """Return the zero set of a function of two states, from a grid.

    Parameters
    ----------
    function : Expression
        In the two states, parameters and inputs.
    known : mapping of str to float
        Parameters and inputs.
    states : (str, str)
        The two states.
    ranges : ((float, float), (float, float))
        Where.

    Returns
    -------
    list of ndarray, shape (points, 2)
        One for each piece; every point is exact, a closed piece ends where it begins.
    """
    x = np.linspace(*ranges[0], _GRID)
    y = np.linspace(*ranges[1], _GRID)

    def value(px: np.ndarray, py: np.ndarray) -> np.ndarray:
        shape = np.broadcast_shapes(np.shape(px), np.shape(py))
        return np.broadcast_to(evaluate(function, {**known, states[0]: px, states[1]: py}), shape)

    f = value(x[:, None], y[None, :])
    up = f >= 0.0
    fine = np.isfinite(f)
    across = (up[:-1] != up[1:]) & fine[:-1] & fine[1:]  # along x, at one y
    along = (up[:, :-1] != up[:, 1:]) & fine[:, :-1] & fine[:, 1:]
    places: dict[Key, np.ndarray] = {}
    for kind, mask in ((0, across), (1, along)):
        i, j = np.nonzero(mask)
        a = np.column_stack([x[i], y[j]])
        b = np.column_stack([x[i + 1], y[j]] if kind == 0 else [x[i], y[j + 1]])
        side = up[i, j]
        for _ in range(45):
            middle = 0.5 * (a + b)
            same = (value(middle[:, 0], middle[:, 1]) >= 0.0) == side
            a = np.where(same[:, None], middle, a)
            b = np.where(same[:, None], b, middle)
        for k in range(i.size):
            places[kind, int(i[k]), int(j[k])] = 0.5 * (a[k] + b[k])
    links = _links(places, x, y, value)
    return [np.array([places[key] for key in chain]) for chain in _chains(links)]


def _links(
    places: dict[Key, np.ndarray], x: np.ndarray, y: np.ndarray, value: Callable[..., np.ndarray]
) -> dict[Key, list[Key]]:
    """Which crossings are joined inside a cell."""
    links: dict[Key, list[Key]] = {key: [] for key in places}
    cells = {(i, j) for _, i, j in places}
    cells |= {(i, j - 1) if kind == 0 else (i - 1, j) for kind, i, j in places}
    for i, j in cells:
        sides = [(0, i, j), (1, i + 1, j), (0, i, j + 1), (1, i, j)]
        met = [side for side in sides if side in places]
        pairs = []
        if len(met) == 2:
            pairs = [(met[0], met[1])]
        elif len(met) == 4:  # the middle says which corners belong together
            middle = bool(value(0.5 * (x[i] + x[i + 1]), 0.5 * (y[j] + y[j + 1])) >= 0.0)
            corner = bool(value(x[i], y[j]) >= 0.0)
            pairs = [(met[0], met[1]), (met[2], met[3])]
            if middle != corner:
                pairs = [(met[3], met[0]), (met[1], met[2])]
        for a, b in pairs:
            links[a].append(b)
            links[b].append(a)
    return links


def _chains(links: dict[Key, list[Key]]) -> list[list[Key]]:
    """Follow the links; chains with two ends first, then closed ones."""
    left = set(links)
    chains = []
    order = sorted(links, key=lambda key: (len(links[key]) != 1, key))
    for start in order:
        if start not in left:
            continue
        chain = [start]
        left.discard(start)
        while True:
            after = [key for key in links[chain[-1]] if key in left]
            if not after:
                break
            chain.append(after[0])
            left.discard(after[0])
        if len(chain) > 2 and start in links[chain[-1]] and len(links[start]) == 2:
            chain.append(start)
        if len(chain) > 1:
            chains.append(chain)
    return chains
