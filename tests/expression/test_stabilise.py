"""Raw forms of x/expm1(x) are recognised, keep their value, and become finite."""

import itertools

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from excitable.expression import (
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Number,
    Pow,
    Sub,
    differentiate,
    evaluate,
    free_symbols,
    parse,
    simplify,
    stabilise,
    substitute,
    walk,
)

RECOGNISED = {
    "(25 - v)/(exp((25 - v)/10) - 1)": "10*x_over_expm1((25 - v)/10)",
    "0.1*(v + 40)/(1 - exp(-(v + 40)/10))": "x_over_expm1(-(v + 40)/10)",
    "0.01*(10 - v)/(exp((10-v)/10) - 1)": "0.1*x_over_expm1((10 - v)/10)",
    "0.01*(v + 55)/(1 - exp(-(v + 55)/10))": "0.1*x_over_expm1(-(v + 55)/10)",
    "0.1*(25 - v)/(exp(2.5 - 0.1*v) - 1)": "x_over_expm1(2.5 - 0.1*v)",
    "(v - V_2)/(k*(1 - exp((V_2 - v)/k)))": "x_over_expm1((V_2 - v)/k)",
    "a*(v+55)/(1-exp(-(v+55)/b))": "a*b*x_over_expm1(-(v + 55)/b)",
    "a*(v - V_0)/(1 - exp(-(v - V_0)/b))": "a*b*x_over_expm1(-(v - V_0)/b)",
    "a*(V_0 - v)/(exp((V_0 - v)/b) - 1)": "a*b*x_over_expm1((V_0 - v)/b)",
    "a*(v - V_0)/(1 - exp(V_0/b - v/b))": "a*b*x_over_expm1(V_0/b - v/b)",
    "a*(v - V_0)*s/(1 - exp(-s*(v - V_0)))": "a*x_over_expm1(-s*(v - V_0))",
    "alpha*(v-u)/(exp((v-u)/k)-1)": "alpha*k*x_over_expm1((v - u)/k)",
    "phi*(0.1*(25 - (v - V_0)))/(exp((25 - (v - V_0))/10) - 1)": (
        "phi*x_over_expm1((25 - (v - V_0))/10)"
    ),
    "1/(exp(x) - 1)*x": "x_over_expm1(x)",
    "x*(exp(x) - 1)**-1": "x_over_expm1(x)",
    "x**2/(exp(x) - 1)**2": "x_over_expm1(x)**2",
    "x/(exp(x) - 1)/2": "0.5*x_over_expm1(x)",
    "x/(2*exp(x) - 2)": "0.5*x_over_expm1(x)",
    "x/(k*exp(x) - k)": "x_over_expm1(x)/k",
    "x/(-1 + exp(x))": "x_over_expm1(x)",
    "-x/(exp(-x) - 1)": "x_over_expm1(-x)",
    "x/expm1(x)": "x_over_expm1(x)",
    "(v + 40)/expm1((v + 40)/10)": "10*x_over_expm1((v + 40)/10)",
    "x*exp(x)/(exp(x) - 1)": "x_over_expm1(-x)",
    "v/(exp(v/k) - 1)": "k*x_over_expm1(v/k)",
    "expm1(x)/x": "exprel(x)",
    "(exp(x) - 1)/x": "exprel(x)",
    "(1 - exp(-x))/x": "exprel(-x)",
    "(1 - exp(-(v - V_0)/k))/(v - V_0)": "exprel(-(v - V_0)/k)/k",
    "m + 0.1*(v + 40)/(1 - exp(-(v + 40)/10))*(1 - m)": "m + (1 - m)*x_over_expm1(-(v + 40)/10)",
    "exp(x/(exp(x) - 1))": "exp(x_over_expm1(x))",
}


@pytest.mark.parametrize("text", RECOGNISED)
def test_forms_that_papers_print(text):
    stable = stabilise(parse(text))
    assert str(stable) == str(parse(RECOGNISED[text]))
    assert stabilise(stable) is stable


@pytest.mark.parametrize("text", RECOGNISED)
def test_the_value_is_the_same(text):
    raw = parse(text)
    stable = stabilise(raw)
    random = np.random.default_rng(1)
    for _ in range(30):
        values = {name: float(random.uniform(0.3, 3.0)) for name in sorted(free_symbols(raw))}
        assert evaluate(stable, values) == pytest.approx(evaluate(raw, values), rel=1e-10)


@pytest.mark.parametrize(
    ("text", "hole"),
    [
        ("(25 - v)/(exp((25 - v)/10) - 1)", {"v": 25.0}),
        ("0.1*(v + 40)/(1 - exp(-(v + 40)/10))", {"v": -40.0}),
        ("(v - V_2)/(k*(1 - exp((V_2 - v)/k)))", {"v": 2.0, "V_2": 2.0, "k": 18.0}),
        ("a*(v+55)/(1-exp(-(v+55)/b))", {"v": -55.0, "a": 0.01, "b": 10.0}),
        ("(exp(x) - 1)/x", {"x": 0.0}),
    ],
)
def test_value_and_derivative_are_finite_in_the_hole(text, hole):
    raw, name = parse(text), "v" if "v" in hole else "x"
    stable = stabilise(raw)
    assert np.isnan(evaluate(raw, hole))
    h = 1e-3
    ahead, behind = (evaluate(raw, hole | {name: hole[name] + s}) for s in (h, -h))
    assert evaluate(stable, hole) == pytest.approx((ahead + behind) / 2, rel=1e-6)
    slope = evaluate(differentiate(stable, name), hole)
    assert slope == pytest.approx((ahead - behind) / (2 * h), rel=1e-5)
    assert np.isfinite(evaluate(differentiate(differentiate(stable, name), name), hole))


