"""Where cells come from: a table, a file, a folder of files, or a list of these."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from excitable.errors import FileError
from excitable.interop.allen._config import is_config
from excitable.interop.allen._fields import shown, word
from excitable.interop.allen._population import tidy

MOST_BYTES = 1 << 27
_NO_NAME = "cell"
_COMMON = "neuron_config"
_LEVEL_KEY = re.compile(r"GLIF([1-5])")


class Source(NamedTuple):
    """One cell's table, or its tables by level, with the name of the cell."""

    name: str
    config: Mapping[str, Any]
    level: int | None = None
    """The level that the table was filed under, if it was."""


class Collected(NamedTuple):
    """All tables found, whether they were meant as one cell, and files that hold none."""

    sources: list[Source]
    single: bool
    skipped: list[str]


def collect(given: Any) -> Collected:
    """Find every table in a path, a mapping, or a list of these."""
    if isinstance(given, list | tuple):
        skipped: list[str] = []
        sources = []
        for number, item in enumerate(given):
            part = collect(item)
            skipped += part.skipped
            # A table says nothing of its cell: its place in the list does.
            sources += [
                s._replace(name=str(number)) if s.name == _NO_NAME else s for s in part.sources
            ]
        if not sources:
            raise _nothing("the list", "it is empty")
        return Collected(sources, False, skipped)
    if isinstance(given, Mapping):
        return _from_table(given, _NO_NAME, "the table")
    if not isinstance(given, str | os.PathLike):
        raise _nothing("interop.allen.read", f"it is {word(given)}")
    place = Path(given).expanduser()
    if _is_folder(place):
        return _from_folder(place)
    return _from_table(read_json(place), _name_of(place), str(given))


def read_json(place: Path) -> Any:
    """Read a JSON file of bounded size.

    Raises
    ------
    FileError
        If it cannot be read or is not JSON.
    """
    expected = "a JSON file is expected"
    try:
        if not place.is_file():
            found = "there is no such file"
            raise FileError(found, expected, "Check the name", owner=str(place))
        if place.stat().st_size > MOST_BYTES:
            found = f"it holds more than {MOST_BYTES >> 20} MiB"
            raise FileError(found, "a file of cells is smaller", "Split it", owner=str(place))
        return json.loads(place.read_text(encoding="utf-8-sig"))
    except FileError:
        raise
    except json.JSONDecodeError as error:
        found = f"line {error.lineno}, column {error.colno} is not JSON"
        write = "Check that the file is whole"
        raise FileError(found, expected, write, owner=str(place)) from None
    except RecursionError:
        found, write = "brackets are nested too deeply", "Check that it is a file of cells"
        raise FileError(found, expected, write, owner=str(place)) from None
    except UnicodeDecodeError as error:
        found, write = f"byte {error.start} is not text", "Save the file as UTF-8"
        raise FileError(found, expected, write, owner=str(place)) from None
    except (OSError, ValueError) as error:
        found = f"it cannot be read: {getattr(error, 'strerror', None) or error}"
        write = "Check the name and its permissions"
        raise FileError(found, expected, write, owner=str(place)) from None


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except (OSError, ValueError):
        return False


def _from_folder(folder: Path) -> Collected:
    sources: list[Source] = []
    skipped = []
    for path in sorted(folder.rglob("*.json")):
        content = read_json(path)
        if not holds_cells(content):
            skipped.append(str(path.relative_to(folder)))
            continue
        sources += _from_table(content, _name_of(path), str(path)).sources
    if not sources:
        raise _nothing(str(folder), "it holds no JSON file of a cell")
    return Collected(sources, False, skipped)


def holds_cells(content: Any) -> bool:
    """Whether a JSON file's content is a cell or a table of cells."""
    if not isinstance(content, Mapping):
        return False
    return is_config(content) or any(
        isinstance(item, Mapping) and (is_config(item) or _by_level(item))
        for item in (content, *content.values())
    )


def _from_table(content: Any, name: str, place: str) -> Collected:
    if not isinstance(content, Mapping):
        raise _nothing(place, f"it is {word(content)}")
    if is_config(content):
        return Collected([Source(tidy(name), content)], True, [])
    if levels := _by_level(content):
        return Collected([Source(tidy(name), config, n) for n, config in levels.items()], True, [])
    sources: list[Source] = []
    cells = 0
    for key, item in content.items():
        inside = item if isinstance(item, Mapping) else {}
        levels = {None: inside} if is_config(inside) else _by_level(inside)
        if not levels:
            raise _nothing(place, _unlike(content, str(key), item))
        cells += 1
        sources += [Source(tidy(str(key)), config, n) for n, config in levels.items()]
    if not sources:
        raise _nothing(place, "the table is empty")
    return Collected(sources, cells == 1, [])


def _by_level(content: Mapping[str, Any]) -> dict[int | None, Mapping[str, Any]]:
    """The tables of a cell that is filed by level: ``{"GLIF1": {"neuron_config": {...}}}``."""
    found: dict[int | None, Mapping[str, Any]] = {}
    for key, item in content.items():
        match = _LEVEL_KEY.fullmatch(str(key))
        if match and isinstance(item, Mapping):
            config = item.get("neuron_config", item)
            if isinstance(config, Mapping) and is_config(config):
                found[int(match[1])] = config
    return found


def _unlike(content: Mapping[str, Any], key: str, item: Any) -> str:
    nest = {"C_m", "V_th", "E_L", "t_ref", "g"}
    if len(nest & set(content)) >= 3:
        return "it looks like a NEST parameter dictionary"
    if "equations" in content or content.get("format") == "excitable model":
        return "it is a model file of this package"
    lacking = " without the fields of a cell" if isinstance(item, Mapping) else ""
    return f"{shown(key)} is {word(item)}{lacking}"


def _nothing(place: str, found: str) -> FileError:
    write = "Write the name of a neuron_config.json, a folder of such files, or a list of these"
    if "NEST" in found:
        write = "Write ex.interop.allen.from_nest(...)"
    elif "this package" in found:
        write = "Write ex.read(...)"
    return FileError(found, "a neuron_config of the Allen database is expected", write, owner=place)


def _name_of(place: Path) -> str:
    """The cell's name in a file's name: ``485904755_neuron_config.json``, ``485904755/...``."""
    stem = place.stem.replace(_COMMON, "").strip("_- .")
    return stem or place.absolute().parent.name
