"""What `Branch.cycles` returns: families of limit cycles and their special points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis.bifurcation._arguments import Arguments, number
from excitable.analysis.bifurcation._collocation import Collocation, Elements
from excitable.analysis.bifurcation._cycle_follow import CycleFollower
from excitable.analysis.bifurcation._cycles import Birth, Cycle, Family
from excitable.analysis.bifurcation._defining import Scaled
from excitable.analysis.bifurcation._limit_cycle import (
    TRUSTED,
    LimitCycle,
    column,
    extremes,
    passages,
    profile,
)
from excitable.analysis.bifurcation._normal_forms import hopf_form
from excitable.errors import ParameterError, SimulationError

if TYPE_CHECKING:
    from excitable.analysis.bifurcation._branch import Branch, SpecialPoint

_INFINITE = ("SNIC", "homoclinic")  # where a family ends because its period does not


@dataclass(frozen=True, eq=False)
class CyclePoint:
    """A point where a family of cycles changes.

    Parameters
    ----------
    kind : str
        `"fold of cycles"`, `"period doubling"`, `"torus"`, `"SNIC"` or `"homoclinic"`.
    parameter : Quantity
        Value of the parameter; at a SNIC that of the fold, at a homoclinic orbit that of the
        longest cycle found.
    period : Quantity
        Period there, of the longest cycle found where it is infinite.
    state : dict of str to Quantity
        A point on the cycle; its slowest one where the period is infinite.
    multipliers : ndarray of complex, shape (states,)
        Floquet multipliers, the trivial one first.
    """

    kind: str
    parameter: Any
    period: Any
    state: dict[str, Any]
    multipliers: np.ndarray

    @property
    def criticality(self) -> None:
        """None, as of every special point but a Hopf point."""
        return None

    @property
    def frequency(self) -> Any:
        """One over the period, zero where that is infinite."""
        if self.kind in _INFINITE:
            return units.attach(0.0, "Hz")
        return (1.0 / self.period).to("Hz")

    def __repr__(self) -> str:
        longest = "longest period" if self.kind in _INFINITE else "period"
        return f"<{self.kind} at {self.parameter:.10g~P}, {longest} {self.period:.6g~P}>"


class CyclePiece:
    """One family of limit cycles, from where it begins, mostly a Hopf point, to where it ends.

    Parameters
    ----------
    given : Arguments
        What was asked for.
    equations : Collocation
        What the cycles obey.
    family : Family
        The solutions.
    special : tuple of CyclePoint
        Special points in the order met.
    ended : tuple of str
        Where it begins, and why it ends.
    born : SpecialPoint or None
        The Hopf point it is born at; None if another orbit was followed.

    Attributes
    ----------
    born : SpecialPoint or None
        The Hopf point it is born at; None if another orbit was followed.
    ended : tuple of str
        Where it begins, and why it ends.
    special : tuple of CyclePoint
        Special points in the order met.
    """

    def __init__(
        self, given: Arguments, equations: Collocation, family: Family, *,
        special: tuple[CyclePoint, ...], ended: tuple[str, str], born: SpecialPoint | None = None,
    ) -> None:  # fmt: skip
        self.born = born
        self.special = special
        self.ended = ended
        self._given = given
        self._equations = equations
        self._cycles = family.cycles
        self._found = family.found

    def __len__(self) -> int:
        return len(self._cycles)

    def __repr__(self) -> str:
        values, period, given = self.values, self.period, self._given
        return (
            f"<{len(self)} limit cycles of {given.model.name}, {given.parameter} from "
            f"{values.min():.6g~P} to {values.max():.6g~P}, "
            f"periods from {period.min():.6g~P} to {period.max():.6g~P}>"
        )

    @property
    def places(self) -> tuple[int, ...]:
        """Index of the cycle before each special point; -1 where the family begins with it."""
        inner, last = iter(self._found), len(self) - 1
        begins = float(self._cycles[0].loop.period)
        out = []
        for k, point in enumerate(self.special):
            if point.kind not in _INFINITE:
                out.append(next(inner).place)
            else:
                first = k == 0 and self.born is None and float(point.period.magnitude) == begins
                out.append(-1 if first else last)
        return tuple(out)

    @property
    def values(self) -> Any:
        """The parameter, shape (cycles,)."""
        p = np.array([one.loop.p for one in self._cycles]) * self._equations.span
        return units.attach(p, self._given.unit)

    @property
    def period(self) -> Any:
        """Periods, shape (cycles,)."""
        return units.attach(np.array([one.loop.period for one in self._cycles]), "ms")

    @property
    def multipliers(self) -> np.ndarray:
        """Floquet multipliers, shape (cycles, states), the trivial one first."""
        return np.array([one.multipliers for one in self._cycles])

    @property
    def trivial_error(self) -> np.ndarray:
        """How far the flow is from carrying its direction onto itself, shape (cycles,)."""
        return np.array([one.trivial_error for one in self._cycles])

    @property
    def trusted(self) -> np.ndarray:
        """Whether that error is small, so that the multipliers can be believed."""
        return self.trivial_error < TRUSTED

    @property
    def stable(self) -> np.ndarray:
        """Whether each cycle is stable, shape (cycles,); never where it cannot be `trusted`."""
        inside = (np.abs(self.multipliers[:, 1:]) < 1.0).all(axis=1)
        return np.asarray(inside & self.trusted)

    @cached_property
    def _extremes(self) -> tuple[np.ndarray, np.ndarray]:
        return extremes(self._equations, self._cycles)

    def minimum(self, state: str | None = None) -> Any:
        """Return the least value of a state, the first if not given, on each cycle."""
        return column(self._given, self._extremes[0], state)

    def maximum(self, state: str | None = None) -> Any:
        """Return the largest value of a state, the first if not given, on each cycle."""
        return column(self._given, self._extremes[1], state)

    @property
    def amplitude(self) -> Any:
        """Largest less least value of the first state on each cycle, shape (cycles,)."""
        return self.maximum() - self.minimum()

    def profile(self, index: int) -> tuple[Any, dict[str, Any]]:
        """Return times and states along one cycle.

        Parameters
        ----------
        index : int
            Which.

        Returns
        -------
        t : Quantity [time], shape (samples,)
            From 0 to the period.
        states : dict of str to Quantity
            States at those times.
        """
        return profile(self._given, self._equations, self._cycles[index].loop)

    def at(self, value: Any) -> list[LimitCycle]:
        """Return all cycles of the family at one value of the parameter.

        Parameters
        ----------
        value : Quantity, str or float
            Value of the parameter.

        Returns
        -------
        list of LimitCycle
            One for each passage of the family, in its order; none where it does not reach.

        Raises
        ------
        UnitError, ParameterError
            If the value has another unit or is no finite number.

        Notes
        -----
        Each solves the equations of collocation at exactly this value, on a mesh that is made finer
        until the period stands still; how much it last moved is `LimitCycle.period_error`.
        """
        given, equations = self._given, self._equations
        p = number(value, given.model.dimensions[given.parameter], "value") / equations.span
        chain = list(self._cycles)
        for found in sorted(self._found, key=lambda one: -one.place):
            if found.kind == "fold of cycles":
                chain.insert(found.place + 1, found.cycle)
        born = None
        if self.born is not None:
            dimension = given.model.dimensions[given.parameter]
            born = number(self.born.parameter, dimension, "born") / equations.span
        return [
            LimitCycle(given, equations, cycle, error)
            for cycle, error in passages(equations, chain, born, p)
        ]


class CycleBranch:
    """All limit cycles born at the Hopf points of a branch: made by `Branch.cycles`.

    Parameters
    ----------
    branch : Branch
        The equilibria.
    pieces : tuple of CyclePiece
        Families; one that joins two Hopf points stands here once.

    Attributes
    ----------
    branch : Branch
        The equilibria.
    pieces : tuple of CyclePiece
        Families.

    Examples
    --------
    >>> import excitable as ex
    >>> branch = ex.continuation(ex.MorrisLecar, "I", "0 uA/cm2", "300 uA/cm2")
    >>> for point in branch.cycles().special:
    ...     print(point)
    <fold of cycles at 88.29325054 µA/cm², period 135.386 ms>
    <fold of cycles at 216.8998014 µA/cm², period 77.9291 ms>
    """

    def __init__(self, branch: Branch, pieces: tuple[CyclePiece, ...]) -> None:
        self.branch = branch
        self.pieces = pieces

    @property
    def special(self) -> tuple[CyclePoint, ...]:
        """Special points of all pieces."""
        return tuple(point for piece in self.pieces for point in piece.special)

    def __repr__(self) -> str:
        count = sum(len(piece) for piece in self.pieces)
        families = "1 family" if len(self.pieces) == 1 else f"{len(self.pieces)} families"
        return f"<{families} of {count} limit cycles of {self.branch.model.name}>"

    def at(self, value: Any) -> list[LimitCycle]:
        """Return all cycles at one value of the parameter: see `CyclePiece.at`."""
        return [cycle for piece in self.pieces for cycle in piece.at(value)]

    def plot(self, **options: Any) -> Any:
        """Draw equilibria and cycles: see `excitable.plotting.plot_cycles`."""
        from excitable import _products

        return _products.plot_cycles(self, **options)


def cycles_of(branch: Branch, intervals: int, degree: int, cycles: int) -> CycleBranch:
    """Follow the limit cycles from every Hopf point of a branch.

    Parameters
    ----------
    branch : Branch
        Equilibria.
    intervals : int
        Intervals of the mesh.
    degree : int
        Gauss points in each.
    cycles : int
        Most cycles of one family.

    Returns
    -------
    CycleBranch
        Each family once.
    """
    _check(intervals, degree, cycles)
    follower, points = follower_of(branch, degree)
    pieces: list[CyclePiece] = []
    reached: set[int] = set()
    for k, birth in enumerate(follower.births):
        if k in reached:
            continue
        family = follower.follow(birth, intervals, cycles)
        if family.hopf is not None:
            reached.add(family.hopf)
        if family.cycles:
            pieces.append(_piece(branch.request, follower, family, points[k]))
    return CycleBranch(branch, tuple(pieces))


def follower_of(branch: Branch, degree: int) -> tuple[CycleFollower, list[SpecialPoint]]:
    """Return what follows the cycles of a branch's equations, and the Hopf points.

    Parameters
    ----------
    branch : Branch
        Equilibria, whose size gives the scales.
    degree : int
        Gauss points in an interval.

    Returns
    -------
    CycleFollower
        It knows all Hopf points and folds of the branch.
    list of SpecialPoint
        The Hopf points.
    """
    given, flow = branch.request, branch.flow
    y = np.array([[*one.y] for one in branch.trace.nodes])
    spread = np.ptp(y[:, :-1], axis=0)
    scale = np.maximum(spread, np.maximum(given.least, 1e-3 * np.abs(y[:, :-1]).max(axis=0)))
    scale[scale <= 0.0] = 1.0
    span = abs(given.stop - given.start)
    equations = Collocation(Scaled(flow, scale), span, Elements(degree))
    births, points, folds = [], [], []
    for found, point in zip(branch.trace.found, branch.special, strict=True):
        if found.kind == "hopf":
            form = hopf_form(flow, found.y[:-1], found.y[-1:])
            births.append(
                Birth(found.y[:-1] / scale, form.q / scale, form.omega, found.y[-1] / span)
            )
            points.append(point)
        elif found.kind == "fold":
            folds.append(found.y[-1] / span)
    ends = (given.start / span, given.stop / span)
    return CycleFollower(equations, ends, births, folds), points


def _piece(
    given: Arguments, follower: CycleFollower, family: Family, born: SpecialPoint
) -> CyclePiece:
    special = [cycle_point(given, follower.equations, one.kind, one.cycle) for one in family.found]
    why, last = ending(given, follower, family)
    ended = (f"a Hopf point at {born.parameter:.6g~P}", why)
    return CyclePiece(
        given, follower.equations, family, special=(*special, *last), ended=ended, born=born
    )


def ending(
    given: Arguments, follower: CycleFollower, family: Family
) -> tuple[str, list[CyclePoint]]:
    """Return why a family ends, in words, and the special point there if it is one.

    Parameters
    ----------
    given : Arguments
        What was asked for.
    follower : CycleFollower
        What followed it.
    family : Family
        The solutions.

    Returns
    -------
    str
        The reason.
    list of CyclePoint
        A SNIC or a homoclinic orbit, or nothing.
    """
    equations, last = follower.equations, family.cycles[-1]
    joined = None if family.hopf is None else follower.births[family.hopf].p
    place = given.shown((last.loop.p if joined is None else joined) * equations.span)
    words = {
        "range": f"{given.parameter} reaches {place}, an end of its range",
        "hopf": f"it shrinks to a Hopf point at {place}",
        "SNIC": "the period becomes infinite on the invariant circle of a saddle-node",
        "homoclinic": "the period becomes infinite at a homoclinic orbit",
    }
    special = []
    if family.ended in {"SNIC", "homoclinic"}:
        p = None if family.fold is None else follower.folds[family.fold]
        special.append(cycle_point(given, equations, family.ended, last, p))
    return words.get(family.ended, f"{family.ended} at {given.parameter} = {place}"), special


def cycle_point(
    given: Arguments, equations: Collocation, kind: str, cycle: Cycle, p: float | None = None
) -> CyclePoint:
    """Return a special point with units; at a SNIC its parameter is that of the fold."""
    loop = cycle.loop
    x = loop.u.reshape(-1, equations.size)
    value = loop.p * equations.span
    place = 0
    if kind in {"SNIC", "homoclinic"}:
        f = equations.field(x.T, np.array([value]))[0]
        place = int(np.argmin(np.abs(f).max(axis=0)))
    return CyclePoint(
        kind, units.attach(value if p is None else p * equations.span, given.unit),
        units.attach(loop.period, "ms"), given.state(x[place] * equations.field.scale),
        cycle.multipliers,
    )  # fmt: skip


def _check(intervals: int, degree: int, cycles: int) -> None:
    for name, value, low, high in (
        ("intervals", intervals, 10, 400), ("degree", degree, 4, 7), ("cycles", cycles, 2, 10**5),
    ):  # fmt: skip
        if not isinstance(value, int) or not low <= value <= high:
            raise ParameterError(
                f"{value!r}", f"a whole number from {low} to {high} is expected",
                f"Leave {name}=... out", owner="cycles", name=name,
            )  # fmt: skip


def no_hopf(name: str) -> SimulationError:
    """Return the error for a branch without a Hopf point."""
    return SimulationError(
        f"no Hopf point is on this branch of {name}",
        "cycles are followed from where they are born",
        "Follow the equilibria over a wider range", owner="cycles",
    )  # fmt: skip
