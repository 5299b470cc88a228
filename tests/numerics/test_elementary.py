"""The elementary functions against mpmath, and at their edges.

With NUMBA_DISABLE_JIT set the same tests look at what replaces them: NumPy's functions, and the
compiled functions' own source run as plain Python.
"""

import math

import mpmath as mp
import numpy as np
import pytest
from numba import config, njit

from excitable.numerics import (
    _elementary,
    _exponential,
    _exponential_slopes,
    _logarithm,
    _trigonometric,
)

PLAIN = bool(config.DISABLE_JIT)
INF, NAN = math.inf, math.nan
LOWEST = 2.2250738585072014e-308
SOURCES = (_exponential, _exponential_slopes, _logarithm, _trigonometric)
generator = np.random.default_rng(20)


def uniform(low, high, count=150):
    return generator.uniform(low, high, count)


def scattered(low, high, count=60):
    """Return numbers of both signs whose sizes spread evenly over powers of ten."""
    sizes = 10.0 ** generator.uniform(low, high, count)
    return np.concatenate([sizes, -sizes])


def far_too_many_digits(function):
    """Return the function evaluated so exactly that no cancellation matters."""

    def evaluate(x):
        with mp.workdps(60 + 6 * max(0, -int(mp.log10(abs(x)))) + int(abs(x))):
            return function(mp.mpf(x))

    return evaluate


@far_too_many_digits
def exact_exprel_d1(x):
    return (mp.exp(x) * (x - 1) + 1) / x**2


@far_too_many_digits
def exact_exprel_d2(x):
    return (mp.exp(x) * (x**2 - 2 * x + 2) - 2) / x**3


@far_too_many_digits
def exact_exprel_d3(x):
    return (mp.exp(x) * (x**3 - 3 * x**2 + 6 * x - 6) + 6) / x**4


def exact_slope(order):
    """Return a derivative of x q(x), q = 1/(exp(x) - 1), by q' = -q (1 + q)."""

    @far_too_many_digits
    def evaluate(x):
        q = 1 / (mp.exp(x) - 1)
        q_1 = -q * (1 + q)
        q_2 = -q_1 * (1 + 2 * q)
        q_3 = -q_2 * (1 + 2 * q) - 2 * q_1**2
        return (q + x * q_1, 2 * q_1 + x * q_2, 3 * q_2 + x * q_3)[order - 1]

    return evaluate


MIDDLE = np.concatenate([uniform(-3, 3), scattered(-12, 0), scattered(-280, -12, 20)])
WIDE = np.concatenate([MIDDLE, uniform(-700, 700)])
SLOPES = np.concatenate([uniform(-6, 6), scattered(-30, 0), uniform(-690, 690, 60)])
ANGLES = np.concatenate(
    [uniform(-7, 7), scattered(-280, 8), np.round(scattered(0, 7.5)) * (np.pi / 2)]
)
POSITIVE = np.concatenate(
    [uniform(0.5, 2), np.abs(scattered(-307, 308)), 1 + scattered(-15, -2), [5e-324, 1e-310]]
)

# name: (exact function, arguments, largest error in units in the last place)
ACCURACY = {
    "exp": (mp.exp, WIDE, 1.1),
    "expm1": (mp.expm1, WIDE, 2.5),
    "exprel": (lambda x: mp.expm1(x) / x, np.append(WIDE, [711.0, 715.0]), 2.5),
    "x_over_expm1": (lambda x: x / mp.expm1(x), WIDE, 3.1),
    "logistic": (lambda x: 1 / (1 + mp.exp(-x)), WIDE, 2.2),
    "tanh": (mp.tanh, np.concatenate([MIDDLE, uniform(-25, 25)]), 2.6),
    "sinh": (mp.sinh, np.append(WIDE, [710.4, -710.4]), 3.0),
    "cosh": (mp.cosh, np.append(WIDE, [710.4, -710.4]), 1.6),
    "log": (mp.log, POSITIVE, 1.0),
    "log1p": (mp.log1p, np.concatenate([np.abs(MIDDLE), POSITIVE, uniform(-1, 0)]), 1.6),
    "sin": (mp.sin, ANGLES, 2.3),
    "cos": (mp.cos, ANGLES, 2.3),
    "tan": (mp.tan, ANGLES, 4.0),
    "atan": (mp.atan, np.concatenate([WIDE, scattered(0, 300)]), 1.5),
    "exprel_d1": (exact_exprel_d1, SLOPES, 45.0),
    "exprel_d2": (exact_exprel_d2, SLOPES, 100.0),
    "exprel_d3": (exact_exprel_d3, SLOPES, 200.0),
    "x_over_expm1_d1": (exact_slope(1), SLOPES, 30.0),
    "x_over_expm1_d2": (exact_slope(2), SLOPES, 60.0),
    "x_over_expm1_d3": (exact_slope(3), SLOPES, 200.0),
}
# Relative error of the derivatives, as promised.
PROMISED = {1: 1e-14, 2: 1e-13, 3: 1e-13}

