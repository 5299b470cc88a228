"""The general power, compiled: branch-free, so that loops of it vectorise.

x^y = exp(y log x), where y log x may be 700 and exp turns an absolute error into a relative one. So
the logarithm is computed, and multiplied by y, as a sum of two floats. Products are made exact by
splitting their factors into halves of at most 26 bits, which needs no fused multiplication.
"""

import numpy as np
from numba import njit

from excitable.numerics._bits import FLAGS, PART_FLAGS, as_float, as_integer, magnitude, select
from excitable.numerics._exponential import exp
from excitable.numerics._logarithm import LN2_HIGH, LN2_LOW, artanh_tail, split

_UPPER_HALF = -0x8000000  # clears the last 27 bits
_SHIFTER = 6755399441055744.0  # 1.5 * 2^52: adding it rounds to an integer, held in the low bits
_TWO_51 = 2251799813685248.0
_INFINITY = np.inf
_NOT_A_NUMBER = np.nan


@njit(**PART_FLAGS)
def _upper_half(x):
    """Return x without the last 27 of its bits."""
    return as_float(as_integer(x) & _UPPER_HALF)


@njit(**PART_FLAGS)
def _exact_log(x):
    """Return the logarithm of a positive finite number as a sum of two floats."""
    k, m = split(x)
    f = m - 1.0
    t = 2.0 + f
    s = f / t
    s_high, t_high = _upper_half(s), _upper_half(t)
    s_low = ((f - s_high * t_high) - s_high * (f - (t_high - 2.0))) / t
    tail = 2.0 * s_low + s * (s * s) * artanh_tail(s * s)
    large = k * LN2_HIGH
    high = large + 2.0 * s_high
    low = (2.0 * s_high - (high - large)) + (tail + k * LN2_LOW)
    total = high + low
    return total, low - (total - high)


@njit(**FLAGS)
def pow(x, y):
    """Return x to the power y, with the special cases of C.

    It is within 2 units in the last place while the result is between 1e-8 and 1e8, and within 12
    in general. A negative x needs an integer y, else the result is nan. Results below 2.2e-308 are
    zero, and an exponent of 2^51 or more is taken for even.
    """
    a = magnitude(x)
    high, low = _exact_log(a)
    product = y * high
    y_high, log_high = _upper_half(y), _upper_half(high)
    y_low, log_low = y - y_high, high - log_high
    lost = ((y_high * log_high - product) + y_high * log_low + y_low * log_high) + y_low * log_low
    lost = select(magnitude(product) < 800.0, lost + y * low, 0.0)
    value = exp(product)
    value = select(value < _INFINITY, value + value * lost, value)
    at_edge = select((a == 0.0) == (y < 0.0), _INFINITY, 0.0)
    value = select((a == 0.0) | (a == _INFINITY), at_edge, value)
    value = select(a <= _INFINITY, value, a)  # not-a-number stays
    value = select(magnitude(y) <= _INFINITY, value, y)
    value = select(a == 1.0, 1.0, value)
    rounded = y + _SHIFTER
    even = magnitude(y) >= _TWO_51  # or taken for it
    whole = even | (rounded - _SHIFTER == y)
    signed = as_float(as_integer(value) ^ (as_integer(rounded) << 63))
    signed = select(even | (rounded - _SHIFTER != y), value, signed)
    negative = select(whole | (a == 0.0) | (a == _INFINITY), signed, _NOT_A_NUMBER)
    value = select(as_integer(x) < 0, negative, value)
    return select(y == 0.0, 1.0, value)
