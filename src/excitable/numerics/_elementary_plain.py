"""The elementary functions without compilation: NumPy's, one float at a time and without warnings.

They stand in for the compiled ones when Numba is switched off, to debug a kernel or to see which of
its lines a test reaches. They are the functions that `excitable.expression` evaluates with.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from excitable.expression import function


def _quietly(evaluate: Callable[..., Any]) -> Callable[..., float]:
    """Return the function without NumPy's warnings, as compiled code has none."""

    def quiet(*numbers: float) -> float:
        with np.errstate(all="ignore"):
            return float(evaluate(*map(np.float64, numbers)))

    return quiet


def _plain(name: str) -> Callable[..., float]:
    """Return the NumPy implementation of a function of the expression language."""
    return _quietly(function(name).numpy)


atan = _plain("atan")
cos = _plain("cos")
cosh = _plain("cosh")
exp = _plain("exp")
expm1 = _plain("expm1")
exprel = _plain("exprel")
exprel_d1 = _plain("exprel_d1")
exprel_d2 = _plain("exprel_d2")
exprel_d3 = _plain("exprel_d3")
log = _plain("log")
log1p = _plain("log1p")
logistic = _plain("logistic")
pow = _quietly(np.power)
sin = _plain("sin")
sinh = _plain("sinh")
tan = _plain("tan")
tanh = _plain("tanh")
x_over_expm1 = _plain("x_over_expm1")
x_over_expm1_d1 = _plain("x_over_expm1_d1")
x_over_expm1_d2 = _plain("x_over_expm1_d2")
x_over_expm1_d3 = _plain("x_over_expm1_d3")


@_quietly
def sine_of_turns(x):
    """Return sin(2 pi x)."""
    return np.sin(2.0 * np.pi * x)
