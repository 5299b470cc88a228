"""Model files: TOML and JSON, bounded when read and never half written."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from excitable.errors import FileError
from excitable.files import write_bytes
from excitable.model._serialise import from_dict, to_dict

if TYPE_CHECKING:
    from excitable.model._model import Model

# A TOML reader in Python takes seconds for megabytes; populations belong in JSON.
MOST_BYTES = {".toml": 1 << 20, ".json": 1 << 25}

_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_NAME = re.compile(rf"(?<![\w-])(?:{_PART}[ \t]*+\.[ \t]*+){{8}}")


def read(path: str | os.PathLike[str]) -> Model:
    """Read a model from a TOML or JSON file.

    Parameters
    ----------
    path : str or Path
        A name that ends in ``.toml`` or ``.json``.

    Returns
    -------
    Model
        The model, checked like any other.

    Raises
    ------
    FileError
        If the file cannot be read, is too large, or does not hold a model.
    EquationError, UnitError, ModelError, ParameterError
        If the model in it is not right.

    Notes
    -----
    Text in a file is read by the model language and never evaluated. TOML files may hold 1 MiB,
    JSON files 32 MiB.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from excitable.models import LIF
    >>> with TemporaryDirectory() as folder:
    ...     LIF.save(f"{folder}/cell.toml")
    ...     read(f"{folder}/cell.toml") == LIF
    True
    """
    place = Path(path)
    suffix = _suffix(place)
    text = _read_text(place, MOST_BYTES[suffix])
    try:
        content = json.loads(text) if suffix == ".json" else _read_toml(text)
    except RecursionError:
        found, write = "brackets are nested too deeply", "Check that it is a model file"
        raise FileError(found, "a model is expected", write, owner=str(place)) from None
    except ValueError as error:  # what both readers raise, and int() for endless digits
        expected = f"{suffix[1:].upper()} is expected"
        write = "Check that the file is whole"
        raise FileError(_place_of(error), expected, write, owner=str(place)) from None
    try:
        return from_dict(content)
    except FileError as error:
        error.owner = str(place)
        raise


def save(model: Model, path: str | os.PathLike[str]) -> None:
    """Write a model to a TOML or JSON file, whole or not at all."""
    place = Path(path)
    suffix = _suffix(place)
    text = _json(to_dict(model)) if suffix == ".json" else _toml(to_dict(model))
    data = text.encode()
    if len(data) > MOST_BYTES[suffix]:
        raise FileError(
            f"{len(data)} bytes",
            f"a {suffix} file holds at most {MOST_BYTES[suffix]} bytes",
            "Write the model to a .json file" if suffix == ".toml" else "",
            owner=str(place),
        )
    write_bytes(place, data)


def _read_toml(text: str) -> dict[str, Any]:
    # The reader of the standard library takes quadratic time for a name of many parts.
    if _LONG_NAME.search(text):
        raise ValueError("a name has more than 8 parts")
    return tomllib.loads(text)


def _suffix(place: Path) -> str:
    suffix = place.suffix.lower()
    if suffix not in MOST_BYTES:
        raise FileError(
            f"the name ends in {suffix!r:.40}" if suffix else "the name has no ending",
            "a model file ends in .toml or .json",
            f"Write {place.with_suffix('.toml').name!r:.80}" if place.name else "",
            owner=str(place),
        )
    return suffix


def _read_text(place: Path, most: int) -> str:
    try:
        if not place.is_file():
            found = "it is a folder" if place.is_dir() else "there is no such file"
            write = "Check the name"
            raise FileError(found, "a model file is expected", write, owner=str(place))
        with place.open("rb") as file:
            data = file.read(most + 1)
    except FileError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = getattr(error, "strerror", None) or str(error)
        found, write = f"it cannot be read: {reason}", "Check the name and its permissions"
        raise FileError(found, "a model file is expected", write, owner=str(place)) from error
    if len(data) > most:
        found, expected = f"more than {most} bytes", "a model file is smaller"
        raise FileError(found, expected, "Check that it is a model file", owner=str(place))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        found, write = f"byte {error.start} is not text", "Save the file as UTF-8"
        raise FileError(found, "text in UTF-8 is expected", write, owner=str(place)) from None


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _toml(content: dict[str, Any]) -> str:
    import tomli_w

    return tomli_w.dumps(content, multiline_strings=True)


def _place_of(error: ValueError) -> str:
    """Say where a reader gave up; its own words differ between versions of Python."""
    place = re.search(r"line (\d+),? column (\d+)", str(error))
    if place:
        return f"line {place[1]}, column {place[2]} cannot be read"
    if "end of document" in str(error):
        return "the text ends too early"
    return "a name or a number is too long"
