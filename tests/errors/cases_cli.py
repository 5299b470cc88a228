"""Messages of the command line, beyond those of what it calls."""

from pathlib import Path

from excitable.cli import _output
from excitable.cli._models import find
from excitable.cli._run import _pair

CASES = [
    ("cli: no such model", lambda: find("AdExx")),
    ("cli: nothing like a model", lambda: find("?")),
    ("cli: a change without a value", lambda: _pair("tau_m", "--set", "tau_m=10ms")),
    ("cli: unknown format", lambda: _output.check_target(Path("out.bmp"), "--plot", (".svg",))),
    ("cli: folder is missing", lambda: _output.check_target(Path("no/o.nc"), "--save", (".nc",))),
    ("cli: a folder", lambda: _output.check_target(Path("tests"), "--save", ("",))),
]
