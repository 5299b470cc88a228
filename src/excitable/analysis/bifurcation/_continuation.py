"""`ex.continuation`: a branch of equilibria over any parameter or input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from excitable.analysis.bifurcation._arclength import LONGEST
from excitable.analysis.bifurcation._arguments import arguments
from excitable.analysis.bifurcation._branch import Branch, branch_of
from excitable.analysis.bifurcation._flow import Flow
from excitable.analysis.bifurcation._follow import Follower
from excitable.analysis.bifurcation._points import BranchPoint, SpecialPoint
from excitable.analysis.bifurcation._seed import seed, sizes_at
from excitable.analysis.bifurcation._switching import carried, resumed
from excitable.analysis.bifurcation._two_parameters import CurvePoint
from excitable.model import Model


def continuation(
    model: Model, parameter: str, start: Any, stop: Any, *,
    initial: Mapping[str, Any] | SpecialPoint | BranchPoint | CurvePoint | None = None,
    points: int = 2000, **inputs: Any,
) -> Branch:  # fmt: skip
    """Follow an equilibrium while a parameter or an input changes.

    Parameters
    ----------
    model : Model
        One neuron.
    parameter : str
        A parameter or an input.
    start, stop : Quantity, str or float
        The range; the branch begins at `start` and is followed, through folds, until it leaves
        the range. Where it leaves at `start` over an input it is followed outside as well, and
        kept from where it comes back.
    initial : mapping of str to Quantity, SpecialPoint, BranchPoint or CurvePoint, optional
        Which equilibrium at `start` to begin with: the one found from these values of the states;
        the resting one if not given. A point of a branch or curve found before is itself on the
        new branch, which is followed both ways from it: see below.
    points : int
        How many points are computed at most.
    **inputs : Quantity or str
        Constant values of other inputs; zero if not given.

    Returns
    -------
    Branch
        Points with eigenvalues and stability, special points, and why it ends.

    Raises
    ------
    UnknownNameError
        If the model has no such parameter, input or state.
    UnitError, ParameterError
        If a value has another unit, is out of bounds, or `start` equals `stop`.
    SimulationError
        If no equilibrium is found at `start`.

    Notes
    -----
    Pseudo-arclength continuation in variables that are scaled by their own size; the step adapts
    to Newton's method and to the turning of the tangent, and nothing is random. Folds, Hopf points
    and branch points are found by sign changes of the tangent, of the product of all sums of two
    eigenvalues, and of the determinant of the extended system, and located by solving their own
    equations to rounding. Two events closer together than a step that undo each other can be
    missed. Lyapunov coefficients use exact symbolic derivatives (Kuznetsov 2004). A reset plays
    no part.

    Examples
    --------
    >>> import excitable as ex
    >>> branch = ex.continuation(ex.Izhikevich, "I", "0 mV/ms", "5 mV/ms")
    >>> [(p.kind, round(p.parameter.magnitude, 6)) for p in branch.special]
    [('hopf', 3.7975), ('fold', 4.0)]
    """
    if isinstance(initial, SpecialPoint | BranchPoint | CurvePoint):
        model, inputs = carried(model, parameter, initial, inputs)
    given = arguments(model, parameter, (start, stop), inputs, points)
    flow = Flow(model.system, given.known, (parameter,))
    if isinstance(initial, SpecialPoint | BranchPoint | CurvePoint):
        return resumed(given, flow, initial, points)
    x = seed(given, flow, initial)
    y = np.append(x, given.start)
    size = sizes_at(given, flow, y)
    follower = Follower(flow, size, LONGEST)
    along = np.zeros(y.size)
    along[-1] = np.sign(given.stop - given.start)
    tangent = follower.arc.tangent(y, along)[0]
    ends, leave = (given.start, given.stop), parameter in model.inputs
    return branch_of(given, flow, follower.follow(y, tangent, ends, points, leave))
