"""``excitable fi`` and ``excitable response``: curves of a model, in numbers and in a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from excitable.cli import _output, _phase_response
from excitable.cli._models import JsonOption, LevelOption, ModelArgument, find, input_of
from excitable.cli._run import PICTURES, _changed

if TYPE_CHECKING:
    from excitable.analysis import FICurve, FrequencyResponse, SpikingResponse

# More rows than a screen shows are left to --json and --save.
SHOWN = 30
POINTS = 61

ChangesOption = Annotated[
    list[str] | None,
    typer.Option("--set", "-s", metavar="NAME=VALUE", help="Change a parameter, as in R=90MOhm."),
]
PresetOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Take a parameter set named in the paper.")
]
InputOption = Annotated[
    str | None,
    typer.Option(
        "--input", "-i", metavar="NAME", help="Which input: I, or the only one, by default."
    ),
]
PlotOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Draw the curve: .svg, .png or .pdf.")
]
SaveOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write the curve as a table: .csv.")
]


def fi(
    model: ModelArgument,
    stop: Annotated[str, typer.Option("--to", metavar="VALUE", help="Greatest input, as in 1nA.")],
    begin: Annotated[
        str | None, typer.Option("--from", metavar="VALUE", help="Least input; zero by default.")
    ] = None,
    n: Annotated[
        int | None,
        typer.Option("-n", metavar="N", help="Even points. By default where the curve bends."),
    ] = None,
    input_name: InputOption = None,
    start: Annotated[
        str,
        typer.Option(metavar="HOW", help="'step' from rest, or a slow ramp 'up' or 'down'."),
    ] = "step",
    changes: ChangesOption = None,
    preset: PresetOption = None,
    level: LevelOption = None,
    plot: PlotOption = None,
    save: SaveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print how fast a model fires under constant input.

    Example: excitable fi AdEx --to 1nA --plot fi.svg
    """
    from excitable import units
    from excitable.analysis import fi_curve, sweep

    _check(plot, save)
    chosen = _changed(find(model, level), preset, changes)
    over = input_of(chosen, input_name, "fi")
    unit = units.default_unit(chosen.inputs[over].dimension)
    ends = (_value(f"0 {unit}" if begin is None else begin), _value(stop))
    curve = fi_curve(chosen, sweep(*ends, n=n), input=over, start=start)
    head, rows = _fi_table(curve)
    written = _write(curve, plot, save, head, rows)
    onset = _onset(curve)
    if as_json:
        _output.write_json(_fi_data(curve, onset) | {"files": written})
        return
    facts = [("model", curve.model.name), ("method", curve.method), ("rheobase", onset)]
    typer.echo(_output.facts([(name, str(what)) for name, what in facts if what is not None]))
    _show(head, rows, written)


