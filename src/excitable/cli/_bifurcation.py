"""``excitable bifurcation``: where equilibria and limit cycles of a model change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from excitable.cli import _output
from excitable.cli._bifurcation_data import (
    Shown,
    as_data,
    cycle_rows,
    point_rows,
    rows_to_save,
    stretches,
    text_of,
)
from excitable.cli._curves import ChangesOption, PresetOption
from excitable.cli._models import JsonOption, LevelOption, ModelArgument, find
from excitable.cli._progress import at_work
from excitable.cli._run import PICTURES, _changed, _pair
from excitable.cli._second import curve_data, curve_rows, curves_of, draw, print_curves

if TYPE_CHECKING:
    from excitable.analysis import Branch, CycleBranch, SpecialCurve
    from excitable.model import Model


def bifurcation(
    model: ModelArgument,
    over: Annotated[
        list[str],
        typer.Argument(
            metavar="[PARAMETER] START STOP",
            help="A parameter or an input, I if none is named, and its range: I 0uA/cm2 200uA/cm2.",
        ),
    ],
    inputs: Annotated[
        list[str] | None,
        typer.Option("--input", "-i", metavar="NAME=VALUE", help="A constant input, as in I=5pA."),
    ] = None,
    initial: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Begin near this state, as in v=-60mV."),
    ] = None,
    cycles: Annotated[
        bool | None,
        typer.Option(
            "--cycles/--no-cycles",
            help="Follow limit cycles from Hopf points. Done by default, unless --second is given.",
            show_default=False,
        ),
    ] = None,
    second: Annotated[
        tuple[str, str, str] | None,
        typer.Option(
            metavar="PARAMETER START STOP",
            help="Follow folds and Hopf points over this one too: g_K 20mS/cm2 60mS/cm2.",
        ),
    ] = None,
    state: Annotated[
        str | None, typer.Option(metavar="NAME", help="State to show; the first by default.")
    ] = None,
    changes: ChangesOption = None,
    preset: PresetOption = None,
    level: LevelOption = None,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the diagram: .svg, .png or .pdf.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write all points as a table: .csv.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print where equilibria and limit cycles of a model appear, vanish or lose stability.

    Example: excitable bifurcation HodgkinHuxley I 0uA/cm2 200uA/cm2 --plot diagram.svg
    """
    from excitable.analysis import continuation

    _output.check_target(plot, "--plot", PICTURES)
    _output.check_target(save, "--save", (".csv",))
    chosen = _changed(find(model, level), preset, changes)
    shown = _state(chosen, state)
    parameter, start, stop = _range(chosen, over)
    drive = _drive(inputs, parameter)
    seed = dict(_pair(text, "--initial", "v=-60mV") for text in initial or []) or None
    with at_work("following equilibria"):
        branch = continuation(chosen, parameter, start, stop, initial=seed, **drive)
    curves: list[SpecialCurve] = []
    if second is not None:
        with at_work("following folds and Hopf points"):
            curves = curves_of(branch, second)
    followed: CycleBranch | None = None
    wanted = second is None if cycles is None else cycles
    if wanted and any(point.kind == "hopf" for point in branch.special):
        with at_work("following limit cycles"):
            followed = branch.cycles()
    written = _write(branch, followed, curves, shown, plot, save)
    if as_json:
        whole = as_data(branch, followed)
        whole |= {"curves": curve_data(curves)} if second is not None else {}
        _output.write_json(whole | {"files": written})
        return
    _print(branch, followed, shown, asked=wanted)
    print_curves(curves)
    if written:
        typer.echo("\n" + _output.facts(written.items()))


