"""Through a point both ways, and from one branch to the other where two cross."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.bifurcation._arclength import CLOSED, LONGEST, Arc
from excitable.analysis.bifurcation._arguments import Arguments, check_points, number
from excitable.analysis.bifurcation._branch import Branch, branch_of
from excitable.analysis.bifurcation._flow import Flow
from excitable.analysis.bifurcation._follow import Follower, Node, Trace
from excitable.analysis.bifurcation._points import BranchPoint, SpecialPoint
from excitable.analysis.bifurcation._seed import seed, sizes_at
from excitable.analysis.bifurcation._two_parameters import CurvePoint
from excitable.errors import ModelError, ParameterError, SimulationError
from excitable.model import Model

Point = SpecialPoint | BranchPoint | CurvePoint

_OFF = 0.005  # in scales: how far from a point a branch through it is begun
_DIFFERENCE = 1e-4
_AROUND = 0.1  # in scales: where derivatives are of their usual size
_SINGULAR = 1e-6
_BENT = 1e-4  # of that: smaller second derivatives are zero, and decide nothing
_FLAT = 1e-7


def tangents(arc: Arc, y: np.ndarray) -> list[np.ndarray]:
    """Return the unit tangents of all branches through a solution, in scales.

    Parameters
    ----------
    arc : Arc
        The equations.
    y : ndarray, shape (N + 1,)
        A solution; where two branches cross, to rounding.

    Returns
    -------
    list of ndarray
        One at a regular point, two where branches cross, none where nothing can be said: the
        roots of the quadratic form that the second derivative leaves on the null space.
    """
    D = arc.linear(y)[1] * arc.scale
    left, sizes, right = np.linalg.svd(D)
    around = (arc.linear(y + _AROUND * move)[1] * arc.scale for move in np.diag(arc.scale))
    usual = max([sizes[0], *(float(np.abs(one).max()) for one in around)])
    if sizes[-1] > _SINGULAR * usual:
        return [right[-1]]
    psi, one, two = left[:, -1], right[-1], right[-2]

    def form(u: np.ndarray, v: np.ndarray) -> float:
        move = _DIFFERENCE * u * arc.scale
        slope = arc.linear(y + move)[1] - arc.linear(y - move)[1]
        return float(psi @ (slope * arc.scale @ v)) / (2.0 * _DIFFERENCE)

    a, b, c = form(one, one), form(one, two), form(two, two)
    size = max(abs(a), abs(b), abs(c))
    inside = b * b - a * c
    if not size > _BENT * usual or inside <= _FLAT * size * size:
        return []
    # The larger of the roots in each of two forms, so that neither cancels.
    s = -(b + np.copysign(np.sqrt(inside), b))
    ways = [s * one + a * two, c * one + s * two]
    return [way / np.linalg.norm(way) for way in ways]


@dataclass(frozen=True)
class Start:
    """Where a branch is begun.

    Parameters
    ----------
    y : ndarray, shape (states + 1,)
        A solution, special or not.
    scale : ndarray, shape (states + 1,)
        Size of a change that counts.
    tangent : ndarray, shape (states + 1,)
        Direction of the branch there, in scales.
    """

    y: np.ndarray
    scale: np.ndarray
    tangent: np.ndarray


def through(given: Arguments, flow: Flow, start: Start, points: int, leave: bool) -> Trace:
    """Follow the branch through a solution both ways.

    Parameters
    ----------
    given : Arguments
        The request.
    flow : Flow
        The drift.
    start : Start
        The solution.
    points : int
        How many points at most, each way.
    leave : bool
        Whether a branch that leaves at the start is followed outside to see if it comes back.

    Returns
    -------
    Trace
        From where it comes, through the point, to where it goes.
    """
    y, scale, tangent = start.y, start.scale, start.tangent
    ends = (given.start, given.stop)
    span = given.stop - given.start
    # Toward stop; where the branch turns, with the state that moves most rising.
    rising = tangent[-1] * span
    if abs(tangent[-1]) <= _FLAT:
        rising = tangent[int(np.argmax(np.abs(tangent)))]
    tangent = tangent if rising >= 0.0 else -tangent
    # Begun a little before the point, so that what happens at it is seen on the way over it.
    place = (y[-1] - given.start) / span
    back = place / max(abs(tangent[-1] * scale[-1] / span), 1e-300)
    off = min(_OFF, 0.5 * back) if place > 0.0 else _OFF
    first = Follower(flow, scale.copy(), LONGEST)
    found = first.arc.correct(y - off * tangent * scale, tangent, 25)
    inside = found is not None and 0.0 <= (found[0][-1] - given.start) / span <= 1.0
    if found is None or not inside:
        return first.follow(y, tangent, ends, points, leave)
    begin = found[0]
    front = first.follow(begin, tangent, ends, points, leave)
    if front.ended == CLOSED:
        front.began = front.ended
        return front
    return joined(Follower(flow, scale.copy(), LONGEST).follow(
        begin, -tangent, ends, points, False), front)  # fmt: skip


def joined(back: Trace, front: Trace) -> Trace:
    """Return one branch of two that leave the same solution in opposite directions."""
    count = len(back.nodes)
    nodes: list[Node] = [replace(n, tangent=-n.tangent) for n in back.nodes[:0:-1]]
    return Trace(
        [*nodes, *front.nodes],
        [*back.found[::-1], *front.found],
        [*(count - 2 - k for k in back.places[::-1]), *(count - 1 + k for k in front.places)],
        [*(count - k for k in back.gaps[::-1]), *(count - 1 + k for k in front.gaps)],
        front.ended, back.ended, front.limit if back.limit is None else back.limit,
    )  # fmt: skip


def carried(
    model: Any, parameter: str, point: Point, inputs: Mapping[str, Any]
) -> tuple[Any, dict[str, Any]]:
    """Return the model and the inputs that hold at a point found before.

    Parameters
    ----------
    model : Model
        As given.
    parameter : str
        What is to vary now.
    point : SpecialPoint, BranchPoint or CurvePoint
        The point.
    inputs : mapping of str to Quantity
        As given.

    Returns
    -------
    model : Model
        With the parameters that varied at their values at the point.
    inputs : dict of str to Quantity
        Those of the point, and those given.
    """
    origin = point.origin
    if not isinstance(model, Model) or model.equations != origin.request.model.equations:
        shown = model.name if isinstance(model, Model) else type(model).__name__
        raise ModelError(
            f"the point is one of {origin.request.model.name}, not of {shown}",
            "the model with which it was found, or one with other parameters, is expected",
            f"Write continuation({origin.request.model.name}, ...)", owner="continuation",
            name="initial",
        )  # fmt: skip
    held, changes = dict(inputs), {}
    for name, value in origin.values.items():
        if name == parameter:
            continue
        if name in model.parameters and name in origin.free:
            unit = units.default_unit(model.dimensions[name])
            changes[name] = units.attach(value, unit)
        elif name in model.inputs:
            if name in inputs and number(inputs[name], model.dimensions[name], name) != value:
                shown = f"{units.attach(value, units.default_unit(model.dimensions[name])):.6g~P}"
                raise ParameterError(
                    f"{name} is given, and the point lies at {name} = {shown}",
                    "a point keeps the inputs with which it was found",
                    f"Leave {name}=... out, or give initial=point.state", owner="continuation",
                    name=name,
                )  # fmt: skip
            held[name] = units.attach(value, units.default_unit(model.dimensions[name]))
    return (model(**changes) if changes else model), held


def resumed(given: Arguments, flow: Flow, point: Point, points: int) -> Branch:
    """Follow the branch through a point that was found before.

    Parameters
    ----------
    given : Arguments
        The request, with what `carried` gave.
    flow : Flow
        The drift.
    point : SpecialPoint, BranchPoint or CurvePoint
        The point.
    points : int
        How many points at most, each way.

    Returns
    -------
    Branch
        Through the point, from one end of the range to the other.
    """
    model, parameter = given.model, given.parameter
    origin = point.origin
    value = origin.values.get(parameter, 0.0)
    if parameter in model.parameters and parameter not in origin.free:
        value = float(model.values()[parameter])
    low, high = sorted((given.start, given.stop))
    if not low <= value <= high:
        raise ParameterError(
            f"the point lies at {parameter} = {given.shown(value)}",
            "start and stop are to hold it between them",
            f"Start at {given.shown(value)}, or give initial=point.state to look for an "
            "equilibrium at start", owner="continuation", name="initial",
        )  # fmt: skip
    here = replace(given, start=float(value))
    x = seed(here, flow, here.state(origin.states))
    y = np.append(x, value)
    size = sizes_at(given, flow, y)
    ways = tangents(Follower(flow, size, LONGEST).arc, y)
    if not ways:
        raise SimulationError(
            f"no direction of a branch is to be seen at {parameter} = {given.shown(value)}",
            "one branch, or two that cross, are expected to pass through the point",
            "Write initial=point.state and another start", owner="continuation", name="initial",
        )  # fmt: skip
    tangent = max(ways, key=lambda way: abs(float(way[-1])))
    leave = parameter in model.inputs
    return branch_of(given, flow, through(given, flow, Start(y, size, tangent), points, leave))


def switch(branch: Branch, point: Any, points: int) -> Branch:
    """Follow the other branch through a branch point: see `Branch.switched`."""
    if not any(point is one for one in branch.special) or point.kind != "branch point":
        known = [k for k, one in enumerate(branch.special) if one.kind == "branch point"]
        found = point.kind if isinstance(point, SpecialPoint) else type(point).__name__
        raise ParameterError(
            f"this {found} is no branch point of the branch",
            "branches cross at branch points" if known else "it has none",
            f"Write branch.switched(branch.special[{known[0]}])" if known
            else "Follow it over a wider range",
            owner="Branch", name="switched",
        )  # fmt: skip
    check_points(points)
    k = next(k for k, one in enumerate(branch.special) if one is point)
    given, flow, nodes = branch.request, branch.flow, branch.trace.nodes
    y, place = branch.trace.found[k].y, branch.trace.places[k]
    size = sizes_at(given, flow, y)
    # At the point itself the response to the parameter is singular: the branch gives the size.
    size[:-1] = np.maximum(branch.sizes, given.sizes(y[:-1]))
    chord = (nodes[place + 1].y - nodes[place].y) / size
    chord = chord / np.linalg.norm(chord)
    ways = tangents(Follower(flow, size, LONGEST).arc, y)
    if len(ways) < 2:
        raise SimulationError(
            f"no second direction leaves the point at {branch.parameter} = {given.shown(y[-1])}",
            "two branches that cross at an angle are expected",
            "Give continuation(..., initial=...) a state on the other branch", owner="Branch",
            name="switched",
        )  # fmt: skip
    other = min(ways, key=lambda way: abs(float(way @ chord)))
    return branch_of(given, flow, through(given, flow, Start(y, size, other), points, False))