def response(
    model: ModelArgument,
    frequencies: Annotated[
        str | None,
        typer.Option(metavar="LIST", help="As in '[1, 10] Hz', or evenly in log: 1Hz..1kHz."),
    ] = None,
    n: Annotated[
        int, typer.Option("-n", metavar="N", help="Points of such a range, or phases.")
    ] = POINTS,
    at: Annotated[
        str | None, typer.Option(metavar="VALUE", help="Constant input; zero by default.")
    ] = None,
    input_name: InputOption = None,
    output: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="State or named quantity; the first state by default."),
    ] = None,
    method: Annotated[
        str, typer.Option(metavar="NAME", help="'linear', 'sine', 'chirp', 'spikes' or 'phase'.")
    ] = "linear",
    amplitude: Annotated[
        str | None, typer.Option(metavar="VALUE", help="Of the drive, as in 10pA.")
    ] = None,
    changes: ChangesOption = None,
    preset: PresetOption = None,
    level: LevelOption = None,
    plot: PlotOption = None,
    save: SaveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print how a model follows sinusoidal input: impedance and resonance, or its spikes.

    With --method phase: how pushes at each phase of its firing advance the next spikes.

    Example: excitable response HodgkinHuxley --frequencies 1Hz..1kHz --plot impedance.svg
    """
    _check(plot, save)
    chosen = _changed(find(model, level), preset, changes)
    if method == "phase":
        if at is not None or input_name is not None:
            input_name = input_of(chosen, input_name, "response")
        told = None if at is None else _value(at)
        pushed, head, rows = _phase_response.found(
            chosen, input_name, told, output, n, frequencies=frequencies, amplitude=amplitude
        )
        written = _write(pushed, plot, save, head, rows, of=output)
        columns = {name: [row[k] for row in rows] for k, name in enumerate(head)}
        _phase_response.show(pushed, {**columns, "files": written} if as_json else None)
        if not as_json:
            _show(head, rows, written)
        return
    from excitable.analysis import SpikingResponse, frequency_response

    found = frequency_response(
        chosen, _frequencies(frequencies or "1Hz..1kHz", n), at=None if at is None else _value(at),
        input=input_of(chosen, input_name, "response"), output=output, method=method,
        amplitude=None if amplitude is None else _value(amplitude),
    )  # fmt: skip
    spiking = isinstance(found, SpikingResponse)
    head, rows = _spiking_table(found) if spiking else _response_table(found)
    written = _write(found, plot, save, head, rows)
    if as_json:
        columns = {name: [row[k] for row in rows] for k, name in enumerate(head)}
        data = {"model": chosen.name, "method": method, **columns, "files": written}
        if not spiking:
            peak = found.resonance
            data["resonance_Hz"] = None if peak is None else float(peak.frequency.magnitude)
            data["Q"] = None if peak is None else peak.Q
        _output.write_json(data)
        return
    facts = [("model", chosen.name), ("method", method)]
    if not spiking:
        peak = found.resonance
        at_peak = "none" if peak is None else f"{peak.frequency:.5g~P}, Q = {peak.Q:.4g}"
        facts += [("resonance", at_peak), ("at 0 Hz", f"{found.at_rest:.6g~P}")]
    typer.echo(_output.facts(facts))
    _show(head, rows, written)


def _check(plot: Path | None, save: Path | None) -> None:
    _output.check_target(plot, "--plot", PICTURES)
    _output.check_target(save, "--save", (".csv",))


def _value(text: str) -> Any:
    from excitable import units

    return units.parse_quantity(text)


def _frequencies(text: str, n: int) -> Any:
    import numpy as np

    from excitable import units

    first, dots, last = text.partition("..")
    if not dots:
        return units.parse_quantity(text)
    ends = [
        np.asarray(units.strip(_value(end), units.RATE, "response.frequencies")).item()
        for end in (first, last)
    ]
    if not (np.isfinite(ends).all() and 0.0 < ends[0] < ends[1] and n > 1):
        from excitable.errors import ParameterError

        raise ParameterError(
            f"{n} frequencies from {first} to {last}",
            "two or more, from a lower one above 0 to a higher one, are expected",
            "Write --frequencies 1Hz..1kHz -n 61",
            owner="response",
            name="frequencies",
        )
    return units.attach(np.geomspace(ends[0], ends[1], n), "Hz")


def _onset(curve: FICurve) -> str | None:
    """Rheobase as text, None where there is none to be found."""
    from excitable.errors import ExcitableError

    if curve.model.size is not None or curve.model.system.noises:
        return None
    try:
        return f"{curve.rheobase:.9g~P}"
    except ExcitableError:
        return None


def _fi_table(curve: FICurve) -> tuple[list[str], list[list[float]]]:
    import numpy as np

    from excitable import units

    levels = curve.I.magnitude
    unit = units.unit_text(curve.I)
    name = f"{curve.input} ({unit})" if unit else curve.input
    rates = curve.rate.magnitude.reshape(levels.size, -1)
    onset = curve.onset_rate.magnitude.reshape(levels.size, -1)
    of = units.unit_text(curve.rate)
    of = f" ({of})" if of else ""
    if rates.shape[1] == 1:
        head = [name, f"rate{of}", f"onset rate{of}"]
        columns = np.column_stack([levels, rates, onset])
    else:
        head = [name, *(f"rate {k}{of}" for k in range(rates.shape[1]))]
        columns = np.column_stack([levels, rates])
    return head, columns.tolist()


def _response_table(found: FrequencyResponse) -> tuple[list[str], list[list[float]]]:
    import numpy as np

    from excitable import units

    unit = units.unit_text(found.gain)
    head = ["frequency (Hz)", f"gain ({unit})" if unit else "gain", "phase (rad)"]
    columns = (found.frequencies.m_as("Hz"), found.gain.magnitude, found.phase)
    return head, np.column_stack(columns).tolist()


def _spiking_table(found: SpikingResponse) -> tuple[list[str], list[list[float]]]:
    import numpy as np

    head = ["frequency (Hz)", "rate (Hz)", "spikes per cycle", "locking", "phase (rad)"]
    columns = (
        found.frequencies.m_as("Hz"), found.rate.m_as("Hz"), found.spikes_per_cycle,
        found.locking, found.phase,
    )  # fmt: skip
    return head, np.column_stack(columns).tolist()


def _write(
    result: Any, plot: Path | None, save: Path | None, head: list[str], rows: list[list[float]],
    **drawn: Any,
) -> dict[str, str]:  # fmt: skip
    written = {}
    if plot is not None:
        from excitable.plotting import save_figure

        written["plot"] = str(save_figure(result.plot(**drawn), plot))
    if save is not None:
        written["save"] = _output.write_csv(save, head, rows)
    return written


def _fi_data(curve: FICurve, onset: str | None) -> dict[str, Any]:
    from excitable import units

    of = "_Hz" if units.unit_text(curve.rate) == "Hz" else ""
    return {
        "model": curve.model.name,
        "method": curve.method,
        "start": curve.start,
        "input": curve.input,
        "unit": units.unit_text(curve.I),
        "levels": curve.I.magnitude.tolist(),
        f"rate{of}": curve.rate.magnitude.tolist(),
        f"onset_rate{of}": curve.onset_rate.magnitude.tolist(),
        "settled": curve.settled.tolist(),
        "rheobase": onset,
    }


def _show(head: list[str], rows: list[list[float]], written: dict[str, str]) -> None:
    import numpy as np

    kept = rows
    if len(rows) > SHOWN:  # evenly, the ends among them
        kept = [rows[k] for k in np.linspace(0, len(rows) - 1, SHOWN).round().astype(int)]
    typer.echo("\n" + _output.table(head, [[f"{cell:.6g}" for cell in row] for row in kept]))
    if len(kept) < len(rows):
        typer.echo(f"{len(rows)} points in all; --json prints and --save writes them")
    if written:
        typer.echo("\n" + _output.facts(written.items()))
