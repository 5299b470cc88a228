"""A file is written whole or not at all."""

import os
import stat

import pytest

from excitable.errors import FileError
from excitable.files import atomic, write_bytes


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_what_is_written_takes_its_place(tmp_path):
    write_bytes(tmp_path / "note.txt", b"first")
    write_bytes(tmp_path / "note.txt", b"second")
    assert (tmp_path / "note.txt").read_bytes() == b"second"
    assert names(tmp_path) == ["note.txt"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_fails_leaves_the_old_file_alone(tmp_path, error):
    (tmp_path / "note.txt").write_text("old")
    expected = FileError if isinstance(error, OSError) else KeyboardInterrupt

    def fail_half_way():
        with atomic(tmp_path / "note.txt") as fresh:
            fresh.write_text("half")
            raise error

    with pytest.raises(expected):
        fail_half_way()
    assert (tmp_path / "note.txt").read_text() == "old"
    assert names(tmp_path) == ["note.txt"]


def test_a_failure_of_the_disk_names_the_file(tmp_path):
    with (
        pytest.raises(FileError, match=r"note\.txt: .*No space left"),
        atomic(tmp_path / "note.txt"),
    ):
        raise OSError(28, "No space left on device")


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_permissions_are_those_of_the_old_file_or_of_the_mask(tmp_path):
    old = tmp_path / "old.txt"
    old.touch(mode=0o640)
    old.chmod(0o640)
    write_bytes(old, b"")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    (tmp_path / "plain.txt").touch()
    write_bytes(tmp_path / "new.txt", b"")
    assert (tmp_path / "new.txt").stat().st_mode == (tmp_path / "plain.txt").stat().st_mode


@pytest.mark.parametrize("place", ["", "missing/note.txt"])
def test_a_place_that_cannot_be_written_is_a_clear_error(tmp_path, place):
    with pytest.raises(FileError):
        write_bytes(tmp_path / place, b"")
    assert names(tmp_path) == []
