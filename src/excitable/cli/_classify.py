"""``excitable classify``: why and how a model begins to fire."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from excitable.cli import _output
from excitable.cli._curves import ChangesOption, PresetOption
from excitable.cli._models import JsonOption, LevelOption, ModelArgument, find, input_of
from excitable.cli._progress import at_work
from excitable.cli._run import PICTURES, _changed

if TYPE_CHECKING:
    from excitable.analysis import Excitability
    from excitable.analysis.onset import Change


def classify(
    model: ModelArgument,
    input_name: Annotated[
        str | None,
        typer.Option(
            "--input",
            "-i",
            metavar="NAME",
            help="Which input grows: I, or the only one, by default.",
        ),
    ] = None,
    changes: ChangesOption = None,
    preset: PresetOption = None,
    level: LevelOption = None,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw it: .svg, .png or .pdf.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print the class of a model, how it begins to fire, whether it resonates, and why.

    Example: excitable classify MorrisLecar --preset homoclinic --plot onset.svg
    """
    from excitable.analysis import excitability

    _output.check_target(plot, "--plot", PICTURES)
    chosen = _changed(find(model, level), preset, changes)
    grows = input_of(chosen, input_name, "classify")
    with at_work("following rest and cycles"):
        found = excitability(chosen, grows)
    written = {}
    if plot is not None:
        from excitable.plotting import save_figure

        written["plot"] = str(save_figure(found.plot(), plot))
    if as_json:
        _output.write_json(_data(found) | {"files": written})
        return
    typer.echo(f"{chosen.name}\n")
    typer.echo(_output.facts(_facts(found)))
    typer.echo("\nwhy:")
    for line in found.evidence:
        typer.echo(f"  {line}")
    if written:
        typer.echo("\n" + _output.facts(written.items()))


def _facts(found: Excitability) -> list[tuple[str, str]]:
    """What was found, without what is not there."""
    rows = [
        ("class", str(found.cls)),
        ("onset", found.onset or "none"),
        ("rheobase", _text(found.rheobase) + f" ({found.criterion})" if found.rheobase is not None
         else "none"),
        ("bistable", "no" if found.bistable is None else " to ".join(map(_text, found.bistable))),
        ("onset frequency", _text(found.onset_frequency)),
        ("rest", found.integrator_or_resonator),
        ("resonance", "none" if found.resonance is None else _text(found.resonance.frequency)),
        ("rest is lost", str(found.lost.rest or "nowhere")),
        ("rest comes back", str(found.lost.regained or "nowhere")),
        ("firing ends", str(found.lost.spiking or "nowhere")),
    ]  # fmt: skip
    return [(name, text) for name, text in rows if text]


def _text(value: Any) -> str:
    return "" if value is None else f"{value:.8g~P}".rstrip()


def _data(found: Excitability) -> dict[str, Any]:
    from excitable import units

    peak = found.resonance
    return {
        "model": found.model.name,
        "input": found.input,
        "unit": units.unit_text(found.branch.values),
        "class": found.cls,
        "onset": found.onset,
        "rheobase": _number(found.rheobase),
        "criterion": found.criterion,
        "bistable": None if found.bistable is None else [_number(end) for end in found.bistable],
        "onset_frequency_Hz": _hertz(found.onset_frequency),
        "frequency_when_lost_Hz": _hertz(found.frequency_when_lost),
        "integrator_or_resonator": found.integrator_or_resonator,
        "resonance_Hz": None if peak is None else _hertz(peak.frequency),
        "Q": None if peak is None else peak.Q,
        "begins": _change(found.begins),
        "lost": {
            "rest": _change(found.lost.rest),
            "regained": _change(found.lost.regained),
            "spiking": _change(found.lost.spiking),
        },
        "evidence": list(found.evidence),
    }


def _change(change: Change | None) -> dict[str, Any] | None:
    return None if change is None else {"kind": change.kind, "input": _number(change.input)}


def _number(value: Any) -> float | None:
    return None if value is None else float(value.magnitude)


def _hertz(value: Any) -> float | None:
    return None if value is None else float(value.m_as("Hz"))
