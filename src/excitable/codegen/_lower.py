"""From a model and a scheme to a `Step`."""

from __future__ import annotations

from collections.abc import Iterable

from excitable.codegen._step import Assign, Draw, Event, Flattener, Step
from excitable.expression import Call, Compare, Expression, Number, Symbol, substitute
from excitable.model import System
from excitable.numerics.schemes._formulas import Formulas, new

NOISE_STREAM = 0


def lower(system: System, scheme: str, formulas: Formulas, varying: Iterable[str] = ()) -> Step:
    """Return the `Step` of a scheme's formulas.

    Parameters
    ----------
    system : System
        The model's equations.
    scheme : str
        Name of the scheme.
    formulas : tuple of Assign
        What the scheme made of the system.
    varying : iterable of str
        Parameters that differ from neuron to neuron.

    Returns
    -------
    Step
        The flat list.

    Examples
    --------
    >>> from excitable.models import LIF
    >>> from excitable.numerics.schemes import rk4
    >>> step = lower(LIF.system, "rk4", rk4.formulas(LIF.system))
    >>> step.body[-1].target
    'v__new'
    """
    chosen = tuple(name for name in system.parameters if name in set(varying))
    shared = tuple(name for name in system.parameters if name not in chosen)
    flattener = Flattener({*shared, "step__"})
    body = flattener.flatten(formulas)
    return Step(
        scheme=scheme,
        states=system.states,
        inputs=system.inputs,
        shared=shared,
        varying=chosen,
        draws=tuple(Draw(f"{x}__step", NOISE_STREAM + k) for k, x in enumerate(system.noises)),
        constants=flattener.constants,
        body=body,
        event=event_of(system),
    )


def event_of(system: System) -> Event | None:
    """Return a system's spike with intermediate quantities written out, or None."""
    threshold = system.expanded_threshold()
    if threshold is None:
        return None
    return Event(
        threshold=threshold,
        reset=tuple(Assign(new(name), value) for name, value in system.expanded_reset().items()),
        refractory=system.refractory,
        held=system.held,
    )


def crossing(system: System) -> Formulas:
    """Return the formulas of the flag that a fixed step writes: negative if nothing happened.

    With a reset the neuron fires wherever it is beyond its threshold; without one only an arrival
    counts.
    """
    threshold = system.expanded_threshold()
    if threshold is None:
        return (Assign("cross__", Number(-1.0)),)
    after: dict[str, Expression] = {s: Symbol(new(s)) for s in system.states}
    after |= {name: Symbol(f"{name}__end") for name in system.inputs}
    before, later = Symbol("before__"), Symbol("after__")
    if system.reset:
        flag: Expression = Call("maximum", (before, later))
    else:
        flag = Call("where", (Compare("<", before, Number(0.0)), later, Number(-1.0)))
    return (
        Assign("before__", threshold),
        Assign("after__", substitute(threshold, after)),
        Assign("cross__", flag),
    )
