"""The declarations of several parts in one, each name once."""

from __future__ import annotations

from itertools import zip_longest
from typing import NoReturn

from excitable.errors import UnitError
from excitable.model._joined_text import without
from excitable.model._parameter import Input, Parameter, State
from excitable.model._parts import Part, refuse
from excitable.model._values import value_key

_ARTICLE = {
    "state": "a state",
    "input": "an input",
    "parameter": "a parameter",
    "named quantity": "a quantity",
}


class Joined:
    """The declarations of all parts in one, each name once."""

    def __init__(self, parts: list[Part]) -> None:
        self.parts = parts
        self.states: dict[str, State] = {}
        self.parameters: dict[str, Parameter] = {}
        self._owners: dict[str, tuple[Part, str]] = {}
        self._shared: dict[int, set[int]] = {}
        for number, part in enumerate(parts):
            self._shared[number] = set()
            for name, word in part.declared():
                self._take(number, part, name, word)
            self.states |= part.states
        self._check_noises()
        membrane, *channels = parts
        rows = zip_longest(*(part.parameters for part in channels))
        order = [*membrane.parameters, *(name for row in rows for name in row if name)]
        for name in order:
            self.parameters.setdefault(name, self._owners[name][0].parameters[name])

    def _take(self, number: int, part: Part, name: str, word: str) -> None:
        first, kind = self._owners.setdefault(name, (part, word))
        if first is part:
            return
        if kind != word or word == "state":
            _clash(name, (first.name, kind), (part.name, word), part.name)
        if word == "parameter":
            one, other = first.parameters[name], part.parameters[name]
            if _key(one) != _key(other):
                _differ(name, (first.name, one), (part.name, other))
        elif first.definitions[name] != part.definitions[name]:
            _clash(name, (first.name, "one equation"), (part.name, "another"), part.name)
        else:
            self._shared[number].add(part.lines[name])

    def _check_noises(self) -> None:
        seen: dict[str, str] = {}
        for part in self.parts:
            for noise in part.noises:
                if noise in seen:
                    refuse(
                        f"{seen[noise]} and {part.name} are driven by the same noise {noise}",
                        "noises of different parts are independent",
                        f"Write {noise}_2 in {part.name}",
                    )
                seen[noise] = part.name

    def equations(self) -> str:
        """Return the equations of every part, those that are shared once."""
        texts = (without(part.text, self._shared[k]) for k, part in enumerate(self.parts))
        return "\n\n".join(text for text in texts if text.strip())

    def inputs(self) -> dict[str, Input]:
        """Return what still comes from outside: what no part has as its own."""
        membrane = self.parts[0]
        outside: dict[str, Input] = {}
        for part in self.parts:
            for name, driven in part.inputs.items():
                owner, word = self._owners.get(name, (None, ""))
                expected = driven.dimension
                if owner is None:
                    expected = outside.setdefault(name, driven).dimension
                elif part is membrane:
                    _clash(name, (part.name, "input"), (owner.name, word), owner.name)
                else:
                    expected = owner.dimensions[name]
                if driven.dimension != expected:
                    raise UnitError(
                        f"the input {name} of {part.name} is {driven.dimension.phrase}",
                        f"{name} is {expected.phrase} in another part",
                        f"Rename it in {part.name}",
                        owner="compose",
                    )
        return outside


def _key(parameter: Parameter) -> tuple[object, ...]:
    """Return what two declarations of one parameter must agree in; words may differ."""
    bounds = (parameter.low, parameter.high, parameter.above, parameter.below)
    return (value_key(parameter.value), parameter.dimension, *bounds)


def _differ(name: str, one: tuple[str, Parameter], other: tuple[str, Parameter]) -> NoReturn:
    (first, a), (second, b) = one, other
    found = f"{name} is {a.shown} in {first} and {b.shown} in {second}"
    write = f"Write {second}({name}={a.shown!r})"
    if value_key(a.value) == value_key(b.value):
        found = f"{name} has other bounds in {second} than in {first}"
        write = "Write the same bounds"
    refuse(found, "a name that parts share has one value", f"{write}, or {_keyword(second)}")


def _clash(name: str, one: tuple[str, str], other: tuple[str, str], second: str) -> NoReturn:
    """Refuse a name that two parts use for different things."""
    (first, a), (last, b) = one, other
    found = f"{name} has {a} in {first} and {b} in {last}"
    if a in _ARTICLE:
        found = f"{name} is {_ARTICLE[a]} of {first} and {_ARTICLE[b]} of {last}"
    refuse(found, "one meaning for each name", f"Rename it, or write {_keyword(second)}")


def _keyword(channel: str) -> str:
    return f"slow={channel} for names of its own"
