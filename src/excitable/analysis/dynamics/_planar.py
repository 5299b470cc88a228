"""The equations of two states, the others at their steady values or frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.dynamics._reduction import linear_zero
from excitable.errors import ModelError, ParameterError, UnknownNameError
from excitable.expression import Expression, Number, free_symbols, simplify, stabilise, substitute
from excitable.model import Model


@dataclass(frozen=True)
class Planar:
    """Two drifts in two states.

    Parameters
    ----------
    x, y : str
        The two states.
    drifts : tuple of Expression
        Of x and y, in them, parameters and inputs.
    others : dict of str to Expression
        What stands for every other state.
    frozen : dict of str to float
        Those that were given a value.
    """

    x: str
    y: str
    drifts: tuple[Expression, Expression]
    others: dict[str, Expression]
    frozen: dict[str, float]


def planar(model: Model, x: str, y: str, frozen: Mapping[str, Any] | None) -> Planar:
    """Return the drifts of two states with every other state eliminated."""
    system = model.system
    fixed = _fixed(model, x, y, {} if frozen is None else frozen)
    replaced: dict[str, Expression] = {name: Number(value) for name, value in fixed.items()}
    drifts = {
        name: substitute(stabilise(e), replaced)
        for name, e in zip(system.states, system.expanded_derivatives(), strict=True)
    }
    left = [name for name in system.states if name not in (x, y, *fixed)]
    others = dict(replaced)
    while left:
        for name in sorted(left, key=lambda s: len(free_symbols(drifts[s]) & set(left))):
            found = linear_zero(drifts[name], name)
            if found is not None and not free_symbols(found[0]) & set(left) - {name}:
                break
        else:
            raise ModelError(
                f"{', '.join(left)} of {model.name} have no steady value in closed form",
                f"each must follow from {x} and {y}, or have a value",
                f"Write frozen=dict({left[0]}=...)",
                owner="phase_plane",
            )
        value = {name: found[0]}
        left.remove(name)
        others = {other: substitute(e, value) for other, e in others.items()} | value
        drifts = {other: substitute(e, value) for other, e in drifts.items()}
    return Planar(x, y, (simplify(drifts[x]), simplify(drifts[y])), others, fixed)


def _fixed(model: Model, x: str, y: str, frozen: Mapping[str, Any]) -> dict[str, float]:
    fixed: dict[str, float] = {}
    for name, value in frozen.items():
        check_state(model, name, "frozen")
        if name in (x, y):
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


def check_state(model: Model, name: str, argument: str) -> None:
    """Refuse a name that is no state."""
    if name not in model.states:
        known = ", ".join(model.states)
        raise UnknownNameError(
            f"{name!r} is no state of {model.name}", f"its states: {known}",
            "Write one of them", owner="phase_plane", name=argument,
        )  # fmt: skip
