"""Neurodata Without Borders, through pynwb: stimuli and acquisitions by name."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.errors import FileError, UnitError
from excitable.interop._extra import extra
from excitable.interop._reading._contents import Contents, Series, unreadable
from excitable.interop._reading._sampling import tidy, uniform_interval

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def contents(path: Path) -> Contents:
    """Give the time series of a file; several columns become rows."""
    pynwb = extra("pynwb", "nwb", "reading NWB files")
    try:
        # pynwb warns of every newer or older schema; what counts here is whether data are found.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pynwb.NWBHDF5IO(str(path), "r") as file:
                found = [
                    _series(path, f"{group}/{name}", series)
                    for group, name, series in _time_series(file.read())
                ]
    except FileError:
        raise
    except Exception as error:  # a foreign library reading a foreign file fails in many ways
        raise unreadable(path, "it is truncated or not an NWB file") from error
    return Contents(path, tuple(found))


def _time_series(nwb: Any) -> Iterator[tuple[str, str, Any]]:
    for group in ("stimulus", "acquisition"):
        for name, series in sorted(getattr(nwb, group).items()):
            data: Any = getattr(series, "data", None)
            shape = getattr(data, "shape", None)
            if (
                shape is not None
                and len(shape) in (1, 2)
                and shape[0] > 1
                and np.dtype(data.dtype).kind in "iuf"
            ):
                yield group, name, series


def _series(path: Path, key: str, series: Any) -> Series:
    raw = np.asarray(series.data[:], dtype=np.float64)
    values = raw * float(series.conversion) + float(getattr(series, "offset", 0.0) or 0.0)
    values = np.atleast_2d(values.T)
    if series.rate is not None:
        dt = tidy(1000.0 / float(series.rate), 1e-9)
        start = 1000.0 * float(series.starting_time or 0.0)
    else:
        times = np.asarray(series.timestamps[:], dtype=np.float64)
        dt, start = uniform_interval(path, key, times, 1000.0), 1000.0 * float(times[0])
    rows, samples = values.shape
    return Series(key, rows, samples, _unit(series.unit), lambda: values, dt, start)


def _unit(text: Any) -> str:
    try:
        units.dimension(str(text))
    except UnitError:
        return ""
    return str(text)
