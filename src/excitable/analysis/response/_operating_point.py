"""Where a neuron sits under a constant input, and its linear form there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.firing._lanes import Lanes, check_input, lanes
from excitable.errors import ParameterError, SimulationError, UnknownNameError
from excitable.expression import differentiate, evaluate
from excitable.model import Model
from excitable.simulation._field import Field
from excitable.simulation._start import rest

_STEPS = 64


@dataclass(frozen=True)
class OperatingPoint:
    """A stable equilibrium and the linear equations of small deviations from it.

    ``x' = J x + b u`` with output ``y = c x + d u``.

    Parameters
    ----------
    model : Model
        One neuron.
    input, output : str
        What is wiggled and what is looked at.
    level : float
        The constant input, in internal units.
    state : ndarray, shape (states,)
        The equilibrium.
    J : ndarray, shape (states, states)
        Jacobian, 1/ms and so on.
    b, c : ndarray, shape (states,)
        Effect of the input, and of the states on the output.
    d : float
        Direct effect of the input on the output.
    others : dict of str to ndarray
        Other inputs.
    """

    model: Model
    input: str
    output: str
    level: float
    state: np.ndarray
    J: np.ndarray
    b: np.ndarray
    c: np.ndarray
    d: float
    others: dict[str, np.ndarray]

    def transfer(self, omega: np.ndarray) -> np.ndarray:
        """Return the complex transfer function at angular frequencies in rad/ms."""
        n = self.state.size
        s = 1j * np.asarray(omega, float).reshape(-1)
        systems = s[:, None, None] * np.eye(n) - self.J
        x = np.linalg.solve(systems, np.broadcast_to(self.b[:, None], (s.size, n, 1)))[..., 0]
        return (x @ self.c + self.d).reshape(np.shape(omega))

    @property
    def slowest(self) -> float:
        """Slowest time constant in ms."""
        return float(1.0 / np.abs(np.linalg.eigvals(self.J).real).min())

    @property
    def fastest(self) -> float:
        """Fastest rate in 1/ms."""
        return float(np.abs(np.linalg.eigvals(self.J)).max())

    def unit(self) -> str:
        """Return the unit of output over input."""
        dimensions = self.model.dimensions
        return units.default_unit(dimensions[self.output] / dimensions[self.input])


def operating_point(
    model: Model, at: Any, name: str, output: str | None, others: Mapping[str, Any], *, owner: str
) -> OperatingPoint:
    """Return where a neuron at rest is carried by a slowly rising input.

    Parameters
    ----------
    model : Model
        One neuron.
    at : Quantity, str or None
        The constant input; None for zero.
    name : str
        The input.
    output : str or None
        A state or named quantity; the first state if None.
    others : mapping of str to Quantity
        Constant values of other inputs.
    owner : str
        The function that was called, for messages.

    Returns
    -------
    OperatingPoint
        Linearised by differentiating the equations.
    """
    check_input(model, name, owner=owner)
    seen = next(iter(model.states)) if output is None else output
    definitions = dict(model.system.intermediates)
    if seen not in model.states and seen not in definitions:
        known = ", ".join([*model.states, *definitions])
        raise UnknownNameError(
            f"{seen!r} is neither a state nor a named quantity of {model.name}",
            f"there are: {known}", "Write one of them", owner=owner, name="output",
        )  # fmt: skip
    one_neuron(model, owner)
    level = 0.0 if at is None else one_value(model, at, name, f"{owner}.at")
    one = lanes(model, np.array([level]), name, others, owner=owner)
    return linearised(one, _followed(one, owner), seen)


def linearised(one: Lanes, state: np.ndarray, seen: str) -> OperatingPoint:
    """Return the linear equations of small deviations from an equilibrium.

    Parameters
    ----------
    one : Lanes
        One neuron under constant input.
    state : ndarray, shape (states,)
        The equilibrium.
    seen : str
        A state or named quantity: the output.

    Returns
    -------
    OperatingPoint
        By differentiating the equations.
    """
    model, name, level = one.model, one.input, float(one.levels[0])
    known = {**one.known(), **dict(zip(model.states, state, strict=True))}
    known = {key: float(np.ravel(value)[0]) for key, value in known.items()}
    system = model.system
    definitions = dict(system.intermediates)
    drifts = system.expanded_derivatives()

    def number(expression: Any) -> float:
        return float(np.ravel(evaluate(expression, known))[0])

    y = system.expand(definitions[seen]) if seen in definitions else None
    c = np.array([
        float(s == seen) if y is None else number(differentiate(y, s)) for s in system.states
    ])  # fmt: skip
    return OperatingPoint(
        model=model, input=name, output=seen, level=level, state=state,
        J=np.array([[number(e) for e in row] for row in system.jacobian()]),
        b=np.array([number(differentiate(drift, name)) for drift in drifts]),
        c=c, d=0.0 if y is None else number(differentiate(y, name)), others=one.others,
    )  # fmt: skip


def one_neuron(model: Model, owner: str) -> None:
    """Refuse a model of several neurons."""
    if model.size is not None:
        raise ParameterError(
            f"{model.size} neurons", "one neuron is expected",
            "Write a list of calls, one for each neuron", owner=owner, name="model",
        )  # fmt: skip


def one_value(model: Model, value: Any, name: str, owner: str) -> float:
    """Return one finite value of an input in internal units."""
    bare = np.asarray(units.strip(value, model.inputs[name].dimension, owner), float)
    if bare.size != 1 or not np.isfinite(bare).all():
        found = f"{bare.size} values" if bare.size != 1 else "a value that is not finite"
        raise ParameterError(
            found, "one finite value is expected", "Write a call for each value", owner=owner
        )
    return float(bare.reshape(-1)[0])


def amplitude_given(model: Model, value: Any, name: str, owner: str) -> float:
    """Return the amplitude of a drive, which must be above zero, in internal units."""
    amplitude = one_value(model, value, name, f"{owner}.amplitude")
    if amplitude <= 0.0:
        raise ParameterError(
            f"an amplitude of {value}", "a positive one is expected", "Write amplitude=10*pA",
            owner=owner, name="amplitude",
        )  # fmt: skip
    return amplitude


def _followed(one: Lanes, owner: str) -> np.ndarray:
    """Equilibrium that continues the rest at zero input."""
    declared = np.array([[float(s.value)] for s in one.model.states.values()])
    values = one.model.values()
    state, _ = rest(one.system, values, declared)
    target = float(one.levels[0])
    field = Field(one.system, values, 1, one.drive())
    with np.errstate(all="ignore"):
        state = field.led(state, {one.input: np.array([target])}, _STEPS)
        settled = bool(field.settled(state, slack=1e-12)[0])
    if not settled:
        unit = units.default_unit(one.model.inputs[one.input].dimension)
        raise SimulationError(
            f"{one.model.name} does not rest under {one.input} = {target:g} {unit}".rstrip(),
            "a stable equilibrium below threshold is expected, for deviations from it to be small",
            'Write a smaller at=..., or method="spikes"',
            owner=owner,
            name="at",
        )
    return state[:, 0]
