"""``excitable spikes``: the statistics and the raster of a file of spikes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from excitable.cli import _output
from excitable.cli._models import JsonOption
from excitable.cli._run import PICTURES

if TYPE_CHECKING:
    from collections.abc import Callable

    from excitable.recording import Spikes, SpikeTrain

# More rows than a screen shows are left to --json.
SHOWN = 30


def spikes(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A table of spike times, or an NWB file.")
    ],
    unit: Annotated[
        str | None,
        typer.Option(metavar="UNIT", help="Unit of the times, where the table does not tell."),
    ] = None,
    start: Annotated[
        str | None, typer.Option(metavar="TIME", help="Begin of what was observed.")
    ] = None,
    stop: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="End of it; what the file says, or the last spike."),
    ] = None,
    window: Annotated[
        str, typer.Option(metavar="TIME", help="Windows in which the Fano factor counts spikes.")
    ] = "100ms",
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the spikes: .svg, .png or .pdf.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the spikes again: .csv or .nwb.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print the statistics of the spike trains in a file.

    A statistic that a train does not have, such as the CV of one interval, is left out.

    Example: excitable spikes run_spikes.csv --stop 2s --plot raster.svg
    """
    from excitable.interop import read_spikes, write_spikes

    _output.check_target(plot, "--plot", PICTURES)
    _output.check_target(save, "--save", (".csv", ".nwb"))
    every = read_spikes(file, unit=unit, start=start, stop=stop)
    found = [statistics(train, window) for train in every]
    written = {}
    if plot is not None:
        from excitable.plotting import save_figure

        written["plot"] = str(save_figure(every.plot(), plot))
    if save is not None:
        write_spikes(every, save)
        written["save"] = str(save)
    if as_json:
        _output.write_json(_data(every, found, window) | {"files": written})
        return
    typer.echo(_output.facts(_summary(every)))
    typer.echo("\n" + _table(found))
    if written:
        typer.echo("\n" + _output.facts(written.items()))


def statistics(train: SpikeTrain, window: str) -> dict[str, float | None]:
    """What is said of one train, None for what it does not have."""
    return {
        "spikes": train.count,
        "rate_Hz": float(train.rate().magnitude),
        "cv": _or_none(train.cv),
        "cv2": _or_none(train.cv2),
        "lv": _or_none(train.lv),
        "fano": _or_none(lambda: train.fano(window)),
    }


def _or_none(statistic: Callable[[], float]) -> float | None:
    from excitable.errors import UndefinedStatisticError

    try:
        return float(statistic())
    except UndefinedStatisticError:
        return None


def _summary(every: Spikes) -> list[tuple[str, str]]:
    begin, end = (float(moment.magnitude) for moment in (every.start, every.stop))
    return [
        ("trains", str(len(every))),
        ("observed", f"{begin:.9g} to {end:.9g} ms"),
        ("spikes", str(every.count)),
    ]


def _table(found: list[dict[str, float | None]]) -> str:
    head = ["train", "spikes", "rate (Hz)", "CV", "CV2", "LV", "Fano"]
    rows = [
        [str(k), *("-" if value is None else f"{value:.4g}" for value in each.values())]
        for k, each in enumerate(found[:SHOWN])
    ]
    more = len(found) - len(rows)
    hint = f"\n... and {more} more; --json prints all" if more > 0 else ""
    return _output.table(head, rows) + hint


def _data(every: Spikes, found: list[dict[str, float | None]], window: str) -> dict[str, Any]:
    return {
        "trains": len(every),
        "start_ms": float(every.start.magnitude),
        "stop_ms": float(every.stop.magnitude),
        "spikes": every.count,
        "fano_window": window,
        "statistics": found,
    }
