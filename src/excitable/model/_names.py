"""Which names a model may use, and what to answer when one is unknown."""

from __future__ import annotations

import keyword
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from excitable import units
from excitable.errors import ModelError, UnitError
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
        try:
            found[name] = units.dimension(name)
        except UnitError:  # a function or a dimension, not a unit
            continue
    return found


def check_name(name: object, kind: str, owner: str) -> str:
    """Refuse a name that equations cannot hold or that means something else already."""
    if not isinstance(name, str):
        found = f"the name of a {kind} is {type(name).__name__}, not text"
        raise ModelError(found, "a name is expected", f'Write {kind}s={{"name": ...}}', owner=owner)
    reason = _refusal(name, kind)
    if reason:
        shown = repr(name[:LONGEST_NAME])
        raise ModelError(
            f"the {kind} {shown} {reason}",
            "letters, digits and single underscores, beginning with a letter, are expected",
            f"Rename the {kind}",
            owner=owner,
        )
    return name


def _refusal(name: str, kind: str) -> str:
    """Say what is wrong with a name; nothing where it is right."""
    if len(name) > LONGEST_NAME:
        return f"is longer than {LONGEST_NAME} letters"
    reasons = {
        "is not a name": not (name.isidentifier() and name.isascii()),
        "begins with an underscore": name.startswith("_"),
        "holds two underscores in a row": "__" in name,
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