EDGES = [0.0, -0.0, INF, -INF, NAN, 5e-324, -5e-324, 1e308, -1e308]
# What each function gives at EDGES.
AT_EDGES = {
    "exp": [1, 1, INF, 0, NAN, 1, 1, INF, 0],
    "expm1": [0, 0, INF, -1, NAN, 5e-324, -5e-324, INF, -1],
    "exprel": [1, 1, INF, 0, NAN, 1, 1, INF, 1e-308],
    "x_over_expm1": [1, 1, 0, INF, NAN, 1, 1, 0, 1e308],
    "logistic": [0.5, 0.5, 1, 0, NAN, 0.5, 0.5, 1, 0],
    "tanh": [0, 0, 1, -1, NAN, 5e-324, -5e-324, 1, -1],
    "sinh": [0, 0, INF, -INF, NAN, 5e-324, -5e-324, INF, -INF],
    "cosh": [1, 1, INF, INF, NAN, 1, 1, INF, INF],
    "log": [-INF, -INF, INF, NAN, NAN, mp.log(5e-324), NAN, mp.log(1e308), NAN],
    "log1p": [0, 0, INF, NAN, NAN, 5e-324, -5e-324, mp.log(1e308), NAN],
    "atan": [0, 0, np.pi / 2, -np.pi / 2, NAN, 5e-324, -5e-324, np.pi / 2, -np.pi / 2],
    "exprel_d1": [1 / 2, 1 / 2, INF, 0, NAN, 1 / 2, 1 / 2, INF, 0],
    "exprel_d2": [1 / 3, 1 / 3, INF, 0, NAN, 1 / 3, 1 / 3, INF, 0],
    "exprel_d3": [1 / 4, 1 / 4, INF, 0, NAN, 1 / 4, 1 / 4, INF, 0],
    "x_over_expm1_d1": [-0.5, -0.5, 0, -1, NAN, -0.5, -0.5, 0, -1],
    "x_over_expm1_d2": [1 / 6, 1 / 6, 0, 0, NAN, 1 / 6, 1 / 6, 0, 0],
    "x_over_expm1_d3": [0, 0, 0, 0, NAN, 0, 0, 0, 0],
}


def source_of(name):
    """Return the function of that name as its own module defines it."""
    return next(getattr(module, name) for module in SOURCES if hasattr(module, name))


_drivers = {}


def driver(name):
    """Return a compiled loop over the function of that name."""
    if name not in _drivers:
        function = getattr(_elementary, name)

        @njit(fastmath={"contract"}, error_model="numpy")
        def apply(x, y):
            for i in range(x.size):
                y[i] = function(x[i])

        _drivers[name] = apply
    return _drivers[name]


def apply(name, x):
    """Return the values of a function for an array."""
    x = np.asarray(x, dtype=float)
    y = np.empty_like(x)
    driver(name)(x, y)
    return y


def apply_source(name, x):
    """Return the values of the function's own source, run as plain Python."""
    function = source_of(name)
    with np.errstate(all="ignore"):
        return np.array([function(np.float64(value)) for value in x])


def errors(x, y, exact):
    """Return the relative errors and the errors in units in the last place, where normal."""
    relative, units = [], []
    with mp.workdps(40):
        for argument, value in zip(x.tolist(), y.tolist(), strict=True):
            right = exact(mp.mpf(argument))
            if abs(right) < LOWEST:
                assert abs(value) <= 1.01 * LOWEST
                continue
            difference = abs(mp.mpf(value) - right)
            relative.append(float(difference / abs(right)))
            units.append(float(difference / mp.mpf(float(np.spacing(abs(float(right)))))))
    return max(relative), max(units)


@pytest.mark.parametrize("name", ACCURACY)
def test_accuracy(name):
    exact, x, allowed = ACCURACY[name]
    relative, units = errors(x, apply(name, x), exact)
    if PLAIN:
        assert relative < 1e-12
        assert errors(x, apply_source(name, x), exact)[0] < 1e-12
        return
    assert units <= allowed
    if name[-2:-1] == "d":
        assert relative < PROMISED[int(name[-1])]


