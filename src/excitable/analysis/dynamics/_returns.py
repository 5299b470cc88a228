"""All limit cycles of two states, stable and unstable, from returns to a section without contact.

Every closed orbit has a place farthest to the right, and it lies on the nullcline of the first
state. Along that nullcline the flow is vertical, so between two equilibria it is crossed in one
direction only: there a closed orbit meets it once, and the map from one crossing to the next is
monotone. So where orbits go outward from x to a return at P(x), no cycle lies between; where
they turn from outward to inward, one does; and an orbit that leaves lies inside no cycle. Each
search goes outward from an equilibrium, in that sense of time in which the flow does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from excitable.analysis.dynamics._cycle import Cycle
from excitable.analysis.dynamics._flow import Flow
from excitable.analysis.dynamics._maxima import maxima
from excitable.analysis.dynamics._reduction import Planar, linear_zero
from excitable.analysis.dynamics._window import widened
from excitable.expression import Expression, evaluate

Span = tuple[float, float]

_FIRST = 2e-3  # of the reach: where a search begins beside an equilibrium
_GROWTH = 1.12  # least growth of the distance from it: cycles closer together may be missed
_CLOSED = 1e-6  # of the reach: a return so close says nothing, as around a centre
_TURNS = 8  # crossings elsewhere before the return
_STEPS = 600
_ROUGH, _FINE = 1e-8, 1e-10  # relative error of a step: to look for a cycle, and to close it


@dataclass(frozen=True)
class Section:
    """The nullcline of one state as a graph over it.

    Parameters
    ----------
    flow : Flow
        The drift of two states.
    along : int
        Which of them is the coordinate.
    height : Expression
        The other one.
    span : (float, float)
        How far it goes.
    box : (ndarray, ndarray)
        Where orbits end.
    ends : ndarray, shape (places, 2)
        Equilibria, which also end them.
    """

    flow: Flow
    along: int
    height: Expression
    span: Span
    box: tuple[np.ndarray, np.ndarray]
    ends: np.ndarray

    def place(self, x: float) -> np.ndarray:
        """Return both states at one coordinate."""
        name = self.flow.system.states[self.along]
        y = float(evaluate(self.height, {**self.flow.known, name: x}))
        return np.array([x, y] if self.along == 0 else [y, x])

    def turn(self, x: float, part: Span, sense: float, tolerance: float) -> Cycle | bool:
        """Follow the flow from one coordinate until it is back on a part of the section.

        Parameters
        ----------
        x : float
            The coordinate.
        part : (float, float)
            The part, between two equilibria.
        sense : float
            1 forward in time, -1 backward.
        tolerance : float
            Relative error of a step.

        Returns
        -------
        Cycle or bool
            The turn; if there is none, whether the orbit left, so that none surrounds it.
        """
        start = self.place(x)
        if not np.isfinite(start).all():
            return False
        t, rows, left = [0.0], [start], _TURNS
        # A cycle whose farthest place is on this part holds nothing beyond the part's end.
        top = self.box[1].copy()
        top[self.along] = min(top[self.along], part[1])
        for now, place, event in maxima(
            self.flow, start, self.along, sense=sense, box=(self.box[0], top), ends=self.ends,
            steps=_STEPS, tolerance=tolerance,
        ):  # fmt: skip
            if event == "left":
                return True
            t.append(now)
            rows.append(place)
            if event != "maximum":
                continue
            if part[0] < place[self.along] < part[1]:
                return Cycle(np.array(t), np.array(rows), now, np.array([], int), sense > 0.0)
            left -= 1
            if left == 0:
                break
        return False


def section_of(
    flow: Flow, plane: Planar, spans: Mapping[str, Span], box: tuple[np.ndarray, np.ndarray],
    ends: np.ndarray,
) -> Section | None:  # fmt: skip
    """Return the section of a planar model, or None where neither nullcline is such a graph."""
    for name, other, drift in ((plane.x, plane.y, 0), (plane.y, plane.x, 1)):
        found = linear_zero(plane.drifts[drift], other)
        if found is not None:
            along = flow.system.states.index(name)
            return Section(flow, along, found[0], widened(spans[name], 2.0), box, ends)
    return None


def planar_cycles(section: Section) -> list[Cycle]:
    """Return the limit cycles of two states.

    Parameters
    ----------
    section : Section
        Where they are looked for.

    Returns
    -------
    list of Cycle
        From the inside out around each equilibrium; an unstable one runs forward in time too.
    """
    k = section.along
    edges = sorted({float(place[k]) for place in section.ends if place[k] < section.span[1]})
    cycles: list[Cycle] = []
    for low, high in pairwise([*edges, section.span[1]]):
        for one in _candidates(section, (low, high)):
            cycle = _solved(section, (low, high), one)
            if cycle is not None:
                cycles.append(cycle if one.sense > 0.0 else cycle.reversed())
    return cycles


@dataclass(frozen=True)
class _Candidate:
    """Where a cycle is looked for: orbits in one sense of time go from `start` towards `limit`."""

    sense: float
    start: float
    limit: float
    sure: bool  # whether those from the limit come back


def _candidates(section: Section, part: Span) -> Iterator[_Candidate]:
    """Yield where orbits outward in one sense of time become inward, or are lost."""
    low, high = part
    sense, x, growth = 1.0, low + _FIRST * section.flow.reach[section.along], _GROWTH
    before: tuple[float, float] = low, 0.0  # coordinate, and the sense that is outward there
    while x < high:
        outward, back = _outward(section, part, x, sense)
        if back == -np.inf:
            x = low + _GROWTH * (x - low)
            continue
        if outward and before[1] and before[1] != outward:
            yield _Candidate(before[1], before[0], x, sure=True)
        elif before[1] and not outward:
            yield _Candidate(before[1], before[0], x, sure=False)
        elif outward and not before[1] and before[0] > low:
            yield _Candidate(-outward, x, before[0], sure=False)
        if back == np.inf:
            return
        growth = _GROWTH if outward else min(growth * 1.25, 1.6)
        sense, before = outward or sense, (back, outward)
        x = max(back, low + growth * (x - low))


def _outward(section: Section, part: Span, x: float, sense: float) -> tuple[float, float]:
    """In which sense of time orbits go outward from here, and how far; 0 where it is unclear.

    Infinity says that an orbit from here leaves: no cycle surrounds this place; minus infinity,
    that the orbit closes within the error.
    """
    for one in (sense, -sense):
        turn = section.turn(x, part, one, _ROUGH)
        if isinstance(turn, Cycle):
            back = float(turn.x[-1, section.along])
            if abs(back - x) <= _CLOSED * section.flow.reach[section.along]:
                return 0.0, -np.inf
            return (one, back) if back > x else (-one, x)
        if turn:
            return 0.0, np.inf
    return 0.0, x


def _solved(section: Section, part: Span, one: _Candidate) -> Cycle | None:
    """The turn that closes, if there is one."""
    k = section.along
    reach = section.flow.reach[k]
    low, high = sorted((one.start, one.limit))
    x, before = one.start, (np.nan, np.nan)
    guessed = False
    for count in range(60):
        turn = section.turn(x, part, one.sense, _FINE)
        if not isinstance(turn, Cycle):
            if not guessed:
                return None
            x, before, guessed = before[0] + before[1], (np.nan, np.nan), False
            continue
        back = float(turn.x[-1, k])
        if abs(back - x) <= 1e-11 * reach or high - low <= 1e-11 * reach:
            return turn if abs(back - x) <= _CLOSED * reach else None
        if back > x:
            low = x
        else:
            high = x
        # The map attracts, so its value is a guess; the secant's zero is a better one.
        with np.errstate(all="ignore"):
            secant = x - (back - x) * (x - before[0]) / (back - x - before[1])
        before = (x, back - x)
        guessed = low < secant < high and count % 4 < 3
        if guessed:
            x = secant
        elif low < back < high:
            x = back
        elif one.sure:
            x, guessed = 0.5 * (low + high), True
        else:
            return None
    return None