@pytest.mark.parametrize(
    "text",
    [
        "1/(exp(x) - 1)",
        "1/(1 + exp((v - V_0)/k))",
        "(v - 3)/(exp(v) - 1)",
        "(v + 40)/(exp((v - 40)/10) - 1)",
        "(25 - v)/(exp((25 - v)/10) + 1)",
        "(25 - v)/(2*exp((25 - v)/10) - 1)",
        "x*(exp(x) - 1)",
        "(exp(x) - 1)/(exp(y) - 1)",
        "g_L*Delta_T*exp((v - V_T)/Delta_T)/C",
        "4*exp(-(v + 65)/18)",
        "x/(exp(x) - exp(y))",
        "a + b*c/d - e",
    ],
)
def test_everything_else_is_left_alone(text):
    e = parse(text)
    assert stabilise(e) is e


def test_forms_that_appear_after_substitution():
    rate = parse("x/(exp(x) - 1)")
    expanded = substitute(parse("phi*z/(exp(z) - 1)"), {"z": parse("(V_0 - v)/k")})
    assert str(stabilise(expanded)) == "phi*x_over_expm1((V_0 - v)/k)"
    assert str(substitute(stabilise(rate), {"x": parse("v/k")})) == "x_over_expm1(v/k)"


def test_products_that_are_too_large_are_left_alone():
    e = parse("*".join(f"(x - {i})" for i in range(80)) + "/(exp(x) - 1)")
    assert stabilise(e) is e


variable = st.sampled_from(["v - V_0", "V_0 - v", "v + 40", "25 - v", "v", "v - (V_0 + 3)"])
scale = st.sampled_from(["/10", "/k", "*0.1", "*s", ""])
sign = st.sampled_from(["", "-"])
before = st.sampled_from(["", "0.1*", "a*", "-2*a*", "phi*0.32*"])
order = st.sampled_from(["({0})/({1})", "1/({1})*({0})", "-(({0})/({1}))", "({0})/(k*({1}))"])
differences = st.sampled_from(["exp({0}) - 1", "1 - exp({0})", "expm1({0})", "3*exp({0}) - 3"])


@settings(deadline=None)
@given(variable, scale, sign, before, order, differences)
def test_any_way_to_write_it(z, by, minus, factor, arrangement, difference):
    u = f"{minus}({z}){by}"
    raw = parse(arrangement.format(f"{factor}({z})", difference.format(u)))
    stable = stabilise(raw)
    assert any(isinstance(n, Call) and n.function_name == "x_over_expm1" for n in walk(stable))
    assert not any(
        isinstance(n, Call) and n.function_name in ("exp", "expm1") for n in walk(stable)
    )
    for v, k in itertools.product([-61.3, 0.7, 33.3], [2.0, -7.0]):
        values = {"v": v, "V_0": -52.1, "k": k, "s": 0.11, "a": 1.7, "phi": 3.0}
        assert evaluate(stable, values) == pytest.approx(evaluate(raw, values), rel=1e-9)
    hole = {"v - V_0": -52.1, "V_0 - v": -52.1, "v + 40": -40.0, "25 - v": 25.0, "v": 0.0}
    at = {"v": hole.get(z, -52.1 + 3), "V_0": -52.1, "k": 2.0, "s": 0.11, "a": 1.7, "phi": 3.0}
    assert np.isfinite(evaluate(stable, at))


leaves = st.sampled_from(["v", "k", "0", "1", "2", "0.1", "-1", "1e300", "1e-300"]).map(parse)


def _larger(inner):
    return st.one_of(
        *(st.builds(kind, inner, inner) for kind in (Add, Sub, Mul, Div)),
        st.builds(Neg, inner),
        st.builds(lambda x: Call("exp", (x,)), inner),
        st.builds(lambda x: Call("expm1", (x,)), inner),
        st.builds(lambda x, z: x * z / (Call("exp", (x,)) - 1), inner, inner),
        st.builds(lambda x: Pow(x, Number(-1)), inner),
        st.builds(lambda x: Pow(x, Number(0.5)), inner),
    )


@settings(deadline=None, max_examples=200)
@given(st.recursive(leaves, _larger, max_leaves=12))
@example(parse("v/(0*exp(v) - 0)"))
@example(parse("v/(0*exp(v) - 0*1)/0"))
@example(parse("(v*0)/(exp(v*0) - 1)"))
def test_any_expression_keeps_its_value(e):
    with np.errstate(all="ignore"):
        for rewrite in (stabilise, simplify):
            after = rewrite(e)
            for values in ({"v": 0.7, "k": 1.3}, {"v": -2.1, "k": 0.4}):
                a, b = evaluate(e, values), evaluate(after, values)
                # Where rounding or overflow destroys the original there is nothing to compare.
                sizes = [abs(evaluate(node, values)) for node in walk(e)]
                if all(1e-6 < size < 1e6 for size in sizes):
                    assert b == pytest.approx(a, rel=1e-6)
