"""What `ex.continuation` returns: a branch of equilibria and its special points."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis._names import place_of_state
from excitable.analysis.bifurcation._arguments import Arguments
from excitable.analysis.bifurcation._cycle_branch import CycleBranch, cycles_of, no_hopf
from excitable.analysis.bifurcation._flow import Flow
from excitable.analysis.bifurcation._follow import UNDEFINED, Trace
from excitable.analysis.bifurcation._points import (
    BranchPoint,
    Origin,
    SpecialPoint,
    special_point,
)


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
            f"{values.min():.6g~P} to {values.max():.6g~P}, {len(self.special)} special points>"
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
        k = place_of_state(self.model, state, owner="Branch", write="Write branch[{!r}]")
        unit = units.default_unit(self.model.dimensions[state])
        return units.attach(self._y[:, k].copy(), unit)

    @cached_property
    def beyond_threshold(self) -> np.ndarray:
        """Whether each lies where a neuron with a reset has spiked already, shape (points,).

        No run rests there. False everywhere if the model has no reset.
        """
        return self.flow.past_threshold(self._y[:, :-1].T, self._y[:, -1:].T)

    @cached_property
    def points(self) -> tuple[BranchPoint, ...]:
        """All equilibria, in order."""
        states = {name: self[name] for name in self.model.states}
        values = self.values
        free, scale = (self.parameter,), self.sizes
        return tuple(
            BranchPoint(
                values[k], {name: row[k] for name, row in states.items()},
                self.eigenvalues[k], bool(self.stable[k]), bool(self.beyond_threshold[k]),
                Origin(self.request, free, self._y[k], scale),
            )
            for k in range(len(self))
        )  # fmt: skip

    @cached_property
    def sizes(self) -> np.ndarray:
        """How far each state moves along the branch, shape (states,), in internal units."""
        return sizes(self.request, self._y[:, :-1])

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
        of the period; the mesh is made finer where it must be. Multipliers come from an orthogonal
        elimination of the transfer matrices across the flow, in the plane from the divergence; how
        far the flow is from carrying its own direction onto itself is the accuracy of all. A
        family ends at another Hopf point, at an end of the range, where its period becomes
        infinite (in a SNIC if the parameter tends to a fold with the square root law, else in a
        homoclinic orbit), or where more cycles would tell no more: the finest mesh does not resolve
        them, or the parameter stands still to rounding, as in a canard explosion. Resets play
        no part.
        """
        if not any(point.kind == "hopf" for point in self.special):
            raise no_hopf(self.model.name)
        return cycles_of(self, intervals, degree, cycles)

    def switched(self, point: SpecialPoint, *, points: int = 2000) -> Branch:
        """Follow the other branch through a branch point, both ways.

        Parameters
        ----------
        point : SpecialPoint
            A branch point from `special`.
        points : int
            How many points are computed at most, each way.

        Returns
        -------
        Branch
            The branch that crosses this one, over the same range: both halves of a pitchfork,
            the other line of a transcritical bifurcation.

        Raises
        ------
        ParameterError
            If the point is no branch point of this branch.
        SimulationError
            If no second direction leaves the point.

        Notes
        -----
        The directions of all branches through the point are the roots of the quadratic form that
        the second derivative leaves on the null space of the first (the algebraic branching
        equation); the one that this branch does not take is followed.

        Examples
        --------
        >>> import excitable as ex
        >>> pitchfork = ex.Model(
        ...     "Pitchfork", equations="tau*dx/dt = mu*x - x**3", states=dict(x=0.0),
        ...     inputs=dict(mu="1"), parameters=dict(tau="1 ms"),
        ... )
        >>> branch = ex.continuation(pitchfork, "mu", -1, 1, initial=dict(x=0))
        >>> other = branch.switched(branch.special[0])
        >>> print(other["x"][0], other["x"][-1], other.stable.all())
        -1.0 1.0 True
        """
        from excitable.analysis.bifurcation._switching import switch

        return switch(self, point, points)

    def plot(self, **options: Any) -> Any:
        """Draw the branch: see `excitable.plotting.plot_branch`."""
        from excitable import _products

        return _products.plot_branch(self, **options)


def branch_of(given: Arguments, flow: Flow, trace: Trace) -> Branch:
    """Return a branch with its special points."""
    scale = sizes(given, np.array([node.y[:-1] for node in trace.nodes]))
    special = tuple(special_point(one, given, flow, scale) for one in trace.found)
    return Branch(given, flow, trace, special)


def sizes(given: Arguments, x: np.ndarray) -> np.ndarray:
    """Return how far each state moves along a branch, shape (states,).

    Parameters
    ----------
    given : Arguments
        The request.
    x : ndarray, shape (points, states)
        Equilibria.

    Returns
    -------
    ndarray, shape (states,)
        Positive.
    """
    size = np.maximum(np.ptp(x, axis=0), np.maximum(given.least, 1e-3 * np.abs(x).max(axis=0)))
    return np.where(size > 0.0, size, 1.0)


def _ends(trace: Trace, given: Arguments) -> tuple[str, str]:
    if trace.began:
        first = _end(trace.began, trace.limit, float(trace.nodes[0].y[-1]), given)
    else:
        first = f"{given.parameter} is {given.shown(trace.nodes[0].y[-1])}, where it starts"
    return first, _end(trace.ended, trace.limit, float(trace.nodes[-1].y[-1]), given)


def _end(reason: str, limit: float | None, reached: float, given: Arguments) -> str:
    if reason == UNDEFINED and limit is not None:
        where = f"{given.parameter} = {given.shown(limit)}"
        return f"{reason} at {where}; the last point is at {given.shown(reached)}"
    if reason != "range":
        return f"{reason} at {given.parameter} = {given.shown(reached)}"
    name = "stop" if abs(reached - given.stop) < abs(reached - given.start) else "start"
    return f"{given.parameter} reaches {given.shown(reached)}, the {name} of its range"
