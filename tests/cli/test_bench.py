"""``excitable bench`` finds its programs, in a clone and in an installed package."""

from pathlib import Path

import pytest

from excitable.cli import _bench
from excitable.errors import FileError


def test_in_a_clone_it_runs_the_repository_s_benchmarks():
    assert _bench.folder() == Path(__file__).parents[2] / "benchmarks"


def test_an_installed_package_brings_its_own(tmp_path, monkeypatch):
    module = tmp_path / "lib" / "site-packages" / "excitable" / "cli" / "_bench.py"
    programs = module.parents[2] / "excitable_benchmarks"
    programs.mkdir(parents=True)
    (programs / "__main__.py").touch()
    monkeypatch.setattr(_bench, "__file__", str(module))
    assert _bench.folder() == programs


def test_without_them_it_says_where_they_are(tmp_path, monkeypatch):
    monkeypatch.setattr(
        _bench, "__file__", str(tmp_path / "a" / "b" / "excitable" / "cli" / "x.py")
    )
    with pytest.raises(FileError, match="clone of the repository"):
        _bench.folder()


def test_options_are_handed_on(excitable, monkeypatch):
    commands = []

    class Finished:
        returncode = 3

    def record(command, **_options):
        commands.append(command[1:])
        return Finished

    monkeypatch.setattr(_bench.subprocess, "run", record)
    assert excitable("bench", "--full", "--json").code == 3
    assert commands == [[str(_bench.folder()), "--full", "--json"]]
