"""``excitable models`` and ``excitable show``: what can be run."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated, Any

import typer

from excitable.cli import _output

if TYPE_CHECKING:
    from excitable.model import Model

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
ModelArgument = Annotated[
    str,
    typer.Argument(
        metavar="MODEL",
        help="Name of a built-in model, a TOML or JSON file of one, a neuron_config.json of the "
        "Allen database, NEST's parameters as JSON, or a folder of such cells.",
    ),
]
LevelOption = Annotated[
    str | None,
    typer.Option(metavar="N", help="Take this GLIF level of a cell that has several: 1 to 5."),
]


def models(as_json: JsonOption = False) -> None:
    """List the built-in models."""
    everything = [_described(name, model) for name, model in built_in().items()]
    if as_json:
        _output.write_json(everything)
        return
    rows = [
        [
            entry["name"],
            ", ".join(entry["states"]),
            ", ".join(f"{name} [{unit or '1'}]" for name, unit in entry["inputs"].items()),
            entry["title"],
        ]
        for entry in everything
    ]
    typer.echo(_output.table(["model", "states", "input", "what it is"], rows))
    typer.echo("\n'excitable show MODEL' prints equations, parameters and presets.")


def show(model: ModelArgument, level: LevelOption = None, as_json: JsonOption = False) -> None:
    """Print the equations, parameters and presets of a model, and the cells of a population."""
    chosen = find(model, level)
    if as_json:
        _output.write_json(chosen.to_dict())
        return
    typer.echo(f"{chosen.name}: {chosen.title}")
    if chosen.reference:
        typer.echo(f"source: {chosen.reference}")
    typer.echo(f"\n{_equations(chosen)}\n")
    rows = [
        [name, _value(parameter), parameter.unit, parameter.description]
        for name, parameter in chosen.parameters.items()
    ]
    typer.echo(_output.table(["parameter", "value", "unit", "what it is"], rows))
    if chosen.presets:
        listed = f"presets: {', '.join(chosen.presets)}"
        typer.echo("\n" + fill(listed, 96, subsequent_indent="  ", break_on_hyphens=False))
    if chosen.size is not None and (cells := _cells(chosen)):
        typer.echo("\n" + _output.table(["neuron", "cell", "fitted as"], cells))


def _cells(chosen: Model) -> list[list[str]]:
    """Which cell each neuron is, for a table."""
    from excitable.interop.allen import specimens

    return [
        [str(number), each.name, f"GLIF{each.level}"]
        for number, each in enumerate(specimens(chosen))
    ]


def built_in() -> dict[str, Model]:
    """All built-in models by name."""
    from excitable import models as library

    return {
        name: getattr(library, name)
        for name in sorted(library.__all__, key=str.lower)
        if name[0].isupper()
    }


def _named(text: str) -> Model | None:
    """Return the built-in model with exactly this name, reading no file but its own."""
    from excitable import models as library
    from excitable.model import Model
    from excitable.models._catalogue import has_file_of

    found = getattr(library, text) if has_file_of(text) else None
    return found if isinstance(found, Model) else None


def find(text: str, level: str | None = None) -> Model:
    """Find a built-in model by its name, or read one from a file, or cells from a folder.

    Raises
    ------
    UnknownNameError
        If there is neither.
    ParameterError
        If a level is given for something that has none.
    """
    from difflib import get_close_matches

    from excitable.errors import ParameterError, UnknownNameError

    path = Path(text)
    if path.suffix.lower() in (".toml", ".json"):
        return _read(path, level)
    found = _named(text)
    library = {} if found is not None else built_in()
    by_lower_case = {name.lower(): model for name, model in library.items()}
    found = found or by_lower_case.get(text.lower())
    # After the names, so that a folder called LIF does not hide the model.
    if found is None and path.is_dir():
        return _read(path, level)
    if level is not None:
        raise ParameterError(
            f"--level {level:.20} is given for {text:.60}",
            "a level chooses among those of a file of cells",
            f"Write GLIF{level}" if level in set("12345") else "Leave it out",
        )
    if found is not None:
        return found
    close = get_close_matches(text.lower(), by_lower_case, n=1)
    raise UnknownNameError(
        f"no model is named {text!r}",
        f"the built-in models are {', '.join(library)}; a file ends in .toml or .json",
        f"Write {by_lower_case[close[0]].name}" if close else "Write one of these",
    )


def _read(path: Path, level: str | None) -> Model:
    from excitable.interop import read_model

    return read_model(path, level=level)


def _described(name: str, model: Model) -> dict[str, Any]:
    return {
        "name": name,
        "title": model.title,
        "states": list(model.states),
        "inputs": {key: given.unit for key, given in model.inputs.items()},
        "parameters": {
            key: {"value": _plain(given), "unit": given.unit, "description": given.description}
            for key, given in model.parameters.items()
        },
        "presets": list(model.presets),
        "source": model.reference,
    }


def _plain(quantity: Any) -> float | list[float]:
    """A value in the unit that it is shown in, as bare numbers."""
    from excitable import units

    scale = units.factor(quantity.unit) if quantity.unit else 1.0
    value = quantity.value
    if getattr(value, "ndim", 0):
        return [float(item) / scale for item in value]
    return float(value) / scale


def _value(quantity: Any) -> str:
    plain = _plain(quantity)
    if isinstance(plain, list):
        return f"{len(plain)} values, {min(plain):.6g} to {max(plain):.6g}"
    return f"{plain:.6g}"


def _equations(model: Model) -> str:
    """Lay out the equations as written, and what a spike does."""
    content = model.to_dict()
    lines = [f"  {line}" for line in model.equations.splitlines()]
    for key in ("spike", "reset", "refractory"):
        if content.get(key):
            lines.append(f"  {key}: {'; '.join(str(content[key]).splitlines())}")
    return "\n".join(lines)


def input_of(model: Model, name: str | None, owner: str) -> str:
    """Return the input that is meant: the one named, else I, else the only one.

    Raises
    ------
    UnknownNameError
        If the model has no input of that name, or if none is named and it has several.
    """
    from excitable.errors import UnknownNameError

    inputs = list(model.inputs)
    if name is None and ("I" in inputs or len(inputs) == 1):
        return "I" if "I" in inputs else inputs[0]
    if name in inputs:
        return str(name)
    raise UnknownNameError(
        f"no input of {model.name} is named" if name is None
        else f"{name!r} is no input of {model.name}",
        f"its inputs: {', '.join(inputs) or 'none'}",
        f"Write --input {inputs[0]}" if inputs else "Give the model an input",
        owner=owner,
        name="input",
    )  # fmt: skip
