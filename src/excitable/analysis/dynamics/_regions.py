"""Which way a single state moves, part by part of its range."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from excitable.units import Quantity

_SAMPLES = 65  # between two equilibria, where only a jump of the drift changes its sign


@dataclass(frozen=True, eq=False)
class Region:
    """A part of the line on which the state moves one way.

    Parameters
    ----------
    low, high : Quantity
        Its ends.
    direction : int
        1 where the state rises, -1 where it falls.
    """

    low: Quantity
    high: Quantity
    direction: int


def directions(
    drift: Callable[[np.ndarray], np.ndarray], span: tuple[float, float], places: Sequence[float]
) -> Iterator[tuple[float, float, int]]:
    """Yield the parts of a range on which a drift keeps its sign.

    Parameters
    ----------
    drift : callable
        Of an array of values of the state.
    span : (float, float)
        The range.
    places : sequence of float
        Where the drift vanishes.

    Yields
    ------
    (float, float, int)
        Both ends, and 1 where the drift is positive, -1 where it is negative.
    """
    edges = sorted({span[0], *(x for x in places if span[0] < x < span[1]), span[1]})
    for a, b in pairwise(edges):
        inner = a + (b - a) * np.linspace(0.0, 1.0, _SAMPLES + 2)[1:-1]
        up = drift(inner) > 0.0
        jumps = [
            _changed(drift, float(inner[k]), float(inner[k + 1]))
            for k in np.nonzero(up[1:] != up[:-1])[0]
        ]
        for low, high in pairwise([a, *jumps, b]):
            way = float(drift(np.array(0.5 * (low + high))))
            if way:
                yield low, high, 1 if way > 0.0 else -1


def _changed(drift: Callable[[np.ndarray], np.ndarray], a: float, b: float) -> float:
    """Where the sign of the drift changes, by halving."""
    up = drift(np.array(a)) > 0.0
    for _ in range(60):
        middle = 0.5 * (a + b)
        a, b = (middle, b) if (drift(np.array(middle)) > 0.0) == up else (a, middle)
    return 0.5 * (a + b)
