"""Laws of convergence: the error of a fixed step falls with the step as the scheme promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

import numpy as np

from excitable.checking._reference import (
    Array,
    Inputs,
    right_side,
    step_by_formulas,
    step_names,
)
from excitable.checking._report import BrokenLawError, NotHereError
from excitable.checking._steps import weak_input
from excitable.checking._subject import Subject
from excitable.numerics.choose import formulas

HALVINGS = 5
PATHS = 64
LOOKS = 4  # errors may cancel at one time, not at all of them
# Steps over the stretch to begin with: the lower the order, the finer must be the steps that show
# it; the higher, the sooner rounding ends the fall.
FIRST_STEPS = {1: 64, 2: 32, 4: 8}


def stated(scheme: str) -> int:
    """Return the order that a scheme's file states."""
    return import_module(f"excitable.numerics.schemes.{scheme}").ORDER


def measured_order(subject: Subject, scheme: str) -> str:
    """Without noise: regression over the step of the error against DOP853, by the formulas."""
    if subject.system.noises and not _flows(subject):
        raise NotHereError("nothing moves without noise")
    made = formulas(subject.system, scheme)
    span = 1.6 / subject.rate
    inputs = _wave(subject, span)
    start = subject.start + 0.5 * subject.scale * np.cos(np.arange(subject.scale.size))
    exact = _smooth(subject, start, span, inputs)
    errors, steps = [], []
    for k in range(HALVINGS):
        count = FIRST_STEPS[stated(scheme)] * 2**k
        h = span / count
        x = start
        gaps = []
        for n in range(count):
            names = step_names(subject, x, n * h, h, inputs)
            x = step_by_formulas(made, names, subject.system.states)
            if (n + 1) % (count // LOOKS) == 0:
                gaps.append((x - exact[len(gaps)]) / subject.scale)
        errors.append(float(np.linalg.norm(gaps)))
        steps.append(h)
    return _judge(scheme, np.array(steps), np.array(errors), "order")


def _flows(subject: Subject) -> bool:
    return any(str(e) != "0" for e in subject.system.derivatives)


def _judge(scheme: str, steps: Array, errors: Array, what: str, loss: float = 0.2) -> str:
    order = stated(scheme) if what == "order" else 1
    if not np.isfinite(errors).all():
        raise BrokenLawError("not finite near rest")
    if errors.max() < 1e-11:
        return f"exact for this model: error {errors.max():.0e}"
    use = errors > 1e-11
    if use.sum() < 3:
        return f"error {errors.min():.0e}, too small for a regression"
    slope = float(np.polyfit(np.log(steps[use][-3:]), np.log(errors[use][-3:]), 1)[0])
    if slope < order - loss:
        raise BrokenLawError(f"{what} {slope:.2f}, {order} is due")
    return f"{what} {slope:.2f}"


def _wave(subject: Subject, span: float) -> Inputs:
    """Smooth weak inputs, so that values inside and at the end of a step count."""
    sizes = {name: weak_input(subject, name) for name in subject.system.inputs}

    def inputs(t: float) -> Mapping[str, float]:
        return {name: size * float(np.sin(3.0 * t / span)) for name, size in sizes.items()}

    return inputs


def _smooth(subject: Subject, x: Array, span: float, inputs: Inputs) -> list[Array]:
    """Reference at the ends of equal parts of a stretch; thresholds are not looked at."""
    from scipy.integrate import solve_ivp

    states = []
    for k in range(LOOKS):
        found = solve_ivp(
            lambda t, y: right_side(subject, y, inputs(t)),
            (k * span / LOOKS, (k + 1) * span / LOOKS), x,
            method="DOP853", rtol=3e-14, atol=1e-14 * subject.scale,
        )  # fmt: skip
        x = found.y[:, -1]
        states.append(x)
    return states


def strong_order(subject: Subject, scheme: str) -> str:
    """With noise: coarse and fine steps along the same Brownian paths meet with strong order 1."""
    system = subject.system
    if not system.noises:
        raise NotHereError("no noise")
    fine = 2 ** (HALVINGS + 4)
    span = 0.5 / subject.rate
    paths = np.random.default_rng(subject.seed).normal(
        0.0, np.sqrt(span / fine), (len(system.noises), fine, PATHS)
    )
    reference = _along(subject, formulas(system, "heun"), paths, span)
    errors, steps = [], []
    for k in range(HALVINGS):
        count = 4 * 2**k
        coarse = paths.reshape(len(system.noises), count, -1, PATHS).sum(axis=2)
        x = _along(subject, formulas(system, scheme), coarse, span)
        gap = np.abs(x - reference) / subject.scale[:, None]
        errors.append(float(np.sqrt((gap**2).mean(axis=1)).max()))
        steps.append(span / count)
    return _judge(scheme, np.array(steps), np.array(errors), "strong order", loss=0.25)


def _along(subject: Subject, made: tuple, paths: Array, span: float) -> Array:
    h = span / paths.shape[1]
    x = np.repeat(subject.start[:, None], PATHS, axis=1)
    for k in range(paths.shape[1]):
        names = step_names(subject, x, k * h, h, lambda t: {})
        names |= {f"{xi}__step": paths[q, k] for q, xi in enumerate(subject.system.noises)}
        x = step_by_formulas(made, names, subject.system.states)
    return x


Law = Callable[[Subject, str], str]
