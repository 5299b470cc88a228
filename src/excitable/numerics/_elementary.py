"""The elementary functions that kernels call: compiled, or NumPy's where Numba is switched off.

Every function takes and returns one float. Compiled, each is inlined into the kernel and contains
no branch and no call, so that a loop over lanes becomes vector instructions. With the environment
variable NUMBA_DISABLE_JIT set, kernels run as plain Python and the same names are bound to NumPy's
functions, which agree to rounding.
"""

from numba import config

if config.DISABLE_JIT:  # pyright: ignore[reportAttributeAccessIssue]
    from excitable.numerics._elementary_plain import (
        atan,
        cos,
        exp,
        expm1,
        exprel,
        log,
        logistic,
        prefer_wide_vectors,
        sin,
        sine_of_turns,
        tan,
        tanh,
        x_over_expm1,
    )
else:
    from excitable.numerics._bits import prefer_wide_vectors
    from excitable.numerics._exponential import (
        exp,
        expm1,
        exprel,
        logistic,
        tanh,
        x_over_expm1,
    )
    from excitable.numerics._logarithm import log
    from excitable.numerics._trigonometric import atan, cos, sin, sine_of_turns, tan

__all__ = [
    "atan",
    "cos",
    "exp",
    "expm1",
    "exprel",
    "log",
    "logistic",
    "prefer_wide_vectors",
    "sin",
    "sine_of_turns",
    "tan",
    "tanh",
    "x_over_expm1",
]
