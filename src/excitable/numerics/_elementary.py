"""The elementary functions that kernels call: compiled, or NumPy's where Numba is switched off.

Every function takes and returns one float. Compiled, each is inlined into the kernel and contains
no branch and no call, so that a loop over lanes becomes vector instructions. With the environment
variable NUMBA_DISABLE_JIT set, kernels run as plain Python and the same names are bound to NumPy's
functions, which agree to rounding.
"""

from numba import config

from excitable.numerics._bits import prefer_wide_vectors, select

if config.DISABLE_JIT:  # pyright: ignore[reportAttributeAccessIssue]
    from excitable.numerics._elementary_plain import (
        atan,
        cos,
        cosh,
        exp,
        expm1,
        exprel,
        exprel_d1,
        exprel_d2,
        exprel_d3,
        log,
        log1p,
        logistic,
        pow,
        sin,
        sine_of_turns,
        sinh,
        tan,
        tanh,
        x_over_expm1,
        x_over_expm1_d1,
        x_over_expm1_d2,
        x_over_expm1_d3,
    )
else:
    from excitable.numerics._exponential import (
        cosh,
        exp,
        expm1,
        exprel,
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
    from excitable.numerics._logarithm import log, log1p
    from excitable.numerics._power import pow
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
