"""A run as text tables."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from excitable import units
from excitable.errors import FileError
from excitable.files import atomic

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from excitable.recording import Run

LAYOUTS = ("wide", "long")
_ROWS_AT_ONCE = 4096


def to_csv(run: Run, path: str | os.PathLike[str], *, layout: str = "wide") -> None:
    """Write a run to two CSV files: what was recorded, and the spikes.

    Parameters
    ----------
    run : Run
        What to write.
    path : str or Path
        Name of the file for what was recorded. Spikes go to a second one: those of ``run.csv``
        to ``run_spikes.csv``, a line for each with the columns ``neuron`` and ``time_ms``.
    layout : {"wide", "long"}
        ``"wide"``: a line for each time, a column for each quantity and neuron (``v_mV``, or
        ``v[3]_mV``). ``"long"``: a line for each time and neuron, a column for each quantity.

    Raises
    ------
    FileError
        If a file cannot be written, then neither is; or if ``layout`` is neither of the two.

    Notes
    -----
    Numbers have all their digits. Inputs are written beside what was recorded of the same
    neurons, so that the file can be read again as a recording.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import excitable as ex
    >>> with TemporaryDirectory() as folder:
    ...     to_csv(ex.simulate(ex.LIF, "1 ms", I="400 pA"), f"{folder}/run.csv")
    ...     print(Path(folder, "run.csv").read_text().splitlines()[0])
    t_ms,v_mV,I_pA
    """
    if layout not in LAYOUTS:
        raise FileError(
            f"layout={layout!r}", 'it is "wide" or "long"', 'Write layout="wide"', name="layout"
        )
    place = Path(path).expanduser()
    second = place.with_name(f"{place.stem}_spikes{place.suffix}")
    head, rows = _wide(run) if layout == "wide" else _long(run)
    with ExitStack() as both:
        # Opened together and put in place together, after all has been written.
        first_file, second_file = (both.enter_context(atomic(name)) for name in (place, second))
        _write(first_file, head, rows)
        _write(second_file, ["neuron", "time_ms"], _spikes(run))


def _write(path: Path, head: list[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def _spikes(run: Run) -> Iterator[tuple[int, float]]:
    return zip(run.spikes.ids.tolist(), run.spikes.times_ms.tolist(), strict=True)


def _quantities(run: Run) -> dict[str, tuple[str, np.ndarray, np.ndarray]]:
    """Unit, neurons and values (samples, neurons) of all there is to write, by name."""
    found = {}
    for name, array in run.values.items():
        shown = units.attach(array, run.units[name]).magnitude
        found[name] = run.units[name], np.asarray(run.neurons[name]), shown
    every = [neurons for _, neurons, _ in found.values()]
    alike = every and all(np.array_equal(neurons, every[0]) for neurons in every)
    for name, signal in run.inputs.items() if alike else ():
        if name not in found:
            found[name] = signal.unit, every[0], run.input(name, every[0]).magnitude
    return found


def _wide(run: Run) -> tuple[list[str], Iterator[list[float]]]:
    quantities = _quantities(run)
    head = ["t_ms"]
    for name, (unit, neurons, _) in quantities.items():
        head += [_named(name if run.single else f"{name}[{i}]", unit) for i in neurons]
    columns = [values for _, _, values in quantities.values()]
    return head, _lines([run.t_ms[:, None], *columns])


def _long(run: Run) -> tuple[list[str], Iterator[list[float]]]:
    quantities = _quantities(run)
    every = sorted({int(i) for _, neurons, _ in quantities.values() for i in neurons})
    head = ["t_ms", "neuron", *(_named(name, unit) for name, (unit, _, _) in quantities.items())]
    place = {neuron: order for order, neuron in enumerate(every)}
    count = len(every)
    columns = [np.repeat(run.t_ms, count)[:, None], np.tile(every, run.t_ms.size)[:, None]]
    for _, neurons, values in quantities.values():
        spread = np.full((run.t_ms.size, count), np.nan)
        spread[:, [place[int(i)] for i in neurons]] = values
        columns.append(spread.reshape(-1, 1))
    return head, ([t, int(neuron), *rest] for t, neuron, *rest in _lines(columns))


def _lines(columns: list[np.ndarray]) -> Iterator[list[float]]:
    size = len(columns[0])
    blocks = (slice(begin, begin + _ROWS_AT_ONCE) for begin in range(0, size, _ROWS_AT_ONCE))
    return chain.from_iterable(
        np.hstack([column[block] for column in columns]).tolist() for block in blocks
    )


def _named(name: str, unit: str) -> str:
    """Name with its unit, as the reader of recordings takes it."""
    if not unit:
        return name
    return f"{name}_{unit}" if unit.isalpha() else f"{name} ({unit})"
