"""All zeros of a function of one variable on a range, with the proof that there are no others.

The range is cut into cells. A cell is done when bounds of the function exclude zero, or when
bounds of the derivative do: then one look at both ends says whether there is a zero. Other cells
are halved. What is left at the smallest size holds a double zero or two that almost meet; there
the zero of the derivative decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from excitable.analysis._interval import bounds
from excitable.expression import Expression, evaluate

_SMALLEST = 1e-7  # of the scale
_ROUNDING = 1e-15  # of the scale: how well a place is known where the function is flat
_MOST_CELLS = 60_000
_OUTER_ROUNDS = 4


@dataclass(frozen=True)
class Roots:
    """Zeros of a function.

    Parameters
    ----------
    values : list of float
        The zeros, rising.
    low, high : float
        The range on which there are no others.
    complete : bool
        Whether the range holds at least the part that was asked for.
    """

    values: list[float]
    low: float
    high: float
    complete: bool


@dataclass(frozen=True)
class Scalar:
    """A function of one variable with its derivative.

    Parameters
    ----------
    name : str
        The variable.
    function, slope : Expression
        The function and its derivative.
    known : mapping of str to float
        The other names.
    """

    name: str
    function: Expression
    slope: Expression
    known: Mapping[str, float]

    def __call__(self, x: float) -> float:
        """Return the value at one place."""
        return float(evaluate(self.function, {**self.known, self.name: float(x)}))

    def derivative(self, x: float) -> float:
        """Return the derivative at one place."""
        return float(evaluate(self.slope, {**self.known, self.name: float(x)}))

    def vanishes(self, x: float, slack: float = 0.0) -> bool:
        """Whether the value is zero within rounding, at one place or no farther than `slack`."""
        here = {self.name: (np.array([x - slack]), np.array([x + slack]))}
        low, high, jumps = bounds(self.function, self.known, here)
        if slack and jumps[0]:
            return self.vanishes(x)
        return bool(np.isfinite(low[0]) and np.isfinite(high[0]) and low[0] <= 0.0 <= high[0])


def all_roots(
    one: Scalar,
    edges: np.ndarray,
    core: tuple[float, float],
    scale: float,
) -> Roots:
    """Return all zeros between the first and the last edge.

    Parameters
    ----------
    one : Scalar
        The function.
    edges : ndarray
        Rising; where the first cells begin and end.
    core : (float, float)
        The part that must be covered; farther out, cells that resist are left aside and the range
        ends before them.
    scale : float
        What counts as a difference of order one.

    Returns
    -------
    Roots
        The zeros.
    """
    low, high = edges[:-1].copy(), edges[1:].copy()
    brackets: list[tuple[float, float]] = []
    tiny: list[tuple[float, float]] = []
    undecided: list[tuple[float, float]] = []
    for count in range(80):
        keep = _open(one, low, high, brackets)
        low, high = low[keep], high[keep]
        if low.size > _MOST_CELLS:
            return Roots(_refined(one, brackets, [], scale)[0], *core, complete=False)
        outside = (high <= core[0]) | (low >= core[1])
        late = outside & (count >= _OUTER_ROUNDS)
        undecided += list(zip(low[late], high[late], strict=True))
        size = np.maximum(scale, np.maximum(np.abs(low), np.abs(high)) * 1e-3)
        done = ~late & (high - low <= _SMALLEST * size)
        tiny += list(zip(low[done], high[done], strict=True))
        more = ~late & ~done
        low, high = low[more], high[more]
        if not low.size:
            break
        middle = 0.5 * (low + high)
        low, high = np.concatenate([low, middle]), np.concatenate([middle, high])
    values, odd = _refined(one, brackets, _merged(tiny), scale)
    first, last = float(edges[0]), float(edges[-1])
    for a, b in undecided:
        first = max(first, b) if b <= core[0] else first
        last = min(last, a) if a >= core[1] else last
    values = [value for value in values if first <= value <= last]
    return Roots(values, first, last, complete=not odd)


def _open(
    one: Scalar, low: np.ndarray, high: np.ndarray, brackets: list[tuple[float, float]]
) -> np.ndarray:
    """Which cells are not yet decided; those with one zero go to the brackets."""
    least, most, jumps = bounds(one.function, one.known, {one.name: (low, high)})
    keep = (least <= 0.0) & (most >= 0.0)
    index = np.nonzero(keep)[0]
    if not index.size:
        return keep
    a, b = low[index], high[index]
    least, most, breaks = bounds(one.slope, one.known, {one.name: (a, b)})
    monotone = ((least > 0.0) | (most < 0.0)) & ~breaks & ~jumps[index]
    ends = np.broadcast_to(
        evaluate(one.function, {**one.known, one.name: np.stack([a, b])}), (2, index.size)
    )
    monotone &= np.isfinite(ends).all(axis=0)
    change = monotone & ((ends[0] >= 0.0) != (ends[1] >= 0.0))
    brackets += list(zip(a[change], b[change], strict=True))
    keep[index[monotone]] = False
    return keep


def _merged(cells: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Join cells that touch."""
    joined: list[tuple[float, float]] = []
    for a, b in sorted(cells):
        if joined and a <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(b, joined[-1][1]))
        else:
            joined.append((a, b))
    return joined


