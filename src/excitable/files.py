"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from excitable.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["atomic", "write_bytes"]

_ENDINGS_KEPT = 8


@contextmanager
def atomic(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give the name of a new file to write; it takes the place of another when all went well.

    Parameters
    ----------
    path : path-like
        The place that the new file is to take.

    Yields
    ------
    pathlib.Path
        An empty file in the same folder.

    Raises
    ------
    FileError
        If `path` is a folder, or its folder cannot be written to or is full.

    Notes
    -----
    The new file lies in the same folder, so that putting it in place is one step of the file
    system. After an error it is removed, and what was at `path` before is untouched.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with atomic(f"{folder}/note.txt") as fresh:
    ...         _ = fresh.write_text("whole")
    ...     Path(folder, "note.txt").read_text()
    'whole'
    """
    place = Path(path).expanduser()
    if place.is_dir():
        raise FileError(
            "this is a folder", "a file is expected", "Write the name of a file", owner=str(place)
        )
    try:
        descriptor, name = tempfile.mkstemp(
            prefix=f".{place.name}.", suffix=place.suffix[:_ENDINGS_KEPT], dir=place.parent
        )
        os.close(descriptor)
    except OSError as error:
        raise _not_written(place, error) from None
    fresh = Path(name)
    try:
        yield fresh
        _settle(fresh, place)
        fresh.replace(place)
    except OSError as error:
        if isinstance(error, FileError):
            raise
        raise _not_written(place, error) from None
    finally:
        with suppress(OSError):
            fresh.unlink()


def write_bytes(path: str | os.PathLike[str], *pieces: bytes | memoryview) -> None:
    """Write pieces of data to a file one behind the other, whole or not at all.

    Parameters
    ----------
    path : path-like
        Where to; a file that is there is replaced.
    *pieces : bytes or memoryview
        What to write.

    Raises
    ------
    FileError
        If it cannot be written; then what was there before is untouched.
    """
    with atomic(path) as fresh, fresh.open("wb") as file:
        file.writelines(pieces)


def _settle(fresh: Path, place: Path) -> None:
    """Have the data on the disk before the name, and give the permissions of what it replaces."""
    fresh.chmod(_permissions(place))
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())


def _permissions(place: Path) -> int:
    """Those of the file that is replaced; a new one gets what the user's mask gives."""
    try:
        return place.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _not_written(path: Path, error: OSError) -> FileError:
    reason = error.strerror or type(error).__name__
    return FileError(
        f"it cannot be written: {reason}",
        "a folder with room for the file is expected",
        "Write to another folder, or free some space; nothing was left behind",
        owner=str(path),
    )
