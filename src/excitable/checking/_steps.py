"""Laws of one step: what is compiled computes what the formulas say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from excitable import units
from excitable.checking._reference import (
    after_reset,
    held,
    refractory_time,
    right_side,
    step_by_formulas,
    step_names,
)
from excitable.checking._report import BrokenLawError, NotHereError
from excitable.checking._subject import Subject
from excitable.codegen._lower import lower
from excitable.expression import evaluate
from excitable.numerics.choose import FIXED_STEP, formulas, refusal
from excitable.stimuli import ramp
from excitable.stimuli._random import standard_normal

NEURONS = 3
STEPS = 3
TOLERANCE = 1e-12


def equilibrium(subject: Subject) -> str:
    """The rest is an equilibrium: nothing drifts away from it in a second."""
    if not subject.rests:
        raise NotHereError("no stable equilibrium at zero input")
    if subject.system.noises:
        left = np.abs(right_side(subject, subject.start, {})).max()
        if left > 1e-9:
            raise BrokenLawError(f"without noise it drifts at {left:.2g} per ms")
        return "without noise nothing drifts"
    run = subject.run(1000.0, record=True, dt=100.0)
    size = np.maximum(np.abs(subject.start), 1.0)
    drift = [
        float(np.abs(run.values[s] - x).max() / unit)
        for s, x, unit in zip(subject.system.states, subject.start, size, strict=True)
    ]
    if run.spikes.count or max(drift) > 1e-9:
        raise BrokenLawError(
            f"{subject.system.states[int(np.argmax(drift))]} drifts by {max(drift):.2g}"
        )
    return f"drifts by less than {max(*drift, 1e-16):.0e} in 1 s"


def flat_step(subject: Subject) -> str:
    """The flat list of assignments that all targets print computes the scheme's formulas."""
    states = subject.system.states
    x = subject.states(NEURONS)
    count = 0
    for scheme in FIXED_STEP:
        if refusal(subject.system, scheme) is not None:
            continue
        names = step_names(subject, x, 0.0, _step(subject), lambda t: dict.fromkeys(
            subject.system.inputs, 0.1 + t))  # fmt: skip
        names |= {f"{xi}__step": 0.1 for xi in subject.system.noises}
        made = formulas(subject.system, scheme)
        step = lower(subject.system, scheme, made)
        found = step_by_formulas((*step.constants, *step.body), names, states)
        _compare(subject, found, step_by_formulas(made, names, states), scheme)
        count += 1
    return f"{count} schemes, within {TOLERANCE:.0e}"


def _step(subject: Subject) -> float:
    """A step that all schemes take well: a power of two, a tenth of the fastest time constant."""
    return float(2.0 ** np.floor(np.log2(min(0.1 / subject.rate, 0.5))))


def _compare(subject: Subject, found: np.ndarray, expected: np.ndarray, where: str) -> float:
    size = np.maximum(
        np.abs(expected), np.maximum(np.abs(subject.start), 20 * subject.scale)[:, None]
    )
    error = np.abs(found - expected) / size
    if not np.isfinite(expected).all():
        raise BrokenLawError(f"{where}: the formulas are not finite near rest")
    if not error.max() <= TOLERANCE:
        i = int(np.argmax(error.max(axis=1)))
        raise BrokenLawError(f"{where}: {subject.system.states[i]} differs by {error.max():.2g}")
    return float(error.max())


def compiled_step(subject: Subject, scheme: str) -> str:
    """The compiled steps of a scheme equal its formulas evaluated by NumPy, noise included."""
    h, system = _step(subject), subject.system
    x = subject.states(NEURONS)
    slopes = {name: weak_input(subject, name) / (STEPS * h) for name in system.inputs}
    spread = 1.0 + np.arange(NEURONS)

    def inputs(t: float) -> Mapping[str, Any]:
        return {name: slope * spread * t for name, slope in slopes.items()}

    given = {
        name: ramp(
            subject.quantity(name, 0.0 * spread),
            subject.quantity(name, slope * spread * STEPS * h),
            units.attach(0.0, "ms"),
            units.attach(STEPS * h, "ms"),
        )
        for name, slope in slopes.items()
    }
    run = subject.run(
        STEPS * h, inputs=given, initial=x, scheme=scheme, dt=h, record=True, seed=subject.seed
    )
    if run.spikes.count:
        raise NotHereError("it fires within three steps of any state near its start")
    made = formulas(system, scheme)
    worst = 0.0
    for k in range(STEPS):
        names = step_names(subject, x, k * h, h, inputs)
        for q, xi in enumerate(system.noises):
            z = standard_normal(subject.seed, q, np.arange(NEURONS), k)
            names[f"{xi}__step"] = np.sqrt(h) * z
        x = step_by_formulas(made, names, system.states)
        found = np.stack([run.values[s][k + 1] for s in system.states])
        worst = max(worst, _compare(subject, found, x, f"step {k + 1}"))
    return f"{STEPS} steps of {h:g} ms, {NEURONS} neurons, within {max(worst, 1e-16):.0e}"


