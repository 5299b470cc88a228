"""Derive the coefficients of the compiled elementary functions; run as a script, it prints them.

Each table is mpmath's Chebyshev fit, in 60 digits, to the function named above it, rounded to
floats, lowest power first. After the name stands the largest error of the fit, in the units of the
function that the polynomial serves. `tests/numerics/test_coefficients.py` compares these tables
with those in `excitable.numerics`.
"""

from collections.abc import Callable

from mpmath import atan, atanh, bernoulli, chebyfit, factorial, log, mp, mpf, pi, sin, sqrt

DIGITS = 60
TERMS = 60
NEARLY = mpf("1.0005")  # the fits reach a little beyond the interval on which they are used


def fit(function: Callable, interval: tuple, degree: int) -> tuple[list[float], float]:
    """Return the coefficients and the largest error of a polynomial of this degree."""
    with mp.workdps(DIGITS):
        coefficients, error = chebyfit(function, list(interval), degree + 1, error=True)
        return [float(coefficient) for coefficient in reversed(coefficients)], float(error)


def exponential(r):
    """Return q(r) in exp(r) = 1 + r + r^2 q(r)."""
    return sum(r**k / factorial(k + 2) for k in range(TERMS))


def logarithm(z):
    """Return W(z) in 2 artanh(s) = 2s + s^3 W(s^2)."""
    if z < mpf("1e-6"):
        return sum(2 * z**k / (2 * k + 3) for k in range(12))
    s = sqrt(z)
    return (2 * atanh(s) / s - 2) / z


def sine(z):
    """Return S(z) in sin(r) = r + r^3 S(r^2)."""
    if z < mpf("1e-6"):
        return sum((-1) ** (k + 1) * z**k / factorial(2 * k + 3) for k in range(12))
    r = sqrt(z)
    return (sin(r) / r - 1) / z


def arc_tangent(z):
    """Return A(z) in atan(u) = u + u^3 A(u^2)."""
    if z < mpf("1e-6"):
        return sum((-1) ** (k + 1) * z**k / (2 * k + 3) for k in range(12))
    u = sqrt(z)
    return (atan(u) / u - 1) / z


def bernoulli_slope(order: int) -> Callable:
    """Return a derivative of x/expm1(x) + x/2 as a function of x^2, without its odd factor x."""
    terms = []
    for n in range(order + order % 2, 2 * TERMS, 2):
        if n:
            power = (n - order) // 2
            terms.append((power, bernoulli(n) / factorial(n - order)))
    return lambda z: sum(coefficient * z**power for power, coefficient in terms)


def exprel_slope_rest(order: int) -> Callable:
    """Return (d(x) - d(0))/x for a derivative d of expm1(x)/x."""
    return lambda x: sum(x ** (k - 1) / (factorial(k) * (k + order + 1)) for k in range(1, TERMS))


def tables() -> dict[str, tuple[list[float], float]]:
    """Return all tables of coefficients, each with its error."""
    with mp.workdps(DIGITS):
        half = log(2) / 2 * mpf("1.0001")
        s = (sqrt(2) - 1) / (sqrt(2) + 1)
        quarter = (pi / 2) ** 2 * NEARLY
        eighth = mpf("0.17158")  # tan(pi/8)^2
        found = {
            "exponential": fit(exponential, (-half, half), 9),
            "logarithm": fit(logarithm, (0, s**2 * mpf("1.0001")), 6),
            "sine": fit(sine, (0, quarter), 7),
            "arc tangent": fit(arc_tangent, (0, eighth), 10),
        }
        for order in (1, 2, 3):
            found[f"x_over_expm1_d{order}"] = fit(bernoulli_slope(order), (0, 4), 11)
        for order in (1, 2, 3):
            rest, error = fit(exprel_slope_rest(order), (-1, 1), 12)
            found[f"exprel_d{order}"] = ([1 / (order + 1), *rest], error)
        return found


def main() -> None:
    """Print every table."""
    for name, (coefficients, error) in tables().items():
        print(f"{name}: {error:.1e}")  # noqa: T201
        for coefficient in coefficients:
            print(f"    {coefficient!r}")  # noqa: T201


if __name__ == "__main__":
    main()
