"""Derivatives, with sympy as an independent oracle."""

import math
import operator

import mpmath
import pytest
import sympy
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from excitable.errors import EquationError
from excitable.expression import (
    Add,
    Call,
    Div,
    Expression,
    Mul,
    Neg,
    Number,
    Pow,
    Sub,
    Symbol,
    differentiate,
    evaluate,
    fold,
    functions,
    parse,
    parse_condition,
    simplify,
    walk,
)

SYMPY = {
    "exp": sympy.exp,
    "log": sympy.log,
    "sqrt": sympy.sqrt,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "atan": sympy.atan,
    "expm1": lambda x: sympy.exp(x) - 1,
    "log1p": lambda x: sympy.log(1 + x),
    "logistic": lambda x: 1 / (1 + sympy.exp(-x)),
    "exprel": lambda x: (sympy.exp(x) - 1) / x,
    "x_over_expm1": lambda x: x / (sympy.exp(x) - 1),
}
_z = sympy.Symbol("z")
for base in ("exprel", "x_over_expm1"):
    for order in (1, 2, 3):
        SYMPY[f"{base}_d{order}"] = sympy.Lambda(_z, sympy.diff(SYMPY[base](_z), _z, order))


ARITHMETIC = {
    Add: operator.add,
    Sub: operator.sub,
    Mul: operator.mul,
    Div: operator.truediv,
    Pow: operator.pow,
    Neg: operator.neg,
}


def to_sympy(e: Expression):
    """Rewrite an expression in sympy, node by node, with exact numbers."""

    def combine(node, parts):
        match node:
            case Number(value):
                return sympy.Rational(value)
            case Symbol(name):
                return sympy.Symbol(name, real=True)
            case Call(name, _):
                return SYMPY[name](*parts)
        return ARITHMETIC[type(node)](*parts)

    return fold(e, combine)


def disagreement(ours: Expression, theirs, at):
    """Compare with 60 digits, so that cancellation in either form does not matter.

    Returns the relative difference, or None if there is no value at this point.
    """
    point = {sympy.Symbol(name, real=True): sympy.Rational(value) for name, value in at.items()}
    a, b = (sympy.N(e.subs(point), 60) for e in (to_sympy(ours), theirs))
    if not (a.is_finite and b.is_finite and a.is_real and b.is_real):
        return None
    return abs(a - b) / max(abs(a), abs(b), sympy.Float("1e-200"))


# As they stand before any test: analyses register functions of their own.
LANGUAGE = set(functions())
POINT = {"x": 0.75, "y": -1.25, "n": 2.5}


@pytest.mark.parametrize("name", sorted(SYMPY))
def test_every_smooth_function(name):
    e = Call(name, (parse("x*y + x**2 + 2"),))
    if functions()[name].derivative and not name.endswith("_d3"):
        theirs = sympy.diff(to_sympy(e), sympy.Symbol("x", real=True))
        assert disagreement(differentiate(e, "x"), theirs, POINT) < 1e-30


def test_all_smooth_functions_are_tested():
    switches = {"abs", "sign", "heaviside", "minimum", "maximum", "where"}
    assert LANGUAGE - {"softplus"} == set(SYMPY) | switches


@pytest.mark.parametrize(
    "text",
    [
        "x**3 + 2*x - 1/x",
        "x**y",
        "x**(x + 1)",
        "(x + 3)**-0.5",
        "x/(1 + x**2)",
        "(y - x)/(y + x)",
        "exp(-x**2/2)*sin(3*x)",
        "log(1 + exp(x*y))",
        "sqrt(x**2 + y**2)",
        "tanh(x)**2 - x*tanh(x)",
        "1/(1 + exp((y - x)/n))",
        "10*x_over_expm1((25 - x)/10)",
        "exprel(x*y)*x",
        "-(-x)*-y",
    ],
)
def test_formulas(text):
    e = parse(text)
    for name in ("x", "y"):
        theirs = sympy.diff(to_sympy(e), sympy.Symbol(name, real=True))
        at = POINT | ({"y": 1.5} if "**y" in text else {})
        assert disagreement(differentiate(e, name), theirs, at) < 1e-30


names = st.sampled_from(["x", "y"]).map(Symbol)
# Powers of two, so that folding constants is exact.
numbers = st.sampled_from([-2.0, -1.0, 0.0, 0.25, 0.5, 1.0, 2.0, 8.0]).map(Number)
smooth = ["exp", "sin", "cos", "tanh", "atan", "logistic", "x_over_expm1", "exprel", "sinh"]


