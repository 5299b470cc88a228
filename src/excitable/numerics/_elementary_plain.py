"""The elementary functions without compilation: NumPy's, one float at a time and without warnings.

They stand in for the compiled ones when Numba is switched off, to debug a kernel or to see which of
its lines a test reaches. What NumPy lacks, the derivatives of the quotients, is the compiled source
run as plain Python.
"""

from collections.abc import Callable

import numpy as np

from excitable.numerics import _exponential_slopes


def _quietly(function: Callable[..., float]) -> Callable[..., float]:
    """Return the function without NumPy's warnings, as compiled code has none."""

    def quiet(*numbers: float) -> float:
        with np.errstate(all="ignore"):
            return float(function(*map(np.float64, numbers)))

    return quiet


atan = _quietly(np.arctan)
cos = _quietly(np.cos)
cosh = _quietly(np.cosh)
exp = _quietly(np.exp)
expm1 = _quietly(np.expm1)
log = _quietly(np.log)
log1p = _quietly(np.log1p)
pow = _quietly(np.power)
sin = _quietly(np.sin)
sinh = _quietly(np.sinh)
tan = _quietly(np.tan)
tanh = _quietly(np.tanh)

exprel_d1 = _quietly(_exponential_slopes.exprel_d1)
exprel_d2 = _quietly(_exponential_slopes.exprel_d2)
exprel_d3 = _quietly(_exponential_slopes.exprel_d3)
x_over_expm1_d1 = _quietly(_exponential_slopes.x_over_expm1_d1)
x_over_expm1_d2 = _quietly(_exponential_slopes.x_over_expm1_d2)
x_over_expm1_d3 = _quietly(_exponential_slopes.x_over_expm1_d3)


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
    if x == 0.0:
        return 1.0
    if x > 40.0:
        held = min(x, 2000.0)
        half = np.exp(0.5 * held)  # exp(x) would overflow before the quotient does
        return half / held * half
    return np.expm1(x) / x


@_quietly
def x_over_expm1(x):
    """Return x/expm1(x), which is 1 at zero."""
    if x == 0.0:
        return 1.0
    if x > 1000.0:
        return 0.0
    return x / np.expm1(x) if x < 0.0 else x * np.exp(-x) / -np.expm1(-x)
