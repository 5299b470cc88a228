"""What the elementary functions are built from: a float's bits, a branch-free choice, and options.

Where Numba is switched off the instructions are done by NumPy, so that the same source runs as
plain Python.
"""

from typing import Any

import numpy as np
from numba import config

if config.DISABLE_JIT:  # pyright: ignore[reportAttributeAccessIssue]

    def as_integer(number):
        """Read the 64 bits of a float as an integer."""
        return np.float64(number).view(np.int64)

    def as_float(number):
        """Read the 64 bits of an integer as a float."""
        return np.int64(number).view(np.float64)

    def select(condition, yes, no):
        """Choose the float `yes` where the condition holds, else the float `no`."""
        return yes if condition else no

    def magnitude(number):
        """Clear the sign bit of a float."""
        return np.abs(number)

    def with_sign(number, sign):
        """Give the first float the sign bit of the second."""
        return np.copysign(number, sign)

    def prefer_wide_vectors():
        """Do nothing: there are no vectors to widen."""

else:
    from excitable.numerics._intrinsics import (
        as_float,
        as_integer,
        magnitude,
        prefer_wide_vectors,
        select,
        with_sign,
    )

__all__ = [
    "FLAGS",
    "PART_FLAGS",
    "as_float",
    "as_integer",
    "magnitude",
    "prefer_wide_vectors",
    "select",
    "with_sign",
]

FLAGS: dict[str, Any] = {
    "forceinline": True,
    "fastmath": {"contract"},
    "error_model": "numpy",
    "no_cfunc_wrapper": True,
}
"""Options of every elementary function.

`contract` lets a multiplication and an addition become one instruction; nothing else of "fast" is
granted, so that not-a-number is kept and sums are not reordered. The error model of NumPy divides
by zero without a branch.
"""

PART_FLAGS: dict[str, Any] = {**FLAGS, "no_cpython_wrapper": True}
"""Options of the parts of elementary functions: not callable from Python, sooner compiled."""
