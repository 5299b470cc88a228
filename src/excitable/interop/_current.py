"""A recorded current as a stimulus."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.errors import FileError
from excitable.interop._reading import Series, open_recording
from excitable.stimuli import Stimulus, trace

if TYPE_CHECKING:
    import os


@dataclass(frozen=True, slots=True)
class CurrentInfo:
    """Where a recorded current comes from and how it is sampled.

    Parameters
    ----------
    path : Path
        The file.
    key : str
        Name of the series in it.
    row : int or None
        Row of the series; None if it has one, or if all are taken.
    unit : str
        Unit of the samples.
    dt_ms : float
        Sampling interval in ms.
    samples : int
        Number of samples.
    start_ms : float
        Time of the first sample in the file, in ms; as a stimulus it begins at 0.

    Examples
    --------
    >>> info = CurrentInfo(Path("cell.npz"), "I_pA", None, "pA", 0.1, 20000, 0.0)
    >>> print(info.duration)
    2000.0 ms
    """

    path: Path
    key: str
    row: int | None
    unit: str
    dt_ms: float
    samples: int
    start_ms: float

    @property
    def duration(self) -> Any:
        """Length of the recording, a time quantity."""
        return units.attach(self.samples * self.dt_ms, "ms")

    @property
    def dt(self) -> Any:
        """Sampling interval, a time quantity."""
        return units.attach(self.dt_ms, "ms")


def read_current(
    path: str | os.PathLike[str],
    key: str | None = None,
    row: int | str | None = None,
    unit: str | None = None,
    dt: Any = None,
) -> tuple[Stimulus, CurrentInfo]:
    """Read a recorded current to drive a model with.

    Parameters
    ----------
    path : str or Path
        A file: CSV (``.csv .txt .tsv .dat``), NumPy (``.npy .npz``), Axon (``.abf``) or
        NWB (``.nwb``).
    key : str, optional
        Name of the series: of a column, an array, a channel. May be left out if the file holds
        one series only, or one only whose unit is that of a current.
    row : int or ":", optional
        Which row, sweep or repetition, counted from 0; ":" takes all, one for each neuron.
        Needed if there are several.
    unit : str, optional
        Unit of the samples, where the file does not tell it.
    dt : Quantity [time] or str, optional
        Sampling interval, where the file does not tell it.

    Returns
    -------
    stimulus : Stimulus
        The samples as a `trace` that begins at time 0.
    info : CurrentInfo
        Where they come from and how they are sampled.

    Raises
    ------
    FileError
        If the file cannot be read, is truncated or holds NaN, or leaves open which series is
        meant, its unit or its sampling interval.
    UnitError
        If ``unit`` is not a unit or ``dt`` not a time.
    MissingExtraError
        If the package that reads the format is not installed.

    Notes
    -----
    Names tell units: ``I_pA``, ``I (pA)``, ``current[nA]``; ``dt_ms`` or ``rate_Hz`` and columns
    such as ``t_ms`` tell the sampling interval. Times must be evenly spaced. A table of few long
    rows is read along its rows. What is said twice must agree. The longer axis of an array is
    time. Axon files: rows are sweeps, ``command`` is the waveform that was commanded.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "cell.npz"
    ...     np.savez(path, I_pA=np.zeros((4, 2000)), dt_ms=0.1)
    ...     read_current(path, row=2)[0]
    trace(<2000 values in pA>, dt=0.1 ms)
    """
    contents = open_recording(path)
    series = contents.choose(key)
    stated = _unit(contents.path, series, unit)
    interval = _interval(contents.path, series, dt)
    chosen = _row(contents.path, series, row)
    samples = series.read().astype(np.float64)
    values = samples.T if chosen is None and series.rows > 1 else samples[chosen or 0]
    _check_finite(contents.path, series.key, values)
    stimulus = trace(
        units.attach(values * units.factor(stated), stated), units.attach(interval, "ms")
    )
    info = CurrentInfo(
        contents.path, series.key, chosen, stated, interval, series.samples, series.start_ms
    )
    return stimulus, info


def _unit(path: Path, series: Series, unit: str | None) -> str:
    if not (unit or series.unit):
        raise FileError(
            f"the file does not tell the unit of {series.key}",
            "a unit is expected",
            "Write unit=pA, or name the series so that it tells: I_pA",
            owner=str(path),
        )
    if unit is None:
        return series.unit
    same = units.attach(1.0, unit).units == units.attach(1.0, series.unit or unit).units
    if not same:
        raise FileError(
            f"{series.key} is in {series.unit}, and unit={unit} is given",
            "what is said twice agrees",
            f"Leave unit out, or write unit={series.unit}",
            owner=str(path),
        )
    return unit


def _interval(path: Path, series: Series, dt: Any) -> float:
    told = series.dt_ms
    if dt is not None:
        given = float(units.strip(dt, units.TIME, "dt"))
        if not (given > 0 and np.isfinite(given)):
            raise FileError(
                f"dt={given:g} ms",
                "a sampling interval greater than zero is expected",
                "Write dt=0.1ms",
                owner=str(path),
            )
        if told is not None and abs(given - told) > 1e-6 * told:
            raise FileError(
                f"its samples are {told:g} ms apart, and dt={given:g} ms is given",
                "what is said twice agrees",
                f"Leave dt out, or write dt={told:g}ms",
                owner=str(path),
            )
        return given
    if told is None:
        raise FileError(
            f"the file does not tell how {series.key} is sampled",
            "a sampling interval is expected",
            "Write dt=0.1ms, or store dt_ms or a column t_ms with it",
            owner=str(path),
        )
    return told


def _row(path: Path, series: Series, row: int | str | None) -> int | None:
    """Row to take; None for all there are."""
    if row == ":":
        return None
    if row is None:
        if series.rows == 1:
            return None
        raise FileError(
            f"{series}",
            "one row must be chosen",
            f"Write {path.name}::{series.key}[0], or [:] for a neuron for each row",
            owner=str(path),
        )
    if isinstance(row, bool) or not isinstance(row, int | np.integer):
        raise FileError(
            f"row={row!r}", "a row is a whole number", "Write row=0", owner=str(path), name="row"
        )
    if not -series.rows <= row < series.rows:
        raise FileError(
            f"there is no row {row}",
            f"{series.key} has {series.rows} row{'' if series.rows == 1 else 's'}",
            f"Write {path.name}::{series.key}[{series.rows - 1}] for the last",
            owner=str(path),
        )
    return int(row) % series.rows


def _check_finite(path: Path, key: str, values: np.ndarray) -> None:
    finite = np.isfinite(values)
    if not finite.all():
        first = int(np.argmin(finite.all(axis=1) if finite.ndim == 2 else finite))
        raise FileError(
            f"{key} holds {np.size(finite) - int(finite.sum())} values that are NaN or infinite, "
            f"the first at sample {first}",
            "finite numbers are expected",
            "Mend them first, for example with numpy.nan_to_num",
            owner=str(path),
        )
