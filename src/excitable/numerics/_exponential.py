"""The exponential and its relatives, compiled: branch-free, so that loops of them vectorise.

All start from the same reduction: x = k ln 2 + r with |r| <= (ln 2)/2, and
exp(r) - 1 = r + r^2 q(r) with q of degree 9 (relative error of exp(r) below 2e-17 before rounding).
Then exp(x) = 2^k (1 + p) and exp(x) - 1 = 2^k p + (2^k - 1), where p = exp(r) - 1; the second form
loses nothing near zero, because there k = 0. `tools/elementary_coefficients.py` derives q.

Results below the smallest normal number, 2.2e-308, are returned as zero: numbers below it make
later arithmetic tens of times slower and carry no meaning in a membrane equation.
"""

import numpy as np
from numba import njit

from excitable.numerics._bits import (
    FLAGS,
    PART_FLAGS,
    as_float,
    as_integer,
    magnitude,
    select,
    with_sign,
)

_SHIFTER = 6755399441055744.0  # 1.5 * 2^52: adding it rounds to an integer, held in the low bits
_LOG2_E = 1.4426950408889634
_LN2_HIGH = 0.6931471805598903  # 42 bits, so that k * _LN2_HIGH is exact
_LN2_LOW = 5.497923018708371e-14
_EXP_HIGHEST = 709.782712893384  # exp of more overflows
_EXP_LOWEST = -708.3964185322641  # exp of less is below the smallest normal number
_INFINITY = np.inf


@njit(**PART_FLAGS)
def _remainder(x, shifted):
    """Subtract the multiple of ln 2 held in the low bits of `shifted`."""
    multiple = shifted - _SHIFTER
    return (x - multiple * _LN2_HIGH) - multiple * _LN2_LOW


@njit(**PART_FLAGS)
def _small_expm1(r):
    """Return exp(r) - 1 for |r| <= 0.35."""
    s = r * r
    even = 0.5000000000000001 + s * (
        0.04166666666662413
        + s * (0.0013888888917213717 + s * (2.4801521295954376e-05 + s * 2.7620088445409746e-07))
    )
    odd = 0.16666666666666669 + s * (
        0.008333333333330062
        + s * (0.00019841269863053618 + s * (2.7557268459997064e-06 + s * 2.510038549551032e-08))
    )
    return r + s * (even + r * odd)


@njit(**PART_FLAGS)
def _power_of_two(shifted, offset):
    """Return 2^(k + offset) for the k in the low bits of `shifted`; the sum is in -1023...1023."""
    return as_float((as_integer(shifted) + (1023 + offset)) << 52)


@njit(**FLAGS)
def exp(x):
    """Return e to the power x, within 1.1 units in the last place; below 2.2e-308 it is zero."""
    shifted = x * _LOG2_E + _SHIFTER
    fraction = 1.0 + _small_expm1(_remainder(x, shifted))
    # k is added to the exponent bits; a factor 2^k would overflow one octave too early.
    value = as_float(as_integer(fraction) + (as_integer(shifted) << 52))
    value = select(x < _EXP_LOWEST, 0.0, value)
    return select(x <= _EXP_HIGHEST, value, x + _INFINITY)


@njit(**FLAGS)
def expm1(x):
    """Return e to the power x, minus one, within 3 units in the last place, near zero too."""
    held = select(x < -50.0, -50.0, x)
    shifted = held * _LOG2_E + _SHIFTER
    small = _small_expm1(_remainder(held, shifted))
    half = _power_of_two(shifted, -1)
    value = 2.0 * (half * small + (half - 0.5))
    value = select(magnitude(x) < 1e-290, x, value)  # half of them would lose digits
    return select(x <= _EXP_HIGHEST, value, x + _INFINITY)


@njit(**FLAGS)
def exprel(x):
    """Return expm1(x)/x, which is 1 at zero."""
    held = select(x < -50.0, -50.0, x)
    shifted = held * _LOG2_E + _SHIFTER
    small = _small_expm1(_remainder(held, shifted))
    # The quotient stays finite a little longer than exp: 2^11 is taken out of both of its sides.
    scale = _power_of_two(shifted, -11)
    value = (scale * small + (scale - 0.00048828125)) / (x * 0.00048828125)
    value = select(magnitude(x) < 1e-300, 1.0, value)
    return select(x <= 716.35, value, x + _INFINITY)


