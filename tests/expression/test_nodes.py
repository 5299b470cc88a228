"""Nodes: each exists once, cannot be changed, and folds constants."""

import copy
import gc
import math
import pickle
import threading

import numpy as np
import pytest

from excitable.expression import (
    Add,
    Call,
    Compare,
    Div,
    Expression,
    Mul,
    Neg,
    Not,
    Number,
    Pow,
    Sub,
    Symbol,
    fold,
    free_symbols,
    parse,
    parse_condition,
    rebuild,
    substitute,
    walk,
)

x, y, z = Symbol("x"), Symbol("y"), Symbol("z")


def test_equal_nodes_are_one_object():
    assert Symbol("x") is x
    assert Add(x, Mul(y, Number(2))) is Add(Symbol("x"), Mul(Symbol("y"), Number(2.0)))
    assert Call("exp", (x,)) is Call("exp", [x])
    assert Add(x, y) is not Add(y, x)
    assert Number(-0.0) is Number(0)
    assert Number(math.nan) is Number(np.float64("nan"))
    assert len({Add(x, y), Add(x, y), Sub(x, y)}) == 2


def test_nodes_without_use_are_forgotten():
    from excitable.expression import _nodes

    gc.collect()
    before = len(_nodes._interned)
    made = [Symbol(f"forgotten_{i}") for i in range(50)]
    assert len(_nodes._interned) == before + 50
    del made
    gc.collect()
    assert len(_nodes._interned) == before


def test_threads_agree_on_the_one_object():
    made = [None] * 8
    ready = threading.Barrier(8)

    def build(i):
        ready.wait()
        made[i] = [Mul(Symbol(f"shared_{k}"), Number(k)) for k in range(500)]

    threads = [threading.Thread(target=build, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(a is b for other in made for a, b in zip(made[0], other, strict=True))


@pytest.mark.parametrize(
    "text",
    ["x", "2.5", "-x", "x + y", "x - y", "x*y", "x/y", "x**2", "exp(x)", "where(x > y, x, y)"],
)
def test_copies_are_the_same_object(text):
    e = parse(text)
    assert copy.copy(e) is e
    assert copy.deepcopy([e])[0] is e
    assert pickle.loads(pickle.dumps(e)) is e  # noqa: S301
    condition = parse_condition("x < y and not (y > 2 or x == 1)")
    assert pickle.loads(pickle.dumps(condition)) is condition  # noqa: S301


@pytest.mark.parametrize("node", [x, Number(1), x + y, Neg(x), Call("exp", (x,))])
def test_nodes_cannot_be_changed(node):
    for name in ("name", "value", "a", "children", "other"):
        with pytest.raises(AttributeError):
            setattr(node, name, y)
        with pytest.raises(AttributeError):
            delattr(node, name)


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (x + 0, "x"),
        (0 + x, "x"),
        (x - 0, "x"),
        (0 - x, "-x"),
        (x * 1, "x"),
        (1 * x, "x"),
        (x * 0, "0"),
        (x / 1, "x"),
        (0 / x, "0"),
        (x**1, "x"),
        (x**0, "1"),
        (x - x, "0"),
        (-(-x), "x"),  # noqa: B002
        (+x, "x"),
        (x + -y, "x - y"),
        (x - -y, "x + y"),
        (-x + y, "y - x"),
        (x * -1, "-x"),
        (x / -1, "-x"),
        (-x / -y, "x/y"),
        (-x * y, "-(x*y)"),
        (2 * (3 * x), "6*x"),
        (x * 2 * 3, "6*x"),
        (x * (y * 2), "x*(y*2)"),
        (x + (-2), "x - 2"),
        (x - (-2), "x + 2"),
        (Number(2) + 3, "5"),
        (Number(2) ** 3, "8"),
        (Number(1) / 4, "0.25"),
        (x * (1 / y), "x/y"),
        (1 / x, "1/x"),
        (2**x, "2**x"),
        (-(x - y), "y - x"),
        (np.float64(2) * x, "2*x"),
        (np.int64(2) + x, "2 + x"),
    ],
)
def test_arithmetic_folds(made, text):
    expected = text if text != "x*(y*2)" else "2*(x*y)"
    assert isinstance(made, Expression)
    assert str(made) == expected


def test_folding_never_hides_what_is_not_a_number():
    assert isinstance(Number(1) / 0, Div)
    assert isinstance(Number(0) / 0, Div)
    assert isinstance(Number(1e308) * 10, Mul)
    assert isinstance(Number(-1) ** 0.5, Pow)


@pytest.mark.parametrize("other", ["x", None, 1j, [1], True])
def test_arithmetic_with_anything_else_is_an_error(other):
    for operation in ("__add__", "__rsub__", "__mul__", "__truediv__", "__pow__", "__lt__"):
        assert getattr(x, operation)(other) is NotImplemented
    with pytest.raises(TypeError):
        x + other


def test_comparisons_build_conditions():
    assert (x < 2) is Compare("<", x, Number(2))
    assert (x >= y).op == ">="
    assert (x <= y).is_condition
    assert (x > y).a is x
    assert (x == y) is False
    assert Not(x > y).is_condition


def test_match_statements_see_the_fields():
    match parse("2*exp(x)"):
        case Mul(Number(value), Call(name, (Symbol(inner),))):
            assert (value, name, inner) == (2.0, "exp", "x")
        case _:
            pytest.fail("no match")


def test_walk_visits_each_node_once_and_operands_first():
    e = parse("(x + y)*(x + y) + x")
    order = walk(e)
    assert len(order) == len(set(order)) == 5
    assert order.index(x) < order.index(x + y) < order.index((x + y) * (x + y)) < order.index(e)
    assert walk(x, y, x) == [x, y]


def test_free_symbols():
    assert free_symbols(parse("x*exp(y) + where(z > 0, 1, 2)")) == {"x", "y", "z"}
    assert free_symbols(Number(1)) == frozenset()


def test_substitution_is_simultaneous():
    assert str(substitute(parse("x - y"), {"x": y, "y": x})) == "y - x"
    assert str(substitute(parse("x*y + exp(z)"), {"x": 0, "z": 0.0})) == "1"
    assert substitute(parse("x + y"), {"w": 1}) is parse("x + y")
    with pytest.raises(TypeError):
        substitute(x, {"x": "y"})


def test_rebuild_keeps_what_does_not_change():
    e = parse("x + 0")
    assert rebuild(e, e.children) is e
    assert rebuild(e, (y, Number(0))) is y
    assert str(rebuild(parse_condition("x < y"), (y, x))) == "y < x"


def test_repeated_parts_stay_small():
    e = x
    for _ in range(500):
        e = Mul(e, Add(e, Number(1)))
    assert len(walk(e)) == 1002
    assert free_symbols(e) == {"x"}
    assert len(walk(substitute(e, {"x": y}))) == 1002
    assert fold(e, lambda node, depths: 1 + max(depths, default=0)) == 1001


def test_deep_expressions_do_not_exhaust_the_stack():
    e = x
    for _ in range(10_000):
        e = Neg(Call("exp", (e,)))
    assert len(walk(e)) == 20_001
    assert substitute(e, {"x": y}) is not e
    assert repr(parse("x")) == "<Symbol: x>"
