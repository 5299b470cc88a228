"""What of a model NIR can say: one linear membrane, a fixed threshold, a fixed reset."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from excitable.errors import ModelError
from excitable.expression import (
    Expression,
    differentiate,
    evaluate,
    free_symbols,
    simplify,
    substitute,
)

if TYPE_CHECKING:
    from excitable.model import Model


@dataclass
class Membrane:
    """``dv/dt = (leak - v)/tau + gain*I``, fired at `threshold`, put to `reset`; internal units.

    Without a leak there is no `tau`; without spikes no `threshold`. `lost` says in words what else
    the model has.
    """

    gain: Any
    tau: Any = None
    leak: Any = None
    threshold: Any = None
    reset: Any = None
    lost: list[str] = field(default_factory=list)


def membrane_of(model: Model) -> Membrane:
    """Find the membrane in the equations of a model, whatever its parameters are called.

    Raises
    ------
    ModelError
        If there is none: several inputs, or a potential that does not relax linearly.
    """
    return _Reader(model).membrane()


class _Reader:
    """The expressions of a model, taken apart by differentiation."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.system = model.system
        if not self.system.states:
            self._refuse("it has no states", "a potential is expected")
        if len(self.system.inputs) != 1:
            self._refuse(f"it has {len(self.system.inputs)} inputs", "one input is expected")
        self.v, *self.others = self.system.states
        self.I = self.system.inputs[0]
        self.varying = {self.v, self.I, *self.others}
        # A quantity that NIR has no place for stands still where it starts.
        self.point = {name: state.value for name, state in model.states.items()} | model.values()
        self.lost: list[str] = []

    def membrane(self) -> Membrane:
        drift = self.system.expanded_derivatives()[0]
        slope = self._constant(drift, self.v, "relaxes in proportion to itself")
        gain = self._constant(drift, self.I, "follows its input in proportion")
        leaky = bool(np.all(np.asarray(slope) < 0.0))
        if not leaky and np.any(np.asarray(slope) != 0.0):
            self._refuse("its potential runs away by itself", "a leak, or none, is expected")
        self.point |= {self.v: 0.0, self.I: 0.0}
        rest = self._at(drift)
        if not leaky and np.any(np.asarray(rest) != 0.0):
            self._refuse("its potential drifts without input", "no constant current is expected")
        found = Membrane(gain)
        if leaky:
            found.tau = np.divide(-1.0, slope)
            found.leak = rest * found.tau
        self._note_losses()
        if self.system.threshold is not None:
            found.threshold = self._threshold(self.system.expanded_threshold())
            found.reset = self._reset(found.threshold)
        found.lost = self.lost
        return found

    def _constant(self, expression: Expression, name: str, words: str) -> Any:
        slope = simplify(differentiate(expression, name))
        if free_symbols(slope) & self.varying:
            others = f", and {', '.join(self.others)} would be lost" if self.others else ""
            self._refuse(
                f"its {self.v} is not linear{others}", f"a potential that {words} is expected"
            )
        return self._at(slope)

    def _note_losses(self) -> None:
        """Note what stands beside the membrane."""
        for name in self.others:
            shown = self.model.states[name]
            part = shown.description or "a state"
            self.lost.append(f"{name} ({part}; held at {shown.shown})")
        if any(self._at(e) != 0.0 for row in self.system.expanded_diffusion() for e in row):
            self.lost.append("noise")
        if self.system.refractory is not None:
            times = np.asarray(self._at(self.system.refractory))
            if np.any(times > 0.0):
                self.lost.append(f"a refractory time of {np.max(times):g} ms")

    def _threshold(self, function: Expression | None) -> Any:
        if function is None or self.I in free_symbols(function):
            self._refuse("its threshold depends on the input", "a fixed threshold is expected")
        slope = self._constant(function, self.v, "is compared with a threshold")
        if np.any(np.asarray(slope) <= 0.0):
            self._refuse("it fires downwards", "a threshold crossed from below is expected")
        self.point[self.v] = 0.0
        return np.divide(np.negative(self._at(function)), slope)

    def _reset(self, threshold: Any) -> Any:
        """Where a spike leaves the potential, which is at the threshold when it fires."""
        after: dict[str, Expression] = {}
        for name, right in self.system.reset:
            # Each statement sees the ones before it.
            after[name] = substitute(self.system.expand(right), after)
        if self.v not in after:
            self._refuse("a spike does not reset its potential", "a reset is expected")
        if self.v in free_symbols(simplify(after[self.v])):
            self.lost.append("a reset that depends on the potential, fixed to that from threshold")
        self.point[self.v] = threshold
        return self._at(after[self.v])

    def _at(self, expression: Expression) -> Any:
        return evaluate(self.system.expand(expression), self.point)

    def _refuse(self, found: str, expected: str) -> NoReturn:
        raise ModelError(
            found,
            f"NIR holds leaky integrators that fire and reset; {expected}",
            "Write ex.to_nir(ex.LIF(...)), or keep this model here",
            owner=self.model.name,
            name="to_nir",
        )
