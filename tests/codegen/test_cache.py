"""The cache of compiled kernels: shared, disposable, and never a reason for another result."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from excitable.codegen import _cache, load
from excitable.errors import ExcitableWarning

pytestmark = pytest.mark.compiled

PROGRAM = """
import sys
import excitable as ex
from excitable.units import ms, pA
run = ex.simulate(ex.LIF, 60*ms, I=300*pA, scheme="rk4")
sys.stdout.write(repr(run.spikes.grouped_ms.tolist()))
"""
TEXT = "import math\n\n\ndef f(x):\n    return math.sqrt(x)\n"


def started(folder, **environment):
    return subprocess.Popen(
        [sys.executable, "-W", "error::RuntimeWarning", "-c", PROGRAM],
        env={**os.environ, "EXCITABLE_CACHE": str(folder), **environment},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def answer(process):
    out, err = process.communicate(timeout=180)
    assert process.returncode == 0, err
    return out, err


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A cache that two processes filled at once, and what they computed."""
    folder = tmp_path_factory.mktemp("cache")
    both = [started(folder), started(folder)]
    (one, _), (two, _) = (answer(process) for process in both)
    assert one == two
    assert re.fullmatch(r"\[\d.*\]", one)
    return folder, one


def test_two_processes_fill_it_at_once_and_leave_nothing_half(filled):
    folder, _ = filled
    files = list(folder.rglob("*"))
    assert not [f for f in files if f.suffix == ".part"]
    modules = [f.name for f in folder.glob("*.py")]
    assert all(re.fullmatch(r"excitable_\w+_[0-9a-f]{24}\.py", name) for name in modules)
    assert [f for f in files if f.suffix == ".nbi"]


def test_a_second_process_loads_and_writes_nothing(filled):
    folder, expected = filled
    before = {f: f.stat().st_mtime_ns for f in folder.rglob("*") if f.suffix in {".nbc", ".py"}}
    out, err = answer(started(folder))
    assert (out, err) == (expected, "")
    after = {f: f.stat().st_mtime_ns for f in folder.rglob("*") if f.suffix in {".nbc", ".py"}}
    assert after == before


@pytest.mark.parametrize("suffix", [".nbi", ".nbc", ".py"])
@pytest.mark.parametrize("damage", ["empty", "garbage"])
def test_a_broken_file_changes_no_result(filled, tmp_path, suffix, damage):
    import shutil

    folder, expected = filled
    copy = tmp_path / "cache"
    shutil.copytree(folder, copy)
    broken = [f for f in copy.rglob("*") if f.suffix == suffix]
    assert broken
    for file in broken:
        file.write_bytes(b"" if damage == "empty" else b"\x00garbage\xff" * 20)
    out, err = answer(started(copy))
    assert out == expected
    assert ("compiled again" in err) == (suffix != ".py")
    # It is mended: the next process finds nothing to complain of.
    if suffix != ".py":
        assert answer(started(copy)) == (expected, "")


def test_a_folder_that_cannot_be_written_is_replaced_with_a_warning(filled, tmp_path):
    _, expected = filled
    # A file where the folder should be refuses everyone, root too.
    place = tmp_path / "taken"
    place.write_text("")
    out, err = answer(started(place / "cache"))
    assert out == expected
    assert "cannot be written" in err
    assert "EXCITABLE_CACHE" in err


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """A cache folder of the test's own in this process."""
    monkeypatch.setenv("EXCITABLE_CACHE", str(tmp_path))
    _cache.cache_folder.cache_clear()
    known = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - known:
        if name.startswith("excitable_"):
            del sys.modules[name]
    _cache.cache_folder.cache_clear()


def test_the_same_text_is_the_same_module(fresh):
    module = load(TEXT, "test")
    assert load(TEXT, "test") is module
    assert module.f(9.0) == 3.0
    assert sys.modules[module.__name__] is module
    assert Path(module.__file__).parent == fresh
    assert load(TEXT + "\n", "test").__name__ != module.__name__


def test_another_text_in_a_file_of_that_name_is_replaced(fresh):
    name = Path(load(TEXT, "test").__file__)
    sys.modules.pop(name.stem)
    name.write_text("def f(x):\n    return -1.0\n")
    assert load(TEXT, "test").f(9.0) == 3.0


def test_a_full_disk_costs_time_and_no_result(fresh, monkeypatch):
    real, calls = _cache.write_atomically, []

    def full(path, text):
        calls.append(path)
        if path.parent == fresh:
            raise OSError(28, "No space left on device")
        real(path, text)

    monkeypatch.setattr(_cache, "write_atomically", full)
    with pytest.warns(ExcitableWarning, match="No space left on device"):
        module = load(TEXT, "test")
    assert module.f(4.0) == 2.0
    assert len(calls) == 2


def test_a_write_that_fails_leaves_nothing(tmp_path, monkeypatch):
    def refuse(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_cache.os, "replace", refuse)
    with pytest.raises(OSError, match="No space"):
        _cache.write_atomically(tmp_path / "kernel.py", TEXT)
    assert list(tmp_path.iterdir()) == []


def test_the_name_depends_on_the_library_and_its_versions():
    assert re.fullmatch(r"[0-9a-f]{64}", _cache.library_fingerprint())
