"""Text tables: CSV and its relatives, with a header or without, columns or rows."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from excitable import units
from excitable.errors import FileError
from excitable.interop._reading._contents import Contents, Series, unreadable
from excitable.interop._reading._naming import interval_ms, is_time, split_name
from excitable.interop._reading._sampling import uniform_interval

if TYPE_CHECKING:
    from pathlib import Path

_HEAD_LINES = 50
_LONG_ROW = 20
"""From so many columns on, a table of fewer rows than columns has its samples along the rows."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is written."""

    delimiter: str | None
    decimal_comma: bool
    header: tuple[str, ...]
    skipped: int
    """Lines before the numbers."""
    notes: tuple[str, ...]
    """Comment lines."""


def contents(path: Path) -> Contents:
    """Give the columns of a table, or its rows if the samples stand along them."""
    layout = _layout(path)
    table = _numbers(path, layout)
    names = layout.header or tuple(str(column) for column in range(table.shape[1]))
    if len(names) != table.shape[1]:
        raise unreadable(path, f"{len(names)} names stand above {table.shape[1]} columns")
    noted = _noted_interval(layout.notes)
    if _along_rows(layout.header, table):
        rows = table[:, 1:] if layout.header and _is_count(table[:, 0]) else table
        height, width = rows.shape
        return Contents(path, (Series("rows", height, width, "", lambda: rows, noted),))
    return Contents(path, tuple(_columns(path, names, table, noted)))


def _columns(
    path: Path, names: tuple[str, ...], table: np.ndarray, noted: float | None
) -> list[Series]:
    dt, start, times = noted, 0.0, None
    for column, text in enumerate(names):
        name, unit = split_name(text)
        if is_time(name) and unit:
            factor = units.factor(unit)
            dt = uniform_interval(path, text, table[:, column], factor)
            start, times = float(table[0, column]) * factor, column
            break
    return [
        Series(
            text.strip(),
            1,
            len(table),
            split_name(text)[1],
            lambda column=column: table[None, :, column],
            dt,
            start,
        )
        for column, text in enumerate(names)
        if column != times
    ]


def _along_rows(header: tuple[str, ...], table: np.ndarray) -> bool:
    rows, columns = table.shape
    if columns < _LONG_ROW or rows >= columns:
        return False
    return all(re.fullmatch(r"\d+", name) for name in header[1:])


def _is_count(column: np.ndarray) -> bool:
    return np.array_equal(column, np.arange(column.size))


def _noted_interval(notes: tuple[str, ...]) -> float | None:
    """Sampling interval that a comment tells, as in ``# dt_ms = 0.1`` or ``# dt = 0.1 ms``."""
    for note in notes:
        found = re.fullmatch(r"\s*(\w+(?: ?[(\[]\w+[)\]])?)\s*[=:]\s*([\d.eE+-]+)\s*(\w*)\s*", note)
        if found:
            name, number, unit = found.groups()
            try:
                dt = interval_ms(f"{name}_{unit}" if unit else name, float(number))
            except ValueError:
                continue
            if dt is not None:
                return dt
    return None


def _layout(path: Path) -> Layout:
    """Look at the head of the file."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            head = [line.rstrip("\r\n") for line in islice(file, _HEAD_LINES)]
    except UnicodeDecodeError:
        raise unreadable(path, "it is not text", "Write numbers in columns, as in CSV") from None
    notes, skipped = [], 0
    for line in head:
        if line.strip() and not line.lstrip().startswith("#"):
            break
        notes.append(line.strip().lstrip("#").strip())
        skipped += 1
    else:
        raise unreadable(path, "it holds no numbers")
    first, second = head[skipped], (head[skipped + 1] if len(head) > skipped + 1 else "")
    delimiter = _delimiter(second or first)
    comma = delimiter == ";" and "," in second and "." not in second
    cells = _split(first, delimiter)
    if all(_is_number(cell.replace(",", ".") if comma else cell) for cell in cells):
        above = _split(notes[-1], delimiter) if notes else []
        named = len(above) == len(cells) and not all(map(_is_number, above))
        header = tuple(above) if named and all(above) else ()
        return Layout(delimiter, comma, header, skipped, tuple(notes))
    header = tuple(_split(first, delimiter))
    return Layout(delimiter, comma, header, skipped + 1, tuple(notes))


def _delimiter(line: str) -> str | None:
    """Delimiter of a line; None stands for any white space."""
    for mark in ("\t", ";", ","):
        if mark in line:
            return mark
    return None


def _split(line: str, delimiter: str | None) -> list[str]:
    return [cell.strip().strip("\"'").strip() for cell in line.split(delimiter)]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _numbers(path: Path, layout: Layout) -> np.ndarray:
    try:
        with path.open(encoding="utf-8-sig") as file:
            lines = islice(file, layout.skipped, None)
            cleaned = (line.replace(",", ".") for line in lines) if layout.decimal_comma else lines
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # that there are no numbers is told below
                table = np.loadtxt(cleaned, delimiter=layout.delimiter, ndmin=2, comments="#")
    except UnicodeDecodeError:
        raise unreadable(path, "it is not text", "Write numbers in columns, as in CSV") from None
    except ValueError as error:
        raise _bad_cell(path, layout, str(error)) from None
    if table.size == 0:
        raise unreadable(path, "it holds names but no numbers")
    return table


def _bad_cell(path: Path, layout: Layout, message: str) -> FileError:
    """Say which line is wrong: NumPy counts rows of numbers, people count lines."""
    cell = re.search(r"could not convert string (.*) to \w+ at row (\d+), column (\d+)", message)
    if cell:
        line = int(cell[2]) + layout.skipped + 1
        found = f"line {line} holds {cell[1]} in column {cell[3]}"
        return unreadable(path, found, "Write a number in every column of every line")
    row = re.search(r"number of columns changed from (\d+) to (\d+) at row (\d+)", message)
    if row:
        line = int(row[3]) + layout.skipped
        found = f"line {line} has {row[2]} in place of {row[1]} columns"
        return unreadable(path, found, "Write a number in every column of every line")
    return unreadable(path, "it is not a table of numbers")
