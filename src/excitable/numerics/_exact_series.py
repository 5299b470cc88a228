"""The flow of x' = A x + b + r s over a short time, as its Taylor polynomial.

    x(s) = x + f s + (A f + r) s^2/2 + A (A f + r) s^3/6 + ...,      f = A x + b.

A step is short when s rho <= 1, rho being the spectral radius of |A|: then the series has converged
after some twenty terms and hardly cancels; in powers of s over the length of the step, so that no
coefficient is much larger than the state. Nothing is divided by a difference of rates, so equal
and nearly equal time constants are no case of their own. End of a step, samples inside it and the
distance to threshold all read one polynomial.
"""

import math

from numba import njit

from excitable.numerics._hints import stay_small
from excitable.numerics._options import HELPER

MOST_TERMS = 21  # 1/21! is below 2**-60
_DEPTH = 51  # halvings of a step
_CONVERGED = 2.0**-60
_ROUNDING = 2.0**-53


@njit(**HELPER)
def degree_of(z, n):
    """Degree of the polynomial for s rho = z: converged, and exact for chains of n states."""
    stay_small()
    k = 0
    term = 1.0
    while term > _CONVERGED and k < MOST_TERMS:
        k += 1
        term *= z / k
    return k + n


@njit(**HELPER)
def expand(A, x, b, r, length, degree, series):
    """Coefficients of the state's polynomial, one row per power of s over the length."""
    stay_small()
    n = x.shape[0]
    for i in range(n):
        total = b[i]
        for j in range(n):
            total += A[i, j] * x[j]
        series[0, i] = x[i]
        series[1, i] = total * length
    for k in range(2, degree + 1):
        share = length / k
        for i in range(n):
            total = r[i] * length if k == 2 else 0.0
            for j in range(n):
                total += A[i, j] * series[k - 1, j]
            series[k, i] = total * share


@njit(**HELPER)
def evaluate(series, degree, s, out):
    """State at a part s of the step: one at rest stays there to the last place."""
    stay_small()
    for i in range(out.shape[0]):
        total = series[degree, i]
        for k in range(degree - 1, -1, -1):
            total = total * s + series[k, i]
        out[i] = total


@njit(**HELPER)
def distance(normal, theta, x):
    """G = n x - theta: the neuron fires where g >= 0."""
    g = -theta
    for j in range(x.shape[0]):
        g += normal[j] * x[j]
    return g


@njit(**HELPER)
def project(sign, normal, theta, series, degree, g):
    """Coefficients of the distance to threshold, times a sign."""
    stay_small()
    for k in range(degree + 1):
        g[k] = sign * distance(normal, theta if k == 0 else 0.0, series[k])


@njit(**HELPER)
def _at(g, degree, s):
    """Polynomial and its two derivatives at s."""
    stay_small()
    value = g[degree]
    slope = 0.0
    half = 0.0
    for k in range(degree - 1, -1, -1):
        half = half * s + slope
        slope = slope * s + value
        value = value * s + g[k]
    return value, slope, 2.0 * half


@njit(**HELPER)
def first_crossing(g, degree):
    """First s in (0, 1] at which the polynomial reaches 0 from below, or infinity.

    On a stretch of width w the second derivative is at most its value in the middle plus w/2 times
    a bound on the third. A chord below -M w^2/8 proves that nothing was crossed; otherwise the
    stretch is halved until it is cleared or holds one monotone crossing. (Compare Krishnan et al.,
    Front. Neuroinform. 2018, on lossless tests.)
    """
    stay_small()
    jerk = 0.0
    for k in range(degree, 2, -1):
        jerk += k * (k - 1) * (k - 2) * abs(g[k])
    low, depth, width = 0.0, 0, 1.0
    at_low, slope_low, _ = _at(g, degree, low)
    while True:
        high = low + width
        at_high, slope_high, _ = _at(g, degree, high)
        bend = abs(_at(g, degree, low + 0.5 * width)[2]) + 0.5 * width * jerk
        least = depth == _DEPTH
        if at_high < 0.0:
            # Silent at both ends, and too flat to reach up between them, or monotone.
            clear = max(at_low, at_high) + bend * width * width / 8.0 < 0.0
            clear = clear or slope_low + bend * width <= 0.0 or slope_high - bend * width >= 0.0
            if clear or least:
                if high >= 1.0:
                    return math.inf
                low, at_low, slope_low = high, at_high, slope_high
                # On to the next stretch, twice as wide as long as that is aligned.
                steps = low / width
                while depth > 0 and steps % 2.0 == 0.0:
                    steps *= 0.5
                    width *= 2.0
                    depth -= 1
                continue
        elif slope_high - bend * width > 0.0 or least:
            return _root(g, degree, low, high)
        depth += 1
        width *= 0.5


@njit(**HELPER)
def _root(g, degree, low, high):
    """Root of a monotone bracket, by Newton's method kept inside it."""
    stay_small()
    top = high
    s = 0.5 * (low + high)
    for _ in range(100):
        value, slope, _ = _at(g, degree, s)
        if value >= 0.0:
            high = s
        else:
            low = s
        new = s - value / slope if slope > 0.0 else math.inf
        if not (low < new < high):
            new = 0.5 * (low + high)
        if abs(new - s) <= 2e-16 * top or high - low <= 2e-16 * top:
            return new
        s = new
    return s


@njit(**HELPER)
def settle(sign, normal, theta, series, degree, s, here):
    """Put into `here` the state at s, moved on by rounding errors until it lies beyond threshold.

    Rounding may leave a root on the near side, where the same crossing would be met again. Gives
    the part of the step.
    """
    stay_small()
    nudge = _ROUNDING
    for _ in range(60):
        evaluate(series, degree, s, here)
        if sign * distance(normal, theta, here) > 0.0 or s >= 1.0:
            break
        s = min(s + nudge, 1.0)
        nudge *= 2.0
    return s
