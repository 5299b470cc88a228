"""Stimuli written as calls: ``step(300 pA, start=100 ms) + 2*sine(50 pA, 8 Hz) - 10 pA``.

A small reader of its own: what it can build are the stimuli of the package from numbers, units
and words. Nothing is evaluated.
"""

from __future__ import annotations

import inspect
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NoReturn

from excitable import stimuli, units
from excitable.errors import StimulusError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CONSTRUCTORS: dict[str, Callable[..., stimuli.Stimulus]] = {
    made.__name__: made
    for made in (
        stimuli.step,
        stimuli.pulse,
        stimuli.pulses,
        stimuli.ramp,
        stimuli.sine,
        stimuli.chirp,
        stimuli.ornstein_uhlenbeck,
        stimuli.white_noise,
    )
}

_MOST_CHARACTERS = 2000
_MOST_BRACKETS = 20
_WORDS = {"None": None, "True": True, "False": False}

_NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_UNIT_ATOM = rf"(?:[A-Za-zµμΩ%]+-?\d*(?!\w|\s*\()|\([^()]*\)|{_NUMBER})"
_UNIT = rf"[A-Za-zµμΩ%]+-?\d*(?!\w|\s*\()(?:\s*(?:\*\*|[*/^])\s*-?{_UNIT_ATOM})*"
_VALUE = re.compile(rf"(?:{_NUMBER}|\[[^\[\]]*\])(?:\s*/?\s*(?:{_UNIT}))?")
_NAME = re.compile(r"[A-Za-z_]\w*")
_QUOTED = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"")
_NUMBER_ALONE = re.compile(_NUMBER)


def read_expression(text: str, owner: str) -> Any:
    """Give the stimulus or quantity that a text writes out."""
    if len(text) > _MOST_CHARACTERS:
        raise StimulusError(
            f"a text of {len(text)} characters",
            f"at most {_MOST_CHARACTERS} are read",
            "Write long inputs to a file and name the file",
            owner=owner,
        )
    return _Reader(text, owner).whole()


def is_expression(text: str) -> bool:
    """Whether a text can only be meant as a call or a quantity, not as the name of a file."""
    stripped = text.strip()
    bare = stripped.lstrip("-+( ")
    call = re.match(rf"(?:{_NUMBER}\s*\*\s*)?\(*\s*[A-Za-z_]\w*\s*\(", bare)
    return bool(call or _VALUE.match(bare) or not bare)


