"""Where all equilibria of one neuron under constant inputs lie, as bare numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from excitable import units
from excitable.analysis._interval import UnboundedFunctionError, bounds
from excitable.analysis._roots import Scalar, all_roots
from excitable.analysis.dynamics._classify import classify
from excitable.analysis.dynamics._deflation import newton_equilibria
from excitable.analysis.dynamics._reduction import Reduction, is_linear, reduction
from excitable.errors import SimulationError
from excitable.expression import Number, evaluate, free_symbols, simplify, substitute
from excitable.model import Model

_CELLS = 512
_FAR = 1e6  # of the scale
_CORE = 50.0  # of the scale: what must be covered
_VOLTAGE_SCALE = 20.0  # mV
_SAME = 1e-6  # of the reach: Newton's method comes no closer to a double zero
_NEWTON = "Newton's method from many starts, deflated"
_PROBES = (0.0, 0.31, -0.43, 1.7, -1.9, 9.1, -8.3)  # of the scale


@dataclass(frozen=True)
class Found:
    """Equilibria as bare numbers.

    Parameters
    ----------
    states : list of ndarray, shape (states,)
        Each equilibrium.
    complete : bool
        Whether there are no others, in the range.
    method : str
        How they were found.
    variable : str or None
        The state that was scanned.
    span : (float, float) or None
        The range of that state.
    """

    states: list[np.ndarray]
    complete: bool
    method: str
    variable: str | None = None
    span: tuple[float, float] | None = None


def find(model: Model, known: Mapping[str, float]) -> Found:
    """Return all equilibria of a model.

    Parameters
    ----------
    model : Model
        One neuron.
    known : mapping of str to float
        Parameters and inputs.

    Returns
    -------
    Found
        By the first state, rising.
    """
    system = model.system
    _check_defined(model, known)
    if is_linear(system):
        return _linear(model, known)
    reduced = reduction(system)
    if reduced is not None:
        try:
            found = _scanned(model, known, reduced)
        except UnboundedFunctionError:
            found = None
        if found is not None:
            return found if found.complete else _with_those_divided_away(model, known, found)
    states = newton_equilibria(system, known, _declared(model), _reach(model))
    return Found(states, complete=False, method=_NEWTON)


def _with_those_divided_away(model: Model, known: Mapping[str, float], found: Found) -> Found:
    """Add equilibria at which a state has no steady value of its own, as all of its rate vanishes.

    There the elimination divides by zero: ``dy/dt = y*(x - p)`` is zero at every y where x = p.
    """
    reach = _reach(model)
    states = list(found.states)
    for x in newton_equilibria(model.system, known, _declared(model), reach):
        if _regular(model, known, x) and all(np.abs((x - y) / reach).max() > _SAME for y in states):
            states.append(x)
    states.sort(key=lambda x: float(x[0]))
    method = f"{found.method}; {_NEWTON}"
    return Found(states, False, method, found.variable, found.span)


def _regular(model: Model, known: Mapping[str, float], x: np.ndarray) -> bool:
    """Whether an equilibrium stands alone: not one of a line of them."""
    names = {**known, **dict(zip(model.system.states, x.tolist(), strict=True))}
    J = np.array([[float(evaluate(e, names)) for e in row] for row in model.system.jacobian()])
    return classify(J)[1] != "saddle-node"


def _check_defined(model: Model, known: Mapping[str, float]) -> None:
    """Refuse parameters and inputs at which the equations have no value anywhere nearby."""
    middle, reach = _declared(model), np.array([_scale(model, s) for s in model.system.states])
    for share in _PROBES:  # several: a quotient may be 0/0 at one
        point = dict(zip(model.system.states, middle + share * reach, strict=True))
        drift = [evaluate(e, {**known, **point}) for e in model.system.expanded_derivatives()]
        if np.isfinite(drift).all():
            return
    raise SimulationError(
        f"the equations of {model.name} are not defined at these parameters and inputs",
        "finite derivatives are expected", "Change a parameter or an input", owner="equilibria",
    )  # fmt: skip


def steady_states(
    model: Model, known: Mapping[str, float], reduced: Reduction, x: float
) -> np.ndarray:
    """Return all states where the pivot has a value and the others do not move."""
    names = {**known, reduced.pivot: float(x)}
    values = {name: float(evaluate(e, names)) for name, e in reduced.steady}
    return np.array([float(x) if s == reduced.pivot else values[s] for s in model.states])


def _declared(model: Model) -> np.ndarray:
    return np.array([float(state.value) for state in model.states.values()])


def _reach(model: Model) -> np.ndarray:
    return np.array([_scale(model, state) for state in model.system.states]) * 10.0


def _scale(model: Model, state: str) -> float:
    declared = model.states[state]
    usual = _VOLTAGE_SCALE if declared.dimension == units.VOLTAGE else 1.0
    return max(usual, 0.1 * abs(float(declared.value)))


def _linear(model: Model, known: Mapping[str, float]) -> Found:
    system = model.system
    zero = {**known, **dict.fromkeys(system.states, 0.0)}
    J = np.array([[float(evaluate(e, zero)) for e in row] for row in system.jacobian()])
    b = np.array([float(evaluate(e, zero)) for e in system.expanded_derivatives()])
    rank = np.linalg.matrix_rank(J)
    if rank == len(b):
        return Found([np.linalg.solve(J, -b)], complete=True, method="linear equations")
    move = np.linalg.lstsq(J, -(J @ _declared(model) + b), rcond=None)[0]
    state = _declared(model) + move
    if np.abs(J @ state + b).max() <= 1e-10 * (np.abs(b).max() + np.abs(J).max() + 1e-300):
        return Found([state], complete=False, method="linear equations, one of a continuum")
    return Found([], complete=True, method="linear equations")


def _scanned(model: Model, known: Mapping[str, float], reduced: Reduction) -> Found | None:
    name = reduced.pivot
    one = Scalar(name, reduced.function, reduced.slope, known)
    scale = _scale(model, name)
    middle = float(model.states[name].value)
    turn = one_turn(model, known)
    if turn is None:
        t = np.linspace(-1.0, 1.0, _CELLS + 1) * math.asinh(_FAR)
        edges = middle + scale * np.sinh(t)
        core = (middle - _CORE * scale, middle + _CORE * scale)
    else:
        edges = np.linspace(*turn, _CELLS + 1)
        core = turn
    roots = all_roots(one, edges, core, scale)
    span = (roots.low, roots.high)
    complete = roots.complete and _no_pole(reduced, known, edges, span)
    values = roots.values
    if turn is not None:  # both ends are the same place
        values = [x for x in values if x < turn[1] - 1e-12]
    states = [steady_states(model, known, reduced, x) for x in values]
    return Found(states, complete, f"every zero along {name}, by bounds", name, span)


def _no_pole(
    reduced: Reduction, known: Mapping[str, float], edges: np.ndarray, span: tuple[float, float]
) -> bool:
    """Whether none of the states that were eliminated loses its steady value on the range."""
    # Cells that do not end at round values, where a rate is zero most often.
    inner = edges[:-1] + 0.381966 * np.diff(edges)
    edges = np.unique(np.clip([edges[0], *inner, edges[-1]], *span))
    for rate in reduced.rates:
        low, high = edges[:-1], edges[1:]
        for _ in range(20):
            least, most, _broken = bounds(rate, known, {reduced.pivot: (low, high)})
            if ((least == 0.0) & (most == 0.0)).any():
                return False
            open_ = (least < 0.0) & (most > 0.0)
            if not open_.any():
                break
            low, high = low[open_], high[open_]
            middle = 0.5 * (low + high)
            low, high = np.concatenate([low, middle]), np.concatenate([middle, high])
        else:
            return False
    return True


def one_turn(model: Model, known: Mapping[str, float]) -> tuple[float, float] | None:
    """Return the range of a state that is an angle: a reset takes off one turn, the drift repeats.

    Parameters
    ----------
    model : Model
        One neuron.
    known : mapping of str to float
        Parameters and inputs.

    Returns
    -------
    (float, float) or None
        Both ends are the same place.
    """
    system = model.system
    resets = dict(system.reset)
    if len(system.states) != 1 or not resets or system.threshold is None:
        return None
    (name,) = system.states
    (rate,) = system.expanded_derivatives()
    if name not in free_symbols(rate):  # a drift that is constant does not make an angle
        return None
    threshold = simplify(substitute(system.expand(system.threshold), {name: Number(0.0)}))
    end = -float(evaluate(threshold, known))
    shift = float(evaluate(system.expand(resets[name]), {**known, name: end})) - end
    samples = np.linspace(-0.9, 0.9, 7) * abs(shift)
    here, there = (
        np.broadcast_to(evaluate(rate, {**known, name: x}), samples.shape)
        for x in (samples, samples + shift)
    )
    size = np.abs(here).max() + 1e-300
    repeats = shift < 0.0 and np.allclose(here, there, rtol=0.0, atol=1e-9 * size)
    return (end + shift, end) if repeats else None
