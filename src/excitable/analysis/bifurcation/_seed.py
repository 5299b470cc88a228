"""The equilibrium with which a continuation begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis._names import place_of_state
from excitable.analysis.bifurcation._arclength import Arc
from excitable.analysis.bifurcation._arguments import Arguments, number
from excitable.analysis.bifurcation._flow import Flow
from excitable.errors import ExcitableError, ParameterError, SimulationError
from excitable.simulation._field import Field
from excitable.simulation._start import rest

_STEPS = 32
_FAR = 2000  # points followed from zero input
_REACH = 100.0
_RESPONSE = 0.1
_OWNER = "continuation"
_ELSEWHERE = (1.0, 0.5, 0.75, 0.25, 0.1)  # of the range: where another start is looked for


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
            here = _stripped(given, initial, declared)
            for guess in (here[:, 0], field.newton(here)[:, 0]):
                if _solves(flow, guess, p, given.least):
                    return guess
    else:
        found = _natural(given, flow, _guesses(field, declared, given.least, drive))
        if found is not None:
            return found
    raise _no_start(given, flow, declared, initial is None)


def _natural(given: Arguments, flow: Flow, guesses: Iterator[np.ndarray]) -> np.ndarray | None:
    """Return the first guess that is an equilibrium at rest, else another equilibrium."""
    p = np.array([given.start])
    other = None
    with np.errstate(all="ignore"):
        for guess in guesses:
            if not _solves(flow, guess, p, given.least):
                continue
            if _rests(flow, guess, p):
                return guess
            other = guess if other is None else other
    listed = _listed(given, given.start)
    if (
        listed is not None
        and _solves(flow, listed, p, given.least)
        and (other is None or _rests(flow, listed, p))
    ):
        return listed
    return other


def _rests(flow: Flow, x: np.ndarray, p: np.ndarray) -> bool:
    """Whether an equilibrium is stable and not beyond the threshold."""
    if flow.past_threshold(x[:, None], p[:, None])[0]:
        return False
    return bool((np.linalg.eigvals(flow.linear(x[:, None], p)[1][0]).real < 0.0).all())


def _listed(given: Arguments, value: float) -> np.ndarray | None:
    """Return the equilibrium that `excitable.equilibria` finds nearest to the declared states."""
    from excitable.analysis.dynamics import equilibria

    model, name = given.model, given.parameter
    varied: dict[str, Any] = {name: units.attach(value, units.default_unit(model.dimensions[name]))}
    inputs = {
        key: units.attach(level, units.default_unit(model.dimensions[key]))
        for key, level in given.known.items() if key in model.inputs
    }  # fmt: skip
    try:
        if name in model.inputs:
            found = equilibria(model, **inputs, **varied)
        else:
            found = equilibria(model(**varied), **inputs)
    except ExcitableError:
        return None
    if not len(found):
        return None
    declared = np.array([float(s.value) for s in model.states.values()])
    states = [
        np.array([units.strip(one.state[key], model.dimensions[key], key) for key in model.states])
        for one in found.resting or found
    ]  # fmt: skip
    return min(states, key=lambda x: float(np.abs(x - declared).max()))


def _no_start(given: Arguments, flow: Flow, declared: np.ndarray, free: bool) -> SimulationError:
    """Return the error of a continuation that cannot start, with what to try."""
    model, at = given.model.name, f"{given.parameter} = {given.shown(given.start)}"
    _, J, by_free = flow.linear(declared, np.array([given.start]))
    defined = np.isfinite(J).all() and np.isfinite(by_free).all()
    if not (defined and np.isfinite(flow.drift(declared, np.array([given.start]))).all()):
        return SimulationError(
            f"the equations of {model} are not defined at {at}",
            "finite derivatives are expected",
            "Start at another value", owner=_OWNER, name="start",
        )  # fmt: skip
    write = "Give initial=dict(...) nearer to an equilibrium"
    if free:
        write = (
            "None was found elsewhere in the range either: choose another one, or give "
            "initial=dict(...) near an equilibrium"
        )
        for share in _ELSEWHERE:
            value = given.start + share * (given.stop - given.start)
            if _listed(given, value) is not None:
                there = given.shown(value)
                write = f"Start at {there}, where there is one"
                break
    return SimulationError(
        f"no equilibrium of {model} was found at {at}", "one is expected to begin with", write,
        owner=_OWNER, name="start",
    )  # fmt: skip


def _guesses(
    field: Field, declared: np.ndarray, least: np.ndarray, drive: dict[str, np.ndarray]
) -> Iterator[np.ndarray]:
    """Yield candidates, the most natural one first."""
    values = {name: field.known[name] for name in field.system.parameters}
    silent = rest(field.system, values, declared)[0]
    yield field.led(silent, drive, _STEPS)[:, 0]
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


def _solves(flow: Flow, x: np.ndarray, p: np.ndarray, least: np.ndarray) -> bool:
    """Whether the drift vanishes to rounding, and none of its rows is carried by a larger one."""
    f, J, by_free = flow.linear(x[:, None], p)
    if not all(np.isfinite(part).all() for part in (f, J, by_free)):
        return False
    size = np.abs(J[0]).max() * np.abs(x).max() + 1e-9
    rows = np.abs(J[0]) @ np.maximum(np.abs(x), least) + 1e-12
    return bool((np.abs(f[:, 0]) <= np.minimum(1e-9 * size, 1e-6 * rows)).all())


def _stripped(given: Arguments, initial: Mapping[str, Any], declared: np.ndarray) -> np.ndarray:
    """Return the user's values in internal units, declared ones where none is given."""
    if not isinstance(initial, Mapping):
        raise ParameterError(
            f"{type(initial).__name__} is no set of states",
            "values of states by name, or a point of a branch, are expected",
            f"Write initial=dict({next(iter(given.model.states))}=...)", owner=_OWNER,
            name="initial",
        )  # fmt: skip
    out = declared.copy()
    for name, value in initial.items():
        k = place_of_state(given.model, name, owner=_OWNER, argument="initial")
        out[k, 0] = number(value, given.model.dimensions[name], name)
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
        The size of each state, a part of its response where it is zero.
    """
    response = np.abs(np.linalg.lstsq(D[:, :-1], D[:, -1], rcond=None)[0]) * span
    # Taken for linear over a wide range, a response says little: it stands in where all is zero.
    known = np.maximum(np.abs(x), least)
    size = np.where(known > 0.0, known, _RESPONSE * response)
    size[~(size > 0.0) | ~np.isfinite(size)] = 1.0
    return np.append(size, span)
