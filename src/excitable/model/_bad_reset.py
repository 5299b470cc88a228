"""Whether a spike leaves a neuron above its threshold, so that it fires again and again.

The first held state (the potential) is put on the threshold, the others where they start, and the
reset program is applied. If the spike condition holds after it the neuron would fire at once, again
after every refractory time, or for ever where there is none. Real cells have such resets: fits of a
reset line give a few of them. So the answer is a warning, or an error for those who ask for one.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable.errors import ExcitableWarning, ParameterError
from excitable.expression import (
    Expression,
    Number,
    Symbol,
    differentiate,
    evaluate,
    free_symbols,
    simplify,
    substitute,
)
from excitable.model._values import short_text

if TYPE_CHECKING:
    from excitable.model._model import Model
    from excitable.model._system import System

POLICIES = ("warn", "raise")
_SHOWN_NEURONS = 8
_ROUNDING = 1e-12


@dataclass(frozen=True)
class _Reset:
    """The threshold function, affine in one state, and what it and the state are after a reset."""

    state: str
    slope: Expression
    at_zero: Expression
    after: Expression
    landing: Expression


def check_policy(policy: Any, owner: str) -> None:
    """Refuse a policy that is none."""
    if policy not in POLICIES:
        raise ParameterError(
            f"on_bad_reset={policy!r}", '"warn" or "raise" is expected',
            'Write on_bad_reset="raise"', owner=owner,
        )  # fmt: skip


def check_reset(model: Model, policy: str, stacklevel: int) -> None:
    """Warn of, or refuse, a model whose reset leaves it above threshold.

    `stacklevel` leads from the caller of this function to the line that made the model.
    """
    reset = _reset_of(model.system)
    if reset is None:
        return
    known = {**model.values(), **{name: state.value for name, state in model.states.items()}}
    bad, landing = _landings(reset, known)
    if not np.any(bad):
        return
    found, expected, write = _words(model, reset.state, bad, landing)
    if policy == "raise":
        raise ParameterError(found, expected, write, owner=model.name)
    message = f'{model.name}: {found}; {expected}. {write}, or refuse it with on_bad_reset="raise".'
    warnings.warn(ExcitableWarning(message), stacklevel=stacklevel + 1)


def _landings(reset: _Reset, known: Mapping[str, Any]) -> tuple[Any, Any]:
    """Whether each neuron is still above threshold, and the state after its reset."""
    with np.errstate(all="ignore"):
        slope = evaluate(reset.slope, known)
        crossing = -evaluate(reset.at_zero, known) / np.where(slope == 0.0, np.nan, slope)
        at_threshold = {**known, reset.state: crossing}
        distance = evaluate(reset.after, at_threshold)
        # A reset that does not move the state leaves it on the threshold, up to rounding.
        scale = np.abs(slope) * np.abs(crossing)
        return distance >= -_ROUNDING * scale, evaluate(reset.landing, at_threshold)


@lru_cache(maxsize=256)
def _reset_of(system: System) -> _Reset | None:
    """The reset in symbols; None where nothing fires, resets or is affine."""
    threshold = system.expanded_threshold()
    if threshold is None or not system.reset:
        return None
    state = system.held[0] if system.held else system.states[0]
    slope = simplify(differentiate(threshold, state))
    if slope == Number(0.0) or state in free_symbols(slope):
        return None
    after = system.expanded_reset()
    if free_symbols(substitute(threshold, after)) & set(system.inputs):
        return None
    return _Reset(
        state=state,
        slope=slope,
        at_zero=simplify(substitute(threshold, {state: Number(0.0)})),
        after=simplify(substitute(threshold, after)),
        landing=simplify(after.get(state, Symbol(state))),
    )


def _words(model: Model, state: str, bad: Any, landing: Any) -> tuple[str, str, str]:
    """What was found, expected and to be written."""
    unit = model.states[state].unit
    if model.size is None:
        where = f"a spike leaves {state} at {short_text(float(landing), unit)}"
    else:
        culprits = np.flatnonzero(np.broadcast_to(bad, (model.size,)))
        listed = ", ".join(str(k) for k in culprits[:_SHOWN_NEURONS])
        more = (
            f" and {culprits.size - _SHOWN_NEURONS} more" if culprits.size > _SHOWN_NEURONS else ""
        )
        first = float(np.broadcast_to(landing, (model.size,))[culprits[0]])
        word = "neuron" if culprits.size == 1 else "neurons"
        where = f"a spike leaves {state} of {word} {listed}{more} at {short_text(first, unit)}"
        if culprits.size > 1:
            where += " and the like"
    condition = model._blueprint.text.spike
    resting = "once every refractory time" if model.system.refractory is not None else "for ever"
    return (
        f"{where}, where {condition} still holds, so that it would fire {resting}",
        "a reset below threshold is expected",
        "Change the reset or the threshold",
    )