def weak_input(subject: Subject, name: str) -> float:
    """Input that moves some state by about its scale within the fastest time constant."""
    here = right_side(subject, subject.start, {})

    def push(size: float) -> float:
        with np.errstate(all="ignore"):
            there = right_side(subject, subject.start, {name: size})
            return float((np.abs(there - here) / subject.scale).max(initial=0.0))

    strongest = push(1.0)
    if not strongest > 0.0:
        return 0.0
    wanted = 0.3 * subject.rate
    size = wanted / strongest
    # An input that is hardly felt at rest, such as a potential far from where a gate turns, may be
    # felt all the more, or overflow, where a straight line would reach.
    while size > 1.0 and not max(push(size), push(-size)) <= 2.0 * wanted:
        size *= 0.5
    return size


def compiled_right_side(subject: Subject) -> str:
    """The compiled right-hand side is that of NumPy: one tiny adaptive step at random states."""
    if refusal(subject.system, "adaptive") is not None:
        raise NotHereError(f"adaptive: {refusal(subject.system, 'adaptive')}")
    if "adaptive" not in subject.schemes:
        raise NotHereError("adaptive was not asked for")
    h = min(1e-3, 1e-2 / subject.rate)
    x = subject.states(NEURONS)
    run = subject.run(h, initial=x, scheme="adaptive", dt=h, record=True)
    found = np.stack([run.values[s][-1] for s in subject.system.states])
    worst = _compare(subject, found, _classical(subject, x, h), "the first step")
    return f"{NEURONS} states, within {max(worst, 1e-16):.0e}"


def _classical(
    subject: Subject, x: np.ndarray, h: float, inputs: Mapping[str, float] | None = None,
    active: float = 1.0,
) -> np.ndarray:  # fmt: skip
    """Four steps of the classical Runge-Kutta method, far beyond need for a tiny time."""
    given = inputs or {}
    for _ in range(4):
        s = 0.25 * h
        k1 = right_side(subject, x, given, active)
        k2 = right_side(subject, x + 0.5 * s * k1, given, active)
        k3 = right_side(subject, x + 0.5 * s * k2, given, active)
        k4 = right_side(subject, x + s * k3, given, active)
        x = x + s / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
    return x


def compiled_reset(subject: Subject) -> str:
    """A neuron that starts beyond its threshold fires at once and is reset as the text says."""
    system = subject.system
    if not system.reset or system.threshold is None:
        raise NotHereError("no reset")
    if system.noises:
        raise NotHereError("noise moves the state after the reset")
    beyond = _beyond(subject)
    reset = after_reset(subject, beyond, {})
    threshold = system.expanded_threshold()
    if threshold is not None and evaluate(threshold, subject.known(reset)) >= 0.0:
        raise NotHereError("the reset leads back beyond the threshold")
    wait = refractory_time(subject)
    h = min(1e-3, 1e-2 / subject.rate, wait if wait > 0.0 else np.inf)
    worst = 0.0
    for scheme in [s for s in ("exact", "adaptive") if s in subject.schemes]:
        run = subject.run(h, initial=beyond, scheme=scheme, dt=h, record=True)
        if run.spikes.count != 1 or run.spikes.grouped_ms[0] != 0.0:
            raise BrokenLawError(f"{scheme}: {run.spikes.count} spikes, one at 0 ms is due")
        active = 0.0 if wait > 0.0 else 1.0
        expected = _classical(subject, reset, h, active=active)
        found = np.array([run.values[s][-1, 0] for s in system.states])
        # Beyond the threshold rates may be huge; after the reset they are what counts.
        worst = max(worst, _compare(subject, found[:, None], expected[:, None], scheme))
    still = [s for k, s in enumerate(system.states) if held(subject, k, 0.0) == 0.0 and wait > 0.0]
    kept = f"; {', '.join(still)} held" if still else ""
    return f"within {max(worst, 1e-16):.0e}{kept}"


def _beyond(subject: Subject) -> np.ndarray:
    """Return a state just beyond the threshold: the start, with its first state moved up."""
    threshold = subject.system.expanded_threshold()
    for direction in (1.0, -1.0):
        for size in np.geomspace(1e-3, 1e4, 400):
            x = subject.start.copy()
            x[0] += direction * size
            if threshold is not None and evaluate(threshold, subject.known(x)) >= 0.0:
                return x
    raise NotHereError(f"no {subject.system.states[0]} beyond the threshold was found")


LAWS = (
    ("rest is an equilibrium", equilibrium),
    ("flat steps", flat_step),
    ("compiled right-hand side", compiled_right_side),
    ("compiled reset", compiled_reset),
)
