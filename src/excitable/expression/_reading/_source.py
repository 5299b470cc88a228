"""The user's text, and errors that point into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from excitable.errors import EquationError

MAX_TEXT = 20_000
MAX_EXPRESSION = 5_000
MAX_BRACKETS = 60


@dataclass(frozen=True, slots=True)
class Source:
    """Text of equations with what is needed to say where something is.

    `clean` has the same length as `text`; comments are blanked out, so that every index into
    one is an index into the other.
    """

    text: str
    clean: str
    owner: str
    name: str

    @classmethod
    def of(cls, text: object, owner: str, name: str, *, longest: int = MAX_TEXT) -> Source:
        """Check the length, blank out the comments and return the source."""
        if not isinstance(text, str):
            raise EquationError(
                f"{type(text).__name__} is not text",
                "equations are written as text",
                'Write "dv/dt = (E_L - v)/tau_m"',
                owner=owner,
                name=name,
            )
        if len(text) > longest:
            raise EquationError(
                f"a text of {len(text)} characters",
                f"at most {longest} are read",
                "Name parts of it in equations of their own",
                owner=owner,
                name=name,
                text=text[:200],
            )
        clean = re.sub(r"#[^\n]*", lambda match: " " * len(match[0]), text)
        return cls(text, clean, owner, name)

    def fail(self, index: int, found: str, expected: str = "", write: str = "") -> NoReturn:
        """Raise an error that points at one character of the text."""
        line, column, text = self.place(index)
        raise EquationError(
            found,
            expected,
            write,
            owner=self.owner,
            name=self.name,
            text=text,
            line=line,
            column=column,
        )

    def place(self, index: int) -> tuple[int | None, int, str]:
        """Return the line number (None if there is only one line), the column and the line."""
        index = min(max(index, 0), len(self.text))
        start = self.text.rfind("\n", 0, index) + 1
        end = self.text.find("\n", index)
        line = self.text.count("\n", 0, index) + 1 if "\n" in self.text.strip() else None
        return line, index - start + 1, self.text[start : end if end >= 0 else len(self.text)]

    def check_brackets(self, start: int, end: int) -> None:
        """Refuse brackets that do not match or nest too deeply, before anything parses them."""
        opened: list[int] = []
        for match in re.finditer(r"[()]", self.clean[start:end]):
            index = start + match.start()
            if match[0] == "(":
                opened.append(index)
                if len(opened) > MAX_BRACKETS:
                    self.fail(
                        index,
                        f"more than {MAX_BRACKETS} brackets inside each other",
                        "formulas are not nested this deeply",
                        "Name parts of it in equations of their own",
                    )
            elif opened:
                opened.pop()
            else:
                self.fail(index, "this bracket closes nothing", "each ) needs its (", "Remove it")
        if opened:
            self.fail(opened[-1], "this bracket is not closed", "each ( needs its )", "Write )")

    def pieces(self, separators: str) -> list[tuple[int, int]]:
        """Split at the given characters outside of brackets; return the parts that hold text."""
        parts: list[tuple[int, int]] = []
        depth, start = 0, 0
        for match in re.finditer(f"[(){re.escape(separators)}]", self.clean):
            if match[0] == "(":
                depth += 1
            elif match[0] == ")":
                depth -= 1
            elif depth <= 0:
                parts.append((start, match.start()))
                start = match.end()
        parts.append((start, len(self.clean)))
        return [(a, b) for a, b in parts if self.clean[a:b].strip()]
