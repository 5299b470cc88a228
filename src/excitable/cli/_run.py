"""``excitable run``: one model, its inputs, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from excitable.cli import _output
from excitable.cli._inputs import read_inputs
from excitable.cli._models import JsonOption, LevelOption, ModelArgument, find

if TYPE_CHECKING:
    from excitable.model import Model
    from excitable.recording import Run

PICTURES = (".svg", ".png", ".pdf")
DEFAULT_DURATION = "1 s"


@dataclass(frozen=True, slots=True)
class Files:
    """Files to write a run to; None for those not asked for."""

    plot: Path | None = None
    save: Path | None = None
    csv: Path | None = None

    def check(self) -> None:
        """Refuse what could not be written, before anything is computed."""
        _output.check_target(self.plot, "--plot", PICTURES)
        _output.check_target(self.save, "--save", (".nc",))
        _output.check_target(self.csv, "--csv", (".csv",))

    def write(self, run: Run) -> dict[str, str]:
        """Write each, whole or not at all; return what was written where."""
        if self.plot is not None:
            from excitable.plotting import save_figure

            save_figure(run.plot(), self.plot)
        if self.save is not None:
            run.save(self.save)
        if self.csv is not None:
            run.to_csv(self.csv)
        named = {"plot": self.plot, "save": self.save, "csv": self.csv}
        return {kind: str(path) for kind, path in named.items() if path is not None}


def run(
    model: ModelArgument,
    inputs: Annotated[
        list[str] | None,
        typer.Option(
            "--input",
            "-i",
            metavar="NAME=WHAT",
            help="An input: I=FILE[::KEY[ROW]][,unit=pA][,dt=0.1ms], 'I=300 pA', or "
            "'I=step(300 pA, start=100 ms)'. May be given more than once.",
        ),
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set", "-s", metavar="NAME=VALUE", help="Change a parameter, as in tau_m=10ms."
        ),
    ] = None,
    preset: Annotated[
        str | None, typer.Option(metavar="NAME", help="Take a parameter set named in the paper.")
    ] = None,
    level: LevelOption = None,
    initial: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Start a state here, not at rest, as in v=-60mV."),
    ] = None,
    duration: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="How long, as in 500ms. By default to the end of the inputs, else 1 s.",
        ),
    ] = None,
    dt: Annotated[
        str, typer.Option(metavar="TIME", help="Step of recording, and of fixed-step schemes.")
    ] = "0.1ms",
    scheme: Annotated[str, typer.Option(metavar="NAME", help="Integration scheme.")] = "auto",
    seed: Annotated[int, typer.Option(metavar="N", help="Seed of all noise.")] = 0,
    threads: Annotated[
        int | None,
        typer.Option(metavar="N", help="Threads to use. By default as many as there are cores."),
    ] = None,
    record: Annotated[
        str | None,
        typer.Option(metavar="NAMES", help="What to record, as in v,w; 'none' for spikes only."),
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the run: .svg, .png or .pdf.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep the run, for ex.load: .nc.")
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write what was recorded to FILE.csv, and the spikes to FILE_spikes.csv.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Run a model: what drives it in, spikes and pictures out.

    Example: excitable run AdEx --input 'I=step(700 pA, start=100 ms)' --plot out.svg
    """
    files = Files(plot, save, csv)
    files.check()
    chosen = _changed(find(model, level), preset, changes)
    driven, last = read_inputs(chosen, inputs or [])
    result = simulated(
        chosen,
        duration or last or DEFAULT_DURATION,
        dt=dt,
        scheme=scheme,
        record=_recorded(record),
        initial=dict(_pair(text, "--initial", "v=-60mV") for text in initial or []) or None,
        seed=seed,
        threads=threads,
        **driven,
    )
    report(result, files, as_json=as_json)


def simulated(model: Model, duration: Any, **options: Any) -> Run:
    """Run a model; one that cannot go on gives what it had computed, which says so."""
    from excitable.errors import SimulationError
    from excitable.simulation import simulate

    try:
        return simulate(model, duration, **options)
    except SimulationError as error:
        kept = getattr(error, "run", None)
        if kept is None:
            raise
        return kept


