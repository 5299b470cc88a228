"""Spike trains from files: tables of times, NWB tables of units."""

from __future__ import annotations

import csv
import re
import warnings
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.errors import FileError
from excitable.interop._extra import extra
from excitable.interop._reading._naming import split_name
from excitable.interop._reading._open import is_file, shorten
from excitable.interop._spikes._neo import checked_train
from excitable.recording import Spikes

if TYPE_CHECKING:
    import os

ENDINGS = (".csv", ".txt", ".tsv", ".dat", ".nwb")
_WINDOW = re.compile(r"(start|stop)_ms\s*[=:]\s*([-+.\deE]+)")
_NEURONS = re.compile(r"neurons\s*[=:]\s*(\d+)")


def read_spikes(
    path: str | os.PathLike[str], *, unit: str | None = None, start: Any = None, stop: Any = None
) -> Spikes:
    r"""Read spike trains from a file.

    Parameters
    ----------
    path : str or Path
        A table (``.csv .txt .tsv .dat``) or an NWB file (``.nwb``).
    unit : str, optional
        Unit of the times in a table, where it does not tell; NWB files are in seconds.
    start, stop : Quantity [time] or str, optional
        Window in which spikes were observed, where the file does not tell: from 0, or from the
        first spike if that is earlier, to the last spike if left out.

    Returns
    -------
    Spikes
        A train for each neuron.

    Raises
    ------
    FileError
        If the file cannot be read, holds something that is not a time, or leaves the unit open.
    UnitError
        If ``unit`` is not a unit of time.
    ParameterError
        If a spike lies outside the window given.
    MissingExtraError
        If the package that reads the format is not installed.

    Notes
    -----
    A table has a column of times, named with its unit (``time_ms``, ``t (s)``), and one that says
    whose they are (``neuron``, ``unit``, ``trial``, ``id``), or no such column for a single train.
    `write_spikes` and `to_csv` write such tables. A comment ``# start_ms = 0, stop_ms = 1000,
    neurons = 3`` tells the window and how many neurons there are, silent ones too; else each name
    that occurs is a neuron, in ascending order.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "spikes.csv")
    ...     _ = path.write_text("neuron,time_ms\n0,1.5\n1,2\n0,7\n")
    ...     read_spikes(path, stop="10 ms")
    Spikes(3 spikes of 2 neurons, 0 to 10 ms)
    """
    place = Path(path)
    if not is_file(place):
        raise _unreadable(Path(shorten(str(place))), "there is no such file")
    place = place.expanduser()
    begin, end = (
        None if moment is None else float(units.strip(moment, units.TIME, f"read_spikes.{name}"))
        for name, moment in (("start", start), ("stop", stop))
    )
    if place.suffix.lower() == ".nwb":
        trains, window = _from_nwb(place)
    elif place.suffix.lower() in ENDINGS:
        trains, window = _from_table(place, unit)
    else:
        raise FileError(
            f"{place.suffix or place.name!r} does not say a known format",
            f"a file of spikes ends in {', '.join(ENDINGS)}",
            "Write a table with the columns neuron and time_ms",
            owner=str(place),
        )
    every = np.concatenate(trains) if trains else np.empty(0)
    if not np.isfinite(every).all():
        raise _unreadable(place, "it holds a time that is NaN or infinite")
    first, last = window
    if begin is None:
        begin = first if first is not None else float(every.min(initial=0.0))
    if end is None:
        end = last if last is not None else float(every.max(initial=begin))
    return Spikes.from_trains([checked_train(times, begin, end) for times in trains])


Window = tuple[float | None, float | None]


def _from_nwb(path: Path) -> tuple[list[np.ndarray], Window]:
    pynwb = extra("pynwb", "nwb", "reading NWB files")
    try:
        with warnings.catch_warnings():
            # Advice on newer and older schemas; what counts here is whether spikes are found.
            warnings.simplefilter("ignore")
            with pynwb.NWBHDF5IO(str(path), "r") as file:
                table = file.read().units
                if table is None or "spike_times" not in table.colnames:
                    raise _unreadable(path, "it has no table of units with spike times")
                rows = range(len(table))
                trains = [1e3 * np.asarray(table["spike_times"][row], float) for row in rows]
                seen = [
                    np.asarray(table["obs_intervals"][row], float)
                    for row in rows
                    if "obs_intervals" in table.colnames
                ]
    except FileError:
        raise
    except Exception as error:  # a foreign library reading a foreign file fails in many ways
        raise _unreadable(path, "it is truncated or not an NWB file") from error
    observed = 1e3 * np.concatenate([each.ravel() for each in seen] or [np.empty(0)])
    if not observed.size:
        return trains, (None, None)
    return trains, _not_cutting(float(observed.min()), float(observed.max()), trains)


def _not_cutting(begin: float, end: float, trains: list[np.ndarray]) -> Window:
    """Widen a window by the rounding that seconds bring: a spike at its very end is within."""
    every = np.concatenate(trains)
    if every.size:
        slack = 1e-9 * max(abs(begin), abs(end))
        begin = float(every.min()) if begin - slack <= every.min() < begin else begin
        end = float(every.max()) if end < every.max() <= end + slack else end
    return begin, end