def _larger(inner):
    return st.one_of(
        st.builds(Add, inner, inner),
        st.builds(Sub, inner, inner),
        st.builds(Mul, inner, inner),
        st.builds(Div, inner, inner),
        st.builds(Neg, inner),
        st.builds(Pow, inner, st.sampled_from([-1.0, 2.0, 3.0]).map(Number)),
        st.builds(lambda name, x: Call(name, (x,)), st.sampled_from(smooth), inner),
    )


expressions = st.recursive(st.one_of(names, numbers), _larger, max_leaves=8)


@settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
@given(expressions, st.sampled_from([0.3, -0.7, 1.1]), st.sampled_from([0.9, -0.4]))
@example(parse("(x + 1)/(x + 1)"), 0.3, 0.9)
@example(parse("x**2*x**-1"), 0.3, 0.9)
def test_any_formula(e, x, y):
    original = to_sympy(e)
    theirs = sympy.diff(original, sympy.Symbol("x", real=True))
    assume(not any(f.has(sympy.zoo, sympy.nan, sympy.oo) for f in (original, theirs)))
    difference = disagreement(differentiate(e, "x"), theirs, {"x": x, "y": y})
    assume(difference is not None)
    assert difference < 1e-30


@settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
@given(expressions, st.sampled_from([0.3, -0.7, 1.1]), st.sampled_from([0.9, -0.4]))
def test_simplifying_changes_no_value(e, x, y):
    # What is done to a constant is folded to a float, which is not exact.
    rounded = (Call, Div, Pow)
    inner = [n.a if isinstance(n, Pow) else n.children[-1] for n in walk(e) if type(n) in rounded]
    assume(not any(isinstance(simplify(part), Number) for part in inner))
    simple = simplify(e)
    theirs = to_sympy(e)
    assume(not theirs.has(sympy.zoo, sympy.nan, sympy.oo))
    difference = disagreement(simple, theirs, {"x": x, "y": y})
    assume(difference is not None)
    assert difference < 1e-30
    assert len(walk(simple)) <= 4 * len(walk(e)) + 4


@pytest.mark.parametrize(
    ("text", "derivative"),
    [
        ("y", "0"),
        ("2**x", f"{math.log(2)!r}*2**x"),
        ("x", "1"),
        ("3*x", "3"),
        ("x + y", "1"),
        ("(E_L - x)/tau", "-1/tau"),
        ("g*(x - E)", "g"),
        ("m**3*h*(x - E)", "m**3*h"),
        ("exp((x - V_T)/D)", "exp((x - V_T)/D)/D"),
        ("x**2", "2*x"),
        ("abs(x)", "sign(x)"),
        ("sign(x)", "0"),
        ("heaviside(x)*y", "0"),
        ("heaviside(x)*x", "heaviside(x)"),
        ("where(x > 0, x**2, y)", "where(x > 0, 2*x, 0)"),
        ("maximum(x, y)", "where(x >= y, 1, 0)"),
        ("minimum(y, x)", "where(y <= x, 0, 1)"),
        ("x_over_expm1(x)", "x_over_expm1_d1(x)"),
        ("exprel_d2(2*x)", "2*exprel_d3(2*x)"),
    ],
)
def test_results_are_short(text, derivative):
    assert str(differentiate(parse(text), "x")) == derivative


@pytest.mark.parametrize("name", ["maximum", "minimum"])
@pytest.mark.parametrize(("x", "y"), [(1.0, 2.0), (2.0, 1.0)])
def test_choices(name, x, y):
    e = parse(f"{name}(x**2, 3*y)")
    slope = evaluate(differentiate(e, "x"), {"x": x, "y": y})
    h = 1e-6
    ahead, behind = (evaluate(e, {"x": x + s, "y": y}) for s in (h, -h))
    assert slope == pytest.approx((ahead - behind) / (2 * h), abs=1e-8)


def test_the_slope_of_tanh_keeps_its_digits():
    e = differentiate(parse("tanh(x)"), "x")
    truth = float(mpmath.sech(30) ** 2)
    assert evaluate(e, {"x": 30.0}) == pytest.approx(truth, rel=1e-13)


def test_what_has_no_derivative():
    with pytest.raises(EquationError, match="is a condition"):
        differentiate(parse_condition("x > 0"), "x")
    with pytest.raises(EquationError, match="x_over_expm1_d3 is not known"):
        differentiate(parse("x_over_expm1_d3(x)"), "x")
    assert str(differentiate(parse("x_over_expm1_d3(y)*x"), "x")) == "x_over_expm1_d3(y)"


def test_repeated_parts_stay_small():
    e = parse("x")
    for _ in range(100):
        e = Mul(e, Add(e, Number(1)))
    assert len(walk(differentiate(e, "x"))) < 1_000
