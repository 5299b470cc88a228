"""Like terms and like factors are collected."""

import time

import pytest

from excitable.expression import Add, Mul, Number, Symbol, parse, parse_condition, simplify, walk


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x + x", "2*x"),
        ("x - x", "0"),
        ("x*x", "x**2"),
        ("x/x", "1"),
        ("x**2*x**-1", "x"),
        ("x**0.5*x**0.5", "x"),
        ("2*x*3", "6*x"),
        ("2*x/4", "0.5*x"),
        ("x/3 + x/3", "2*x/3"),
        ("0.1*x + 0.2*x", "0.3*x"),
        ("a*v/a + 3*v - b*b", "4*v - b**2"),
        ("(a + b) - (b + a)", "0"),
        ("x*y - y*x", "0"),
        ("(E_L - v)/tau - (E_L - v)/tau", "0"),
        ("-(-x)", "x"),
        ("-(x*-y)", "x*y"),
        ("1/(1/x)", "x"),
        ("exp(x - x)*y", "y"),
        ("x + 0*y", "x"),
        ("x*1 + 0", "x"),
        ("x + (y - (x - y))", "2*y"),
        ("1 + x + 2", "3 + x"),
        ("where(a > b, x + x, y)", "where(a > b, 2*x, y)"),
        ("x**y*x**y", "(x**y)**2"),
        ("(a + b)*c", "(a + b)*c"),
        ("0/0", "0/0"),
    ],
)
def test_examples(text, expected):
    assert simplify(parse(text)) is parse(expected)


def test_conditions_are_simplified_inside():
    assert str(simplify(parse_condition("x + x > y*y"))) == "2*x > y**2"


def test_once_is_enough():
    e = parse("a*(x + x*2)/a - (b - b*c/c)*y + exp(2*x - x)")
    assert simplify(simplify(e)) is simplify(e)


def test_shared_and_long_expressions_take_no_time():
    doubled = Symbol("x")
    for _ in range(300):
        doubled = Add(doubled, doubled)
    powers = Symbol("x")
    for _ in range(40):
        powers = Mul(powers, Add(powers, Number(1)))
    long = parse("+".join(f"x{i % 7}*y" for i in range(900)))
    start = time.perf_counter()
    assert str(simplify(doubled)) == f"{2.0**300!r}*x"
    assert len(walk(simplify(powers))) <= len(walk(powers))
    assert len(walk(simplify(long))) < 40
    assert time.perf_counter() - start < 1.0
