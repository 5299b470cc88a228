"""Rest, followed over the input from where there is one until it is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.bifurcation import SpecialPoint
from excitable.analysis.bifurcation._branch import Branch
from excitable.analysis.bifurcation._continuation import continuation
from excitable.analysis.dynamics._equilibria import Equilibrium, equilibria
from excitable.errors import ParameterError, SimulationError
from excitable.expression import differentiate, evaluate
from excitable.model import Model

WIDER = 8.0
MOST = 64.0  # of the scale
_FAINT = 1e-3
_BESIDE = 1e-6  # of the range
_BELOW = (1.0, 4.0, 16.0, 64.0)


@dataclass(frozen=True)
class Rest:
    """The branch of equilibria that begins with rest.

    Parameters
    ----------
    branch : Branch
        From below over the input.
    lost : SpecialPoint or None
        Where rest stops to be stable; None if it does not within the range.
    regained : SpecialPoint or None
        Where the branch becomes stable again.
    end : float
        Input in internal units up to which the neuron rests.
    """

    branch: Branch
    lost: SpecialPoint | None
    regained: SpecialPoint | None
    end: float


def followed(model: Model, name: str, others: Mapping[str, Any], low: float, high: float) -> Rest:
    """Follow rest over an input.

    Parameters
    ----------
    model : Model
        One neuron.
    name : str
        The input.
    others : mapping of str to Quantity
        Constant values of other inputs.
    low, high : float
        The range, in internal units.

    Returns
    -------
    Rest
        With where it is lost and regained.
    """
    unit = units.default_unit(model.inputs[name].dimension)
    ends = [units.attach(float(end), unit) for end in (low, high)]
    initial = None
    if low != 0.0:
        calm = equilibria(model, **{**others, name: ends[0]}).resting
        initial = dict(calm[0].state) if calm else None
    branch = continuation(model, name, ends[0], ends[1], initial=initial, **others)
    if len(branch.values) == 1:
        # A knee of the equations lies at rest itself: begin a little beyond.
        start = units.attach(low + _BESIDE * (high - low), unit)
        branch = continuation(model, name, start, ends[1], **others)
    stable = branch.stable & ~branch.beyond_threshold
    count = len(stable) if stable.all() else int(np.argmin(stable))
    lost = _between(branch, count - 1)
    regained = None
    again = np.flatnonzero(stable[count:])
    if lost is not None and again.size:
        regained = _between(branch, count + int(again[0]) - 1)
    end = float(np.asarray(branch.values.magnitude)[max(count - 1, 0)]) if lost is None else None
    if end is None:
        end = bare(model, name, lost.parameter if lost is not None else 0.0)
    return Rest(branch, lost, regained, end)


def bare(model: Model, name: str, value: Any) -> float:
    """Return a value of the input in internal units."""
    return float(units.strip(value, model.inputs[name].dimension, name))


def bare_state(model: Model, one: Equilibrium) -> np.ndarray:
    """Return an equilibrium in internal units, shape (states,)."""
    dimensions = model.dimensions
    return np.array([float(units.strip(v, dimensions[s], s)) for s, v in one.state.items()])


def lowest(model: Model, name: str, others: Mapping[str, Any], scale: float) -> float:
    """Return an input at which the neuron rests: zero, or one below.

    Raises
    ------
    SimulationError
        If there is none.
    """
    unit = units.default_unit(model.inputs[name].dimension)
    for share in (0.0, *_BELOW):
        level = units.attach(-share * scale, unit)
        if equilibria(model, **{**others, name: level}).resting:
            return -share * scale if share else 0.0
    raise SimulationError(
        f"{model.name} rests at no input between {-_BELOW[-1] * scale:.3g} and 0 {unit}".rstrip(),
        "a neuron that rests, so that it can begin to fire, is expected",
        "Look at excitable.equilibria(model, ...) and at simulate(...).plot()",
        owner="excitability",
    )


def scale_of(model: Model, name: str, known: Mapping[str, float]) -> tuple[float, float]:
    """Return the input that would carry a leaky neuron from rest to its spike condition.

    Parameters
    ----------
    model : Model
        One neuron.
    name : str
        The input.
    known : mapping of str to float
        Every parameter and input in internal units.

    Returns
    -------
    scale : float
        In internal units, above zero.
    reach : float
        How far that is, along the first state.
    """
    system = model.system
    inputs = {key: units.attach(known[key], units.default_unit(given.dimension))
              for key, given in model.inputs.items()}  # fmt: skip
    calm = equilibria(model, **inputs).resting
    values = [float(state.value) for state in model.states.values()]
    if calm:
        values = bare_state(model, calm[0]).tolist()
    at = {**known, **dict(zip(system.states, values, strict=True))}
    first = system.states[0]
    gain = abs(float(evaluate(differentiate(system.expanded_derivatives()[0], name), at)))
    if gain == 0.0:
        raise ParameterError(
            f"{name} does not drive {first}", f"an input in the equation of {first} is expected",
            "Write input= another input", owner="excitability", name="input",
        )  # fmt: skip
    threshold = system.expanded_threshold()
    reach = 1.0
    if threshold is not None:
        slope = float(evaluate(differentiate(threshold, first), at))
        gap = abs(float(evaluate(threshold, at)))
        reach = gap / abs(slope) if slope != 0.0 and gap > 0.0 else 1.0
    slope = system.jacobian()[0][0]
    leak = abs(float(evaluate(slope, at)))
    # Without a leak, as in the middle of a parabola, its bend counts.
    bend = 0.5 * reach * abs(float(evaluate(differentiate(slope, first), at)))
    return max(leak if leak > _FAINT * bend else bend, 1e-6) * reach / gain, reach


def _between(branch: Branch, index: int) -> SpecialPoint | None:
    """Return the special point between a point of the branch and the next."""
    found = [
        point for place, point in zip(branch.places, branch.special, strict=True) if place == index
    ]
    changing = [point for point in found if point.kind in {"fold", "hopf", "branch point"}]
    return changing[0] if changing else None
