"""What commands write: tables, JSON, and files checked before any work is done."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import typer

from excitable.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Lay out names and what they are, one a line."""
    rows = list(rows)
    width = max((len(name) for name, _ in rows), default=0)
    return "\n".join(f"{name:<{width}}  {text}" for name, text in rows)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out a table in columns, its head underlined."""
    columns = list(zip(head, *rows, strict=True))
    widths = [max(len(cell) for cell in column) for column in columns]
    lines = [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [head, ["-" * width for width in widths], *rows]
    ]
    return "\n".join(lines)


def write_json(data: Any) -> None:
    """Write data to standard output as JSON that every reader accepts."""
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False))


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Write a table with all its digits, whole or not at all; return where."""
    from excitable.files import write_bytes

    lines = [",".join(head), *(",".join(map(_cell, row)) for row in rows)]
    write_bytes(path, ("\n".join(lines) + "\n").encode())
    return str(path)


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)


def check_target(path: Path | None, option: str, endings: tuple[str, ...]) -> None:
    """Refuse a file that could not be written, before anything is computed.

    Raises
    ------
    FileError
        If the ending is unknown, or the folder is missing or cannot be written to.
    """
    if path is None:
        return
    if path.suffix.lower() not in endings:
        raise FileError(
            f"{path.suffix or path.name!r} does not say a known format",
            f"{option} writes {', '.join(endings)}",
            f"Write {option} {path.with_suffix(endings[0])}",
            name=str(path),
        )
    if path.is_dir():
        raise FileError(
            "this is a folder",
            f"{option} writes a file",
            "Write the name of a file",
            name=str(path),
        )
    folder = path.absolute().parent
    if not folder.is_dir():
        raise FileError(
            f"the folder {path.parent} does not exist",
            f"{option} writes into a folder that does",
            f"Make it first: mkdir -p {path.parent}",
            name=str(path),
        )
    if not os.access(folder, os.W_OK):
        raise FileError(
            f"the folder {folder} is read-only",
            f"{option} writes into it",
            "Write the name of a file in another folder",
            name=str(path),
        )
