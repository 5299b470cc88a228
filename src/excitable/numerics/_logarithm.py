"""The logarithm and its relatives, compiled: branch-free, so that loops of them vectorise.

A number is split into 2^k m with sqrt(1/2) <= m < sqrt(2). With f = m - 1 and s = f/(2 + f),
log(m) = 2 artanh(s) = 2s + s R(s^2), and R(z) = z W(z) with W of degree 6 (absolute error of R
below 1e-17). Because 2s = f - s f, log(m) = f - (f^2/2 - s (f^2/2 + R)): the largest term, f, is
exact.
`tools/elementary_coefficients.py` derives W.
"""

import numpy as np
from numba import njit

from excitable.numerics._bits import FLAGS, PART_FLAGS, as_float, as_integer, select

LN2_HIGH = 0.6931471805598903  # 42 bits, so that k * LN2_HIGH is exact
LN2_LOW = 5.497923018708371e-14
_LOWEST_NORMAL = 2.2250738585072014e-308
_TWO_54 = 18014398509481984.0
_SQRT_HALF_BITS = 0x3FE6A09E667F3BCD
_FRACTION_MASK = 0xFFFFFFFFFFFFF
_INTEGER_BITS = 0x4330000000000000  # the bits of 2^52: an integer below 2^52 may be put beneath
_BIAS = 4503599627370496.0 + 1024.0
_INFINITY = np.inf
_NOT_A_NUMBER = np.nan


@njit(**PART_FLAGS)
def split(x):
    """Return k and m with x = 2^k m and sqrt(1/2) <= m < sqrt(2), for positive finite x."""
    tiny = x < _LOWEST_NORMAL
    bits = as_integer(select(tiny, x * _TWO_54, x)) - _SQRT_HALF_BITS
    m = as_float((bits & _FRACTION_MASK) + _SQRT_HALF_BITS)
    # The exponent becomes a float by placing it beneath 2^52: integers wider than 32 bits have no
    # vector conversion on most processors.
    k = as_float(((bits + (1024 << 52)) >> 52 & 0xFFF) | _INTEGER_BITS) - _BIAS
    return select(tiny, k - 54.0, k), m


@njit(**PART_FLAGS)
def artanh_tail(z):
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
    k, m = split(x)
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    half_square = 0.5 * f * f
    tail = s * (half_square + z * artanh_tail(z)) + k * LN2_LOW
    value = k * LN2_HIGH - ((half_square - tail) - f)
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
