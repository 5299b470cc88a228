"""`ex.continuation`: a branch of equilibria over any parameter or input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.bifurcation._arclength import LONGEST
from excitable.analysis.bifurcation._arguments import Arguments, arguments
from excitable.analysis.bifurcation._branch import Branch, SpecialPoint
from excitable.analysis.bifurcation._flow import Flow
from excitable.analysis.bifurcation._follow import Follower, Found, sorted_eigenvalues
from excitable.analysis.bifurcation._normal_forms import fold_coefficient, hopf_form
from excitable.analysis.bifurcation._seed import scales, seed
from excitable.model import Model


def continuation(
    model: Model, parameter: str, start: Any, stop: Any, *,
    initial: Mapping[str, Any] | None = None, points: int = 2000, **inputs: Any,
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
    initial : mapping of str to Quantity, optional
        Which equilibrium at `start` to begin with: the one found from these values of the states,
        such as the `.state` of a special point. The resting one if not given.
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
    given = arguments(model, parameter, (start, stop), inputs, points)
    flow = Flow(model.system, given.known, (parameter,))
    x = seed(given, flow, initial)
    y = np.append(x, given.start)
    _, J, by_free = flow.linear(x[:, None], y[-1:])
    size = scales(x, np.hstack([J[0], by_free[0]]), abs(given.stop - given.start), given.least)
    follower = Follower(flow, size, LONGEST)
    along = np.zeros(y.size)
    along[-1] = np.sign(given.stop - given.start)
    tangent = follower.arc.tangent(y, along)[0]
    ends, leave = (given.start, given.stop), parameter in model.inputs
    trace = follower.follow(y, tangent, ends, points, leave)
    special = tuple(special_point(one, given, flow) for one in trace.found)
    return Branch(given, flow, trace, special)


def special_point(found: Found, given: Arguments, flow: Flow) -> SpecialPoint:
    """Return a special point with units and the coefficients of its normal form."""
    x, p = found.y[:-1], found.y[-1:]
    eigenvalues = sorted_eigenvalues(flow.linear(x[:, None], p)[1][0])
    known: dict[str, Any] = {}
    if found.kind == "hopf":
        form = hopf_form(flow, x, p)
        known = {
            "criticality": form.criticality,
            "frequency": units.attach(form.omega / (2.0 * np.pi), "Hz"),
            "l1": form.c1.real / form.omega,
            "re_c1": form.c1.real,
        }
    elif found.kind == "fold":
        known = {"coefficient": fold_coefficient(flow, x, p)}
    return SpecialPoint(
        found.kind, units.attach(float(p[0]), given.unit), given.state(x), eigenvalues, **known
    )
