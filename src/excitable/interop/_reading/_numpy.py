"""NumPy's own files: one array (NPY) or several by name (NPZ). Objects are refused."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib import format as npy

from excitable import units
from excitable.interop._reading._contents import Contents, Series, unreadable
from excitable.interop._reading._naming import interval_ms, is_time, split_name
from excitable.interop._reading._sampling import tidy, uniform_interval

if TYPE_CHECKING:
    from pathlib import Path

_BROKEN = (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile, zlib.error)
_SERIES_AXES = (1, 2)


def contents(path: Path) -> Contents:
    """Give what an NPY or NPZ file holds; arrays are loaded when they are asked for."""
    if path.suffix.lower() == ".npy":
        return _one(path)
    shapes = _shapes(path)
    scalars = {key: _load(path, key) for key, (shape, _) in shapes.items() if shape == ()}
    intervals = [interval_ms(key, float(v)) for key, v in scalars.items() if v.dtype.kind in "iuf"]
    stated = next((tidy(dt, 1e-12 * dt) for dt in intervals if dt is not None), None)
    numeric = {
        key: shape
        for key, (shape, dtype) in shapes.items()
        if dtype.kind in "iuf" and len(shape) in _SERIES_AXES and max(shape) > 1
    }
    times = {key: shape[0] for key, shape in numeric.items() if is_time(split_name(key)[0])}
    found = []
    for key, shape in numeric.items():
        if key not in times:
            dt, start = _interval(path, times, max(shape), stated)
            found.append(_series(path, key, shape, dt, start))
    return Contents(path, tuple(found))


def _one(path: Path) -> Contents:
    array = _load(path, None)
    if array.dtype.kind not in "iuf" or array.ndim not in _SERIES_AXES:
        raise unreadable(path, f"it holds an array of {array.dtype} of shape {array.shape}")
    return Contents(path, (_series(path, path.stem, array.shape, None, 0.0, member=None),))


def _series(  # noqa: PLR0917 - private, and each is plain
    path: Path,
    key: str,
    shape: tuple[int, ...],
    dt: float | None,
    start: float,
    member: str | None = "",
) -> Series:
    member = key if member == "" else member
    # The longer axis is time.
    tall = len(shape) == 2 and shape[0] > shape[1]

    def read() -> np.ndarray:
        array = np.atleast_2d(_load(path, member))
        return array.T if tall else array

    rows = 1 if len(shape) == 1 else min(shape)
    return Series(key, rows, max(shape), split_name(key)[1], read, dt, start)


def _interval(
    path: Path, times: dict[str, int], samples: int, stated: float | None
) -> tuple[float | None, float]:
    """Sampling interval and first time in ms of a series, from times of the same length."""
    for key, length in times.items():
        unit = split_name(key)[1]
        if length == samples and unit:
            factor = units.factor(unit)
            t = _load(path, key)
            if t.ndim == 1:
                return uniform_interval(path, key, t, factor), float(t[0]) * factor
    return stated, 0.0


def _load(path: Path, key: str | None) -> np.ndarray:
    try:
        loaded = np.load(path, allow_pickle=False)
        if key is None:
            if not isinstance(loaded, np.ndarray):
                loaded.close()
                raise unreadable(path, "it is an archive of arrays", "Rename it to end in .npz")
            return loaded
        with loaded:
            return loaded[key]
    except _BROKEN as error:
        raise _broken(path, error) from None


def _shapes(path: Path) -> dict[str, tuple[tuple[int, ...], np.dtype]]:
    """Shape and type of each array, from their headers alone."""
    found = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".npy"):
                    with archive.open(name) as file:
                        version = npy.read_magic(file)
                        header = (
                            npy.read_array_header_1_0
                            if version == (1, 0)
                            else npy.read_array_header_2_0
                        )
                        shape, _, dtype = header(file)
                    found[name.removesuffix(".npy")] = shape, dtype
    except _BROKEN as error:
        raise _broken(path, error) from None
    return found


def _broken(path: Path, error: BaseException) -> Exception:
    from excitable.errors import FileError

    if isinstance(error, FileError):
        return error
    if "Object arrays" in str(error):
        return unreadable(path, "it holds Python objects", "Save plain arrays of numbers")
    return unreadable(path, f"it is truncated or not an {path.suffix[1:].upper()} file")
