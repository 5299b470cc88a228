"""``excitable phase``: equilibria and the phase plane or line of a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from excitable.cli import _output
from excitable.cli._models import JsonOption, LevelOption, ModelArgument, find, input_of
from excitable.cli._run import PICTURES, _changed

if TYPE_CHECKING:
    from excitable.analysis import Equilibria, Equilibrium


def phase(
    model: ModelArgument,
    at: Annotated[
        str | None, typer.Option("--at", "--I", metavar="VALUE", help="The constant input.")
    ] = None,
    input_name: Annotated[
        str | None,
        typer.Option(
            "--input", "-i", metavar="NAME", help="Which input: I, or the only one, by default."
        ),
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", "-s", metavar="NAME=VALUE", help="Change a parameter, as in g_K=9."),
    ] = None,
    preset: Annotated[
        str | None, typer.Option(metavar="NAME", help="Take a parameter set named in the paper.")
    ] = None,
    level: LevelOption = None,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw it: .svg, .png or .pdf.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print the equilibria of a model under constant input; draw its phase plane.

    Of a model with one state it draws the phase line.

    Example: excitable phase MorrisLecar --at 90uA/cm2 --plot plane.svg
    """
    from excitable.analysis import equilibria, phase_plane

    _output.check_target(plot, "--plot", PICTURES)
    chosen = _changed(find(model, level), preset, changes)
    drive: dict[str, Any] = {}
    if at is not None:
        drive = {input_of(chosen, input_name, "phase"): at}
    found = equilibria(chosen, **drive)
    written = {}
    if plot is not None:
        from excitable.plotting import save_figure

        written["plot"] = str(save_figure(phase_plane(chosen, **drive).plot(), plot))
    if as_json:
        _output.write_json(_data(found) | {"files": written})
        return
    given = ", ".join(f"{name} = {value:g~P}" for name, value in found.inputs.items())
    typer.echo(f"{chosen.name} at {given}\n" if given else f"{chosen.name}\n")
    if len(found):
        head = ["kind", *chosen.states, "eigenvalues (1/ms)"]
        typer.echo(_output.table(head, [_row(one) for one in found]))
    else:
        typer.echo("no equilibrium")
    typer.echo("\n" + ("these are all" if found.complete else "there may be others"))
    if written:
        typer.echo("\n" + _output.facts(written.items()))


def _row(one: Equilibrium) -> list[str]:
    from excitable import units

    beyond = ", beyond the threshold" if one.beyond_threshold else ""
    states = [
        f"{float(v.magnitude) + 0.0:.6g} {units.unit_text(v)}".rstrip()  # no -0
        for v in one.state.values()
    ]
    return [one.kind + beyond, *states, ", ".join(map(_number, one.eigenvalues.magnitude))]


def _number(value: complex) -> str:
    return f"{value.real:.4g}{value.imag:+.4g}i" if value.imag else f"{value.real:.4g}"


def _data(found: Equilibria) -> dict[str, Any]:
    from excitable import units

    return {
        "model": found.model.name,
        "inputs": {name: f"{value:~}" for name, value in found.inputs.items()},
        "complete": found.complete,
        "equilibria": [
            {
                "kind": one.kind,
                "stable": one.stable,
                "index": one.index,
                "beyond_threshold": one.beyond_threshold,
                "state": {name: float(v.magnitude) for name, v in one.state.items()},
                "units": {name: units.unit_text(v) for name, v in one.state.items()},
                "eigenvalues_per_ms": [
                    [float(z.real), float(z.imag)] for z in one.eigenvalues.magnitude
                ],
            }
            for one in found
        ],
    }
