"""Messages of the command line, beyond those of what it calls."""

from pathlib import Path

import excitable as ex
from excitable.cli import _bifurcation, _output
from excitable.cli._models import find, input_of
from excitable.cli._run import _pair
from excitable.cli._second import curves_of

R = ("I", "0 pA", "200 pA")

SILENT = ex.Model(
    title="Silent", name="Silent", equations="dx/dt = k - x/tau", states={"x": "0"},
    parameters={"k": "1/ms", "tau": "2 ms"},
)  # fmt: skip

PAIR = ex.Model(
    title="Pair", name="Pair", equations="tau*dx/dt = A + B - x", states={"x": "0"},
    inputs={"A": "", "B": ""}, parameters={"tau": "2 ms"},
)  # fmt: skip

CASES = [
    ("cli: no such model", lambda: find("AdExx")),
    ("cli: nothing like a model", lambda: find("?")),
    ("cli: a change without a value", lambda: _pair("tau_m", "--set", "tau_m=10ms")),
    ("cli: unknown format", lambda: _output.check_target(Path("out.bmp"), "--plot", (".svg",))),
    ("cli: folder is missing", lambda: _output.check_target(Path("no/o.nc"), "--save", (".nc",))),
    ("cli: half a range", lambda: _bifurcation._range(ex.AdEx, ["I"])),
    ("cli: a range without a parameter", lambda: _bifurcation._range(SILENT, ["0", "1"])),
    ("cli: what varies is given", lambda: _bifurcation._drive(["I=5pA"], "I")),
    ("cli: no such state to show", lambda: _bifurcation._state(ex.AdEx, "u")),
    ("cli: nothing to follow", lambda: curves_of(ex.continuation(ex.LIF, *R), ("R", "1", "2"))),
    ("cli: which input", lambda: input_of(PAIR, None, "classify")),
    ("cli: no such input", lambda: input_of(ex.AdEx, "J", "fi")),
    ("cli: no input at all", lambda: input_of(SILENT, None, "phase")),
    ("cli: a folder", lambda: _output.check_target(Path("tests"), "--save", ("",))),
]
