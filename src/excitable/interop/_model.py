"""A model from any file that holds one: of this package, of the Allen database, of NEST."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from excitable.errors import FileError, ParameterError
from excitable.interop import allen
from excitable.interop.allen._from_nest import is_nest
from excitable.interop.allen._sources import holds_cells, read_json
from excitable.model import read

if TYPE_CHECKING:
    import os

    from excitable.model import Model


def read_model(path: str | os.PathLike[str], *, level: int | str | None = None) -> Model:
    """Read a model from a file whose kind is told by what it holds.

    Parameters
    ----------
    path : path-like
        A model file of this package (TOML or JSON), a `neuron_config` of the Allen database, a
        parameter dictionary of NEST as JSON, or a folder of files of cells.
    level : int or str, optional
        Which GLIF level to take, as in `allen.read`.

    Returns
    -------
    Model
        The model; a population from a folder or a table of several cells.

    Raises
    ------
    FileError
        If it cannot be read or is none of these.
    ParameterError
        If a level is given for a model file.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from excitable.models import GLIF1
    >>> with TemporaryDirectory() as folder:
    ...     allen.write(GLIF1, f"{folder}/485904755.json")
    ...     read_model(f"{folder}/485904755.json").name
    'GLIF1 485904755'
    """
    place = Path(path).expanduser()
    if place.is_dir():
        return allen.read(place, level=level)
    if place.suffix.lower() == ".json" and place.is_file():
        content = read_json(place)
        if holds_cells(content):
            return allen.read(place, level=level)
        if is_nest(content):
            return allen.from_nest(place, level=level)
        if isinstance(content, dict) and not {"equations", "format", "title"} & set(content):
            fields = ", ".join(f"{name!r:.40}" for name in list(content)[:8])
            raise FileError(
                f"its fields are {fields}" if fields else "it is empty",
                "a model, a neuron_config of the Allen database or NEST parameters are expected",
                "Write one of these; 'excitable show LIF --json' shows what a model holds",
                owner=str(place),
            )
    if level is not None:
        raise ParameterError(
            f"level {level!s:.20} is asked for, and this is a model file",
            "a level chooses among those of a file of cells",
            "Leave it out",
            owner=str(place),
        )
    return read(place)
