"""The forms of the leaky integrate-and-fire neuron, and the way from each to each."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import numpy as np

from excitable import units
from excitable.errors import ModelError, ParameterError
from excitable.expression import evaluate, free_symbols, parse
from excitable.model import Model
from excitable.model._parameter import check_value, replaced

# Each constant by the others: the first rule serves whose names are known. C is taken from
# tau_m*g_L where g_L is there, not from tau_m/R: back again, C/g_L is tau_m to the last digit
# but one.
RULES = (
    ("g_L", "1/R"),
    ("R", "1/g_L"),
    ("C", "tau_m*g_L"),
    ("C", "tau_m/R"),
    ("tau_m", "C/g_L"),
    ("tau_m", "R*C"),
)
# A potential as a share of the way from rest to threshold, back again, and the drive.
SHARE = "(V - E_L)/(V_T - E_L)"
POTENTIAL = "E_L + v*(V_T - E_L)"
DRIVE = "R*I/(V_T - E_L)"

_HOMES = {
    "LIF": "lif",
    "LIFConductance": "lif_conductance",
    "LIFCapacitance": "lif_capacitance",
    "LIFNormalised": "lif_normalised",
}
_METHODS = {
    "LIF": "as_resistance",
    "LIFConductance": "as_conductance",
    "LIFCapacitance": "as_capacitance",
    "LIFNormalised": "normalised",
}


def converted(model: Model, form: str) -> Model:
    """Return a leaky integrate-and-fire neuron in another form with potentials."""
    own = _form_of(model, _METHODS[form])
    if own == form:
        return model
    if own == "LIFNormalised":
        raise ModelError(
            f"{model.name} has neither a resistance nor potentials",
            "they are chosen on the way back",
            "Write cell.denormalised(R=100*MOhm, E_L=-65*mV, V_T=-50*mV)",
            owner=f"{model.name}.{_METHODS[form]}",
        )
    target = _form(form)
    values = _completed(model.values(), target.parameters)
    return _with_values(model, target, values, {"v": model.states["v"].value})


def normalised(model: Model) -> Model:
    """Return a leaky integrate-and-fire neuron in plain numbers: rest 0, threshold 1."""
    if _form_of(model, "normalised") == "LIFNormalised":
        return model
    values = _completed(model.values(), ("tau_m",))
    _check_order(values, model.name)
    reset, start = (
        _calculated(SHARE, values | {"V": V}) for V in (values["V_R"], model.states["v"].value)
    )
    known = {"tau_m": values["tau_m"], "t_ref": values["t_ref"], "v_R": reset}
    return _with_values(model, _form("LIFNormalised"), known, {"v": start})


def denormalised(model: Model, *, R: Any, E_L: Any, V_T: Any) -> Model:
    """Return the neuron in potentials that a normalised one stands for, by tau_m and R."""
    target = _form("LIF")
    if _form_of(model, "denormalised") != "LIFNormalised":
        found, expected = f"{model.name} has potentials", "a normalised neuron is expected"
        write = f"Write {model.name}.normalised().denormalised(...)"
        raise ModelError(found, expected, write, owner=f"{model.name}.denormalised")
    given = {
        name: units.strip(value, target.parameters[name].dimension, f"denormalised.{name}")
        for name, value in (("R", R), ("E_L", E_L), ("V_T", V_T))
    }
    _check_order(given, f"{model.name}.denormalised")
    own = model.values()
    reset, start = (
        _calculated(POTENTIAL, given | {"v": v}) for v in (own["v_R"], model.states["v"].value)
    )
    known = {"tau_m": own["tau_m"], "t_ref": own["t_ref"], "V_R": reset}
    return _with_values(model, target, given | known, {"v": start})


def drive_of(model: Model, I: Any) -> Any:
    """Return the drive of the normalised neuron for an injected current in pA."""
    own = _form_of(model, "normalised")
    if own == "LIFNormalised":
        raise ModelError(
            f"{model.name} has no potentials",
            "its input is the drive already",
            "Write simulate(cell, ..., v_in=2)",
            owner="normalised_drive",
        )
    values = _completed(model.values(), ("R",))
    _check_order(values, model.name)
    return _calculated(DRIVE, values | {"I": I})


@functools.cache
def _form(name: str) -> Model:
    return getattr(import_module(f"excitable.models.{_HOMES[name]}"), name)


def _form_of(model: Model, method: str) -> str:
    """Say which form a model has, by its equations and not by its name."""
    for name in _HOMES:
        if model.system == _form(name).system:
            return name
    raise ModelError(
        f"{model.name} is no leaky integrate-and-fire neuron",
        f"the equations of {', '.join(_HOMES)} are expected, which stand for each other",
        f"Write ex.LIF(...).{method}()",
        owner=f"{model.name}.{method}",
    )


def _completed(values: Mapping[str, Any], wanted: Any) -> dict[str, Any]:
    """Return the values with those that follow from them by the rules."""
    known = dict(values)
    for name, rule in RULES:
        if name in wanted and name not in known and free_symbols(parse(rule)) <= set(known):
            known[name] = _calculated(rule, known)
    return known


def _calculated(rule: str, values: Mapping[str, Any]) -> Any:
    return evaluate(_parsed(rule), values)


@functools.cache
def _parsed(rule: str) -> Any:
    return parse(rule)


def _check_order(values: Mapping[str, Any], owner: str) -> None:
    wrong = np.less_equal(values["V_T"], values["E_L"])
    if np.any(wrong):
        where = f" of neuron {int(np.argmax(wrong))}" if np.ndim(wrong) else ""
        raise ParameterError(
            f"the threshold{where} is not above rest",
            "normalised, rest is 0 and the threshold 1",
            "Choose V_T above E_L",
            owner=owner,
        )


def _with_values(
    model: Model, target: Model, values: Mapping[str, Any], starts: Mapping[str, Any]
) -> Model:
    """Return a model with internal values; what has passed through a unit may lose a digit."""
    declared = {}
    for name, parameter in target.parameters.items():
        declared[name] = replaced(parameter, values[name])
        check_value(declared[name], f"{target.name}.{name}")
    states = {name: replaced(state, starts[name]) for name, state in target.states.items()}
    return target._copy(states, declared, model._on_bad_reset)
