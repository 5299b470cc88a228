"""What an analysis is given: one neuron and one constant value for each input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.firing._lanes import check_input
from excitable.analysis.response._operating_point import one_neuron
from excitable.errors import ModelError, ParameterError
from excitable.model import Model


def constants(model: Any, inputs: Mapping[str, Any], owner: str) -> dict[str, float]:
    """Return the value of every parameter and input in internal units.

    Parameters
    ----------
    model : Model
        One neuron.
    inputs : mapping of str to Quantity or str
        Constant inputs; one left out is zero.
    owner : str
        The function that was called, for messages.

    Returns
    -------
    dict of str to float
        By name.
    """
    if not isinstance(model, Model):
        raise ModelError(
            f"{type(model).__name__} is no model",
            "a Model is expected",
            f"Write {owner}(ex.HodgkinHuxley, ...)",
            owner=owner,
            name="model",
        )
    one_neuron(model, owner)
    known = {name: float(value) for name, value in model.values().items()}
    known |= {name: 0.0 for name in model.inputs}
    for name, value in inputs.items():
        check_input(model, name, owner=owner)
        known[name] = _one(model, name, value, owner)
    return known


def _one(model: Model, name: str, value: Any, owner: str) -> float:
    dimension = model.inputs[name].dimension
    if hasattr(value, "plot") and not units.is_quantity(value):
        raise ParameterError(
            "an input that changes in time",
            "equilibria belong to a constant one",
            f"Write {name}=10*{units.default_unit(dimension) or 1}",
            owner=owner,
            name=name,
        )
    bare = np.asarray(units.strip(value, dimension, f"{owner}.{name}"))
    if bare.ndim > 0:
        raise ParameterError(
            f"{bare.size} values",
            "one value is expected",
            f"Write one call for each value, as in [ex.{owner}(model, {name}=i) for i in values]",
            owner=owner,
            name=name,
        )
    if not np.isfinite(bare):
        raise ParameterError(
            "a value that is not finite",
            "a finite value is expected",
            "Leave it out for zero",
            owner=owner,
            name=name,
        )
    return float(bare)
