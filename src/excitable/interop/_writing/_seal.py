"""A checksum behind the end of a file, so that damage is seen before a library trips over it.

HDF5 ignores what stands behind its own end, and drops it when a file is changed: then there is no
seal, and the file is read as it is.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from excitable.errors import FileError

if TYPE_CHECKING:
    from pathlib import Path

_MARK = b"\nexcitable sha256 "
_SIZE = len(_MARK) + hashlib.sha256().digest_size
_CHUNK = 2**20


def seal(data: bytes | memoryview) -> bytes:
    """Give what to write behind some data."""
    return _MARK + hashlib.sha256(data).digest()


def check_seal(path: Path) -> None:
    """Refuse a file that is not what was sealed."""
    size = path.stat().st_size
    if size < _SIZE:
        return
    with path.open("rb") as file:
        file.seek(size - _SIZE)
        trailer = file.read(_SIZE)
        if not trailer.startswith(_MARK):
            return
        file.seek(0)
        digest, left = hashlib.sha256(), size - _SIZE
        while left > 0:
            chunk = file.read(min(_CHUNK, left))
            digest.update(chunk)
            left -= len(chunk) or left
    if trailer != _MARK + digest.digest():
        raise FileError(
            "it is damaged: its checksum does not fit",
            "a file as run.save made it is expected",
            "Take a copy of it that is whole, or save the run again",
            owner=str(path),
        )
