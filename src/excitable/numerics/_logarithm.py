"""Logarithm and power, compiled: branch-free, so that loops of them vectorise.

A number is split into 2^k m with sqrt(1/2) <= m < sqrt(2). With f = m - 1 and s = f/(2 + f),
log(m) = 2 artanh(s) = 2s + s R(s^2), and R(z) = z W(z) with W of degree 6 (absolute error of R
below 1e-17). Because 2s = f - s f, log(m) = f - (f^2/2 - s (f^2/2 + R)): the largest term, f, is
exact.
`tools/elementary_coefficients.py` derives W.

A power is x^y = exp(y log x), where y log x may be 700 and exp turns an absolute error into a
relative one. So there the logarithm is computed, and multiplied by y, as a sum of two floats.
Products are made exact by splitting their factors into halves of at most 26 bits, which needs no
fused multiplication.
"""

import numpy as np
from numba import njit

from excitable.numerics._bits import FLAGS, PART_FLAGS, as_float, as_integer, magnitude, select
from excitable.numerics._exponential import exp

_LN2_HIGH = 0.6931471805598903  # 42 bits, so that k * _LN2_HIGH is exact
_LN2_LOW = 5.497923018708371e-14
_LOWEST_NORMAL = 2.2250738585072014e-308
_TWO_54 = 18014398509481984.0
_SQRT_HALF_BITS = 0x3FE6A09E667F3BCD
_FRACTION_MASK = 0xFFFFFFFFFFFFF
_INTEGER_BITS = 0x4330000000000000  # the bits of 2^52: an integer below 2^52 may be put beneath
_BIAS = 4503599627370496.0 + 1024.0
_UPPER_HALF = -0x8000000  # clears the last 27 bits
_SHIFTER = 6755399441055744.0  # 1.5 * 2^52: adding it rounds to an integer, held in the low bits
_TWO_51 = 2251799813685248.0
_INFINITY = np.inf
_NOT_A_NUMBER = np.nan


@njit(**PART_FLAGS)
def _split(x):
    """Return k and m with x = 2^k m and sqrt(1/2) <= m < sqrt(2), for positive finite x."""
    tiny = x < _LOWEST_NORMAL
    bits = as_integer(select(tiny, x * _TWO_54, x)) - _SQRT_HALF_BITS
    m = as_float((bits & _FRACTION_MASK) + _SQRT_HALF_BITS)
    # The exponent becomes a float by placing it beneath 2^52: integers wider than 32 bits have no
    # vector conversion on most processors.
    k = as_float(((bits + (1024 << 52)) >> 52 & 0xFFF) | _INTEGER_BITS) - _BIAS
    return select(tiny, k - 54.0, k), m


@njit(**PART_FLAGS)
def _artanh_tail(z):
    """Return W(z), where log((1 + s)/(1 - s)) = 2s + s^3 W(s^2)."""
    w = z * z
    even = 0.666666666666667 + w * (
        0.2857142862600327 + w * (0.18182889455674947 + w * 0.14616585424888623)
    )
    odd = 0.39999999999899444 + w * (0.22222211130259878 + w * 0.15331710618210773)
    return even + z * odd


@njit(**FLAGS)
def log(x):
    """Return the natural logarithm, within 1 unit in the last place; -inf at 0, nan below."""
    k, m = _split(x)
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    half_square = 0.5 * f * f
    tail = s * (half_square + z * _artanh_tail(z)) + k * _LN2_LOW
    value = k * _LN2_HIGH - ((half_square - tail) - f)
    value = select(x < _INFINITY, value, x)
    return select(x > 0.0, value, select(x == 0.0, -_INFINITY, _NOT_A_NUMBER))


@njit(**FLAGS)
def log1p(x):
    """Return the natural logarithm of 1 + x, within 2 units in the last place, near zero too."""
    u = 1.0 + x
    rounded_x = u - 1.0
    lost = (1.0 - (u - rounded_x)) + (x - rounded_x)  # u + lost is 1 + x exactly
    correction = select((x > -1.0) & (x < 1e300), lost / u, 0.0)
    return log(u) + correction


@njit(**PART_FLAGS)
def _upper_half(x):
    """Return x without the last 27 of its bits."""
    return as_float(as_integer(x) & _UPPER_HALF)


@njit(**PART_FLAGS)
def _exact_log(x):
    """Return the logarithm of a positive finite number as a sum of two floats."""
    k, m = _split(x)
    f = m - 1.0
    t = 2.0 + f
    s = f / t
    s_high, t_high = _upper_half(s), _upper_half(t)
    s_low = ((f - s_high * t_high) - s_high * (f - (t_high - 2.0))) / t
    tail = 2.0 * s_low + s * (s * s) * _artanh_tail(s * s)
    large = k * _LN2_HIGH
    high = large + 2.0 * s_high
    low = (2.0 * s_high - (high - large)) + (tail + k * _LN2_LOW)
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
