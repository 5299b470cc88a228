"""`exprel` of two arguments at once agrees with `exprel` of each."""

import mpmath
import numpy as np
from numba import njit

from excitable.numerics import _elementary as elementary

ARGUMENTS = np.concatenate(
    [
        np.linspace(-60.0, 60.0, 241),
        [sign * 10.0**k for k in range(-300, 3, 7) for sign in (-1.0, 1.0)],
        [0.0, -0.0, 709.0, 716.0, -745.0, -1e5, -1e90, 1e-20, 9.9e-21],
    ]
)


@njit
def both(x, y):
    return elementary.exprel_pair(x, y)


def test_pair_agrees_with_exact_arithmetic():
    partners = ARGUMENTS[::-1]
    for x, y in zip(ARGUMENTS, partners, strict=True):
        for argument, found in zip((x, y), both(x, y), strict=True):
            exact = mpmath.expm1(argument) / argument if argument else mpmath.mpf(1)
            assert abs(found - exact) <= 1e-15 * abs(exact), (argument, found)


def test_pair_overflows_and_keeps_what_is_not_a_number():
    assert both(800.0, 1.0)[0] == np.inf
    high, low = both(np.nan, 1.0)
    assert np.isnan(high)
    del low
