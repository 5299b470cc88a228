"""Zero sets of a function of two variables: complete branches inside a window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from excitable.analysis.dynamics._interval import UnboundedFunctionError
from excitable.analysis.dynamics._roots import Scalar, all_roots
from excitable.expression import (
    Expression,
    Number,
    differentiate,
    evaluate,
    free_symbols,
    simplify,
    substitute,
)

Key = tuple[int, int, int]

_SAMPLES = 1201
_GRID = 241
_CLOSE_TO_POLES = np.array([1e-12, 1e-9, 1e-6, 1e-4])


@dataclass(frozen=True)
class Window:
    """The part of the plane that is looked at.

    Parameters
    ----------
    x, y : str
        Names of the two states.
    x_range, y_range : (float, float)
        Internal units.
    """

    x: str
    y: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]

    def flipped(self) -> Window:
        """Return the window with its axes exchanged."""
        return Window(self.y, self.x, self.y_range, self.x_range)


def zero_set(function: Expression, known: Mapping[str, float], window: Window) -> list[np.ndarray]:
    """Return the curves on which a function of two states vanishes.

    Parameters
    ----------
    function : Expression
        In the two states, parameters and inputs.
    known : mapping of str to float
        Parameters and inputs.
    window : Window
        Where.

    Returns
    -------
    list of ndarray, shape (points, 2)
        One for each connected piece inside the window; a closed one ends where it begins.
    """
    names = free_symbols(function) & {window.x, window.y}
    if not names:
        return []
    if names == {window.x}:
        return [_line(value, window) for value in roots(function, known, window.x, window.x_range)]
    if names == {window.y}:
        flipped = window.flipped()
        return [
            _line(value, flipped)[:, ::-1]
            for value in roots(function, known, window.y, window.y_range)
        ]
    for view, turn in ((window, False), (window.flipped(), True)):
        slope = simplify(differentiate(function, view.y))
        if view.y not in free_symbols(slope):
            found = _graph(function, slope, known, view)
            return [one[:, ::-1] for one in found] if turn else found
    return _marched(function, known, window)


def roots(
    function: Expression, known: Mapping[str, float], name: str, span: tuple[float, float]
) -> list[float]:
    """Return all zeros of a function of one state on a range."""
    one = Scalar(name, function, simplify(differentiate(function, name)), known)
    scale = 0.1 * (span[1] - span[0])
    try:
        return all_roots(one, np.linspace(*span, 129), span, scale).values
    except UnboundedFunctionError:
        x = np.linspace(*span, 20_001)
        f = np.broadcast_to(evaluate(function, {**known, name: x}), x.shape)
        rows = np.nonzero((f[:-1] >= 0.0) != (f[1:] >= 0.0))[0]
        return [float(x[k] - f[k] * (x[k + 1] - x[k]) / (f[k + 1] - f[k])) for k in rows]


def _line(value: float, window: Window) -> np.ndarray:
    return np.array([[value, window.y_range[0]], [value, window.y_range[1]]])


def _graph(
    function: Expression, slope: Expression, known: Mapping[str, float], window: Window
) -> list[np.ndarray]:
    """Pieces of y = -f(x, 0)/slope(x) between its poles, cut where they leave the window."""
    at_zero = simplify(substitute(function, {window.y: Number(0.0)}))
    low, high = window.x_range
    poles = (
        roots(slope, known, window.x, window.x_range) if free_symbols(slope) & {window.x} else []
    )
    pieces: list[np.ndarray] = []

    def height(x: np.ndarray) -> np.ndarray:
        names = {**known, window.x: x}
        with np.errstate(all="ignore"):
            top = np.broadcast_to(evaluate(at_zero, names), x.shape)
            below = np.broadcast_to(evaluate(slope, names), x.shape)
            return -top / below

    # Where both parts vanish the whole line belongs to the set, and the graph goes on behind it.
    least = 1e-12 * _size(at_zero, known, window)
    common = [x for x in poles if abs(float(evaluate(at_zero, {**known, window.x: x}))) <= least]
    pieces += [_line(x, window) for x in common]
    poles = [x for x in poles if x not in common]
    edges = [low, *poles, high]
    for left, right in pairwise(edges):
        if right - left <= 1e-9 * (high - low):
            continue
        t = np.linspace(0.0, 1.0, max(201, int(_SAMPLES * (right - left) / (high - low))))
        if poles:
            t = np.unique(np.concatenate([_CLOSE_TO_POLES, t[1:-1], 1.0 - _CLOSE_TO_POLES]))
        x = left + t * (right - left)
        x = x[np.abs(x[:, None] - np.array([*common, np.inf])).min(axis=1) > 1e-9 * (high - low)]
        for _ in range(6):  # finer where the curve is steep
            y = height(x)
            tall = window.y_range[1] - window.y_range[0]
            near = (y > window.y_range[0] - tall) & (y < window.y_range[1] + tall)
            steep = (np.abs(np.diff(y)) > 0.02 * tall) & (near[:-1] | near[1:])
            if not steep.any():
                break
            x = np.sort(np.concatenate([x, 0.5 * (x[:-1] + x[1:])[steep]]))
        pieces += _inside(x, height, window.y_range)
    return pieces


def _size(function: Expression, known: Mapping[str, float], window: Window) -> float:
    x = np.linspace(*window.x_range, 101)
    return float(np.nanmax(np.abs(evaluate(function, {**known, window.x: x}))) + 1e-300)


def _inside(
    x: np.ndarray, height: Callable[[np.ndarray], np.ndarray], span: tuple[float, float]
) -> list[np.ndarray]:
    """Cut a graph where it leaves a range of heights."""
    y = height(x)
    inside = (y >= span[0]) & (y <= span[1])
    pieces: list[np.ndarray] = []
    change = np.nonzero(np.diff(inside.astype(int)))[0]
    starts = [0, *(change + 1)]
    ends = [*change, x.size - 1]
    for first, last in zip(starts, ends, strict=True):
        if not inside[first]:
            continue
        xs, ys = list(x[first : last + 1]), list(y[first : last + 1])
        for at, other, put in ((first, first - 1, 0), (last, last + 1, len(xs) + 1)):
            if not 0 <= other < x.size or not np.isfinite(y[other]):
                continue
            a, b = x[at], x[other]
            for _ in range(60):
                middle = 0.5 * (a + b)
                if span[0] <= height(np.array([middle]))[0] <= span[1]:
                    a = middle
                else:
                    b = middle
            xs.insert(put, a)
            ys.insert(put, float(height(np.array([a]))[0]))
        if len(xs) > 1:
            pieces.append(np.column_stack([xs, ys]))
    return pieces


def _marched(function: Expression, known: Mapping[str, float], window: Window) -> list[np.ndarray]:
    """Join the places where a fine grid's lines are crossed, cell by cell."""
    x = np.linspace(*window.x_range, _GRID)
    y = np.linspace(*window.y_range, _GRID)

    def value(px: np.ndarray, py: np.ndarray) -> np.ndarray:
        shape = np.broadcast_shapes(np.shape(px), np.shape(py))
        return np.broadcast_to(evaluate(function, {**known, window.x: px, window.y: py}), shape)

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
