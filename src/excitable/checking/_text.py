"""Laws of the definition: units, bounds, files, LaTeX, derivatives."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import numpy as np

from excitable.checking._reference import right_side
from excitable.checking._report import BrokenLawError
from excitable.checking._subject import Subject
from excitable.expression import evaluate
from excitable.model import Model, read


def dimensions(subject: Subject) -> str:
    """Every equation, condition and reset is checked for units when read, so read it again."""
    model = Model.from_dict(subject.given.to_dict())
    wrong = [n for n, d in subject.given.dimensions.items() if model.dimensions[n] != d]
    if wrong:
        raise BrokenLawError(f"{wrong[0]} changes its dimension when read again")
    return f"{len(model.dimensions)} names"


def bounds(subject: Subject) -> str:
    """Parameters are finite and within their bounds, also those of the presets."""
    models = [subject.given, *(subject.given.preset(name) for name in subject.given.presets)]
    for model in models:
        for name, parameter in model.parameters.items():
            value = np.asarray(parameter.value)
            inside = np.isfinite(value)
            for bound, compare in _BOUNDS.items():
                limit = getattr(parameter, bound)
                if limit is not None:
                    inside = inside & compare(value, limit)
            if not inside.all():
                raise BrokenLawError(f"{name} = {parameter.value}")
    return f"{len(subject.given.parameters)} parameters, {len(models) - 1} presets"


_BOUNDS = {
    "above": np.greater,
    "low": np.greater_equal,
    "below": np.less,
    "high": np.less_equal,
}


def round_trip(subject: Subject) -> str:
    """A model comes back from a dict, from TOML and from JSON as it was, to the last bit."""
    model = subject.given
    _same(model, Model.from_dict(model.to_dict()), "a dict")
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("toml", "json"):
            path = Path(folder) / f"model.{ending}"
            model.save(path)
            _same(model, read(path), ending.upper())
    return "dict, TOML and JSON, to the last bit"


def _same(model: Model, other: Model, through: str) -> None:
    if other.system.fingerprint != model.system.fingerprint:
        raise BrokenLawError(f"the equations change through {through}")
    for name, value in model.values().items():
        if not np.array_equal(value, other.values()[name]):
            raise BrokenLawError(f"{name} becomes {other.values()[name]!r} through {through}")
    if other != model or other.to_dict() != model.to_dict():
        raise BrokenLawError(f"something changes through {through}")


_MARKS = re.compile(
    r"\\left(?![a-z])|\\right(?![a-z])|\\begin\{(\w+)\}|\\end\{(\w+)\}|\\\\|\\.|[{}]"
)


def latex(subject: Subject) -> str:
    """LaTeX is produced; braces, delimiters and environments are closed in order."""
    text = subject.given.latex()
    missing = [s for s in subject.system.states if "frac" not in text]
    if not text.strip() or missing:
        raise BrokenLawError("no derivative in it")
    open_marks: list[str] = []
    for mark in _MARKS.finditer(text):
        token = mark.group()
        if token.startswith(r"\begin"):
            open_marks.append(f"{{{mark.group(1)}")
        elif token in ("{", r"\left"):
            open_marks.append(token)
        elif token.startswith(r"\end") or token in ("}", r"\right"):
            wanted = {"}": "{", r"\right": r"\left"}.get(token, f"{{{mark.group(2)}")
            if not open_marks or open_marks.pop() != wanted:
                raise BrokenLawError(f"{token} closes nothing at character {mark.start()}")
    if open_marks:
        raise BrokenLawError(f"{open_marks[-1]} is not closed")
    return f"{len(text.splitlines())} lines, balanced"


def jacobian(subject: Subject) -> str:
    """The derived Jacobian equals central differences, at rest and at random states around it."""
    system = subject.system
    worst = 0.0
    for point in [subject.start, *subject.states(5).T]:
        x = _off_kinks(subject, point)
        names = subject.known(x)
        J = np.array([[float(evaluate(e, names)) for e in row] for row in system.jacobian()])
        differences = np.empty_like(J)
        for j, width in enumerate(1e-2 * subject.scale):
            move = np.zeros_like(x)
            move[j] = width
            near = right_side(subject, x + move, {}) - right_side(subject, x - move, {})
            far = right_side(subject, x + 2 * move, {}) - right_side(subject, x - 2 * move, {})
            differences[:, j] = (8.0 * near - far) / (12.0 * width)
        rate = np.abs(right_side(subject, x, {}))[:, None] / subject.scale
        size = np.maximum(np.abs(J), 1e-3 * rate) + 1e-3 * np.abs(J).max()
        if not np.isfinite(J).all():
            raise BrokenLawError(f"not finite at {_shown(subject, x)}")
        error = np.abs(J - differences) / np.where(size > 0.0, size, 1.0)
        worst = max(worst, float(error.max()))
        if worst > 1e-6:
            i, j = np.unravel_index(int(error.argmax()), error.shape)
            raise BrokenLawError(
                f"d({system.states[i]}')/d{system.states[j]} is {J[i, j]:.9g}, differences give "
                f"{differences[i, j]:.9g} at {_shown(subject, x)}"
            )
    return f"within {worst:.0e} of central differences at 6 states"


def _off_kinks(subject: Subject, point: np.ndarray) -> np.ndarray:
    """Return the point, moved where the slopes to its two sides differ: on a kink none is right."""
    x = point.copy()
    for j, width in enumerate(1e-2 * subject.scale):
        move = np.zeros_like(x)
        move[j] = width
        for _ in range(4):
            below, here, above = (right_side(subject, x + k * move, {}) for k in (-1.0, 0.0, 1.0))
            if not (np.abs(above - 2.0 * here + below) > 0.2 * np.abs(above - below)).any():
                break
            x = x + 4.3 * move
    return x


def _shown(subject: Subject, x: np.ndarray) -> str:
    return ", ".join(
        f"{n} = {value:.4g}" for n, value in zip(subject.system.states, x, strict=True)
    )


LAWS = (
    ("dimensions", dimensions),
    ("parameters within bounds", bounds),
    ("round trip", round_trip),
    ("LaTeX", latex),
    ("Jacobian", jacobian),
)
