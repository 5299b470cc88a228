"""What `ex.continuation` returns: a branch of equilibria and its special points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.bifurcation._arguments import Arguments
from excitable.analysis.bifurcation._cycle_branch import CycleBranch, cycles_of, no_hopf
from excitable.analysis.bifurcation._flow import Flow
from excitable.analysis.bifurcation._follow import Trace
from excitable.errors import UnknownNameError


@dataclass(frozen=True, eq=False)
class BranchPoint:
    """One equilibrium on a branch.

    Parameters
    ----------
    parameter : Quantity
        Value of the parameter.
    state : dict of str to Quantity
        The equilibrium.
    eigenvalues : ndarray of complex, shape (states,)
        In 1/ms, by falling real part.
    stable : bool
        Whether all real parts are negative.
    """

    parameter: Any
    state: dict[str, Any]
    eigenvalues: np.ndarray
    stable: bool


@dataclass(frozen=True, eq=False)
class SpecialPoint:
    """A point where the behaviour changes.

    Parameters
    ----------
    kind : str
        `"fold"`, `"hopf"` or `"branch point"`.
    parameter : Quantity
        Value of the parameter, in the unit of `start`.
    state : dict of str to Quantity
        The equilibrium.
    eigenvalues : ndarray of complex, shape (states,)
        In 1/ms, by falling real part.
    criticality : str or None
        `"supercritical"` or `"subcritical"` at a Hopf point; None elsewhere, and where the first
        Lyapunov coefficient vanishes.
    frequency : Quantity or None
        Frequency of the critical pair at a Hopf point.
    l1 : float or None
        First Lyapunov coefficient at a Hopf point, ``Re(c1)/omega``, in one over the square of the
        states' units.
    re_c1 : float or None
        Real part of the cubic coefficient, l1 times the angular frequency in rad/ms.
    coefficient : float or None
        Quadratic coefficient of the normal form at a fold; it vanishes at a cusp.

    Notes
    -----
    Coefficients are those of Kuznetsov with ``<q, q> = <p, q> = 1``; their size depends on the
    units of the states, which are mV for a potential, their sign does not.

    Examples
    --------
    >>> import excitable as ex
    >>> ex.continuation(ex.QIF, "I", -1, 1).special[0].kind
    'fold'
    """

    kind: str
    parameter: Any
    state: dict[str, Any]
    eigenvalues: np.ndarray
    criticality: str | None = None
    frequency: Any = None
    l1: float | None = None
    re_c1: float | None = None
    coefficient: float | None = None

    def __repr__(self) -> str:
        words = [self.criticality, self.kind] if self.criticality else [self.kind]
        tail = "" if self.frequency is None else f", {self.frequency:.6g~P}"
        return f"<{' '.join(words)} at {self.parameter:.10g~P}{tail}>"


class Branch:
    """A curve of equilibria over a parameter: made by `excitable.continuation`.

    Parameters
    ----------
    given : Arguments
        What was asked for.
    flow : Flow
        The drift with the parameter free.
    trace : Trace
        What was followed.
    special : tuple of SpecialPoint
        Special points in the order met.

    Attributes
    ----------
    model : Model
        The model.
    parameter : str
        What varies.
    special : tuple of SpecialPoint
        Special points in the order met.
    ended : tuple of str
        Why the branch ends, at its first and at its last point.

    Examples
    --------
    >>> import excitable as ex
    >>> branch = ex.continuation(ex.HodgkinHuxley, "I", "0 uA/cm2", "200 uA/cm2")
    >>> for point in branch.special:
    ...     print(point)
    <subcritical hopf at 9.775437995 µA/cm², 93.302 Hz>
    <supercritical hopf at 154.5224337 µA/cm², 169.169 Hz>
    """

    def __init__(
        self, given: Arguments, flow: Flow, trace: Trace, special: tuple[SpecialPoint, ...]
    ) -> None:
        self.model = given.model
        self.parameter = given.parameter
        self.special = special
        self.ended = _ends(trace, given)
        self.request = given
        self.flow = flow
        self.trace = trace

    def __len__(self) -> int:
        return len(self.trace.nodes)

    def __repr__(self) -> str:
        values = self.values
        return (
            f"<Branch of {self.model.name}: {len(self)} equilibria, {self.parameter} from "
            f"{values[0]:.6g~P} to {values[-1]:.6g~P}, {len(self.special)} special points>"
        )

    @cached_property
    def _y(self) -> np.ndarray:
        return np.array([node.y for node in self.trace.nodes])

    @property
    def values(self) -> Any:
        """The parameter along the branch, shape (points,)."""
        return units.attach(self._y[:, -1].copy(), self.request.unit)

    @cached_property
    def eigenvalues(self) -> np.ndarray:
        """Eigenvalues in 1/ms along the branch, shape (points, states), by falling real part."""
        return np.array([node.eigenvalues for node in self.trace.nodes])

    @cached_property
    def stable(self) -> np.ndarray:
        """Whether each point is stable, shape (points,)."""
        return np.asarray((np.real(self.eigenvalues) < 0.0).all(axis=1))

    def __getitem__(self, state: str) -> Any:
        """Return a state along the branch, shape (points,)."""
        names = list(self.model.states)
        if state not in names:
            raise UnknownNameError(
                f"{state!r} is no state of {self.model.name}", f"there are: {', '.join(names)}",
                f"Write branch[{names[0]!r}]", owner="Branch",
            )  # fmt: skip
        unit = units.default_unit(self.model.dimensions[state])
        return units.attach(self._y[:, names.index(state)].copy(), unit)

    @cached_property
    def points(self) -> tuple[BranchPoint, ...]:
        """All equilibria, in order."""
        states = {name: self[name] for name in self.model.states}
        values = self.values
        return tuple(
            BranchPoint(
                values[k], {name: row[k] for name, row in states.items()},
                self.eigenvalues[k], bool(self.stable[k]),
            )
            for k in range(len(self))
        )  # fmt: skip

    @property
    def pieces(self) -> tuple[slice, ...]:
        """Which points hang together: one piece, more where the branch left the range between."""
        edges = [0, *self.trace.gaps, len(self)]
        return tuple(slice(a, b) for a, b in pairwise(edges))

    @property
    def places(self) -> tuple[int, ...]:
        """Index of the point before each special point."""
        return tuple(self.trace.places)

    def cycles(self, *, intervals: int = 60, degree: int = 5, cycles: int = 400) -> CycleBranch:
        """Follow the limit cycles, stable and unstable, from every Hopf point.

        Parameters
        ----------
        intervals : int
            Intervals of the mesh, which follows the solution.
        degree : int
            Gauss points in each interval, from 4 to 7.
        cycles : int
            How many cycles of one family are computed at most.

        Returns
        -------
        CycleBranch
            Families with periods, amplitudes, multipliers and special points.

        Raises
        ------
        SimulationError
            If there is no Hopf point on the branch.
        ParameterError
            If a number is out of its range.

        Notes
        -----
        Orthogonal collocation with pseudo-arclength continuation in scaled states and the logarithm
        of the period. Multipliers come from an orthogonal elimination of the transfer matrices; how
        far the trivial one is from 1 is the accuracy of all. A family ends at another Hopf
        point, at an end of the range, or where its period becomes infinite: in a SNIC if the
        parameter tends to a fold with the square root law, else in a homoclinic orbit. Resets
        play no part.
        """
        if not any(point.kind == "hopf" for point in self.special):
            raise no_hopf(self.model.name)
        return cycles_of(self, intervals, degree, cycles)

    def plot(self, **options: Any) -> Any:
        """Draw the branch: see `excitable.plotting.plot_branch`."""
        from excitable import _products

        return _products.plot_branch(self, **options)


def _ends(trace: Trace, given: Arguments) -> tuple[str, str]:
    first = f"{given.parameter} is {given.shown(given.start)}, where it starts"
    if trace.ended != "range":
        last = f"{trace.ended} at {given.parameter} = {given.shown(trace.nodes[-1].y[-1])}"
        return first, last
    reached = trace.nodes[-1].y[-1]
    name = "stop" if abs(reached - given.stop) < abs(reached - given.start) else "start"
    return first, f"{given.parameter} reaches {given.shown(reached)}, the {name} of its range"
