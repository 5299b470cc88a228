"""Text of equations put together: names changed, a sum put in, equations left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
_OF_TIME = re.compile(r"\s*/\s*dt\b")
_COMMENT = re.compile(r"#[^\n]*")


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

    code = _without_comments(text)
    changes = [(match, change(match)) for match in _NAME.finditer(code)]
    return _changed(text, [(match.span(), new) for match, new in changes if new != match[0]])


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
    code = _without_comments(text)
    changes = []
    for match in re.finditer(rf"(?<![\w.]){name}(?!\w)", code):
        joiner = _joiner(code, match.start())
        if len(terms) == 1:
            new = terms[0]
        elif joiner is None or not _ends_a_term(code, match.end()):
            new = f"({' + '.join(terms)})"
        else:
            new = joiner.join(terms)
        changes.append((match.span(), new))
    return _changed(text, changes)


def _joiner(code: str, start: int) -> str | None:
    """Return the sign that goes on over the terms of a sum; None if it must stay together."""
    before = code[:start].rstrip()
    if before.endswith(("=", "(")):
        return " + "
    if before.endswith(("+", "-")) and not before[:-1].rstrip().endswith(("*", "/", "+", "-")):
        return f" {before[-1]} "
    return None


def _ends_a_term(code: str, end: int) -> bool:
    """Return whether nothing follows that binds more tightly than a sum."""
    inside = code.count("(", 0, end) > code.count(")", 0, end)
    after = code[end:].lstrip() if inside else code[end:].lstrip(" \t")
    return after[:1] in ("", "\n", "+", "-", ")")


def _without_comments(text: str) -> str:
    """Blank the comments out, so that every index stays what it is."""
    return _COMMENT.sub(lambda match: " " * len(match[0]), text)


def _changed(text: str, changes: Sequence[tuple[tuple[int, int], str]]) -> str:
    """Replace spans of a text, given in ascending order."""
    pieces, last = [], 0
    for (start, end), new in changes:
        pieces += [text[last:start], new]
        last = end
    return "".join([*pieces, text[last:]])


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
