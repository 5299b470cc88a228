"""The equilibrium with which a continuation begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from excitable.analysis.bifurcation._arclength import Arc
from excitable.analysis.bifurcation._arguments import Arguments, number
from excitable.analysis.bifurcation._flow import Flow
from excitable.errors import SimulationError, UnknownNameError
from excitable.simulation._field import Field
from excitable.simulation._start import rest

_STEPS = 32
_FAR = 2000  # points followed from zero input
_REACH = 100.0
_RESPONSE = 0.1
_OWNER = "continuation"


def seed(given: Arguments, flow: Flow, initial: Mapping[str, Any] | None) -> np.ndarray:
    """Return an equilibrium at the start of the range.

    Parameters
    ----------
    given : Arguments
        The request.
    flow : Flow
        The drift.
    initial : mapping of str to Quantity or None
        Where to look; the rest at zero input, carried to the inputs given, if None.

    Returns
    -------
    ndarray, shape (states,)
        In internal units.
    """
    model, system = given.model, given.model.system
    known = {**given.known, given.parameter: given.start}
    values = {name: known[name] for name in system.parameters}
    drive = {name: np.array([known[name]]) for name in system.inputs if name in known}
    field = Field(system, values, 1, drive)
    declared = np.array([[float(s.value)] for s in model.states.values()])
    p = np.array([given.start])
    if initial is not None:
        with np.errstate(all="ignore"):
            found = field.newton(_stripped(given, initial, declared))[:, 0]
        if _solves(flow, found, p):
            return found
    else:
        with np.errstate(all="ignore"):
            for guess in _guesses(field, declared, given.least, drive):
                if _solves(flow, guess, p):
                    return guess
    if not np.isfinite(flow.drift(declared, p)).all():
        raise SimulationError(
            f"the equations of {model.name} are not defined at {given.parameter} = "
            f"{given.shown(given.start)}", "finite derivatives are expected",
            "Start at another value", owner=_OWNER, name="start",
        )  # fmt: skip
    raise SimulationError(
        f"no equilibrium of {model.name} was found at {given.parameter} = "
        f"{given.shown(given.start)}", "one is expected to begin with",
        "Start at another value, or give initial=dict(...) near an equilibrium",
        owner=_OWNER, name="start",
    )  # fmt: skip


def _guesses(
    field: Field, declared: np.ndarray, least: np.ndarray, drive: dict[str, np.ndarray]
) -> Iterator[np.ndarray]:
    """Yield candidates, the most natural one first."""
    values = {name: field.known[name] for name in field.system.parameters}
    silent = rest(field.system, values, declared)[0]
    state = silent
    for share in np.linspace(0.0, 1.0, _STEPS + 1)[1:]:
        field.known.update({name: share * value for name, value in drive.items()})
        state = field.newton(state)
    yield state[:, 0]
    carried = _carried(field, silent, least, drive)
    if carried is not None:
        yield carried
    scanned = field.scan(declared)
    if scanned is not None:
        yield scanned[:, 0]
    yield field.newton(declared)[:, 0]


def _carried(
    field: Field, state: np.ndarray, least: np.ndarray, drive: dict[str, np.ndarray]
) -> np.ndarray | None:
    """Return where an equilibrium at zero input is led through folds as the inputs grow."""
    strength = np.array([float(value[0]) for value in drive.values()])
    if not strength.any():
        return None
    values = {name: field.known[name] for name in field.system.parameters}
    flow = Flow(field.system, values, tuple(drive))

    def linear(y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        f, J, by_free = flow.linear(y[:-1, None], y[-1] * strength)
        return f[:, 0], np.hstack([J[0], by_free[0] @ strength[:, None]])

    y = np.append(Field(field.system, values, 1).newton(state)[:, 0], 0.0)
    D = linear(y)[1]
    if not np.isfinite(D).all():
        return None
    arc = Arc(linear, scales(y[:-1], D, 1.0, least))
    up = np.zeros(y.size)
    up[-1] = 1.0
    for point, *_ in arc.steps(y, up, _FAR):
        if point[-1] > 1.0:
            point[-1] = 1.0
            found = arc.correct(point, up, 25)
            return None if found is None else found[0][:-1]
        if point[-1] < -_REACH:
            return None
    return None


def _solves(flow: Flow, x: np.ndarray, p: np.ndarray) -> bool:
    """Whether the drift vanishes to rounding."""
    f, J, _ = flow.linear(x[:, None], p)
    if not (np.isfinite(f).all() and np.isfinite(J).all()):
        return False
    size = np.abs(J[0]).max() * np.abs(x).max() + 1e-9
    return bool((np.abs(f[:, 0]) <= 1e-9 * size).all())


def _stripped(given: Arguments, initial: Mapping[str, Any], declared: np.ndarray) -> np.ndarray:
    """Return the user's values in internal units, declared ones where none is given."""
    out = declared.copy()
    names = list(given.model.states)
    for name, value in initial.items():
        if name not in names:
            raise UnknownNameError(
                f"{name!r} is no state of {given.model.name}", f"there are: {', '.join(names)}",
                "Write one of them", owner=_OWNER, name="initial",
            )  # fmt: skip
        bare = number(value, given.model.dimensions[name], name)
        out[names.index(name), 0] = bare
    return out


def sizes_at(given: Arguments, flow: Flow, y: np.ndarray) -> np.ndarray:
    """Return how large a change is of each state and of the parameter, where a branch begins.

    Parameters
    ----------
    given : Arguments
        The request.
    flow : Flow
        The drift.
    y : ndarray, shape (states + 1,)
        An equilibrium and the parameter.

    Returns
    -------
    ndarray, shape (states + 1,)
        As `scales` gives them.
    """
    _, J, by_free = flow.linear(y[:-1, None], y[-1:])
    span = abs(given.stop - given.start)
    return scales(y[:-1], np.hstack([J[0], by_free[0]]), span, given.least)


def scales(x: np.ndarray, D: np.ndarray, span: float, least: np.ndarray) -> np.ndarray:
    """Return how large a change of each state and of the parameter is, where a branch begins.

    Parameters
    ----------
    x : ndarray, shape (states,)
        The equilibrium.
    D : ndarray, shape (states, states + 1)
        Derivative of the drift by the states and by the parameter.
    span : float
        Range of the parameter.
    least : ndarray, shape (states,)
        Lower bounds.

    Returns
    -------
    ndarray, shape (states + 1,)
        The size of each state or a part of its response.
    """
    response = np.abs(np.linalg.lstsq(D[:, :-1], D[:, -1], rcond=None)[0]) * span
    size = np.maximum(np.maximum(np.abs(x), _RESPONSE * response), least)
    size[~(size > 0.0) | ~np.isfinite(size)] = 1.0
    return np.append(size, span)