class _Reader:
    """One pass over the text, a method for each rule of the grammar."""

    def __init__(self, text: str, owner: str) -> None:
        self.text = text
        self.owner = owner
        self.at = 0
        self.depth = 0

    def whole(self) -> Any:
        value = self.sum()
        self.skip()
        if self.at < len(self.text):
            self.fail("the end of the input")
        return value

    def sum(self) -> Any:
        sign = self.take("-", "+")
        total = self.term()
        if sign == "-":
            total = -total
        while sign := self.take("+", "-"):
            term = self.term()
            total = total + term if sign == "+" else total - term
        return total

    def term(self) -> Any:
        self.skip()
        factor = _NUMBER_ALONE.match(self.text, self.at)
        if factor:
            after = re.compile(r"\s*\*\s*(?=[A-Za-z_]\w*\s*\(|\()").match(self.text, factor.end())
            if after:
                self.at = after.end()
                return float(factor[0]) * self.operand()
        return self.operand()

    def operand(self) -> Any:
        if self.take("("):
            self.deepen()
            value = self.sum()
            self.expect(")")
            self.depth -= 1
            return value
        name = _NAME.match(self.text, self.at)
        if name:
            self.at = name.end()
            return self.call(name[0])
        value = self.value()
        if isinstance(value, int | float):
            return float(value)
        return units.parse_quantity(value) if isinstance(value, str) else value

    def call(self, name: str) -> Any:
        if name not in CONSTRUCTORS:
            close = get_close_matches(name, CONSTRUCTORS, n=1, cutoff=0.5) or ["step"]
            raise StimulusError(
                f"{name[:40]!r} is not a stimulus",
                f"{', '.join(CONSTRUCTORS)} are",
                f"Write {close[0]}({_example(inspect.signature(CONSTRUCTORS[close[0]]))})",
                owner=self.owner,
            )
        self.expect("(")
        self.deepen()
        plain: list[Any] = []
        named: dict[str, Any] = {}
        while not self.take(")"):
            key = re.compile(r"\s*([A-Za-z_]\w*)\s*=(?!=)").match(self.text, self.at)
            if key:
                self.at = key.end()
                if key[1] in named:
                    self.fail(f"{key[1]} once")
                named[key[1]] = self.argument()
            elif named:
                self.fail("a named argument, such as start=100 ms")
            else:
                plain.append(self.argument())
            if not self.take(","):
                self.expect(")")
                break
        self.depth -= 1
        return self.made(name, plain, named)

    def argument(self) -> Any:
        self.skip()
        quoted = _QUOTED.match(self.text, self.at)
        if quoted:
            self.at = quoted.end()
            return quoted[1] if quoted[1] is not None else quoted[2]
        word = _NAME.match(self.text, self.at)
        if word:
            self.at = word.end()
            return _WORDS.get(word[0], word[0])
        minus = self.take("-", "+") == "-"
        value = self.value()
        if minus:
            return f"-{value}" if isinstance(value, str) else -value
        return value

    def value(self) -> str | int | float:
        """A number, or the text of a quantity."""
        self.skip()
        found = _VALUE.match(self.text, self.at)
        if not found:
            self.fail("a value such as 300 pA")
        self.at = found.end()
        text = found[0].strip()
        if re.fullmatch(r"\d{1,18}", text):
            return int(text)
        return float(text) if _NUMBER_ALONE.fullmatch(text) else text

    def made(self, name: str, plain: list[Any], named: dict[str, Any]) -> Any:
        signature = inspect.signature(CONSTRUCTORS[name])
        try:
            signature.bind(*plain, **named)
        except TypeError as error:
            known = ", ".join(_described(signature.parameters.values()))
            raise StimulusError(
                f"{name}: {error}",
                f"its arguments are {known}",
                f"Write {name}({_example(signature)})",
                owner=self.owner,
            ) from None
        return CONSTRUCTORS[name](*plain, **named)

    def deepen(self) -> None:
        self.depth += 1
        if self.depth > _MOST_BRACKETS:
            raise StimulusError(
                f"more than {_MOST_BRACKETS} brackets in each other",
                "a sum of stimuli is expected",
                "Write the sum without brackets",
                owner=self.owner,
            )

    def take(self, *marks: str) -> str:
        """Move past one of some marks if it comes next."""
        self.skip()
        for mark in marks:
            if self.text.startswith(mark, self.at):
                self.at += len(mark)
                return mark
        return ""

    def expect(self, mark: str) -> None:
        if not self.take(mark):
            self.fail(repr(mark))

    def skip(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def fail(self, expected: str) -> NoReturn:
        self.skip()
        rest = self.text[self.at : self.at + 20]
        shown = self.text.strip()[:80]
        raise StimulusError(
            f"{rest!r} in {shown!r}, column {self.at + 1}" if rest else f"{shown!r} ends too soon",
            f"{expected} is expected",
            f"Write for example {self.owner}=step(300 pA, start=100 ms) + sine(50 pA, 8 Hz)",
            owner=self.owner,
        )


def _described(parameters: Iterable[inspect.Parameter]) -> list[str]:
    return [p.name if p.default is p.empty else f"{p.name}={p.default}" for p in parameters]


def _example(signature: inspect.Signature) -> str:
    required = [p.name for p in signature.parameters.values() if p.default is p.empty]
    return ", ".join(f"{name}=..." for name in required)
