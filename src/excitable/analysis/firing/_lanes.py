"""A model under many constant inputs at once: one lane for each input and neuron."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable import units
from excitable.errors import ModelError, ParameterError, UnknownNameError
from excitable.model import Model, System
from excitable.simulation._arguments import check_input_names

FloatArray = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Lanes:
    """Copies of a model side by side, each under its own constant inputs.

    Parameters
    ----------
    model : Model
        The model; parameters that were arrays have one value per lane.
    input : str
        The input that differs from lane to lane.
    levels : ndarray, shape (lanes,)
        Its values in internal units.
    others : dict of str to ndarray, shape (lanes,)
        The other inputs that are not zero, in internal units.
    """

    model: Model
    input: str
    levels: FloatArray
    others: dict[str, FloatArray]

    @property
    def count(self) -> int:
        """Number of lanes."""
        return self.levels.size

    @property
    def system(self) -> System:
        """The model's equations."""
        return self.model.system

    def drive(self) -> dict[str, FloatArray]:
        """Return every input that is not zero, in internal units."""
        return {self.input: self.levels, **self.others}

    def known(self) -> dict[str, Any]:
        """Return parameters and inputs by name, for `evaluate`."""
        zero = {name: 0.0 for name in self.model.inputs}
        return {**self.model.values(), **zero, **self.drive()}

    def arguments(self) -> dict[str, Any]:
        """Return the inputs as `simulate` takes them."""
        return {name: units.attach(value, self._unit(name)) for name, value in self.drive().items()}

    def _unit(self, name: str) -> str:
        return units.default_unit(self.model.inputs[name].dimension)

    def take(self, chosen: np.ndarray) -> Lanes:
        """Return some of the lanes.

        Parameters
        ----------
        chosen : ndarray of int or bool
            Which.

        Returns
        -------
        Lanes
            Those, in that order.
        """
        model = self.model
        if model.size is not None:
            model = _rearranged(model, lambda value: value[chosen])
        others = {name: value[chosen] for name, value in self.others.items()}
        return Lanes(model, self.input, self.levels[chosen], others)

    def at(self, levels: np.ndarray) -> Lanes:
        """Return the same lanes at other levels of the input that differs.

        Parameters
        ----------
        levels : ndarray, shape (lanes,)
            In internal units.

        Returns
        -------
        Lanes
            Same neurons, other levels.
        """
        return Lanes(self.model, self.input, np.asarray(levels, float), self.others)


def lanes(
    model: Model, levels: np.ndarray, name: str, others: Mapping[str, Any], *, owner: str
) -> Lanes:
    """Return lanes for every pair of a level and a neuron, the neuron running fastest.

    Parameters
    ----------
    model : Model
        One neuron, or several where parameters are arrays.
    levels : ndarray, shape (levels,)
        Values of the input in internal units.
    name : str
        The input.
    others : mapping of str to Quantity or str
        Constant values of other inputs.
    owner : str
        The function that was called, for messages.

    Returns
    -------
    Lanes
        levels x neurons of them.
    """
    size = 1 if model.size is None else model.size
    if model.size is not None:
        model = _rearranged(model, lambda value: np.tile(value, levels.size))
    fixed: dict[str, FloatArray] = {}
    check_input_names(model, others, owner=owner)
    for other, value in others.items():
        if other == name:
            raise ParameterError(
                f"{other} is given twice",
                f"{other} is the input of the curve",
                f"Leave {other}=... out",
                owner=owner,
                name=other,
            )
        bare = units.strip(value, model.inputs[other].dimension, f"{owner}.{other}")
        if np.ndim(bare) > 0:
            raise ParameterError(
                f"{np.size(bare)} values",
                "one value is expected for an input that stays the same along a curve",
                f"Write {other}= one value, or input={other!r} to vary it",
                owner=owner,
                name=other,
            )
        fixed[other] = np.full(levels.size * size, float(bare))
    return Lanes(model, name, np.repeat(levels, size), fixed)


def _rearranged(model: Model, change: Any) -> Model:
    """Return the model with every array of parameter values changed."""
    arrays: dict[str, Any] = {
        name: units.attach(change(p.value), p.unit)
        for name, p in model.parameters.items()
        if np.ndim(p.value) > 0
    }
    return model(**arrays)


def check_input(model: Any, name: str, *, owner: str) -> None:
    """Refuse what is no model, and a name that is none of its inputs."""
    if not isinstance(model, Model):
        raise ModelError(
            f"{type(model).__name__} is no model",
            "a Model is expected",
            f"Write {owner}(ex.LIF, ...)",
            owner=owner,
            name="model",
        )
    if name not in model.inputs:
        known = ", ".join(model.inputs) or "none"
        first = next(iter(model.inputs), None)
        write = f"Write input={first!r}" if first else "Give the model an input"
        raise UnknownNameError(
            f"{name!r} is no input of {model.name}",
            f"its inputs: {known}",
            write,
            owner=owner,
            name="input",
        )


def levels_of(model: Model, value: Any, name: str, *, owner: str) -> FloatArray:
    """Return the levels of an input as a vector in internal units, checked.

    Parameters
    ----------
    model : Model
        The model.
    value : Quantity, str or array
        As the user wrote it.
    name : str
        The input.
    owner : str
        The function that was called, for messages.

    Returns
    -------
    ndarray, shape (levels,)
        Finite numbers.
    """
    bare = np.asarray(units.strip(value, model.inputs[name].dimension, f"{owner}.{name}"))
    if bare.ndim > 1 or bare.size == 0:
        raise ParameterError(
            f"an array of shape {bare.shape}",
            "one value or a row of values is expected",
            f"Write {name}=[100, 200, 300]*pA or ex.sweep(...)",
            owner=owner,
            name=name,
        )
    if not np.isfinite(bare).all():
        raise ParameterError(
            "a value that is not finite",
            "finite values are expected",
            "Leave it out",
            owner=owner,
            name=name,
        )
    return np.atleast_1d(bare).astype(float)


def require_threshold(model: Model) -> None:
    """Refuse models without a spike condition."""
    name = model.name
    if model.system.threshold is None:
        raise ModelError(
            f"{name} does not say when it fires",
            "a spike condition is expected",
            'Write spike="v >= 0*mV" in the model',
            owner=name,
        )