def _from_table(path: Path, unit: str | None) -> tuple[list[np.ndarray], Window]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(path, "it is not text") from None
    except PermissionError:
        raise _unreadable(path, "it may not be read") from None
    lines = text.splitlines()
    notes = " ".join(line for line in lines if line.lstrip().startswith("#"))
    kept = [line.strip() and not line.lstrip().startswith("#") for line in lines]
    numbers = [k for k, keep in enumerate(kept, 1) if keep]
    rows = [line for line, keep in zip(lines, kept, strict=True) if keep]
    told: dict[str, float] = {}
    for name, number in _WINDOW.findall(notes):
        if not _is_number(number):
            raise _unreadable(path, f"its comment says {name}_ms = {number}")
        told[name] = float(number)
    window = told.get("start"), told.get("stop")
    if not rows:
        if "start" in told or "stop" in told:
            return [np.empty(0)] * _stated_neurons(notes, 1), window
        raise _unreadable(path, "it is empty")
    delimiter = next((mark for mark in "\t;," if mark in rows[0]), None)
    cells = _split(rows, delimiter)
    head = cells[0]
    titled = not _is_number(head[-1]) and not any(map(_is_number, head))
    column, owner, scale = _columns(path, head, unit, titled=titled)
    numbers, cells = (numbers[1:], cells[1:]) if titled else (numbers, cells)
    try:
        times = scale * np.array([float(row[column]) for row in cells])
        names = None if owner is None else [row[owner] for row in cells]
    except (ValueError, IndexError):
        raise _first_bad_line(path, numbers, cells, len(head), column) from None
    if names is None:
        return [times], window
    return _by_neuron(path, times, names, _stated_neurons(notes, 0)), window


def _by_neuron(path: Path, times: np.ndarray, names: list[Any], stated: int) -> list[np.ndarray]:
    """Times of each neuron, in the order of their names."""
    try:
        whose = np.array([float(name) for name in names])
    except ValueError:  # words, not numbers
        whose = np.array(names, dtype=str)
    if whose.dtype == np.float64 and not (whose == np.floor(whose)).all():
        broken = whose[whose != np.floor(whose)][0]
        raise _unreadable(path, f"it names a neuron {broken:g}, which is no whole number")
    known, place = np.unique(whose, return_inverse=True)
    if stated:
        if known.size and not np.isin(known, np.arange(stated)).all():
            raise _unreadable(path, f"it states {stated} neurons and names {known[-1]}")
        known, place = np.arange(stated), whose.astype(np.int64)
    order = np.argsort(place, kind="stable")
    edges = np.searchsorted(place[order], np.arange(known.size + 1))
    return [times[order[a:b]] for a, b in pairwise(edges)]


def _stated_neurons(notes: str, otherwise: int) -> int:
    found = _NEURONS.search(notes)
    return int(found[1]) if found else otherwise


def _columns(
    path: Path, head: list[str], unit: str | None, *, titled: bool
) -> tuple[int, int | None, float]:
    """Which column holds times and which says whose, and the factor to ms."""
    if not titled:
        column = len(head) - 1
        owner = 0 if column else None
        told = ""
    else:
        timed = [k for k, name in enumerate(head) if _is_time(name)]
        if len(timed) != 1:
            raise _unreadable(
                path, f"its columns are {', '.join(head)}; {len(timed)} of them are times"
            )
        column = timed[0]
        others = [k for k in range(len(head)) if k != column]
        owner = others[0] if others else None
        told = split_name(head[column])[1]
    if len(head) > 2:
        raise _unreadable(path, f"it has {len(head)} columns")
    if not (told or unit):
        raise FileError(
            "the file does not tell the unit of its times",
            "a unit of time is expected",
            "Write unit=ms, or name the column so that it tells: time_ms",
            owner=str(path),
        )
    chosen = unit or told
    units.strip(units.attach(1.0, chosen), units.TIME, "read_spikes.unit")
    return column, owner, units.factor(chosen)


def _is_time(name: str) -> bool:
    stem, unit = split_name(name)
    if unit and units.dimension(unit) == units.TIME:
        return True
    return stem.lower() in ("t", "time", "times", "spike_times", "spikes")


def _split(rows: list[str], delimiter: str | None) -> list[list[str]]:
    if delimiter is None:
        cells = [row.split() for row in rows]
        if len(cells) > 1 and len(cells[1]) == 1:
            cells[0] = [rows[0].strip()]  # one column, whose name may hold a space: "t (s)"
        return cells
    return list(csv.reader(rows, delimiter=delimiter, skipinitialspace=True))


def _first_bad_line(
    path: Path, numbers: list[int], cells: list[list[str]], width: int, column: int
) -> FileError:
    for k, row in zip(numbers, cells, strict=True):
        if len(row) != width:
            return _unreadable(path, f"line {k} has {len(row)} in place of {width} columns")
        if not _is_number(row[column]):
            return _unreadable(path, f"line {k} holds {shorten(row[column])!r}")
    return _unreadable(path, "it is not a table of times")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _unreadable(path: Path, found: str) -> FileError:
    return FileError(
        found,
        "a file of spikes is expected",
        "Write a table with the columns neuron and time_ms, or an NWB table of units",
        owner=str(path),
    )
