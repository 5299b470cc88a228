"""``excitable demo``: a recording made from scratch, and a simpler model driven by its current."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from excitable.cli import _output
from excitable.cli._inputs import read_inputs
from excitable.cli._run import Files, as_data, report, simulated
from excitable.files import atomic

if TYPE_CHECKING:
    import numpy as np

    from excitable.recording import Run

RECORDING = "recording.csv"
PICTURE = "demo.svg"

# The cell that is recorded: Hodgkin and Huxley's membrane on a sphere of 80 um, so that
# densities become currents. 1 uA/cm2 over 2e-4 cm2 is 200 pA.
MEMBRANE_PA_PER_DENSITY = 200.0
MEAN, SPREAD, CORRELATION = "3 uA/cm2", "2 uA/cm2", "5 ms"
DURATION = "1 s"
SEED = 2


def demo(
    folder: Annotated[
        Path, typer.Option(help="Where to put the recording and the picture.")
    ] = Path(),
) -> None:
    """Make a recording, drive AdEx with its current, and draw the result.

    The recording is of a detailed cell under frozen noise: Hodgkin and Huxley's equations driven
    by an Ornstein-Uhlenbeck current, kept as recording.csv with time, current and voltage.
    """
    recording, picture = folder / RECORDING, folder / PICTURE
    files = Files(plot=picture)
    _output.check_target(recording, "the recording", (".csv",))
    files.check()

    typer.echo("1. Record a Hodgkin-Huxley cell under frozen noise.\n")
    measured = record_cell(recording)
    data = as_data(measured)
    length, spikes = data["duration_ms"], data["spikes"]
    typer.echo(f"   {recording}: {length:g} ms of current and voltage, {spikes} spikes")

    typer.echo("\n2. Drive AdEx with the recorded current, as you would with your own:\n")
    source = f"I={recording}::I_pA"
    typer.echo(f"   excitable run AdEx --input {source} --plot {picture}\n")
    report(_driven(source), files)
    typer.echo(f"\nOpen {picture}. 'excitable run --help' tells the rest.")


def record_cell(path: Path) -> Run:
    """Simulate the detailed cell and write its current and voltage as a recording."""
    from excitable import stimuli
    from excitable.models import HodgkinHuxley
    from excitable.simulation import simulate

    noise = stimuli.ornstein_uhlenbeck(MEAN, SPREAD, CORRELATION, dt="0.1 ms", seed=SEED)
    measured = simulate(HodgkinHuxley, DURATION, record="v", I=noise)
    current = measured.input("I").magnitude * MEMBRANE_PA_PER_DENSITY
    # Each sample holds for one interval, so the one at the end belongs to what would follow.
    _write_recording(path, measured.t_ms[:-1], current[:-1], measured.bare("v")[:-1])
    return measured


def _write_recording(path: Path, t: np.ndarray, current: np.ndarray, v: np.ndarray) -> None:
    rows = zip(t.tolist(), current.tolist(), v.tolist(), strict=True)
    with atomic(path) as fresh, fresh.open("w", encoding="utf-8", newline="\n") as file:
        file.write("t_ms,I_pA,V_mV\n")
        file.writelines(f"{time:.1f},{amount:.3f},{volt:.4f}\n" for time, amount, volt in rows)


def _driven(source: str) -> Run:
    from excitable.models import AdEx

    driven, last = read_inputs(AdEx, [source])
    return simulated(AdEx, last or DURATION, **driven)
