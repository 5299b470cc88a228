"""Ranges of input over which a family of limit cycles is stable, and what ends them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.bifurcation._branch import Branch
from excitable.analysis.bifurcation._cycle_branch import CycleBranch, CyclePiece
from excitable.analysis.onset._result import Rates
from excitable.expression import evaluate

_INFINITE = ("SNIC", "homoclinic")
_MINOR = 0.1  # of the largest amplitude: such stable cycles are no spikes beside the others
_HOPF = "Hopf point"


@dataclass(frozen=True)
class Edge:
    """One end of a stretch.

    Parameters
    ----------
    kind : str
        `"SNIC"`, `"homoclinic"`, `"fold of cycles"`, `"period doubling"`, `"torus"`,
        `"supercritical Hopf"`, `"subcritical Hopf"`, `"range"`, or why no further cycle was found.
    level : float
        The input, in internal units.
    frequency : float
        In Hz; 0 where the period is infinite.
    """

    kind: str
    level: float
    frequency: float


@dataclass(frozen=True)
class Stretch:
    """Stable cycles of one family between two special points.

    Parameters
    ----------
    piece : CyclePiece
        The family.
    rows : slice
        Which of its cycles.
    low, high : Edge
        Its ends by rising input.
    size : float
        The largest amplitude on it.
    spikes_from : float
        The least input of its cycles that meet the spike condition; infinite if none does.
    """

    piece: CyclePiece
    rows: slice
    low: Edge
    high: Edge
    size: float
    spikes_from: float

    def covers(self, level: float) -> bool:
        """Whether it is there at an input, or begins no farther above than rounding."""
        close = 1e-6 * (abs(level) + abs(self.high.level - self.low.level))
        return self.low.level <= level + close and level < self.high.level


def stable_stretches(branch: Branch, cycles: CycleBranch) -> list[Stretch]:
    """Return where cycles are stable, by rising input.

    Those that are small beside others are left out, and all if none of them, nor where they lead
    to, ever meets the spike condition.

    Parameters
    ----------
    branch : Branch
        Equilibria.
    cycles : CycleBranch
        All families.

    Returns
    -------
    list of Stretch
        Possibly none.
    """
    found = [one for piece in cycles.pieces for one in _of_piece(branch, piece)]
    largest = max((one.size for one in found), default=0.0)
    kept = [one for one in found if one.size >= _MINOR * largest]
    kept.sort(key=lambda one: one.low.level)
    return [one for one in kept if any(np.isfinite(o.spikes_from) for o in onward(one, kept))]


def onward(first: Stretch, stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return a stretch and those a neuron jumps to, one after another, where they end."""
    chain = [first]
    for other in stretches:
        if other.low.level < chain[-1].high.level < other.high.level:
            chain.append(other)
    return chain


def _of_piece(branch: Branch, piece: CyclePiece) -> list[Stretch]:
    amplitude = piece.amplitude.magnitude
    out = []
    for rows, ends, stable in _segments(branch, piece):
        if stable:
            low, high = sorted(ends, key=lambda edge: edge.level)
            size = float(amplitude[rows].max())
            out.append(Stretch(piece, rows, low, high, size, _spikes_from(branch, piece, rows)))
    return out


def _segments(branch: Branch, piece: CyclePiece) -> Iterator[tuple[slice, tuple[Edge, Edge], bool]]:
    """Yield the cycles between special points, what ends them, and whether they are stable."""
    stable, trusted = piece.stable, piece.trusted
    for (place, first), (next_place, last) in pairwise(_marks(branch, piece)):
        rows = slice(place + 1, next_place + 1)
        # Between special points stability does not change: most of what can be trusted decides.
        votes = stable[rows][trusted[rows]]
        if rows.stop > rows.start:
            yield rows, (first, last), 2 * int(votes.sum()) > votes.size


def _spikes_from(branch: Branch, piece: CyclePiece, rows: slice) -> float:
    """Return the least input of some cycles that meet the spike condition."""
    given = branch.request
    system = given.model.system
    threshold = system.expanded_threshold()
    if threshold is None:
        return float("inf")
    p = levels(branch, piece.values)
    for k in sorted(range(*rows.indices(len(piece))), key=lambda k: float(p[k])):
        states = {
            name: units.strip(values, given.model.dimensions[name], name)
            for name, values in piece.profile(k)[1].items()
        }
        above = evaluate(threshold, {**given.known, given.parameter: float(p[k]), **states})
        if float(np.min(above)) < 0.0 <= float(np.max(above)):
            return float(p[k])
    return float("inf")


def levels(branch: Branch, values: Any) -> np.ndarray:
    """Return values of the parameter in internal units."""
    dimension = branch.model.dimensions[branch.parameter]
    return np.asarray(units.strip(values, dimension, branch.parameter), float)


def rates_of(branch: Branch, piece: CyclePiece) -> list[Rates]:
    """Return the frequencies of a family over the input, apart for stable and unstable cycles."""
    p = levels(branch, piece.values)
    f = 1e3 / np.asarray(piece.period.m_as("ms"), float)
    out = []
    for rows, ends, stable in _segments(branch, piece):
        x = np.concatenate([[ends[0].level], p[rows], [ends[1].level]])
        y = np.concatenate([[ends[0].frequency], f[rows], [ends[1].frequency]])
        unit = branch.request.unit
        out.append(Rates(units.attach(x, unit), units.attach(1e-3 * y, "Hz"), stable))
    return out


def _marks(branch: Branch, piece: CyclePiece) -> list[tuple[int, Edge]]:
    """Return the special points of a family with the cycle before each, its two ends included."""
    marks = []
    points = list(zip(piece.places, piece.special, strict=True))
    level = levels(branch, piece.values).tolist()
    rate = [1e3 / float(v) for v in piece.period.m_as("ms")]
    for place, point in points:
        infinite = point.kind in _INFINITE
        frequency = 0.0 if infinite else 1e3 / float(point.period.m_as("ms"))
        marks.append((place, Edge(point.kind, float(levels(branch, point.parameter)), frequency)))
    if not marks or marks[0][0] >= 0:
        marks.insert(0, (-1, _end(branch, piece, 0, level, rate)))
    if marks[-1][0] < len(piece) - 1 or piece.special[-1].kind not in _INFINITE:
        marks.append((len(piece) - 1, _end(branch, piece, -1, level, rate)))
    return marks


def _end(
    branch: Branch, piece: CyclePiece, which: int, level: list[float], rate: list[float]
) -> Edge:
    """Return the end of a family that is no special point of cycles."""
    if which == 0 and piece.born is not None:
        point: Any = piece.born
    elif _HOPF in piece.ended[which]:
        hopfs = [one for one in branch.special if one.kind == "hopf" and one is not piece.born]
        point = min(hopfs, key=lambda one: abs(levels(branch, one.parameter) - level[which]))
    else:
        kind = "range" if "range" in piece.ended[which] else piece.ended[which]
        return Edge(kind, level[which], rate[which])
    kind = f"{point.criticality} Hopf" if point.criticality else "degenerate Hopf"
    frequency = float(point.frequency.m_as("Hz"))
    return Edge(kind, float(levels(branch, point.parameter)), frequency)
