"""The command line, called in this process and in a new one."""

import subprocess
import sys
from dataclasses import dataclass

import pytest
from typer.testing import CliRunner

from excitable.cli import app


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


@pytest.fixture
def excitable(tmp_path, monkeypatch):
    """Call a command in an empty folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return call


@pytest.fixture
def start(tmp_path):
    """Start a command in a process of its own, in an empty folder."""
    running = []

    def begin(*arguments, **options):
        process = subprocess.Popen(
            [sys.executable, "-m", "excitable", *map(str, arguments)],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            text=True,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()