def report(result: Run, files: Files, *, as_json: bool = False) -> None:
    """Write the files of a run and print what came out of it."""
    written = files.write(result)
    if as_json:
        _output.write_json(as_data(result) | {"files": written})
    else:
        typer.echo(_output.facts([*summary(result), *written.items()]))
    if result.stopped:
        _leave_as_stopped(result)


def _leave_as_stopped(result: Run) -> None:
    reason = str(result.stopped).rstrip(".")
    typer.echo(f"excitable: {reason}. What was computed until then is kept.", err=True)
    raise typer.Exit(130 if "interrupt" in str(result.stopped).lower() else 1)


def _pair(text: str, option: str, example: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (sign and name.strip() and value.strip()):
        from excitable.errors import ParameterError

        raise ParameterError(
            f"{option} {text!r} is not a name and a value",
            "NAME=VALUE is expected",
            f"Write {option} {example}",
        )
    return name.strip(), value.strip()


def _changed(model: Model, preset: str | None, changes: list[str] | None) -> Model:
    if preset is not None:
        model = model.preset(preset)
    pairs = [_pair(text, "--set", "tau_m=10ms") for text in changes or []]
    return model(**dict(pairs)) if pairs else model


def _recorded(record: str | None) -> Any:
    if record is None:
        return None
    if record.strip().lower() in ("none", "no", "false", ""):
        return False
    return [name.strip() for name in record.split(",") if name.strip()]


def summary(result: Run) -> list[tuple[str, str]]:
    """What a reader wants to know first, as names and text."""
    data = as_data(result)
    rate = data["rate_Hz"]
    rows = [
        ("model", result.name),
        ("duration", _time(data["duration_ms"])),
        ("scheme", str(result.scheme)),
        ("start", result.start),
        ("spikes", str(data["spikes"])),
    ]
    if data["neurons"] > 1:
        rows.insert(1, ("neurons", str(data["neurons"])))
        rows.append(("rate", f"{rate:.4g} Hz on average"))
    elif rate:
        rows.append(("rate", f"{rate:.4g} Hz"))
    if data["first_spike_ms"] is not None:
        rows.append(("first spike", f"{data['first_spike_ms']:.9g} ms"))
    return rows


def _time(ms: float) -> str:
    return f"{ms:.9g} ms" if ms < 10_000 else f"{ms / 1000:.9g} s"


def as_data(result: Run) -> dict[str, Any]:
    """Give the outcome of a run as plain numbers, their units in their names."""
    spikes = result.spikes
    times = spikes.times_ms
    data: dict[str, Any] = {
        "model": result.name,
        "neurons": len(spikes),
        "duration_ms": float(result.settings["duration"]),
        "scheme": result.scheme.name,
        "scheme_why": result.scheme.why,
        "start": result.start,
        "stopped": result.stopped,
        "spikes": spikes.count,
        "rate_Hz": _rate(result),
        "first_spike_ms": float(times[0]) if times.size else None,
        "recorded": list(result.recorded),
        "spike_times_ms": [float(t) for t in times],
    }
    if len(spikes) > 1:
        data["spike_neurons"] = [int(i) for i in spikes.ids]
    return data | _cells(result)


def _cells(result: Run) -> dict[str, Any]:
    """Which cell each neuron is, where the model came from a file of cells."""
    from excitable.interop.allen import specimens

    names = [each.name for each in specimens(result.model)]
    return {"cells": names} if names else {}


def _rate(result: Run) -> float:
    """Rate in Hz: of one neuron from its intervals, of several the mean of their counts."""
    spikes = result.spikes
    if len(spikes) == 1:
        return float(spikes[0].rate().magnitude)
    seconds = float((spikes.stop - spikes.start).magnitude) / 1000
    return spikes.count / (len(spikes) * seconds) if seconds > 0 and len(spikes) else 0.0