@njit(**PART_FLAGS)
def _expm1_parts(x):
    """Return expm1(x) and x, both divided by 2^11, with x kept apart from zero."""
    held = select(x < -50.0, -50.0, x)
    shifted = held * _LOG2_E + _SHIFTER
    small = _small_expm1(_remainder(held, shifted))
    scale = _power_of_two(shifted, -11)
    below = select(magnitude(x) < 1e-20, 1.0, select(x < -1e100, -1e100, x))
    return scale * small + (scale - 0.00048828125), below * 0.00048828125


@njit(**FLAGS)
def exprel_pair(x, y):
    """Return exprel(x) and exprel(y) with one division, within 4 units in the last place.

    Below -1e100 an argument counts as -1e100.
    """
    x_above, x_below = _expm1_parts(x)
    y_above, y_below = _expm1_parts(y)
    inverse = 1.0 / (x_below * y_below)
    first = select(magnitude(x) < 1e-20, 1.0, x_above * (y_below * inverse))
    second = select(magnitude(y) < 1e-20, 1.0, y_above * (x_below * inverse))
    return (
        select(x <= 716.35, first, x + _INFINITY),
        select(y <= 716.35, second, y + _INFINITY),
    )


@njit(**FLAGS)
def x_over_expm1(x):
    """Return x/expm1(x), which is 1 at zero, -x far below and 0 far above.

    The reduction works on z = -|x|, for which nothing overflows; above zero
    x/expm1(x) = z exp(z)/expm1(z).
    """
    z = -magnitude(x)
    held = select(z > -709.2, z, -709.2)  # there 2^k is the zero of an all-zero exponent
    shifted = held * _LOG2_E + _SHIFTER
    small = _small_expm1(_remainder(held, shifted))
    scale = _power_of_two(shifted, 0)
    numerator = select(x > 0.0, held * (scale + scale * small), z)
    value = numerator / (scale * small + (scale - 1.0))
    return select(x == 0.0, 1.0, value)


@njit(**FLAGS)
def logistic(x):
    """Return 1/(1 + exp(-x)), within 2 units in the last place."""
    return 1.0 / (1.0 + exp(-x))


@njit(**FLAGS)
def tanh(x):
    """Return the hyperbolic tangent, within 3 units in the last place."""
    twice = x + x
    held = select(twice < -50.0, -50.0, select(twice > 50.0, 50.0, twice))
    shifted = held * _LOG2_E + _SHIFTER
    small = _small_expm1(_remainder(held, shifted))
    scale = _power_of_two(shifted, 0)
    less_one = scale * small + (scale - 1.0)
    return less_one / (less_one + 2.0)


@njit(**FLAGS)
def sinh(x):
    """Return the hyperbolic sine, within 3 units in the last place."""
    a = magnitude(x)
    held = select(a > 710.6, 710.6, a)  # there it overflows, and 2^(k - 2) does not
    shifted = held * _LOG2_E + _SHIFTER
    small = _small_expm1(_remainder(held, shifted))
    scale = _power_of_two(shifted, -2)
    quarter = scale * small + (scale - 0.25)  # of expm1(|x|)
    half = quarter + quarter
    value = half * (1.0 + 1.0 / (4.0 * quarter + 1.0))
    return with_sign(select(a < 1e-290, a, value), x)


@njit(**FLAGS)
def cosh(x):
    """Return the hyperbolic cosine, within 2 units in the last place."""
    a = magnitude(x)
    held = select(a > 710.6, 710.6, a)
    shifted = held * _LOG2_E + _SHIFTER
    scale = _power_of_two(shifted, -2)
    quarter = scale + scale * _small_expm1(_remainder(held, shifted))  # of exp(|x|)
    return (quarter + quarter) + 0.125 / quarter
