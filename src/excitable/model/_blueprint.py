"""What a model shares with all its changed copies: everything but values."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from excitable.errors import ExcitableWarning, ParameterError
from excitable.model import _declare
from excitable.model._check import Declared, unused
from excitable.model._parameter import Input, Parameter, State
from excitable.model._solve import build
from excitable.model._system import System
from excitable.model._text import Reading, Text
from excitable.model._values import Value, value_key
from excitable.units import Dimension


@dataclass(frozen=True, eq=False)
class Blueprint:
    """The equations of a model, read and solved once, with its words, inputs and presets."""

    title: str
    name: str
    description: str
    reference: str
    text: Text
    inputs: Mapping[str, Input]
    presets: Mapping[str, Mapping[str, Value]]
    system: System
    dimensions: Mapping[str, Dimension]
    reading: Reading

    @cached_property
    def key(self) -> tuple[object, ...]:
        """Something hashable that is equal exactly when the blueprints are."""
        presets = tuple(
            (name, tuple((key, value_key(value)) for key, value in values.items()))
            for name, values in self.presets.items()
        )
        words = (self.title, self.name, self.description, self.reference, self.text)
        return (*words, tuple(self.inputs.items()), presets)


def draw(
    title: Any, given: Mapping[str, Any]
) -> tuple[Blueprint, dict[str, State], dict[str, Parameter]]:
    """Check what an author gave to `Model`; return the blueprint, the states, the parameters."""
    title = _declare.words(title, "title", "Model").strip()
    owner = _declare.words(given["name"], "name", "Model").strip() or title
    _declare.check_owner(owner)
    text = _declare.read_model_text(given, owner)
    states = _declare.declare(State, given["states"], "state", owner)
    inputs = _declare.declare(Input, given["inputs"], "input", owner)
    parameters = _declare.declare(Parameter, given["parameters"], "parameter", owner)
    _declare.check_apart(states, inputs, parameters, owner, spikes=bool(text.spike))
    declared = Declared(
        states={name: state.dimension for name, state in states.items()},
        inputs={name: driven.dimension for name, driven in inputs.items()},
        parameters={name: parameter.dimension for name, parameter in parameters.items()},
    )
    system, dimensions, reading = build(text, declared, owner)
    for word, name in unused(reading, declared):
        message = (
            f"{owner}: the {word} {name} stands in no equation; it has no effect. "
            f"Remove it, or use it."
        )
        warnings.warn(message, ExcitableWarning, stacklevel=3)
    blueprint = Blueprint(
        title=title,
        name=owner,
        description=_declare.words(given["description"], "description", owner),
        reference=_declare.words(given["source"], "source", owner),
        text=text,
        inputs=inputs,
        presets=_declare.read_presets(given["presets"], states, parameters, owner),
        system=system,
        dimensions=dimensions,
        reading=reading,
    )
    return blueprint, states, parameters


def common_size(
    states: Mapping[str, State], parameters: Mapping[str, Parameter], owner: str
) -> int | None:
    """Return how many neurons arrays of values describe; None where there are no arrays."""
    first, size = "", None
    for name, declared in (*parameters.items(), *states.items()):
        if not isinstance(declared.value, np.ndarray):
            continue
        if size is not None and len(declared.value) != size:
            raise ParameterError(
                f"{first} has {size} values and {name} has {len(declared.value)}",
                "arrays of one length, with one value per neuron, are expected",
                f"Give {name} {size} values, or one",
                owner=owner,
            )
        first, size = name, len(declared.value)
    return size
