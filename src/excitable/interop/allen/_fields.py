"""The fields of a foreign table, each read with its type and size checked."""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from excitable.errors import FileError

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Size:
    """The unit of a number, and where a number must have been meant in another unit.

    Below `least` or above `most`, both magnitudes, no cell has such a value; times `factor` it
    would be one, which is `other`, a unit often used in its place.
    """

    unit: str
    other: str
    factor: float
    least: float = 0.0
    most: float = math.inf

    def fits(self, value: float) -> bool:
        """Whether a value can be meant in the unit; zero can."""
        return value == 0.0 or self.least <= abs(value) <= self.most


class Fields:
    """One table of a file: `number`, `numbers`, `table` and `text` give its fields, checked.

    Parameters
    ----------
    content : mapping
        The table.
    owner : str
        What it describes, for messages: the name of a cell.
    place : str
        Where in the cell the table stands.
    sizes : mapping of str to Size
        Units and sizes of its numbers.
    """

    def __init__(
        self, content: Mapping[str, Any], owner: str, sizes: Mapping[str, Size], place: str = ""
    ) -> None:
        self.content = content
        self.owner = owner
        self.place = place
        self.sizes = sizes
        self._known: set[str] = set()

    def has(self, name: str) -> bool:
        """Whether a field stands in the table with a value; known from then on."""
        self._known.add(name)
        return self.content.get(name) is not None

    def ignore(self, *names: str) -> None:
        """Take fields for known that have no meaning for a simulation."""
        self._known.update(names)

    def unknown(self) -> list[str]:
        """Names of the fields that nobody asked for."""
        return [self._full(str(name)) for name in self.content if name not in self._known]

    def number(self, name: str, default: float | None = None) -> float:
        """A finite number of a credible size; the default where the field is missing."""
        self._known.add(name)
        if name not in self.content and default is not None:
            return default
        return self._number(name, self._value(name))

    def positive(self, name: str, default: float | None = None) -> float:
        """A number above zero."""
        value = self.number(name, default)
        if not value > 0.0:
            self.refuse(name, f"it is {value:g}", "a number above zero is expected")
        return value

    def count(self, name: str) -> int:
        """A whole number that is not negative."""
        value = self.number(name)
        if value < 0 or value != math.floor(value):
            self.refuse(name, f"it is {value:g}", "a whole number of steps is expected")
        return int(value)

    def numbers(self, name: str, size: int | None = None) -> list[float]:
        """A list of numbers; `size` of them if it is given."""
        value = self._value(name)
        if isinstance(value, numbers.Real) and not isinstance(value, bool):
            value = [value]
        if not isinstance(value, list | tuple) and not hasattr(value, "tolist"):
            self.refuse(name, f"it is {word(value)}", "a list of numbers is expected")
        items = [self._number(name, item) for item in value]
        if size is not None and len(items) != size:
            self.refuse(
                name,
                f"it holds {len(items)} value{'s' * (len(items) != 1)}",
                f"one for each of the {size} after-spike currents is expected",
                f"Write {size} values",
            )
        return items

    def table(self, name: str) -> Fields:
        """A table within the table."""
        value = self._value(name)
        if not isinstance(value, Mapping):
            self.refuse(
                name, f"it is {word(value)}", "a table is expected", f'Write "{name}": {{}}'
            )
        return Fields(value, self.owner, self.sizes, self._full(name))

    def text(self, name: str) -> str:
        """A text."""
        value = self._value(name)
        if not isinstance(value, str):
            self.refuse(
                name, f"it is {word(value)}", "a text is expected", f'Write "{name}": "..."'
            )
        return value

    def truth(self, name: str) -> bool:
        """True or false."""
        value = self._value(name)
        if not isinstance(value, bool) and value not in (0, 1):
            self.refuse(name, f"it is {word(value)}", "true or false is expected", "Write true")
        return bool(value)

    def refuse(
        self, name: str, found: str, expected: str, write: str = "Write the number that is meant"
    ) -> Any:
        """Raise the error about a field."""
        raise FileError(found, expected, write, owner=self.owner, name=self._full(name))

    def _full(self, name: str) -> str:
        return f"{self.place}.{shown(name)}" if self.place else shown(name)

    def _value(self, name: str) -> Any:
        self._known.add(name)
        if name in self.content:
            return self.content[name]
        present = [shown(key) for key in self.content]
        near = get_close_matches(name, present, n=1, cutoff=0.8)
        if near:
            return self.refuse(name, "it is missing", "", f"Rename {near[0]} to {name}")
        return self.refuse(
            name,
            "it is missing",
            f"the fields are {', '.join(present[:30])}" if present else "the table is empty",
            "Take a file that is whole, or add it",
        )

    def _number(self, name: str, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, numbers.Real):
            self.refuse(name, f"it is {word(value)}", "a number is expected")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            self.refuse(name, f"it is {number:g}", "a finite number is expected")
        size = self.sizes.get(name)
        if size is not None and not size.fits(number):
            self.refuse(
                name,
                f"{number:g} {size.unit} is no value of a cell",
                f"numbers in {size.unit} are expected",
                f"Write {number * size.factor:.12g} if {number:g} {size.other} is meant",
            )
        return number


def shown(name: Any) -> str:
    """A name from a foreign file as a message can show it: short, and in one line."""
    text = str(name)[:_SHOWN]
    return "".join(c if c.isprintable() else "?" for c in text)


def word(value: Any) -> str:
    """Say in a word what stands where something else should."""
    for kinds, name in (
        (type(None), "null"),
        (bool, "true or false"),
        (str, "a text"),
        (Mapping, "a table"),
        ((list, tuple), "a list"),
        (numbers.Real, "a number"),
    ):
        if isinstance(value, kinds):
            return name
    return f"an object of the type {type(value).__name__:.{_SHOWN}}"
