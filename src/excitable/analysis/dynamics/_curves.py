"""Zero sets of a function of two variables: complete branches inside a window."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from excitable.analysis._interval import UnboundedFunctionError
from excitable.analysis._roots import Scalar, all_roots
from excitable.analysis.dynamics._marching import marched
from excitable.expression import (
    Expression,
    Number,
    differentiate,
    evaluate,
    free_symbols,
    simplify,
    substitute,
)

_SAMPLES = 1201
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
    return marched(function, known, (window.x, window.y), (window.x_range, window.y_range))


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
            with np.errstate(invalid="ignore"):
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


def folds(
    function: Expression, own: str, points: np.ndarray, known: Mapping[str, float],
    states: tuple[str, str],
) -> Iterator[np.ndarray]:  # fmt: skip
    """Yield where a curve on which a function of two states vanishes folds.

    Parameters
    ----------
    function : Expression
        The function.
    own : str
        The state by which its derivative vanishes at a fold.
    points : ndarray, shape (points, 2)
        The curve.
    known : mapping of str to float
        Parameters and inputs.
    states : (str, str)
        The two states.

    Yields
    ------
    ndarray, shape (2,)
        Both states.
    """
    slope = simplify(differentiate(function, own))
    if not free_symbols(slope) & {*states}:
        return
    pair = (function, slope)
    jacobian = [[differentiate(e, s) for s in states] for e in pair]

    def at(e: Expression, place: np.ndarray) -> np.ndarray:
        return evaluate(e, {**known, **dict(zip(states, place.T, strict=True))})

    values = np.broadcast_to(at(slope, points), len(points))
    for k in np.nonzero((values[:-1] > 0.0) != (values[1:] > 0.0))[0]:
        # Wider than the pair, which is level where the curve turns between them.
        near = np.ptp(points[max(k - 2, 0) : k + 4], axis=0)
        start = place = 0.5 * (points[k] + points[k + 1])
        for _ in range(30):
            residual = np.array([float(at(e, place)) for e in pair])
            matrix = np.array([[float(at(e, place)) for e in row] for row in jacobian])
            if not np.isfinite(matrix).all() or np.linalg.det(matrix) == 0.0:
                break
            step = np.linalg.solve(matrix, residual)
            place = place - step
            if (np.abs(step) <= 1e-12 * (np.abs(place) + near)).all():
                if (np.abs(place - start) <= near + 1e-9 * np.abs(place)).all():
                    yield place  # else the derivative changes its sign at a pole
                break
