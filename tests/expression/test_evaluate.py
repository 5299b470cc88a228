"""Values of expressions: floats, arrays, and the cases where arithmetic has no answer."""

import math
import timeit

import numpy as np
import pytest

from excitable.errors import UnknownNameError
from excitable.expression import Number, Symbol, evaluate, functions, parse, parse_condition

ADEX = parse("g_L*(E_L - v) + g_L*Delta_T*exp((v - V_T)/Delta_T) - w + I")
VALUES = {"g_L": 30.0, "E_L": -70.6, "v": -55.0, "Delta_T": 2.0, "V_T": -50.4, "w": 3.0, "I": 9.0}


def test_a_number():
    expected = 30 * (-70.6 + 55) + 60 * math.exp((-55 + 50.4) / 2) - 3 + 9
    result = evaluate(ADEX, VALUES)
    assert type(result) is float
    assert result == pytest.approx(expected, rel=1e-15)


def test_arrays_are_broadcast():
    v = np.linspace(-80, -40, 7)
    w = np.array([[0.0], [1.0]])
    result = evaluate(ADEX, VALUES | {"v": v, "w": w})
    assert result.shape == (2, 7)
    for i in range(2):
        for j in range(7):
            one = evaluate(ADEX, VALUES | {"v": float(v[j]), "w": float(w[i, 0])})
            assert result[i, j] == pytest.approx(one, rel=1e-14)


@pytest.mark.parametrize(
    "value", [2, 2.0, np.float64(2), np.float32(2), np.int64(2), np.array(2.0), True]
)
def test_all_kinds_of_scalars(value):
    result = evaluate(parse("x**3/3"), {"x": value})
    assert type(result) is float
    assert result == pytest.approx(8 / 3 if value is not True else 1 / 3)


@pytest.mark.parametrize("kind", [list, tuple, np.float32, np.int64])
def test_all_kinds_of_arrays(kind):
    values = np.array([1, 2], dtype=kind) if isinstance(kind, type(np.float32)) else kind([1, 2])
    result = evaluate(parse("x/2"), {"x": values})
    assert result.dtype == np.float64
    np.testing.assert_array_equal(result, [0.5, 1.0])


def test_a_constant_stays_a_number():
    assert evaluate(Number(3), {"x": np.zeros(4)}) == 3.0
    assert evaluate(parse("2*3 + 1"), {}) == 7.0


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("1/x", 0.0, math.inf),
        ("-1/x", 0.0, -math.inf),
        ("x/x", 0.0, math.nan),
        ("exp(x)", 1000.0, math.inf),
        ("exp(x)", -1000.0, 0.0),
        ("sinh(x)", -1000.0, -math.inf),
        ("x**x", 1000.0, math.inf),
        ("x**0.5", -1.0, math.nan),
        ("x**-1", 0.0, math.inf),
        ("log(x)", 0.0, -math.inf),
        ("log(x)", -1.0, math.nan),
        ("log1p(x)", -1.0, -math.inf),
        ("sqrt(x)", -1.0, math.nan),
        ("sin(x)", math.inf, math.nan),
        ("x*x", 1e300, math.inf),
        ("exp(-x)*0 + 1/(1 + exp(x))", 1000.0, 0.0),
    ],
)
def test_poles_and_overflow_follow_numpy_without_warnings(text, x, expected):
    e = parse(text)
    np.testing.assert_equal(evaluate(e, {"x": x}), expected)
    np.testing.assert_equal(evaluate(e, {"x": np.array([x, x])}), [expected, expected])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x > 1", [False, False, True]),
        ("x >= 1", [False, True, True]),
        ("x < 1", [True, False, False]),
        ("x <= 1", [True, True, False]),
        ("x == 1", [False, True, False]),
        ("x != 1", [True, False, True]),
        ("x > 0.5 and x < 1.5", [False, True, False]),
        ("x < 0.5 or x > 1.5", [True, False, True]),
        ("not x > 1", [True, True, False]),
    ],
)
def test_conditions(text, expected):
    e = parse_condition(text)
    values = [0.0, 1.0, 2.0]
    np.testing.assert_array_equal(evaluate(e, {"x": np.array(values)}), expected)
    scalars = [evaluate(e, {"x": x}) for x in values]
    assert scalars == expected
    assert all(type(s) is bool for s in scalars)


SAMPLES = np.array(
    [-750.0, -3.0, -0.5, -0.0, 0.0, 1e-9, 0.5, 3.0, 30.0, 750.0, np.inf, -np.inf, np.nan]
)


@pytest.mark.parametrize("name", [n for n, f in functions().items() if f.arity == 1])
def test_scalars_agree_with_arrays(name):
    e = parse(f"{name}(x)")
    together = evaluate(e, {"x": SAMPLES})
    for x, value in zip(SAMPLES, together, strict=True):
        np.testing.assert_allclose(evaluate(e, {"x": float(x)}), value, rtol=1e-15)


@pytest.mark.parametrize("name", ["minimum", "maximum"])
def test_choices_agree_with_arrays(name):
    a, b = np.meshgrid(SAMPLES, SAMPLES)
    e = parse(f"{name}(a, b)")
    together = evaluate(e, {"a": a, "b": b})
    for index in np.ndindex(a.shape):
        one = evaluate(e, {"a": float(a[index]), "b": float(b[index])})
        np.testing.assert_equal(one, together[index])


def test_functions_at_their_corners():
    def value(text, **values):
        return evaluate(parse(text), values)

    assert value("heaviside(x)", x=0.0) == 1.0
    assert value("heaviside(x)", x=-1e-300) == 0.0
    assert value("sign(x)", x=0.0) == 0.0
    assert value("sign(x)", x=-2.0) == -1.0
    assert value("abs(x)", x=-2.0) == 2.0
    assert value("where(x > 0, 1/x, 7)", x=0.0) == 7.0
    assert value("logistic(x)", x=-745.0) == pytest.approx(math.exp(-745), rel=1e-3)
    assert value("logistic(x)", x=40.0) == 1.0
    assert value("exprel(x)", x=0.0) == 1.0
    assert value("x_over_expm1(x)", x=0.0) == 1.0


def test_a_name_without_value_is_named():
    with pytest.raises(UnknownNameError, match="w has no value"):
        evaluate(ADEX, {name: 1.0 for name in VALUES if name != "w"})


def test_repeated_parts_are_computed_once():
    e = Symbol("x")
    for _ in range(60):
        e = 0.5 * e + 0.5 * e
    assert evaluate(e, {"x": 3.0}) == 3.0
    np.testing.assert_array_equal(evaluate(e, {"x": np.ones(2)}), [1.0, 1.0])


def test_a_scalar_costs_microseconds():
    evaluate(ADEX, VALUES)
    best = min(timeit.repeat(lambda: evaluate(ADEX, VALUES), number=100, repeat=5)) / 100
    assert best < 50e-6
