"""What a continuation is asked for, checked and in internal units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.response._operating_point import one_neuron
from excitable.errors import ModelError, ParameterError, UnknownNameError
from excitable.model import Model
from excitable.simulation._arguments import check_input_names

_OWNER = "continuation"
_ZERO = 1e-11  # of the range
_GATE, _POTENTIAL = 0.1, 10.0


@dataclass(frozen=True)
class Arguments:
    """A checked request.

    Parameters
    ----------
    model : Model
        One neuron.
    parameter : str
        What varies.
    unit : str
        Its unit, as the user wrote it.
    start, stop : float
        In internal units.
    known : dict of str to float
        Every other parameter and input, in internal units.
    """

    model: Model
    parameter: str
    unit: str
    start: float
    stop: float
    known: dict[str, float]

    @property
    def least(self) -> np.ndarray:
        """How far a gate or a potential moves at least, however small it is, shape (states,)."""
        kinds = {units.DIMENSIONLESS: _GATE, units.VOLTAGE: _POTENTIAL}
        dimensions = self.model.dimensions
        return np.array([kinds.get(dimensions[name], 0.0) for name in self.model.states])

    def sizes(self, x: np.ndarray) -> np.ndarray:
        """Return how far a state moves, by its own size at an equilibrium, shape (states,)."""
        size = np.maximum(np.abs(x), self.least)
        return np.where(size > 0.0, size, 1.0)

    def state(self, x: np.ndarray) -> dict[str, Any]:
        """Return states with their units."""
        dimensions = self.model.dimensions
        return {
            name: units.attach(float(value), units.default_unit(dimensions[name]))
            for name, value in zip(self.model.states, x, strict=True)
        }

    def shown(self, value: float, digits: int = 6) -> str:
        """Return a value of the parameter as text, zero if it is that to rounding."""
        close = abs(value) < _ZERO * abs(self.stop - self.start)
        return f"{units.attach(0.0 if close else float(value), self.unit):.{digits}g~P}".strip()


def arguments(
    model: Any, parameter: str, ends: tuple[Any, Any], inputs: Mapping[str, Any], points: Any
) -> Arguments:
    """Check a request.

    Parameters
    ----------
    model : Model
        Anything.
    parameter : str
        Anything.
    ends : tuple of Quantity, str or float
        Start and stop, as given.
    inputs : mapping of str to Quantity
        As given.
    points : int
        As given.

    Returns
    -------
    Arguments
        What is meant.
    """
    if not isinstance(model, Model):
        raise ModelError(
            f"{type(model).__name__} is no model", "a Model is expected",
            "Write continuation(ex.HodgkinHuxley, ...)", owner=_OWNER, name="model",
        )  # fmt: skip
    one_neuron(model, _OWNER)
    start, stop = check_range(model, parameter, ends, ("start", "stop"), points)
    known = {name: float(value) for name, value in model.values().items()}
    check_input_names(model, inputs, owner=_OWNER)
    for name, value in inputs.items():
        if name == parameter:
            raise ParameterError(
                f"{name} is given twice", f"{name} is what varies", f"Leave {name}=... out",
                owner=_OWNER, name=name,
            )  # fmt: skip
        known[name] = number(value, model.inputs[name].dimension, name)
    known.pop(parameter, None)
    return Arguments(model, parameter, unit_of(ends[0]), start, stop, known)


def check_range(
    model: Model, parameter: str, ends: tuple[Any, Any], names: tuple[str, str], points: Any
) -> tuple[float, float]:
    """Check what varies, over which range, in how many points.

    Parameters
    ----------
    model : Model
        One neuron.
    parameter : str
        Anything.
    ends : tuple of Quantity, str or float
        The range, as given.
    names : tuple of str
        The arguments, for messages.
    points : int
        As given.

    Returns
    -------
    tuple of float
        The range in internal units.
    """
    if parameter not in model.parameters and parameter not in model.inputs:
        _unknown(model, parameter)
    start, stop = (
        number(value, model.dimensions[parameter], name)
        for name, value in zip(names, ends, strict=True)
    )
    if parameter in model.parameters:
        for value in ends:
            model(**{parameter: value})  # its bounds
    if start == stop:
        raise ParameterError(
            f"{names[0]} equals {names[1]}" if names[0] != names[1] else "both ends are equal",
            "a range is expected",
            f"Write another {names[1]}" if names[0] != names[1] else "Write two different values",
            owner=_OWNER, name=names[1],
        )  # fmt: skip
    check_points(points)
    return start, stop


def check_points(points: Any) -> None:
    """Refuse what is no number of points."""
    if not isinstance(points, int) or points < 2:
        raise ParameterError(
            f"{points!r} points", "a whole number of at least 2 is expected",
            "Write points=2000", owner=_OWNER, name="points",
        )  # fmt: skip


def number(value: Any, dimension: units.Dimension, name: str) -> float:
    """Return one finite number in internal units.

    Parameters
    ----------
    value : Quantity, str or float
        As given.
    dimension : Dimension
        What it must be.
    name : str
        The argument, for messages.

    Returns
    -------
    float
        In internal units.
    """
    bare = units.strip(value, dimension, f"{_OWNER}.{name}")
    if np.ndim(bare) > 0 or not np.isfinite(bare):
        raise ParameterError(
            "several values" if np.ndim(bare) else f"{float(bare)}",
            "one finite value is expected", f"Write {name}= one value", owner=_OWNER, name=name,
        )  # fmt: skip
    return float(bare)


def unit_of(value: Any) -> str:
    """Return the unit in which a value was written."""
    quantity = units.parse_quantity(value) if isinstance(value, str) else value
    return units.unit_text(quantity) if units.is_quantity(quantity) else ""


def _unknown(model: Model, parameter: Any) -> None:
    names = [*model.inputs, *model.parameters]
    expected = f"it has {', '.join(names)}"
    write = f"Write {names[0]!r}" if names else "Give the model a parameter"
    if parameter in model.states:
        expected = f"{parameter} is a state, and a parameter or an input is followed"
    else:
        close = get_close_matches(str(parameter)[:40], names, n=1)
        write = f"Write {close[0]!r}" if close else write
    raise UnknownNameError(
        f"{str(parameter)[:40]!r} is no parameter or input of {model.name}", expected, write,
        owner=_OWNER, name="parameter",
    )  # fmt: skip
