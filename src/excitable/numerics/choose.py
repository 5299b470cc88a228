"""Which scheme: decided by analysing the equations, never by trial."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

from excitable.errors import SchemeError
from excitable.expression import Number, differentiate, free_symbols, simplify
from excitable.model import System
from excitable.numerics.linear import Nonlinear, linear_form
from excitable.numerics.published import RECIPES, recipe
from excitable.numerics.schemes import (
    euler_maruyama,
    exponential_euler,
    exponential_strang,
    heun,
    milstein,
    rk4,
)
from excitable.numerics.schemes._formulas import Formulas

FIXED_STEP: dict[str, Callable[[System], Formulas]] = {
    "exponential_euler": exponential_euler.formulas,
    "exponential_strang": exponential_strang.formulas,
    "rk4": rk4.formulas,
    "heun": heun.formulas,
    "milstein": milstein.formulas,
    "euler_maruyama": euler_maruyama.formulas,
}
NOISY = ("heun", "milstein", "euler_maruyama")
GRIDDED = (*FIXED_STEP, *RECIPES)  # those whose samples lie on steps
SCHEMES = ("auto", "exact", "adaptive", *GRIDDED)


@dataclass(frozen=True)
class Choice:
    """A scheme and why it was taken.

    Parameters
    ----------
    name : str
        One of `SCHEMES` but `"auto"`.
    why : str
        The reason, a sentence part.
    """

    name: str
    why: str


def choose(system: System, scheme: str = "auto", *, smooth: tuple[str, ...] = ()) -> Choice:
    """Return the scheme for a system, checked against its equations.

    Parameters
    ----------
    system : System
        The model's equations.
    scheme : str
        `"auto"`, or the name of a scheme to be checked.
    smooth : tuple of str
        Inputs that are neither piecewise constant nor piecewise linear.

    Returns
    -------
    Choice
        Name and reason.

    Raises
    ------
    SchemeError
        If the name is unknown, or the scheme does not serve these equations.

    Examples
    --------
    >>> from excitable.models import LIF, HodgkinHuxley
    >>> choose(LIF.system).name, choose(HodgkinHuxley.system).name
    ('exact', 'adaptive')
    """
    _check_event(system)
    if scheme not in SCHEMES:
        raise SchemeError(
            f"{scheme!r} is no scheme",
            f"one of {', '.join(SCHEMES)} is expected",
            'Write scheme="auto"',
            name="scheme",
        )
    if scheme == "auto":
        return _automatic(system, smooth)
    why = refusal(system, scheme, smooth)
    if why is not None:
        best = _automatic(system, smooth)
        raise SchemeError(
            f"{scheme} does not serve this model: {why}",
            f"{best.name} does ({best.why})",
            f'Write scheme="{best.name}" or scheme="auto"',
            name="scheme",
        )
    return Choice(scheme, recipe(scheme).source if scheme in RECIPES else "as asked")


def _check_event(system: System) -> None:
    """Refuse a spike condition or a reset that depends on an input."""
    parts = [] if system.threshold is None else [("the spike condition", system.threshold)]
    parts += [(f"the reset of {name}", value) for name, value in system.reset]
    for what, expression in parts:
        inputs = sorted(free_symbols(system.expand(expression)) & set(system.inputs))
        if inputs:
            raise SchemeError(
                f"{what} depends on the input {inputs[0]}",
                "spikes and resets of states and parameters alone are expected, for an input may "
                "jump",
                f"Let a state follow {inputs[0]} with a short time constant and write that state",
            )


def _automatic(system: System, smooth: tuple[str, ...]) -> Choice:
    if system.noises:
        return Choice("heun", f"noise {', '.join(system.noises)}, read in Stratonovich's sense")
    if not system.states:
        return Choice("exact", "no states, so everything follows from the inputs")
    form = linear_form(system)
    if isinstance(form, Nonlinear):
        return Choice("adaptive", f"{form.why}; every neuron has its own step")
    if smooth:
        inputs = ", ".join(smooth)
        return Choice("adaptive", f"linear, but {inputs} is neither constant nor linear in pieces")
    return Choice("exact", "linear below threshold, so every step is exact")


@functools.lru_cache(maxsize=512)
def refusal(system: System, scheme: str, smooth: tuple[str, ...] = ()) -> str | None:
    """Why a scheme cannot serve a system, or None if it can.

    Parameters
    ----------
    system, scheme, smooth
        As in `choose`.

    Returns
    -------
    str or None
        A sentence part.
    """
    if scheme in RECIPES:
        return recipe(scheme).refusal(system)
    if system.noises and scheme not in NOISY:
        return f"it has no noise term for {', '.join(system.noises)}"
    if scheme == "exact":
        return _refused_by_exact(system, smooth)
    if scheme == "euler_maruyama":
        return _refused_by_euler_maruyama(system)
    why = None
    if scheme in {"exponential_euler", "exponential_strang"}:
        curved = not_linear_in_itself(system)
        why = f"d{curved[0]}/dt is not linear in {curved[0]} itself" if curved else None
    if scheme == "milstein" and not milstein.commute(system):
        why = "its noises do not commute"
    return why


def _refused_by_exact(system: System, smooth: tuple[str, ...]) -> str | None:
    form = linear_form(system)
    if isinstance(form, Nonlinear):
        return form.why
    return f"{', '.join(smooth)} is neither constant nor linear in pieces" if smooth else None


def _refused_by_euler_maruyama(system: System) -> str | None:
    for row in system.expanded_diffusion():
        for strength in row:
            state = free_symbols(strength) & set(system.states)
            if state:
                return f"the noise depends on {sorted(state)[0]}, and it reads noise as Ito does"
    return None


@functools.lru_cache(maxsize=256)
def not_linear_in_itself(system: System) -> tuple[str, ...]:
    """Return the states whose rate of change is not linear in the state itself.

    Parameters
    ----------
    system : System
        The model's equations.

    Returns
    -------
    tuple of str
        Empty for Hodgkin-Huxley, `("v",)` for AdEx.
    """
    found = []
    for state, rate in zip(system.states, system.expanded_derivatives(), strict=True):
        bend = simplify(differentiate(simplify(differentiate(rate, state)), state))
        if bend != Number(0.0):
            found.append(state)
    return tuple(found)


@functools.lru_cache(maxsize=256)
def formulas(system: System, scheme: str) -> Formulas:
    """Return the step formulas of a fixed-step scheme for a system.

    Parameters
    ----------
    system : System
        The model's equations.
    scheme : str
        A key of `FIXED_STEP`.

    Returns
    -------
    tuple of Assign
        The step.
    """
    return FIXED_STEP[scheme](system)