@pytest.mark.parametrize("name", AT_EDGES)
def test_edges(name):
    expected = np.array(AT_EDGES[name], dtype=float)
    results = [apply(name, EDGES)] + ([apply_source(name, EDGES)] if PLAIN else [])
    for values in results:
        np.testing.assert_allclose(values, expected, rtol=4e-16, atol=0.0)


@pytest.mark.parametrize("name", ["sin", "cos", "tan"])
def test_trigonometric_functions_say_nan_where_they_cannot_tell(name):
    assert np.isnan(apply(name, [INF, -INF, NAN])).all()
    far = [1.1e8, -1e12, 1e300]
    assert np.isnan(apply_source(name, far) if PLAIN else apply(name, far)).all()
    assert np.isfinite(apply(name, [1e8, -1e8])).all()


def test_sine_of_turns():
    x = uniform(-3, 3, 200)
    with mp.workdps(40):
        exact = [float(mp.sin(2 * mp.pi * mp.mpf(value))) for value in x.tolist()]
    for run in (apply, apply_source) if PLAIN else (apply,):
        np.testing.assert_allclose(run("sine_of_turns", x), exact, rtol=0, atol=1e-14)


@pytest.mark.skipif(PLAIN, reason="NumPy keeps numbers below the smallest normal one")
def test_exp_is_zero_below_the_smallest_normal_number_and_infinite_above_the_largest():
    assert apply("exp", [-708.3964, -708.3965, -745.0]).tolist() == [math.exp(-708.3964), 0.0, 0.0]
    assert apply("exp", [709.782712893384, 709.7827128933841]).tolist() == [
        pytest.approx(math.exp(709.782712893384), rel=3e-16),
        INF,
    ]


def test_functions_grow_where_they_should():
    steps = np.linspace(-2e-15, 2e-15, 41)
    for center in (0.0, math.log(2) / 2, -math.log(2) / 2, 1.0):
        for name in ("exp", "expm1", "tanh"):
            values = apply(name, center + steps)
            assert np.diff(values).min() >= -3 * np.spacing(np.abs(values).max()), name


@njit(fastmath={"contract"}, error_model="numpy")
def apply_power(x, y, z):
    for i in range(x.size):
        z[i] = _elementary.pow(x[i], y[i])


@njit(fastmath={"contract"}, error_model="numpy")
def apply_power_source(x, y, z):
    for i in range(x.size):
        z[i] = _logarithm.pow(x[i], y[i])


def powers(x, y, run=apply_power):
    x, y = np.float64(x), np.float64(y)
    z = np.empty_like(x)
    with np.errstate(all="ignore"):
        run(x, y, z)
    return z


@pytest.mark.parametrize("run", [apply_power, apply_power_source])
def test_power(run):
    modest = (uniform(0.1, 10, 400), uniform(-8, 8, 400))
    x = np.abs(scattered(-300, 300, 150))
    large = (x, np.sign(x - 1) * uniform(-690, 690, x.size) / np.log(x))
    for (x, y), allowed in ((modest, 2.0), (large, 12.0)):
        z = powers(x, y, run)
        with mp.workdps(40):
            exact = [mp.mpf(a) ** mp.mpf(b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
            units = [
                float(abs(mp.mpf(value) - right) / mp.mpf(float(np.spacing(float(right)))))
                for value, right in zip(z.tolist(), exact, strict=True)
            ]
        assert max(units) < allowed


@pytest.mark.parametrize("run", [apply_power, apply_power_source])
def test_power_at_edges(run):
    special = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, INF, -INF, NAN, 2.5, -2.5]
    special += [1e300, 1e16, 1.0 + 2.0**-52, 2.0**51 - 1]
    # NumPy takes the exponent 0.5 of one number for a square root, which differs at -0 and -inf.
    exponents = [0.6 if value == 0.5 else value for value in special]
    x, y = (grid.ravel() for grid in np.meshgrid(special, exponents))
    with np.errstate(all="ignore"):
        expected = np.power(x, y)
    np.testing.assert_allclose(powers(x, y, run), expected, rtol=1e-14, atol=0.0)
    positive = ~np.isnan(expected) & (expected == 0.0)
    np.testing.assert_array_equal(
        np.signbit(powers(x, y, run)[positive]), np.signbit(expected[positive])
    )
