"""The registry of functions and the way to add one."""

import numpy as np
import pytest

from excitable.errors import EquationError, UnknownNameError
from excitable.expression import (
    Call,
    Number,
    Symbol,
    call,
    differentiate,
    evaluate,
    function,
    functions,
    parse,
    register_function,
    to_latex,
    to_text,
)


def double(x):
    return 2.0 * x


def register_double(**options):
    return register_function(
        "test_double",
        1,
        dimension="same",
        numpy=double,
        derivative=lambda args, i: Number(2.0),
        latex=r"\operatorname{double}",
        implementations={"javascript": "2*x"},
        description="twice x",
        **options,
    )


def test_a_function_of_ones_own():
    entry = register_double()
    assert function("test_double") is entry
    assert entry.implementations["javascript"] == "2*x"
    e = parse("test_double(x)*x")
    assert evaluate(e, {"x": 3.0}) == 18.0
    np.testing.assert_array_equal(evaluate(e, {"x": np.array([1.0, 2.0])}), [2.0, 8.0])
    assert str(differentiate(e, "x")) == "2*x + test_double(x)"
    assert to_latex(e) == r"\operatorname{double}\left(x\right)\,x"
    assert parse(to_text(e)) is e


def test_registering_again_is_allowed_but_not_something_else():
    register_double()
    register_double()
    with pytest.raises(EquationError, match="exists already"):
        register_function("test_double", 1, numpy=np.exp)
    with pytest.raises(EquationError, match="exists already"):
        register_function("exp", 1, numpy=double)


@pytest.mark.parametrize("name", ["", "2x", "a b", "_x", "x__y", "a.b", "lambda", "é"])
def test_names_that_cannot_be_called(name):
    with pytest.raises(EquationError, match="not a name"):
        register_function(name, 1, numpy=double)


@pytest.mark.parametrize("options", [{"arity": 0}, {"arity": 1, "dimension": "length"}])
def test_entries_that_make_no_sense(options):
    with pytest.raises(EquationError):
        register_function("test_senseless", **options, numpy=double)
    assert "test_senseless" not in functions()


def test_entries_cannot_be_changed():
    entry = function("exp")
    with pytest.raises(AttributeError):
        entry.arity = 2
    with pytest.raises(TypeError):
        entry.implementations["c"] = "exp"
    with pytest.raises(TypeError):
        functions()["exp"] = entry


def test_a_function_without_derivative_says_so():
    register_function("test_rough", 1, numpy=np.round)
    assert str(differentiate(parse("test_rough(y)*x"), "x")) == "test_rough(y)"
    with pytest.raises(EquationError, match="the derivative of test_rough is not known"):
        differentiate(parse("test_rough(x)"), "x")


def test_calls_of_numbers_are_folded():
    assert call("exp", 0) is Number(1)
    assert call("maximum", 2, 3) is Number(3)
    assert call("log", 0) is Call("log", (Number(0),))
    assert call("exp", Symbol("x")) is parse("exp(x)")


def test_mistakes_are_named():
    with pytest.raises(UnknownNameError, match="Write tanh"):
        function("tnh")
    with pytest.raises(EquationError, match=r"Write maximum\(x, y\)"):
        call("maximum", 1)
    with pytest.raises(EquationError):
        call("exp", "x")


def test_every_function_is_described_by_name_in_latex():
    for name, entry in functions().items():
        arguments = "(x > 0, y, z)" if name == "where" else f"({', '.join('xyz'[: entry.arity])})"
        assert to_latex(parse(f"{name}{arguments}"))
