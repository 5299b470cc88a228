"""exprel, x_over_expm1 and their derivatives against mpmath, near 0 and far from it."""

import mpmath
import numpy as np
import pytest

from excitable.expression import evaluate, parse

NEAR = [0.0, 5e-324, 1e-300, 1e-16, 1e-12, 1e-8, 1e-5, 1e-3, 0.03, 0.3, 1.0, 1.999, 2.0, 2.001]
NEAR += [2.499, 2.5, 2.501, 3.0, 5.0]
FAR = [10.0, 36.7, 37.5, 100.0, 300.0, 690.0]
POINTS = sorted({sign * x for x in NEAR + FAR for sign in (1.0, -1.0)})


def exact(name, order, x):
    """Return the derivative from its power series or, away from 0, by differences."""
    z = mpmath.mpf(x)
    with mpmath.workdps(60 + int(abs(x))):
        if abs(x) <= 3:
            if name == "exprel":
                terms = (z**n / (mpmath.factorial(n) * (n + order + 1)) for n in range(120))
            else:
                terms = (
                    mpmath.bernoulli(n + order) / mpmath.factorial(n) * z**n for n in range(250)
                )
            return mpmath.fsum(terms)
        if name == "exprel":
            return mpmath.diff(lambda y: mpmath.expm1(y) / y, z, order)
        return mpmath.diff(lambda y: y / mpmath.expm1(y), z, order)


@pytest.mark.parametrize("order", range(4))
@pytest.mark.parametrize("name", ["exprel", "x_over_expm1"])
def test_accuracy(name, order):
    e = parse(f"{name}{f'_d{order}' if order else ''}(x)")
    together = evaluate(e, {"x": np.array(POINTS)})
    for x, from_array in zip(POINTS, together, strict=True):
        truth = exact(name, order, x)
        for value in (from_array, evaluate(e, {"x": x})):
            # The last term is the spacing of the smallest numbers.
            assert abs(mpmath.mpf(float(value)) - truth) <= 1e-14 * abs(truth) + 5e-324, x


@pytest.mark.parametrize(
    ("name", "at_zero"),
    [
        ("exprel", [1, 1 / 2, 1 / 3, 1 / 4]),
        ("x_over_expm1", [1, -1 / 2, 1 / 6, 0]),
    ],
)
def test_values_at_zero(name, at_zero):
    for order, value in enumerate(at_zero):
        e = parse(f"{name}{f'_d{order}' if order else ''}(x)")
        assert evaluate(e, {"x": 0.0}) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("name", "order", "right", "left"),
    [
        ("exprel", 0, np.inf, 0.0),
        ("exprel", 1, np.inf, 0.0),
        ("exprel", 2, np.inf, 0.0),
        ("exprel", 3, np.inf, 0.0),
        ("x_over_expm1", 0, 0.0, np.inf),
        ("x_over_expm1", 1, 0.0, -1.0),
        ("x_over_expm1", 2, 0.0, 0.0),
        ("x_over_expm1", 3, 0.0, 0.0),
    ],
)
def test_limits(name, order, right, left):
    e = parse(f"{name}{f'_d{order}' if order else ''}(x)")
    for far in (np.inf, 1e300, 5000.0):
        assert evaluate(e, {"x": far}) == right
        value = evaluate(e, {"x": -far})
        assert value == (far if left == np.inf else pytest.approx(left, abs=2 / far))
    assert np.isnan(evaluate(e, {"x": np.nan}))


def test_no_early_overflow():
    # exp(x) overflows at 709.8; expm1(x)/x only at 716.4.
    assert evaluate(parse("exprel(x)"), {"x": 715.0}) == pytest.approx(
        float(mpmath.expm1(715) / 715), rel=1e-12
    )
    # And x exp(-x) is a number until x = 745.
    assert evaluate(parse("x_over_expm1(x)"), {"x": 720.0}) == pytest.approx(
        float(720 / mpmath.expm1(720)), rel=1e-10
    )


def test_the_raw_form_is_worse():
    """The reason for all this: near the hole the raw form keeps few digits."""
    x = 1e-9
    truth = 1 - x / 2
    assert abs(x / (np.exp(x) - 1) - truth) > 1e-9
    assert abs(evaluate(parse("x_over_expm1(x)"), {"x": x}) - truth) < 2e-16
