"""What stands behind ``--input``: a file, a quantity or a stimulus, as text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from excitable.errors import StimulusError
from excitable.interop._call_grammar import is_expression, read_expression
from excitable.interop._current import read_current
from excitable.interop._reading import ENDINGS, is_file

_NAME = re.compile(r"\s*([A-Za-z_]\w*)\s*=(?!=)\s*(\S.*?)\s*", re.DOTALL)
_OPTION = re.compile(r"(?P<rest>.*),\s*(?P<name>[A-Za-z_]\w*)\s*=\s*(?P<value>[^,=]*)", re.DOTALL)
_ROW = re.compile(r"(?P<key>.*?)\[(?P<row>-?\d{1,9}|:)\]")
_OPTIONS = ("unit", "dt")
_MOST_CHARACTERS = 8000  # no path is longer


def parse_input(text: str) -> tuple[str, Any]:
    """Read an input from text, as the command line takes it.

    Parameters
    ----------
    text : str
        ``NAME=FILE[::KEY[ROW]][,unit=pA][,dt=0.1ms]`` for a recording,
        ``NAME=300 pA`` for a constant, or
        ``NAME=step(300 pA, start=100 ms) + 2*sine(50 pA, 8 Hz)`` for stimuli that add up.

    Returns
    -------
    name : str
        Name of the input.
    value : Stimulus or Quantity
        What drives it.

    Raises
    ------
    StimulusError
        If the text is neither of these, or a stimulus cannot be delivered.
    UnitError
        If a unit is missing, unknown or of the wrong dimension.
    FileError
        If the file cannot be read, or leaves open which series is meant.

    Notes
    -----
    The text is read by a small grammar and never evaluated.

    Examples
    --------
    >>> parse_input("I=step(300 pA, start=100 ms) - 20 pA")
    ('I', step(300 pA, start=100 ms) - 20 pA)
    """
    found = _NAME.fullmatch(text) if len(text) <= _MOST_CHARACTERS else None
    if not found:
        raise StimulusError(
            f"the input {text[:80]!r}",
            "a name and what drives it are expected",
            "Write for example I=300 pA, I=step(300 pA, start=100 ms) or I=recording.csv",
        )
    name, source = found.groups()
    if "::" not in source and not _names_file(source) and is_expression(source):
        return name, read_expression(source, name)
    return name, _recording(source)


def _names_file(source: str) -> bool:
    path, _ = _options(source)
    return is_file(path) or Path(path).suffix.lower() in ENDINGS


def _recording(source: str) -> Any:
    place, options = _options(source)
    path, mark, key = place.rpartition("::") if "::" in place else (place, "", "")
    row: int | str | None = None
    found = _ROW.fullmatch(key)
    if found:
        key = found["key"]
        row = found["row"] if found["row"] == ":" else int(found["row"])
    if mark and not key and row is None:
        raise StimulusError(
            f"nothing stands behind :: in {source[:80]!r}",
            "the name of a series in the file is expected",
            f"Write {path}::I_pA, or {path}::[0] for a row",
        )
    return read_current(path, key or None, row, **options)[0]


def _options(source: str) -> tuple[str, dict[str, str]]:
    """Split the options off the end; a file may have commas in its name."""
    options: dict[str, str] = {}
    rest = source
    while not is_file(rest) and (found := _OPTION.fullmatch(rest)):
        name, value = found["name"], found["value"].strip()
        if name in options or name not in _OPTIONS:
            if "(" in source:
                break
            raise StimulusError(
                f"the option {name}={value}" + (" for the second time" if name in options else ""),
                "unit and dt may follow the file, each once",
                "Write for example I=recording.npy,unit=pA,dt=0.1ms",
            )
        options[name] = value
        rest = found["rest"].strip()
    return rest, options
