"""Text of equations put together: names changed, a sum put in, equations left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
_OF_TIME = re.compile(r"\s*/\s*dt\b")
# What may stand before a sum without brackets and after it: nothing that binds more tightly.
_SIGN_BEFORE = re.compile(r"(?:^|[^*/+\-\s])\s*([+\-])\s*$|(?:=|\()\s*(-?)\s*$")
_LOOSE_AFTER = re.compile(r"\s*(?:[+\-)].*)?$", re.S)


def renamed(text: str, names: Mapping[str, str], states: Collection[str]) -> str:
    """Return equations with names changed, also those of derivatives; comments stay.

    Parameters
    ----------
    text : str
        Equations, one a line.
    names : mapping of str to str
        New names by old ones.
    states : collection of str
        Which of the old ones are states.
    """

    def change(match: re.Match[str]) -> str:
        word = match[0]
        state = word[1:]
        if word[0] == "d" and state in states and _OF_TIME.match(match.string, match.end()):
            return "d" + names.get(state, state)
        return names.get(word, word)

    return _each_line(text, lambda code: _NAME.sub(change, code))


def with_sum(text: str, name: str, terms: Sequence[str]) -> str:
    """Return equations with a name replaced by a sum, in brackets only where it needs them.

    Parameters
    ----------
    text : str
        Equations, one a line.
    name : str
        What is replaced.
    terms : sequence of str
        The names that are added, at least one.
    """
    word = re.compile(rf"(?<![\w.]){name}(?!\w)")

    def change(match: re.Match[str]) -> str:
        before, after = match.string[: match.start()], match.string[match.end() :]
        sign = _SIGN_BEFORE.search(before)
        if len(terms) == 1 or sign is None or not _LOOSE_AFTER.match(after):
            return terms[0] if len(terms) == 1 else f"({' + '.join(terms)})"
        return (" - " if "-" in (sign[1], sign[2]) else " + ").join(terms)

    return _each_line(text, lambda code: word.sub(change, code))


def _each_line(text: str, change) -> str:  # type: ignore[no-untyped-def]
    lines = []
    for line in text.splitlines():
        code, mark, comment = line.partition("#")
        lines.append(change(code) + mark + comment)
    return "\n".join(lines)


def without(text: str, dropped: Collection[int]) -> str:
    """Return equations without those that begin at some lines.

    Parameters
    ----------
    text : str
        Equations; one may go on over several lines inside brackets.
    dropped : collection of int
        Numbers of lines, from 1, where an equation begins.

    Notes
    -----
    Lines of comment belong to the equation that follows them.
    """
    kept: list[str] = []
    waiting: list[str] = []
    depth, leave_out = 0, False
    for number, line in enumerate(text.splitlines(), start=1):
        code = line.partition("#")[0]
        waiting.append(line)
        if not depth:
            leave_out = number in dropped
            if not code.strip() and line.strip():
                continue  # a comment waits for what follows it
        depth += code.count("(") - code.count(")")
        if depth <= 0:
            kept += [] if leave_out else waiting
            waiting, depth = [], 0
    return re.sub(r"\n{3,}", "\n\n", "\n".join([*kept, *waiting])).strip("\n")
