"""The elementary functions that kernels call: compiled, or NumPy's where Numba is switched off.

Every function takes and returns one float. Compiled, each is inlined into the kernel and contains
no branch and no call, so that a loop over lanes becomes vector instructions. With the environment
variable NUMBA_DISABLE_JIT set, kernels run as plain Python, to debug them or to see which of their
lines a test reaches; then the same names are bound to the NumPy functions with which
`excitable.expression` evaluates, which agree to rounding.
"""

from numba import config

from excitable.numerics._bits import prefer_wide_vectors, select

if config.DISABLE_JIT:  # pyright: ignore[reportAttributeAccessIssue]
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

    def exprel_pair(x: float, y: float) -> tuple[float, float]:
        """Return exprel of both."""
        return exprel(x), exprel(y)

    @_quietly
    def sine_of_turns(x):
        """Return sin(2 pi x)."""
        return np.sin(2.0 * np.pi * x)

else:
    from excitable.numerics._exponential import (
        cosh,
        exp,
        expm1,
        exprel,
        exprel_pair,
        logistic,
        sinh,
        tanh,
        x_over_expm1,
    )
    from excitable.numerics._exponential_slopes import (
        exprel_d1,
        exprel_d2,
        exprel_d3,
        x_over_expm1_d1,
        x_over_expm1_d2,
        x_over_expm1_d3,
    )
    from excitable.numerics._logarithm import log, log1p, pow
    from excitable.numerics._trigonometric import atan, cos, sin, sine_of_turns, tan

__all__ = [
    "atan",
    "cos",
    "cosh",
    "exp",
    "expm1",
    "exprel",
    "exprel_d1",
    "exprel_d2",
    "exprel_d3",
    "exprel_pair",
    "log",
    "log1p",
    "logistic",
    "pow",
    "prefer_wide_vectors",
    "select",
    "sin",
    "sine_of_turns",
    "sinh",
    "tan",
    "tanh",
    "x_over_expm1",
    "x_over_expm1_d1",
    "x_over_expm1_d2",
    "x_over_expm1_d3",
]
