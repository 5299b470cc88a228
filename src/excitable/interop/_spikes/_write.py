"""Spike trains to files, with their window and with neurons that are silent."""

from __future__ import annotations

import uuid
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from excitable.errors import FileError
from excitable.files import atomic
from excitable.interop._extra import extra
from excitable.recording import Spikes, SpikeTrain

if TYPE_CHECKING:
    import os

ENDINGS = (".csv", ".nwb")


def write_spikes(
    spikes: SpikeTrain | Spikes,
    path: str | os.PathLike[str],
    *,
    session_start: datetime | None = None,
) -> None:
    """Write spike trains to a file, whole or not at all.

    Parameters
    ----------
    spikes : SpikeTrain or Spikes
        What to write.
    path : str or Path
        Ends in ``.csv``: a line for each spike with the columns ``neuron`` and ``time_ms``, and a
        comment with the window; or in ``.nwb``: a table of units.
    session_start : datetime, optional
        When the experiment began, which NWB demands; now, if left out.

    Raises
    ------
    FileError
        If the ending is another one, or the file cannot be written.
    MissingExtraError
        If the package that writes the format is not installed.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from excitable import trains
    >>> from excitable.interop import read_spikes
    >>> made = trains.poisson("10 Hz", "1 second", n=3)
    >>> with TemporaryDirectory() as folder:
    ...     write_spikes(made, f"{folder}/spikes.csv")
    ...     read_spikes(f"{folder}/spikes.csv") == made
    True
    """
    target = Path(path)
    every = spikes if isinstance(spikes, Spikes) else Spikes.from_trains([spikes])
    if target.suffix.lower() == ".nwb":
        _to_nwb(every, target, session_start)
    elif target.suffix.lower() == ".csv":
        _to_csv(every, target)
    else:
        raise FileError(
            f"{target.suffix or target.name!r} does not say a known format",
            "spikes are written to .csv or .nwb",
            f"Write {target.with_suffix('.csv').name if target.name else 'spikes.csv'}",
            owner=str(target),
        )


def _window(spikes: Spikes) -> tuple[float, float]:
    return float(spikes.start.magnitude), float(spikes.stop.magnitude)


def _to_csv(spikes: Spikes, path: Path) -> None:
    start, stop = _window(spikes)
    rows = zip(spikes.ids.tolist(), spikes.times_ms.tolist(), strict=True)
    with atomic(path) as fresh, fresh.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"# start_ms = {start!r}, stop_ms = {stop!r}, neurons = {len(spikes)}\n")
        file.write("neuron,time_ms\n")
        file.writelines(f"{neuron},{time!r}\n" for neuron, time in rows)


def _to_nwb(spikes: Spikes, path: Path, session_start: datetime | None) -> None:
    pynwb: Any = extra("pynwb", "nwb", "an NWB file")
    window = [moment / 1e3 for moment in _window(spikes)]
    with warnings.catch_warnings():
        # pynwb advises on fields that are not known here, such as the subject's age.
        warnings.simplefilter("ignore")
        file = pynwb.NWBFile(
            session_description="spike trains",
            identifier=str(uuid.uuid4()),
            session_start_time=session_start or datetime.now(UTC),
        )
        for neuron, train in enumerate(spikes):
            file.add_unit(spike_times=train.times_ms / 1e3, obs_intervals=[window], id=neuron)
        with atomic(path) as fresh, pynwb.NWBHDF5IO(str(fresh), "w") as out:
            out.write(file)
