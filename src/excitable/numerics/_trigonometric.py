"""Sine, cosine, tangent and arc tangent, compiled: branch-free, so that loops of them vectorise.

The argument loses its nearest multiple of pi, which is held in four parts of 27 bits so that every
product with a multiple below 2^26 is exact. What is left, |r| <= pi/2, goes through
sin(r) = r + r^3 S(r^2) with S of degree 7 (error below 1e-18); the cosine takes half-odd multiples
instead and needs no polynomial of its own. The arc tangent is brought to |u| <= tan(pi/8), where
atan(u) = u + u^3 A(u^2) with A of degree 10 (error below 6e-18). `tools/elementary_coefficients.py`
derives S and A.
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
_ONE_OVER_PI = 0.3183098861837907
_PI = 3.141592653589793
_PI_1 = 3.141592651605606
_PI_2 = 1.984187036896401e-09
_PI_3 = 1.2246467864107189e-16
_PI_4 = 1.27366343270219e-24
_FARTHEST = 1e8
_NOT_A_NUMBER = np.nan


@njit(**PART_FLAGS)
def _sine_of_part(r):
    """Return sin(r) for |r| <= 1.5712."""
    z = r * r
    w = z * z
    even = -0.16666666666666666 + w * (
        -0.00019841269841254928 + w * (-2.505210761546661e-08 + w * -7.643967132130914e-13)
    )
    odd = 0.008333333333333316 + w * (
        2.755731921915122e-06 + w * (1.6058977213318265e-10 + w * 2.7314053169647314e-15)
    )
    return r + r * (z * (even + z * odd))


@njit(**PART_FLAGS)
def _less_pi(x, multiple):
    """Subtract a multiple of pi."""
    r = (x - multiple * _PI_1) - multiple * _PI_2
    return (r - multiple * _PI_3) - multiple * _PI_4


@njit(**PART_FLAGS)
def _negate_if_odd(value, shifted):
    """Change the sign of `value` if the integer in the low bits of `shifted` is odd."""
    return as_float(as_integer(value) ^ (as_integer(shifted) << 63))


@njit(**FLAGS)
def sin(x):
    """Return the sine, within 3 units in the last place for |x| <= 1e8, and nan beyond."""
    shifted = x * _ONE_OVER_PI + _SHIFTER
    value = _negate_if_odd(_sine_of_part(_less_pi(x, shifted - _SHIFTER)), shifted)
    return select(magnitude(x) <= _FARTHEST, value, _NOT_A_NUMBER)


@njit(**FLAGS)
def cos(x):
    """Return the cosine, within 3 units in the last place for |x| <= 1e8, and nan beyond."""
    shifted = (x * _ONE_OVER_PI + 0.5) + _SHIFTER
    value = _sine_of_part(_less_pi(x, (shifted - _SHIFTER) - 0.5))
    value = _negate_if_odd(value, shifted)
    return select(magnitude(x) <= _FARTHEST, value, _NOT_A_NUMBER)


@njit(**FLAGS)
def tan(x):
    """Return the tangent, within 4 units in the last place for |x| <= 1e8, and nan beyond."""
    return sin(x) / cos(x)


@njit(**FLAGS)
def sine_of_turns(x):
    """Return sin(2 pi x), to 3e-16 of the amplitude, for |x| below 2^50."""
    shifted = (x + x) + _SHIFTER
    r = _PI * ((x + x) - (shifted - _SHIFTER))
    return _negate_if_odd(_sine_of_part(r), shifted)


@njit(**FLAGS)
def atan(x):
    """Return the arc tangent, within 2 units in the last place."""
    a = magnitude(x)
    beyond_first = a > 0.41421356237309503
    beyond_second = a > 2.414213562373095
    upper = select(beyond_second, -1.0, select(beyond_first, a - 1.0, a))
    lower = select(beyond_second, a, select(beyond_first, a + 1.0, 1.0))
    start = select(beyond_second, 1.5707963267948966, select(beyond_first, 0.7853981633974483, 0.0))
    rest = select(beyond_second, 6.123e-17, select(beyond_first, 3.0616e-17, 0.0))
    u = upper / lower
    z = u * u
    w = z * z
    even = -0.3333333333333333 + w * (
        -0.14285714284666184
        + w
        * (
            -0.09090904576954117
            + w * (-0.06664511064599371 + w * (-0.050854323376990765 + w * -0.01917627151752634))
        )
    )
    odd = 0.19999999999995519 + w * (
        0.11111111015227572
        + w * (0.07692183163650894 + w * (0.05858145587628202 + w * 0.0392311556198723))
    )
    return with_sign(start + (u + (u * z * (even + z * odd) + rest)), x)
