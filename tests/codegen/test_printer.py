"""Python text of expressions: the value NumPy computes, names that hide nothing."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from excitable.codegen import source
from excitable.codegen._python import ELEMENTARY, TAKEN, PythonPrinter
from excitable.errors import SchemeError
from excitable.expression import Call, Number, Symbol, evaluate, functions, parse, parse_condition
from excitable.models import LIF, HodgkinHuxley

NAMES = {"x": 0.7, "y": -1.3, "z": 2.5}

# As they stand before any test: analyses register functions of their own, without a printed form.
LANGUAGE = dict(functions())


def computed(text):
    """Compute printed text with NumPy's functions in place of the compiled ones."""
    space = {name: (lambda *a, name=name: float(evaluate(Call(name, tuple(map(Number, a))), {})))
             for name in ELEMENTARY - {"pow"}}  # fmt: skip
    space |= {"math": math, "pow": math.pow, **NAMES}
    return eval(text, space)  # noqa: S307


def expressions():
    leaves = st.sampled_from([Symbol("x"), Symbol("y"), Symbol("z"), Number(2.0), Number(-0.5)])

    def grow(parts):
        pair = st.tuples(parts, parts)
        return st.one_of(
            pair.map(lambda p: p[0] + p[1]),
            pair.map(lambda p: p[0] - p[1]),
            pair.map(lambda p: p[0] * p[1]),
            pair.map(lambda p: p[0] / p[1]),
            parts.map(lambda p: -p),
            parts.map(lambda p: p ** Number(3.0)),
            parts.map(lambda p: Call("tanh", (p,))),
            pair.map(lambda p: Call("maximum", p)),
        )

    return st.recursive(leaves, grow, max_leaves=12)


@settings(max_examples=300, deadline=None)
@given(expressions())
def test_printed_text_has_the_same_value(expression):
    expected = evaluate(expression, NAMES)
    if not np.isfinite(expected) or abs(expected) > 1e100:
        return
    try:
        found = computed(PythonPrinter().text(expression))
    except ZeroDivisionError:
        return
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    "text",
    ["x - (y - z)", "x/(y*z)", "-(x + y)", "(-x)**2", "x**-2", "x**0.3", "where(x > y, 1, 2)",
     "heaviside(y)", "sign(y)", "minimum(x, y)", "abs(y)", "sqrt(x)", "2**x", "exprel(0)"],
)  # fmt: skip
def test_each_form(text):
    expression = parse(text)
    assert computed(PythonPrinter().text(expression)) == pytest.approx(evaluate(expression, NAMES))


def test_conditions():
    condition = parse_condition("x > y and not z < 1 or x == y")
    assert computed(PythonPrinter().text(condition)) == bool(evaluate(condition, NAMES))


def test_every_function_of_the_language_prints():
    for name, function in LANGUAGE.items():
        if name == "where":
            continue
        arguments = tuple(Symbol(n) for n in list(NAMES)[: function.arity])
        assert PythonPrinter().text(Call(name, arguments))


def test_names_that_would_hide_something_are_spelled_otherwise():
    printer = PythonPrinter()
    for name in ("step", "max", "np", "exp"):
        assert printer.spell(name) not in TAKEN
    assert printer.spell("v") == "v"


def test_source_is_for_reading():
    text = source(HodgkinHuxley, "numba", "exponential_strang")
    assert "def step(" in text
    compile(text, "generated", "exec")
    assert text == source(HodgkinHuxley, "numba", "exponential_strang")
    assert "lanes" in source(LIF).lower() or "def advance" in source(LIF)
    with pytest.raises(SchemeError, match="is no target"):
        source(LIF, "fortran")
