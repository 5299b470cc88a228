"""Every error of the package: each is an `ExcitableError` and the matching builtin.

A message has three parts: what was found, what was expected, what to write.
"""

from __future__ import annotations

__all__ = [
    "EquationError",
    "ExcitableError",
    "ExcitableWarning",
    "FileError",
    "MemoryLimitError",
    "MissingExtraError",
    "ModelError",
    "ParameterError",
    "SchemeError",
    "SimulationError",
    "StimulusError",
    "UndefinedStatisticError",
    "UnitError",
    "UnknownNameError",
]

_SHOWN_CHARACTERS = 88


class ExcitableWarning(UserWarning):
    """A result is still right, but something about it should be known."""


class ExcitableError(Exception):
    """Base of all errors of the package.

    Parameters
    ----------
    found : str
        What was found, for example ``"20 has no unit"``.
    expected : str
        What was expected, for example ``"a time is expected"``.
    write : str
        What to write instead, for example ``"Write 20*ms"``.
    owner : str
        The object at fault, for example the name of a model.
    name : str
        The attribute, argument or parameter at fault.

    Examples
    --------
    >>> error = UnitError("20 has no unit", "a time is expected", "Write 20*ms",
    ...                   owner="LIF", name="tau_m")
    >>> print(error)
    LIF.tau_m: 20 has no unit; a time is expected. Write 20*ms.
    """

    def __init__(
        self,
        found: str,
        expected: str = "",
        write: str = "",
        *,
        owner: str = "",
        name: str = "",
    ) -> None:
        super().__init__(found, expected, write)
        self.found = found
        self.expected = expected
        self.write = write
        self.owner = owner
        self.name = name

    def __str__(self) -> str:
        where = ".".join(part for part in (self.owner, self.name) if part)
        sentence = "; ".join(part for part in (self.found, self.expected) if part)
        text = f"{where}: {sentence}" if where else sentence
        return " ".join(_ended(part) for part in (text, self.write) if part)

    def __reduce__(self) -> tuple[object, ...]:
        # Builtin exceptions rebuild themselves from `args`, which would lose the keywords.
        parts = (self.found, self.expected, self.write)
        return _rebuild, (type(self), parts, {**self.__dict__, "name": self.name})


def _rebuild(
    kind: type[ExcitableError], parts: tuple[str, str, str], fields: dict[str, object]
) -> ExcitableError:
    error = kind(*parts)
    for key, value in fields.items():
        setattr(error, key, value)
    return error


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else sentence + "."


class _LocatedError(ExcitableError):
    """An error that can show the user's own line with a caret under the place at fault.

    Parameters
    ----------
    found, expected, write, owner, name : str
        As in `ExcitableError`.
    text : str
        The user's line, as written.
    line : int, optional
        Its number, counted from 1, where the text has several lines.
    column : int, optional
        The place in `text`, counted from 1.
    """

    def __init__(
        self,
        found: str,
        expected: str = "",
        write: str = "",
        *,
        owner: str = "",
        name: str = "",
        text: str = "",
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(found, expected, write, owner=owner, name=name)
        self.text = text
        self.line = line
        self.column = column

    def __str__(self) -> str:
        message = super().__str__()
        if not self.text.strip():
            return message
        label = f"line {self.line}: " if self.line is not None else ""
        shown, place = _window(self.text, self.column)
        message = f"{message}\n    {label}{shown}"
        if place is not None:
            message = f"{message}\n    {' ' * (len(label) + place)}^"
        return message


def _window(text: str, column: int | None) -> tuple[str, int | None]:
    """Cut the part of a line that is worth showing; return it with the caret's offset in it."""
    printable = "".join(c if c.isprintable() else " " for c in text[: 1 << 16])
    indent = len(printable) - len(printable.lstrip())
    place = None if column is None else max(column - 1, 0)
    start = indent if place is None else min(indent, place)
    if place is not None and place - start > _SHOWN_CHARACTERS * 3 // 4:
        start = place - _SHOWN_CHARACTERS // 2
    piece = printable[start : start + _SHOWN_CHARACTERS].rstrip()
    before = "..." if start > indent else ""
    after = "..." if len(printable.rstrip()) > start + _SHOWN_CHARACTERS else ""
    offset = None if place is None else place - start + len(before)
    return before + piece + after, offset


class UnitError(_LocatedError, ValueError):
    """A unit is missing, unknown, or of the wrong dimension."""


class EquationError(_LocatedError, ValueError):
    """Text is not an equation, condition or assignment of the model language."""


class ModelError(ExcitableError, ValueError):
    """A model contradicts itself or lacks something."""


class ParameterError(ExcitableError, ValueError):
    """A value is outside its bounds, not a number, or of the wrong shape."""


class UndefinedStatisticError(ParameterError):
    """A statistic that these data do not have, such as the variation of a single interval."""


class UnknownNameError(_LocatedError, KeyError, AttributeError):
    """A name that nothing here has."""


class StimulusError(ExcitableError, ValueError):
    """A stimulus that cannot be delivered."""


class SchemeError(ExcitableError, ValueError):
    """A scheme that does not exist or does not suit the equations."""


class SimulationError(ExcitableError, RuntimeError):
    """A run that cannot go on; what was computed so far is kept."""


class MemoryLimitError(ExcitableError, MemoryError):
    """A request for more memory than is free, refused before it is made."""


class FileError(ExcitableError, OSError):
    """A file that cannot be read, written or understood."""


class MissingExtraError(ExcitableError, ImportError):
    """An optional package that this needs is not installed."""