def _refined(
    one: Scalar,
    brackets: list[tuple[float, float]],
    clusters: list[tuple[float, float]],
    scale: float,
) -> tuple[list[float], bool]:
    """Return the zeros to machine precision, and whether a cluster stayed unclear."""
    values = [_bisected(one, one.derivative, a, b) for a, b in brackets]
    odd = False
    for a, b in clusters:
        found, clear = _in_cluster(one, a, b, _ROUNDING * scale)
        values += found
        odd |= not clear
    values.sort()
    distinct: list[float] = []
    for x in values:
        if distinct and x - distinct[-1] <= 1e-5 * scale and _one(one, distinct[-1], x):
            distinct[-1] = _turning(one, distinct[-1], x)
        else:
            distinct.append(x)
    return distinct, odd


def _one(one: Scalar, a: float, b: float) -> bool:
    """Whether two zeros are one, because the function does not leave zero between them."""
    return b - a <= 1e-13 * max(abs(a), abs(b)) or one.vanishes(0.5 * (a + b))


def _turning(one: Scalar, a: float, b: float) -> float:
    """Return where the derivative vanishes between two places, else their middle."""
    if (one.derivative(a) >= 0.0) != (one.derivative(b) >= 0.0):
        return _bisected(one.derivative, None, a, b)
    return a if abs(one.derivative(a)) <= abs(one.derivative(b)) else b


def _in_cluster(one: Scalar, a: float, b: float, slack: float) -> tuple[list[float], bool]:
    ends = one(a), one(b)
    slopes = one.derivative(a), one.derivative(b)
    if not all(np.isfinite([*ends, *slopes])):
        return [], False
    if (slopes[0] >= 0.0) != (slopes[1] >= 0.0):
        turn = _bisected(one.derivative, None, a, b)
        if one.vanishes(turn, slack):
            return [turn if abs(turn) > slack else 0.0], True
        places = [a, turn, b]
    else:
        places = [a, b]
    found = []
    for left, right in pairwise(places):
        if (one(left) >= 0.0) != (one(right) >= 0.0):
            x = _bisected(one, one.derivative, left, right)
            if one.vanishes(x, slack):  # else the function jumps over zero, or has a pole
                found.append(x if abs(x) > slack else 0.0)
    if not found and len(places) == 2 and one.vanishes(0.5 * (a + b)):
        return [0.5 * (a + b)], True
    return found, True


def _bisected(
    function: Callable[[float], float],
    slope: Callable[[float], float] | None,
    a: float,
    b: float,
) -> float:
    """Return the zero in a bracket: Newton's method, halving where it would leave the bracket."""
    f_a = function(a)
    if f_a == 0.0:
        return a
    x = 0.5 * (a + b)
    for _ in range(200):
        f = function(x)
        if f == 0.0:
            return x
        if (f > 0.0) == (f_a > 0.0):
            a = x
        else:
            b = x
        d = slope(x) if slope is not None else 0.0
        step = x - f / d if d else np.inf
        if not a < step < b:
            step = 0.5 * (a + b)
        if abs(step - x) <= 2e-16 * abs(x) or step in (a, b):
            return step if abs(function(step)) <= abs(f) else x
        x = step
    return x
