"""Which names a model may use, and what to answer when one is unknown."""

from __future__ import annotations

import keyword
import numbers
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from excitable import units
from excitable.errors import ModelError
from excitable.expression import functions
from excitable.units import Dimension

LONGEST_NAME = 64
# Keywords of `simulate`: an input of the same name could never be given to it.
RUN_KEYWORDS = frozenset(
    "model duration dt scheme record record_dt initial t_start seed progress threads self".split()
)


def is_noise(name: str) -> bool:
    """Return whether a name stands for white noise: ``xi``, ``xi_2``, ``xi_any``."""
    return name == "xi" or name.startswith("xi_")


@cache
def unit_dimensions() -> dict[str, Dimension]:
    """Return the units that equations may use, where no declared name hides them."""
    found = {}
    for name in units.__all__:
        defined = vars(units).get(name)
        if callable(defined) or isinstance(defined, Dimension):
            continue  # a function or a dimension, not a unit
        found[name] = units.dimension(name)
    return found


def check_name(name: object, kind: str, owner: str) -> str:
    """Refuse a name that equations cannot hold or that means something else already."""
    if not isinstance(name, str):
        found = f"the name of a {kind} is {what(name)}"
        raise ModelError(found, "a name is expected", f'Write {kind}s={{"name": ...}}', owner=owner)
    expected = "letters, digits and single underscores are expected, a letter first"
    reason = _misspelt(name)
    if not reason:
        expected = "a name that means nothing else is expected"
        reason = _taken(name, kind)
    if reason:
        found = f"the {kind} {name[:LONGEST_NAME]!r} {reason}"
        raise ModelError(found, expected, f"Rename the {kind}", owner=owner)
    return name


def _misspelt(name: str) -> str:
    """Say what is wrong with the spelling of a name; nothing where it is right."""
    if len(name) > LONGEST_NAME:
        return f"is longer than {LONGEST_NAME} letters"
    reasons = {
        "is not a name": not (name.isidentifier() and name.isascii()),
        "begins with an underscore": name.startswith("_"),
        "holds two underscores in a row": "__" in name,
    }
    return next((reason for reason, true in reasons.items() if true), "")


def _taken(name: str, kind: str) -> str:
    """Say what a name means already; nothing where it is free."""
    reasons = {
        "is a word of Python": keyword.iskeyword(name),
        "stands for the time": name == "t",
        "stands for the step": name == "dt",
        "stands for noise": is_noise(name),
        "is the name of a function": name in functions(),
        "is a keyword of simulate()": kind == "input" and name in RUN_KEYWORDS,
    }
    return next((reason for reason, true in reasons.items() if true), "")


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return ``"Did you mean tau_m?"`` where something known is near, else what is known."""
    names = list(known)
    folded = {candidate.lower(): candidate for candidate in reversed(names)}
    close = get_close_matches(name[:LONGEST_NAME].lower(), folded, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {folded[close[0]]}?"
    if not names:
        return ""
    return f"Known are {', '.join(names[:30])}{', ...' if len(names) > 30 else ''}"


def what(value: object) -> str:
    """Say in a word what somebody gave in place of something else."""
    if value is None:
        return "nothing"
    for kinds, word in (
        (str, "a text"),
        (bool, "true or false"),
        (numbers.Real, "a number"),
        (Mapping, "a table"),
        ((list, tuple), "a list"),
    ):
        if isinstance(value, kinds):
            return word
    return f"an object of the type {type(value).__name__:.60}"
