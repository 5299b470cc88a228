"""Open a recording by the ending of its name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from excitable.errors import FileError

if TYPE_CHECKING:
    import os

    from excitable.interop._reading._contents import Contents

_READERS = {
    ".csv": "_table",
    ".txt": "_table",
    ".tsv": "_table",
    ".dat": "_table",
    ".npy": "_numpy",
    ".npz": "_numpy",
    ".abf": "_axon",
    ".nwb": "_nwb",
}
ENDINGS = tuple(_READERS)

_SHOWN = 200


def open_recording(path: str | os.PathLike[str]) -> Contents:
    """Give what a file holds."""
    place = Path(path)
    if not is_file(place):
        raise FileError(
            "this is a folder" if _is_folder(place) else "there is no such file",
            "a recording is expected",
            f"Write the name of a file that ends in {', '.join(ENDINGS)}",
            owner=shorten(str(place)),
        )
    place = place.expanduser()
    reader = _READERS.get(place.suffix.lower())
    if reader is None:
        raise FileError(
            f"{place.suffix or place.name!r} does not say a known format",
            f"a recording ends in {', '.join(ENDINGS)}",
            "Convert it, for example with numpy.savez(path, I_pA=..., dt_ms=...)",
            owner=str(place),
        )
    try:
        if place.stat().st_size == 0:
            raise FileError(
                "it is empty", "a recording is expected", "Write a whole file", owner=str(place)
            )
        return import_module(f"excitable.interop._reading.{reader}").contents(place)
    except PermissionError:
        raise FileError(
            "it may not be read",
            "a recording is expected",
            f"Write chmod u+r {place.name}",
            owner=str(place),
        ) from None


def is_file(path: str | os.PathLike[str]) -> bool:
    """Whether a text names a file; one that could not be a name does not."""
    try:
        return Path(path).expanduser().is_file()
    except (OSError, ValueError, RuntimeError):  # too long, a null character, no such user
        return False


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except (OSError, ValueError):
        return False


def shorten(text: str) -> str:
    """Text for a message; of a long one its begin."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