def _range(model: Model, over: list[str]) -> tuple[str, str, str]:
    """Which parameter is followed, and from where to where."""
    from excitable.errors import ParameterError

    words = [word.strip() for word in over]
    if len(words) == 3:
        return words[0], words[1], words[2]
    inputs = list(model.inputs)
    example = f"{(inputs or list(model.parameters) or ['I'])[0]} START STOP"
    if len(words) != 2 or words[0] in (*inputs, *model.parameters, *model.states):
        raise ParameterError(
            f"{' '.join(words)[:60]!r} is no range",
            "a parameter or an input, a start and a stop are expected",
            f"Write {example}, each value with its unit and in one word, as in 5uA/cm2",
            owner="bifurcation",
        )
    if "I" not in inputs and len(inputs) != 1:
        raise ParameterError(
            "no parameter is named",
            f"{model.name} has no input I to take instead",
            f"Write {example}",
            owner="bifurcation",
        )
    return "I" if "I" in inputs else inputs[0], words[0], words[1]


def _state(model: Model, name: str | None) -> str:
    """Which state is shown."""
    from excitable.analysis._names import place_of_state

    if name is None:
        return next(iter(model.states))
    place_of_state(model, name, owner="bifurcation", write="Write --state {}")
    return name


def _drive(inputs: list[str] | None, parameter: str) -> dict[str, Any]:
    """Constant inputs, each once and none that is followed."""
    from excitable.errors import ParameterError

    drive: dict[str, Any] = {}
    for text in inputs or []:
        name, value = _pair(text, "--input", "I=5pA")
        if name in drive or name == parameter:
            raise ParameterError(
                f"input {name} is given twice",
                f"{name} is what varies" if name == parameter else "one value is expected",
                f"Leave --input {text} out",
                owner="bifurcation",
            )
        drive[name] = value
    return drive


def _write(
    branch: Branch,
    cycles: CycleBranch | None,
    curves: list[SpecialCurve],
    shown: str,
    plot: Path | None,
    save: Path | None,
) -> dict[str, str]:
    written = {}
    if plot is not None and curves:
        written["plot"] = draw(curves, plot)
    elif plot is not None:
        from excitable.plotting import save_figure

        figure = branch.plot(y=shown) if cycles is None else cycles.plot(y=shown)
        written["plot"] = str(save_figure(figure, plot))
    if save is not None:
        rows = curve_rows(curves) if curves else rows_to_save(branch, cycles)
        written["save"] = _output.write_csv(save, *rows)
    return written


def _print(branch: Branch, cycles: CycleBranch | None, shown: str, *, asked: bool) -> None:
    show = text_of(branch)
    typer.echo(f"{branch.model.name}: {len(branch)} equilibria over {branch.parameter}\n")
    words = {True: "stable", False: "unstable"}
    typer.echo(
        _output.table(
            ["equilibria", f"from ({show.unit})" if show.unit else "from", "to"],
            [[words[stable], show(low), show(high)] for stable, low, high in stretches(branch)],
        )
    )
    if branch.special:
        typer.echo("\n" + _output.table(*point_rows(branch, shown, show)))
    else:
        typer.echo("\nno special point is on it")
    typer.echo("\n" + _output.facts(zip(("begins", "ends"), branch.ended, strict=True)))
    if cycles is not None:
        _print_cycles(cycles, show)
    elif asked:
        typer.echo("\nno limit cycle is born: there is no Hopf point on this branch")


def _print_cycles(cycles: CycleBranch, show: Shown) -> None:
    for number, piece in enumerate(cycles.pieces, start=1):
        low, high = (f"{edge:.6g~P}" for edge in (piece.period.min(), piece.period.max()))
        typer.echo(
            f"\nlimit cycles {number}: {len(piece)} computed, {int(piece.stable.sum())} of them "
            f"stable, periods from {low} to {high}\n"
        )
        if piece.special:
            typer.echo(_output.table(*cycle_rows(piece, show)) + "\n")
        typer.echo(_output.facts(zip(("begins", "ends"), piece.ended, strict=True)))
    if not cycles.pieces:
        typer.echo("\nno limit cycle was found beside the Hopf points")
