"""What a scheme makes: step formulas, a flat list of assignments in the model's own symbols.

Names with a double underscore are ours, which users cannot write: `v__new` is the state after the
step, `I__half` and `I__end` an input in the middle and at the end of it (plain `I`: at its start),
`xi__step` a Brownian increment over the step, `step__` the length of the step, `active__` 0 while
held states are clamped, else 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from excitable.expression import Expression, Number, Symbol, substitute
from excitable.model import System

STEP = Symbol("step__")
ACTIVE = Symbol("active__")


@dataclass(frozen=True, slots=True)
class Assign:
    """One assignment `target = value`."""

    target: str
    value: Expression


Formulas = tuple[Assign, ...]


def new(state: str) -> str:
    """Name of a state after the step."""
    return f"{state}__new"


def at_start(system: System) -> dict[str, Expression]:
    """Return the inputs at the start of the step."""
    return {name: Symbol(name) for name in system.inputs}


def at_half(system: System) -> dict[str, Expression]:
    """Return the inputs in the middle of the step."""
    return {name: Symbol(f"{name}__half") for name in system.inputs}


def at_end(system: System) -> dict[str, Expression]:
    """Return the inputs at the end of the step."""
    return {name: Symbol(f"{name}__end") for name in system.inputs}


def increment(noise: str) -> Expression:
    """Return the Brownian increment of a noise over the step."""
    return Symbol(f"{noise}__step")


def states_of(system: System) -> dict[str, Expression]:
    """Return the states at the start of the step, as symbols."""
    return {name: Symbol(name) for name in system.states}


def clamped(system: System, state: str, value: Expression) -> Expression:
    """Return a rate of change, switched off in refractory time for a held state."""
    if system.refractory is not None and state in system.held:
        return ACTIVE * value
    return value


class Stage:
    """The right-hand sides at one stage of a step.

    Parameters
    ----------
    system : System
        The model's equations.
    tag : str
        Names this stage's values, `m_inf__1` for the tag `1`.
    states, inputs : mapping of str to Expression
        Where the right-hand sides are taken.

    Notes
    -----
    `assigns` holds the intermediate quantities and the rates in order; `drift` and `diffusion` name
    them.
    """

    def __init__(
        self,
        system: System,
        tag: str,
        states: Mapping[str, Expression],
        inputs: Mapping[str, Expression],
    ) -> None:
        known: dict[str, Expression] = {**states, **inputs}
        self.assigns: list[Assign] = []
        for name, value in system.intermediates:
            target = f"{name}__{tag}"
            self.assigns.append(Assign(target, substitute(value, known)))
            known[name] = Symbol(target)
        diffusion = system.diffusion or ((),) * len(system.states)
        self.drift: dict[str, Expression] = {}
        self.diffusion: dict[str, dict[str, Expression]] = {}
        for i, state in enumerate(system.states):
            target = f"{state}__rate_{tag}"
            rate = clamped(system, state, substitute(system.derivatives[i], known))
            self.assigns.append(Assign(target, rate))
            self.drift[state] = Symbol(target)
            self.diffusion[state] = {}
            for noise, value in zip(system.noises, diffusion[i], strict=True):
                strength = substitute(value, known)
                if isinstance(strength, Number) and strength.value == 0.0:
                    continue
                target = f"{state}__{noise}_{tag}"
                self.assigns.append(Assign(target, clamped(system, state, strength)))
                self.diffusion[state][noise] = Symbol(target)

    def kick(self, state: str) -> Expression:
        """Return the noise part of a state's increment over the step."""
        total: Expression = Number(0.0)
        for noise, strength in self.diffusion[state].items():
            total = total + strength * increment(noise)
        return total
