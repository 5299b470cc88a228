"""Independent computations: the equations by NumPy, integrated by SciPy, resets done by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from excitable.checking._subject import Subject
from excitable.expression import evaluate
from excitable.numerics.schemes._formulas import Formulas, new

Inputs = Callable[[float], Mapping[str, float]]
Array = np.ndarray[Any, np.dtype[np.float64]]


def no_input(t: float) -> dict[str, float]:
    """Return the inputs of a run without any."""
    return {}


def right_side(subject: Subject, x: Array, inputs: Mapping[str, Any], active: float = 1.0) -> Array:
    """Time derivatives by the reference semantics, intermediate quantities first.

    Parameters
    ----------
    subject : Subject
        The model.
    x : ndarray, shape (states,) or (states, n)
        Where.
    inputs : mapping of str to float
        Inputs there.
    active : float
        0 in refractory time, when held states stand still.
    """
    system = subject.system
    names = subject.known(x, inputs)
    for name, value in system.intermediates:
        names[name] = evaluate(value, names)
    rates = [
        np.broadcast_to(evaluate(e, names), np.shape(x)[1:]) * held(subject, k, active)
        for k, e in enumerate(system.derivatives)
    ]
    return np.stack(rates)


def held(subject: Subject, k: int, active: float) -> float:
    """Return `active` for a state that stands still in refractory time, else 1."""
    system = subject.system
    return active if system.refractory is not None and system.states[k] in system.held else 1.0


def after_reset(subject: Subject, x: Array, inputs: Mapping[str, float]) -> Array:
    """State after the reset program, each statement seeing the ones before it."""
    names = subject.known(x, inputs)
    for name, value in subject.system.reset:
        names[name] = float(evaluate(subject.system.expand(value), names))
    return np.array([names[s] for s in subject.system.states])


def refractory_time(subject: Subject) -> float:
    """Refractory time in ms, 0 for none."""
    found = subject.system.refractory
    return 0.0 if found is None else float(evaluate(found, subject.values))


def solve(
    subject: Subject, x: Array, duration: float, inputs: Inputs = no_input, *,
    tolerance: float = 3e-13
) -> tuple[Array, Array]:  # fmt: skip
    """State at the end and spike times, by DOP853 between spikes.

    Parameters
    ----------
    subject : Subject
        The model.
    x : ndarray, shape (states,)
        Where it starts.
    duration : float
        In ms.
    inputs : callable
        Smooth inputs by time.
    tolerance : float
        Relative tolerance of the integration.

    Returns
    -------
    state : ndarray, shape (states,)
        At the end.
    spikes : ndarray
        Times in ms.
    """
    t, active = 0.0, 1.0
    spikes: list[float] = []
    wait = refractory_time(subject)
    while t < duration:
        if active == 0.0:
            stop = min(spikes[-1] + wait, duration)
            x, _ = _stretch(subject, x, (t, stop), inputs, tolerance=tolerance, active=active)
            t, active = stop, 1.0
            continue
        x, at = _stretch(subject, x, (t, duration), inputs, tolerance=tolerance, active=active)
        if at.size == 0 or (not subject.system.reset and wait == 0.0):
            spikes.extend(at.tolist())
            break
        t = float(at[0])
        spikes.append(t)
        x = after_reset(subject, x, inputs(t))
        active = 0.0 if wait > 0.0 else 1.0
    return x, np.array(spikes)


def _stretch(
    subject: Subject, x: Array, span: tuple[float, float], inputs: Inputs, *, tolerance: float,
    active: float,
) -> tuple[Array, Array]:  # fmt: skip
    """Integrate to the end of the span, or to the first spike if a spike changes anything."""
    from scipy.integrate import solve_ivp

    threshold = subject.system.expanded_threshold()
    events = []
    if threshold is not None and active != 0.0:

        def crossing(t: float, y: Array) -> float:
            return float(evaluate(threshold, subject.known(y, inputs(t))))

        crossing.direction = 1.0  # type: ignore[attr-defined]
        crossing.terminal = bool(subject.system.reset) or refractory_time(subject) > 0.0  # type: ignore[attr-defined]
        events.append(crossing)
    found = solve_ivp(
        lambda t, y: right_side(subject, y, inputs(t), active), span, x,
        method="DOP853", rtol=tolerance, events=events or None,
        atol=1e-3 * tolerance * (1.0 + np.abs(x)),
    )  # fmt: skip
    at = found.t_events[0] if events else np.zeros(0)
    if found.status == -1 and events:
        # The upstroke is so steep that no two numbers resolve it: that is the spike.
        at = np.array([float(found.t[-1])])
    return found.y[:, -1], at


def step_by_formulas(
    formulas: Formulas, names: Mapping[str, Any], states: tuple[str, ...]
) -> Array:
    """New states by a scheme's formulas, evaluated one after the other.

    Parameters
    ----------
    formulas : tuple of Assign
        From a scheme, or flattened.
    names : mapping of str to float or ndarray
        Parameters, states, inputs at the start, middle and end, noise, the step, `active__`.
    states : tuple of str
        Names of the states.
    """
    known = dict(names)
    for assign in formulas:
        known[assign.target] = evaluate(assign.value, known)
    shape = np.broadcast_shapes(*(np.shape(known[new(s)]) for s in states))
    return np.stack([np.broadcast_to(known[new(s)], shape) for s in states])


def step_names(subject: Subject, x: Array, t: Any, h: float, inputs: Inputs) -> dict[str, Any]:
    """Names that a step from t to t + h reads, without noise."""
    names = subject.known(x, inputs(t))
    for suffix, share in (("half", 0.5), ("end", 1.0)):
        later = {**dict.fromkeys(subject.system.inputs, 0.0), **inputs(t + share * h)}
        names |= {f"{name}__{suffix}": value for name, value in later.items()}
    names |= {f"{xi}__step": 0.0 for xi in subject.system.noises}
    return names | {"step__": h, "active__": 1.0}
