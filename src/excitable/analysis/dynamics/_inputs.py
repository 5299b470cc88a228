"""What an analysis is given: one neuron and one constant value for each input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis._names import place_of_state
from excitable.analysis.response._operating_point import one_neuron
from excitable.errors import ModelError, ParameterError
from excitable.model import Model
from excitable.simulation._arguments import check_input_names


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
    check_input_names(model, inputs, owner=owner)
    for name, value in inputs.items():
        known[name] = _one(model, name, value, owner)
    return known


def _one(model: Model, name: str, value: Any, owner: str) -> float:
    dimension = model.inputs[name].dimension
    unit = units.default_unit(dimension)
    if hasattr(value, "plot") and not units.is_quantity(value):
        raise ParameterError(
            "an input that changes in time",
            "a constant one is expected",
            f"Write {name}=10*{unit}" if unit else f"Write {name}=10",
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


def frozen_states(
    model: Model, axes: tuple[str, str], frozen: Mapping[str, Any] | None
) -> dict[str, float]:
    """Return the values of states that stand still."""
    fixed: dict[str, float] = {}
    for name, value in ({} if frozen is None else frozen).items():
        place_of_state(model, name, owner="phase_plane", argument="frozen")
        if name in axes:
            raise ParameterError(
                f"{name} is an axis", "a state that is not drawn is expected",
                f"Leave {name} out", owner="phase_plane", name="frozen",
            )  # fmt: skip
        bare = np.asarray(units.strip(value, model.states[name].dimension, f"phase_plane.{name}"))
        if bare.ndim or not np.isfinite(bare):
            raise ParameterError(
                f"{value} for {name}", "one finite value is expected",
                f"Write frozen=dict({name}=...)", owner="phase_plane", name="frozen",
            )  # fmt: skip
        fixed[name] = float(bare)
    return fixed


def given_ranges(
    model: Model, axes: tuple[str, ...], window: Mapping[str, Any] | None, owner: str
) -> dict[str, tuple[float, float]]:
    """Return the ranges of states that were given."""
    spans: dict[str, tuple[float, float]] = {}
    if window is not None and not isinstance(window, Mapping):
        raise ParameterError(
            f"{type(window).__name__} is no set of ranges", "a range for each state is expected",
            f"Write window=dict({axes[0]}=(low, high))", owner=owner, name="window",
        )  # fmt: skip
    for name, value in ({} if window is None else window).items():
        place_of_state(model, name, owner=owner, argument="window")
        if name not in axes:
            raise ParameterError(
                f"{name} is not drawn", f"{' and '.join(axes)} {'are' if axes[1:] else 'is'}",
                "Leave it out", owner=owner, name="window",
            )  # fmt: skip
        try:
            ends = list(value)
        except TypeError:  # a single value
            ends = [value]
        bare = [
            float(units.strip(end, model.states[name].dimension, f"{owner}.{name}")) for end in ends
        ]
        if len(bare) != 2 or not np.isfinite(bare).all() or not bare[0] < bare[1]:
            raise ParameterError(
                f"a range of {name} from {bare[0]:g} to {bare[-1]:g}",
                "two finite values, the lower one first, are expected",
                f"Write window=dict({name}=(low, high))", owner=owner, name="window",
            )  # fmt: skip
        spans[name] = (bare[0], bare[1])
    return spans
