"""A model may use any name: none collides with what a generated module calls its own."""

import numpy as np
import pytest

import excitable as ex
from excitable.codegen._numba import module_names

CLASHING = [
    "K", "X", "Y", "F", "U", "P", "NEXT", "SCALE", "AT", "LANES", "ROWS", "w", "c", "s", "e",
    "q", "j", "i", "m", "h", "size", "high", "low", "error", "middle", "final", "bow", "span",
    "shift", "weight", "count", "tolerance", "fresh", "worst", "step", "reset", "derivative",
    "threshold", "dense", "add", "math", "np", "njit", "status", "range", "min", "max", "abs_",
    "pow", "NODES", "TABLEAU", "select", "standard_normal", "keep_apart", "KERNEL", "HELPER",
    "finish", "advance", "load", "float", "k1",
]  # fmt: skip


def model(a: str, b: str) -> ex.Model:
    return ex.Model(
        "two names",
        equations=f"tau_1*d{a}/dt = {b} - {a}*{a}*{a} + drive\ntau_2*d{b}/dt = -{b}*{a}",
        spike=f"{a} >= top", reset=f"{a} = low_1; {b} = {b} + 0.5",
        states={a: 0.1, b: 0.2}, inputs={"drive": "1"},
        parameters={"tau_1": "5 ms", "tau_2": "20 ms", "top": 0.9, "low_1": 0.0},
    )  # fmt: skip


@pytest.fixture(scope="module")
def expected():
    runs = {}
    for scheme in ("adaptive", "rk4"):
        run = ex.simulate(model("x", "y"), "40 ms", scheme=scheme, drive=1.5)
        runs[scheme] = (run.spikes[0].times_ms, run.bare("x"))
    assert runs["rk4"][0].size > 3
    return runs


@pytest.mark.parametrize("scheme", ["adaptive", "rk4"])
def test_names_are_the_models_own(scheme, expected):
    """All names at once, as parameters of one model beside two states with clashing names."""
    names = [name for name in CLASHING if name not in {"w", "K"}]
    # Zero in sum, and not to be simplified away.
    terms = " + ".join(f"({name} - 7)*K" for name in names)
    base = model("w", "K")
    shaped = ex.Model(
        "many names",
        equations=base.equations.replace("+ drive", f"+ drive + {terms}"),
        spike="w >= top", reset="w = low_1; K = K + 0.5",
        states={"w": 0.1, "K": 0.2}, inputs={"drive": "1"},
        parameters={"tau_1": "5 ms", "tau_2": "20 ms", "top": 0.9, "low_1": 0.0}
        | {name: 7.0 for name in names},
    )  # fmt: skip
    run = ex.simulate(shaped, "40 ms", scheme=scheme, drive=1.5)
    times, values = expected[scheme]
    np.testing.assert_array_equal(run.spikes[0].times_ms, times)
    np.testing.assert_array_equal(run.bare("w"), values)


def test_the_modules_own_names_are_known():
    assert {"K", "X", "TABLEAU", "advance", "threshold", "status"} <= module_names()
