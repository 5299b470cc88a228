"""What a file of recordings holds: series of samples with names, shapes and units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from excitable import units
from excitable.errors import FileError
from excitable.interop._reading._naming import split_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_LISTED = 20


@dataclass(frozen=True, slots=True)
class Series:
    """One named series of samples; `read` gives it with shape (rows, samples)."""

    key: str
    rows: int
    samples: int
    unit: str
    read: Callable[[], np.ndarray]
    dt_ms: float | None = None
    start_ms: float = 0.0

    @property
    def dimension(self) -> units.Dimension | None:
        """Dimension of its unit; None if it states no unit."""
        return units.dimension(self.unit) if self.unit else None

    def __str__(self) -> str:
        unit = f" in {self.unit}" if self.unit else ", no unit"
        rows = f"{self.rows} rows of " if self.rows > 1 else ""
        return f"{self.key} ({rows}{self.samples} samples{unit})"


@dataclass(frozen=True, slots=True)
class Contents:
    """All series of a file."""

    path: Path
    series: tuple[Series, ...]

    def choose(self, key: str | None) -> Series:
        """Give the series named, or the only one that can be meant."""
        if not self.series:
            raise unreadable(self.path, "it holds no series of numbers")
        if key is not None:
            for names in (_full, _last, _bare):
                found = [series for series in self.series if names(series.key) == key]
                if len(found) == 1:
                    return found[0]
            raise FileError(
                f"there is no {key!r} in it",
                f"it holds {listing(self.series)}",
                f"Write {self.path.name}::{self.series[0].key}",
                owner=str(self.path),
            )
        candidates = [s for s in self.series if s.dimension in CURRENTS]
        if not candidates:
            candidates = list(self.series)
        if len(candidates) == 1:
            return candidates[0]
        self._ambiguous(candidates)

    def _ambiguous(self, candidates: list[Series]) -> NoReturn:
        first = candidates[0]
        row = "[0]" if first.rows > 1 else ""
        raise FileError(
            f"it holds {listing(candidates)}",
            "one series of a current must be chosen",
            f"Write {self.path.name}::{first.key}{row}",
            owner=str(self.path),
        )


def listing(every: Sequence[Series]) -> str:
    """Names, shapes and units, for messages."""
    shown = [str(series) for series in every[:_LISTED]]
    more = len(every) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _full(key: str) -> str:
    return key


def _last(key: str) -> str:
    """Name within its group."""
    return key.rpartition("/")[2]


def _bare(key: str) -> str:
    """Name without its unit."""
    return split_name(key)[0]


CURRENTS = (units.CURRENT, units.CURRENT_DENSITY)
"""What an input usually is, and so what is meant if nothing is said."""


def unreadable(path: Path, found: str, write: str = "Write a whole file of numbers") -> FileError:
    """Error for a file that is not what it should be."""
    return FileError(found, "a recording is expected", write, owner=str(path))
