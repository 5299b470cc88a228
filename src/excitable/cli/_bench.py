"""``excitable bench``: the short set of benchmarks, each against what it has to reach."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from excitable.errors import FileError


def bench(
    full: Annotated[bool, typer.Option("--full", help="Run every benchmark, peers too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Measure start-up and simulation, and print the figures beside their targets."""
    command = [sys.executable, str(folder())]
    command += ["--full"] if full else []
    command += ["--json"] if as_json else []
    raise typer.Exit(subprocess.run(command, check=False).returncode)  # noqa: S603 - own files


def folder() -> Path:
    """Find the benchmarks: in the repository of an editable install, or beside the package.

    Raises
    ------
    FileError
        If there are none.
    """
    package = Path(__file__).parents[1]
    for place in (package.parents[1] / "benchmarks", package.with_name("excitable_benchmarks")):
        if (place / "__main__.py").is_file():
            return place
    raise FileError(
        "the benchmarks are not installed",
        "they stand in the repository's folder benchmarks",
        "Run it in a clone of the repository",
        name="excitable bench",
    )
