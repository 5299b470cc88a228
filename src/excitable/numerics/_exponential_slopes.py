"""Derivatives of exprel and x/expm1(x), compiled: finite at zero and exact to rounding around it.

Near zero the closed forms subtract numbers that agree in most digits, so there the functions are
polynomials: with z = x^2, x/expm1(x) is -x/2 plus a function of z, fitted for |x| <= 2, and the
derivatives of exprel are fitted in x for |x| <= 1. The fits are exact to 1e-16 of the result;
`tools/elementary_coefficients.py` derives them. Elsewhere, with E = exp(-|x|) and q = E/(1 - E),

- x/expm1(x) is x q above zero, q' = -q (1 + q), and below zero its first derivative is -1 less that
  at -x, the second the same, and the third opposite;
- the n-th derivative of exprel is (exp(x) - n (that of order n - 1))/x, written out in v = 1/x.

The first derivatives are within 1e-14 of their value, the others within 1e-13. Where exp(x)
overflows, the derivatives of exprel are infinite, a little before they must be.
"""

from numba import njit

from excitable.numerics._bits import FLAGS, PART_FLAGS, magnitude, select
from excitable.numerics._exponential import exp


@njit(**PART_FLAGS)
def _polynomial_6(x, a, b, c, d, e, f):
    """Return the polynomial with these coefficients, lowest power first."""
    return a + x * (b + x * (c + x * (d + x * (e + x * f))))


@njit(**PART_FLAGS)
def _polynomial_7(x, a, b, c, d, e, f, g):
    """Return the polynomial with these coefficients, lowest power first."""
    return a + x * (b + x * (c + x * (d + x * (e + x * (f + x * g)))))


@njit(**FLAGS)
def x_over_expm1_d1(x):
    """Return the first derivative of x/expm1(x), which is -1/2 at zero."""
    z = x * x
    w = z * z
    even = _polynomial_6(
        w,
        0.16666666666666666,
        0.00019841269841261428,
        2.087675689234651e-07,
        1.8735426305091645e-10,
        1.5424409214003786e-13,
        1.0660773143683134e-16,
    )
    odd = _polynomial_6(
        w,
        -0.005555555555555549,
        -6.613756613362547e-06,
        -6.341026797093194e-09,
        -5.422735754463574e-12,
        -4.267032072035278e-15,
        -1.77602846719544e-18,
    )
    near = -0.5 + x * (even + z * odd)
    a = magnitude(x)
    held = select(a > 800.0, 800.0, a)
    decay = exp(-held)
    r = 1.0 / (1.0 - decay)
    above = decay * r * (1.0 - held * r)
    far = select(x > 0.0, above, -1.0 - above)
    return select(a < 2.0, near, far)


@njit(**FLAGS)
def x_over_expm1_d2(x):
    """Return the second derivative of x/expm1(x), which is 1/6 at zero."""
    z = x * x
    w = z * z
    even = _polynomial_6(
        w,
        0.16666666666666666,
        0.0009920634920614904,
        1.8789081061667752e-06,
        2.435591879562834e-09,
        2.620036802891676e-12,
        2.1931061057712186e-15,
    )
    odd = _polynomial_6(
        w,
        -0.0166666666666665,
        -4.6296296286918874e-05,
        -6.975127720839443e-08,
        -8.133435322971491e-11,
        -8.065996602283207e-14,
        -3.867723395055999e-17,
    )
    near = even + z * odd
    a = magnitude(x)
    held = select(a > 800.0, 800.0, a)
    decay = exp(-held)
    r = 1.0 / (1.0 - decay)
    c = (1.0 + decay) * r
    far = decay * r * r * (held * c - 2.0)
    return select(a < 2.0, near, far)


@njit(**FLAGS)
def x_over_expm1_d3(x):
    """Return the third derivative of x/expm1(x), which is 0 at zero."""
    z = x * x
    w = z * z
    even = _polynomial_6(
        w,
        -0.03333333333333333,
        -0.00027777777777631004,
        -6.975130816206205e-07,
        -1.1389107055974497e-09,
        -1.4822315113261006e-12,
        -1.43321867723278e-15,
    )
    odd = _polynomial_6(
        w,
        0.003968253968253846,
        1.5031265024387312e-05,
        2.922743583269181e-08,
        4.202413686227141e-11,
        4.943616276099571e-14,
        2.6401700522354097e-17,
    )
    near = x * (even + z * odd)
    a = magnitude(x)
    held = select(a > 800.0, 800.0, a)
    decay = exp(-held)
    r = 1.0 / (1.0 - decay)
    c = (1.0 + decay) * r
    above = decay * r * r * (3.0 * c - 1.5 * held * c * c + 0.5 * held)
    far = select(x > 0.0, above, -above)
    return select(a < 2.0, near, far)


@njit(**FLAGS)
def exprel_d1(x):
    """Return the first derivative of expm1(x)/x, which is 1/2 at zero."""
    z = x * x
    even = _polynomial_7(
        z,
        0.5,
        0.1249999999999977,
        0.0069444444445089185,
        0.00017361111059549153,
        2.480160496908856e-06,
        2.2961491456625265e-08,
        1.51467028367423e-10,
    )
    odd = _polynomial_7(
        z,
        0.3333333333333333,
        0.03333333333333319,
        0.0011904761904802305,
        2.2045855346877938e-05,
        2.505211945736132e-07,
        1.9269009151536323e-09,
        1.0853190883711276e-11,
    )
    v = 1.0 / select(x > 1000.0, 1000.0, x)
    far = exp(x) * v * (1.0 - v) + v * v
    return select(z < 1.0, even + x * odd, far)


@njit(**FLAGS)
def exprel_d2(x):
    """Return the second derivative of expm1(x)/x, which is 1/3 at zero."""
    z = x * x
    even = _polynomial_7(
        z,
        0.3333333333333333,
        0.09999999999999783,
        0.005952380952441638,
        0.00015432098716899507,
        2.2546914176331574e-06,
        2.1195169469417665e-08,
        1.4138774473042388e-10,
    )
    odd = _polynomial_7(
        z,
        0.25,
        0.02777777777777764,
        0.0010416666666704824,
        1.9841269810752267e-05,
        2.2964443144066062e-07,
        1.789262200458219e-09,
        1.0175893793992506e-11,
    )
    v = 1.0 / select(x > 1000.0, 1000.0, x)
    far = exp(x) * v * (1.0 - 2.0 * v + 2.0 * v * v) - 2.0 * v * v * v
    return select(z < 1.0, even + x * odd, far)


@njit(**FLAGS)
def exprel_d3(x):
    """Return the third derivative of expm1(x)/x, which is 1/4 at zero."""
    z = x * x
    even = _polynomial_7(
        z,
        0.25,
        0.08333333333333129,
        0.005208333333390652,
        0.00013888888843049415,
        2.066800512458402e-06,
        1.9681184698350275e-08,
        1.3256644511586892e-10,
    )
    odd = _polynomial_7(
        z,
        0.2,
        0.02380952380952368,
        0.0009259259259295411,
        1.803751800860507e-05,
        2.1197947772138406e-07,
        1.6699756024210717e-09,
        9.578177049599134e-12,
    )
    v = 1.0 / select(x > 1000.0, 1000.0, x)
    far = exp(x) * v * (1.0 - 3.0 * v + v * v * (6.0 - 6.0 * v)) + 6.0 * (v * v) * (v * v)
    return select(z < 1.0, even + x * odd, far)
