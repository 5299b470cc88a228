"""Axon Binary Format, through pyabf: recorded channels and command waveforms by sweep."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.errors import UnitError
from excitable.interop._extra import extra
from excitable.interop._reading._contents import Contents, Series, unreadable
from excitable.interop._reading._sampling import tidy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# What pyabf raises for files that are cut short or are something else.
_BROKEN = (
    OSError,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    NotImplementedError,
    AttributeError,
    ZeroDivisionError,
    struct.error,
)


def contents(path: Path) -> Contents:
    """Give the recorded channels and the commands of a file; rows are sweeps."""
    pyabf = extra("pyabf", "abf", "reading Axon files")
    try:
        abf = pyabf.ABF(str(path))
        dt = 1000.0 / float(abf.dataRate)
        shape = (int(abf.sweepCount), int(abf.sweepPointCount))
        channels = range(int(abf.channelCount))
        names = [name or f"channel {k}" for k, name in _numbered(abf.adcNames, channels)]
        series = [
            _series(name, unit, shape, dt, _reader(abf, channel, "sweepY"))
            for channel, name, (_, unit) in zip(
                channels, names, _numbered(abf.adcUnits, channels), strict=True
            )
        ]
        series += [
            _series(f"command {k}" if k else "command", unit, shape, dt, _reader(abf, k, "sweepC"))
            for k, unit in _numbered(abf.dacUnits, channels)
            if _has_command(abf, k)
        ]
    except _BROKEN:
        raise unreadable(path, "it is truncated or not an ABF file") from None
    return Contents(path, tuple(series))


def _numbered(texts: Any, channels: range) -> list[tuple[int, str]]:
    # Names that were never set are filled with null characters.
    return [(k, str(texts[k]).strip("\0 ") if k < len(texts) else "") for k in channels]


def _series(
    key: str,
    unit: str,
    shape: tuple[int, int],
    dt: float,
    read: Callable[[], np.ndarray],
) -> Series:
    return Series(key, *shape, _known(unit), read, tidy(dt, 1e-9 * dt))


def _known(unit: str) -> str:
    try:
        units.dimension(unit)
    except UnitError:
        return ""
    return unit


def _reader(abf: Any, channel: int, attribute: str) -> Callable[[], np.ndarray]:
    def read() -> np.ndarray:
        sweeps = []
        for sweep in range(abf.sweepCount):
            abf.setSweep(sweep, channel=channel)
            sweeps.append(np.array(getattr(abf, attribute), dtype=np.float64))
        return np.array(sweeps)

    return read


def _has_command(abf: Any, channel: int) -> bool:
    """Whether the first sweep has a command that is known sample by sample."""
    abf.setSweep(0, channel=channel)
    command = np.asarray(abf.sweepC)
    return command.shape == np.shape(abf.sweepY) and bool(np.isfinite(command).all())
