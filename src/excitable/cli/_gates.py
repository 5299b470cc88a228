"""``excitable gates``: the gating curves of a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from excitable.cli import _output
from excitable.cli._models import JsonOption, LevelOption, ModelArgument, find
from excitable.cli._run import PICTURES, _changed

if TYPE_CHECKING:
    from excitable.analysis import Gate, Gates


def gates(
    model: ModelArgument,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="VALUE", help="Print the values here, as in -40mV. By default at the start."
        ),
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", "-s", metavar="NAME=VALUE", help="Change a parameter, as in phi=3."),
    ] = None,
    preset: Annotated[
        str | None, typer.Option(metavar="NAME", help="Take a parameter set named in the paper.")
    ] = None,
    level: LevelOption = None,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the curves: .svg, .png or .pdf.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print where the gates of a model tend to, and how fast.

    Example: excitable gates HodgkinHuxley --at -40mV --plot gates.svg
    """
    from excitable.analysis import gates as gates_of

    _output.check_target(plot, "--plot", PICTURES)
    curves = gates_of(_changed(find(model, level), preset, changes))
    here = curves(curves.model.states[curves.voltage].shown if at is None else at)
    written = {}
    if plot is not None:
        from excitable.plotting import save_figure

        written["plot"] = str(save_figure(curves.plot(), plot))
    if as_json:
        _output.write_json(_data(curves, here) | {"files": written})
        return
    rows = [
        [name, *_values(gate), gate.inf_formula, gate.tau_formula] for name, gate in here.items()
    ]
    typer.echo(f"{curves.model.name} at {curves.voltage} = {here.v:~}\n")
    head = ["gate", "steady value", "time constant", "steady value is", "time constant is"]
    typer.echo(_output.table(head, rows))
    used = curves.formulas()
    if used:
        typer.echo("\n" + "\n".join(f"{name} = {text}" for name, text in used.items()))
    if written:
        typer.echo("\n" + _output.facts(written.items()))


def _values(gate: Gate) -> tuple[str, str]:
    from excitable import units

    tau = "at once" if gate.tau is None else _shown(gate.tau.magnitude, "ms")
    return _shown(gate.inf.magnitude, units.unit_text(gate.inf)), tau


def _shown(values: Any, unit: str) -> str:
    least, most = (values.min(), values.max()) if _many(values) else (values, values)
    text = f"{least:.4g}" if least == most else f"{least:.4g} to {most:.4g}"
    return f"{text} {unit}".rstrip()


def _many(values: Any) -> bool:
    return bool(getattr(values, "ndim", 0))


def _data(curves: Gates, here: Gates) -> dict[str, Any]:
    return {
        "model": curves.model.name,
        "potential": {"name": curves.voltage, "unit": f"{curves.v.units:~}"},
        "at": here.v.magnitude,
        "v": curves.v.magnitude.tolist(),
        "gates": {
            name: {
                "steady_value": _listed(gate.inf),
                "time_constant_ms": _listed(gate.tau),
                "steady_value_at": _listed(here[name].inf),
                "time_constant_ms_at": _listed(here[name].tau),
                "formulas": [gate.inf_formula, gate.tau_formula],
            }
            for name, gate in curves.items()
        },
    }


def _listed(quantity: Any) -> Any:
    if quantity is None:
        return None
    values = quantity.magnitude
    return values.tolist() if _many(values) else float(values)
