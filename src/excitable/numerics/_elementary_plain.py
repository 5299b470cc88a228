"""The elementary functions without compilation: NumPy's, one float at a time and without warnings.

They stand in for the compiled ones when Numba is switched off, to debug a kernel or to see which of
its lines a test reaches.
"""

from collections.abc import Callable

import numpy as np


def _quietly(function: Callable[..., float]) -> Callable[..., float]:
    """Return the function without NumPy's warnings, as compiled code has none."""

    def quiet(*numbers: float) -> float:
        with np.errstate(all="ignore"):
            return float(function(*map(np.float64, numbers)))

    return quiet


atan = _quietly(np.arctan)
cos = _quietly(np.cos)
exp = _quietly(np.exp)
expm1 = _quietly(np.expm1)
log = _quietly(np.log)
sin = _quietly(np.sin)
tan = _quietly(np.tan)
tanh = _quietly(np.tanh)


@_quietly
def logistic(x):
    """Return 1/(1 + exp(-x))."""
    return 1.0 / (1.0 + np.exp(-x))


@_quietly
def sine_of_turns(x):
    """Return sin(2 pi x)."""
    return np.sin(2.0 * np.pi * x)


@_quietly
def exprel(x):
    """Return expm1(x)/x, which is 1 at zero."""
    return np.expm1(x) / x if x != 0.0 else 1.0


@_quietly
def x_over_expm1(x):
    """Return x/expm1(x), which is 1 at zero."""
    if x == 0.0:
        return 1.0
    if x > 1000.0:
        return 0.0
    return x / np.expm1(x) if x < 0.0 else x * np.exp(-x) / -np.expm1(-x)


def prefer_wide_vectors() -> None:
    """Do nothing: there are no vectors to widen."""
