"""Which currents cross the membrane of a model, read off its equations."""

from __future__ import annotations

from dataclasses import dataclass

from excitable import units
from excitable.errors import ModelError
from excitable.expression import (
    Expression,
    Number,
    Symbol,
    differentiate,
    free_symbols,
    simplify,
    substitute,
)
from excitable.model import Model


@dataclass(frozen=True)
class MembraneCurrent:
    """What leaves a cell through its membrane.

    Parameters
    ----------
    outward : Expression
        The total, in the model's names.
    injected : str
        The input that stands for the electrode; empty for a channel by itself.
    dimension : Dimension
        Of both.
    """

    outward: Expression
    injected: str
    dimension: units.Dimension

    @property
    def unit(self) -> str:
        """Unit to show it in."""
        return units.default_unit(self.dimension)


def membrane_current(model: Model, voltage: str) -> MembraneCurrent:
    """Return the current through the membrane of a model.

    An input I that drives the potential as ``dv/dt = I/C - I_ion/C`` tells the capacitance, and
    so what the rest of the equation is as a current, however the equation is written. A channel
    by itself has named currents only, and these are added.
    """
    if voltage in model.inputs:
        return _of_channel(model, voltage)
    system = model.system
    drift = system.expanded_derivatives()[system.states.index(voltage)]
    moving = {*system.states, *system.inputs}
    # A current, if there is one, else whatever drives the potential.
    ranked = sorted(model.inputs, key=lambda name: not _is_current(model.inputs[name].dimension))
    for name in ranked:
        slope = simplify(differentiate(drift, name))
        if slope == Number(0.0) or free_symbols(slope) & moving:
            continue
        # In named quantities where that is possible, so that small differences stay exact.
        left = substitute(system.derivatives[system.states.index(voltage)], {name: Number(0.0)})
        if name in free_symbols(system.expand(left)):
            left = substitute(drift, {name: Number(0.0)})
        return MembraneCurrent(simplify(-left / slope), name, model.inputs[name].dimension)
    raise ModelError(
        f"no input of {model.name} drives {voltage} with a fixed weight",
        f"C*d{voltage}/dt = I - ... with an input I tells the membrane current from the rate",
        "Add an input I to the model",
        owner="voltage_clamp",
    )


def _is_current(dimension: units.Dimension) -> bool:
    return dimension in (units.CURRENT, units.CURRENT_DENSITY)


def named_currents(model: Model, voltage: str, through: MembraneCurrent) -> list[str]:
    """Return the named quantities that are currents across the membrane, in the model's order."""
    system = model.system
    own = {*system.states, voltage}
    return [
        name
        for name, _ in system.intermediates
        if model.dimensions[name] == through.dimension
        and free_symbols(system.expand(Symbol(name))) & own
    ]


def _of_channel(model: Model, voltage: str) -> MembraneCurrent:
    currents = [
        name for name, _ in model.system.intermediates if _is_current(model.dimensions[name])
    ]
    # A sum of others, which a channel may name too, is not counted twice.
    definitions = dict(model.system.intermediates)
    parts = {part for name in currents for part in free_symbols(definitions[name])}
    tops = [name for name in currents if name not in parts]
    if not tops or len({model.dimensions[name] for name in tops}) > 1:
        raise ModelError(
            f"{model.name} names no current",
            f"a channel driven by {voltage} names its current",
            "Write I_K = g_K*n**4*(v - E_K) in its equations",
            owner="voltage_clamp",
        )
    total: Expression = Number(0.0)
    for name in tops:
        total = total + Symbol(name)
    return MembraneCurrent(total, "", model.dimensions[tops[0]])
