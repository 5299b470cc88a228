"""Turn Python's syntax tree into nodes, refusing everything that is not on a short list."""

from __future__ import annotations

import ast
import difflib
import math
from collections.abc import Callable
from functools import reduce
from typing import Any, NoReturn

from excitable.expression._evaluate import evaluate
from excitable.expression._functions import functions, listed_names
from excitable.expression._nodes import (
    Add,
    And,
    Call,
    Compare,
    Div,
    Expression,
    Mul,
    Neg,
    Not,
    Number,
    Or,
    Pow,
    Sub,
    Symbol,
)
from excitable.expression._reading._source import Source
from excitable.expression._walk import free_symbols
from excitable.expression._writing._text import to_text

MAX_DEPTH = 150
MAX_EXPONENT = 100.0

_BINARY: dict[type[ast.operator], type[Expression]] = {
    ast.Add: Add,
    ast.Sub: Sub,
    ast.Mult: Mul,
    ast.Div: Div,
    ast.Pow: Pow,
}
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_OTHER_NAMES = {
    "ln": "log",
    "max": "maximum",
    "min": "minimum",
    "sigmoid": "logistic",
    "expit": "logistic",
    "fabs": "abs",
    "sgn": "sign",
    "arctan": "atan",
    "step": "heaviside",
    "pow": "a**b",
    "power": "a**b",
    "log10": "log(x)/log(10)",
    "ifelse": "where",
    "if": "where",
    "clip": "minimum(maximum(x, a), b)",
}
_SYMBOLS: dict[type[ast.AST], str] = {
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
_REFUSED: dict[type[ast.AST], tuple[str, str, str]] = {
    ast.IfExp: ("a choice with if and else", "choices are made by where", "Write where(c, a, b)"),
    ast.Tuple: ("a comma outside of a function", "one number is expected here", "Remove it"),
    ast.Starred: ("a star before an argument", "arguments are single formulas", "Remove the star"),
    ast.GeneratorExp: ("a loop", "formulas have no loops", "Write the sum out"),
    ast.Attribute: (
        "a dot after a name",
        "names have no attributes",
        "Write exp(x), not np.exp(x)",
    ),
}


def refuse_depth(source: Source, start: int) -> NoReturn:
    source.fail(
        start,
        "a formula nested too deeply",
        f"at most {MAX_DEPTH} operations may stand inside each other",
        "Name parts of it in equations of their own",
    )


def short(expression: Expression) -> str:
    text = to_text(expression)
    return text if len(text) <= 60 else f"{text[:57]}..."


class Reader:
    """Turn Python's syntax tree into our nodes; everything not listed here is refused."""

    def __init__(self, source: Source, offset: int) -> None:
        self.source = source
        self.offset = offset
        self.allowed: dict[type[ast.expr], Callable[[Any, int], Expression]] = {
            ast.BinOp: self.binary,
            ast.Name: self.symbol,
            ast.Constant: self.number,
            ast.UnaryOp: self.unary,
            ast.Call: self.call,
            ast.Compare: self.compare,
            ast.BoolOp: self.joined,
        }

    def fail(self, tree: ast.AST, found: str, expected: str = "", write: str = "") -> NoReturn:
        index = self.offset + getattr(tree, "col_offset", 0)
        self.source.fail(index, found, expected, write)

    def read(self, tree: ast.expr, depth: int) -> Expression:
        if depth > MAX_DEPTH:
            refuse_depth(self.source, max(self.offset, 0))
        allowed = self.allowed.get(type(tree))
        if allowed is not None:
            return allowed(tree, depth)
        if isinstance(tree, ast.Attribute):
            self.attribute(tree)
        refused = _REFUSED.get(type(tree))
        if refused is not None:
            self.fail(tree, *refused)
        self.fail(
            tree,
            f"{type(tree).__name__.lower()} is not part of the model language",
            "names, numbers, + - * / ** and functions are expected",
            "Write for example (E_L - v)/tau_m",
        )

    def attribute(self, tree: ast.Attribute) -> NoReturn:
        write = "Write a function or a name by itself"
        if tree.attr in functions():
            write = f"Write {tree.attr}(x)"
        elif isinstance(tree.value, ast.Name):
            write = f"Write {tree.value.id}_{tree.attr} if one name is meant"
        self.fail(tree, "a dot after a name", "names have no attributes", write)

    def joined(self, tree: ast.BoolOp, depth: int) -> Expression:
        kind = And if isinstance(tree.op, ast.And) else Or
        return reduce(kind, [self.condition(value, depth) for value in tree.values])

    def numeric(self, tree: ast.expr, depth: int) -> Expression:
        value = self.read(tree, depth + 1)
        self.need_number(tree, value)
        return value

    def need_number(self, tree: ast.expr, value: Expression) -> None:
        if value.is_condition:
            self.fail(
                tree,
                f"{short(value)} is a condition",
                "a number is expected",
                f"Write where({short(value)}, 1, 0)",
            )

    def condition(self, tree: ast.expr, depth: int) -> Expression:
        value = self.read(tree, depth + 1)
        if not value.is_condition:
            self.fail(
                tree,
                f"{short(value)} is a number, not a condition",
                "a comparison is expected",
                f"Write {short(value)} > 0",
            )
        return value

    def symbol(self, tree: ast.Name, _: int) -> Expression:
        name = tree.id
        entry = functions().get(name)
        if entry is not None:
            self.fail(
                tree,
                f"{name} is a function",
                "a number is expected",
                f"Write {name}({', '.join('xyzabc'[: entry.arity])})",
            )
        return Symbol(name)

    def number(self, tree: ast.Constant, _: int) -> Expression:
        value = tree.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail(tree, f"{str(value)[:20]} is not a number", "a number is expected", "Write 1")
        try:
            exact = float(value)
        except OverflowError:
            exact = math.inf
        if math.isinf(exact):
            self.fail(
                tree,
                "a number too large for this computer",
                "numbers are at most 1.8e308",
                "Write a smaller number or choose other units",
            )
        return Number(exact)

    def unary(self, tree: ast.UnaryOp, depth: int) -> Expression:
        if isinstance(tree.op, ast.Not):
            return Not(self.condition(tree.operand, depth))
        operand = self.numeric(tree.operand, depth)
        return Neg(operand) if isinstance(tree.op, ast.USub) else operand

    def binary(self, tree: ast.BinOp, depth: int) -> Expression:
        # A long sum is nested to the left as deep as it is long; it is unrolled here.
        chain: list[ast.BinOp] = []
        left: ast.expr = tree
        while isinstance(left, ast.BinOp):
            chain.append(left)
            left = left.left
        value = self.numeric(left, depth)
        for step in reversed(chain):
            kind = _BINARY.get(type(step.op))
            if kind is None:
                self.refuse_operator(step)
            right = self.numeric(step.right, depth)
            value = kind(value, right)  # type: ignore[call-arg]
            if kind is Pow:
                self.check_exponent(step.right, right)
        return value

    def check_exponent(self, tree: ast.expr, exponent: Expression) -> None:
        value = _constant(exponent)
        if value is not None and not abs(value) <= MAX_EXPONENT:
            self.fail(
                tree,
                f"the exponent {short(exponent)}",
                f"constant exponents are between -{MAX_EXPONENT:g} and {MAX_EXPONENT:g}",
                "Use exp for rapid growth",
            )

    def refuse_operator(self, tree: ast.BinOp) -> NoReturn:
        if isinstance(tree.op, ast.FloorDiv):
            self.fail(tree.right, "// is not an operation here", "division is /", "Write a/b")
        self.fail(
            tree.right,
            f"{_SYMBOLS.get(type(tree.op), 'this')} is not an operation here",
            "the operations are + - * / **",
            "Write one of them",
        )

    def call(self, tree: ast.Call, depth: int) -> Expression:
        if not isinstance(tree.func, ast.Name):
            if isinstance(tree.func, ast.Attribute):
                self.attribute(tree.func)
            self.fail(
                tree, "a product without its *", "only named functions are called", "Write a*(b)"
            )
        name = tree.func.id
        entry = functions().get(name)
        if entry is None:
            self.unknown_function(tree, name)
        if tree.keywords:
            self.fail(
                tree,
                f"{name} is given an argument by name",
                "arguments stand in order",
                f"Write {name}({', '.join('xyzabc'[: entry.arity])})",
            )
        if len(tree.args) != entry.arity:
            self.fail(
                tree,
                f"{name} is given {len(tree.args)} argument{'s' * (len(tree.args) != 1)}",
                f"it takes {entry.arity}",
                f"Write {name}({', '.join('xyzabc'[: entry.arity])})",
            )
        first_is_condition = entry.dimension == "where"
        values = [
            self.condition(argument, depth)
            if first_is_condition and index == 0
            else self.numeric(argument, depth)
            for index, argument in enumerate(tree.args)
        ]
        return Call(name, tuple(values))

    def unknown_function(self, tree: ast.Call, name: str) -> NoReturn:
        other = _OTHER_NAMES.get(name)
        if other is None and ("_" in name or len(name) <= 2):
            self.fail(
                tree,
                f"{name} is not a function",
                "a product needs its *",
                f"Write {name}*(...)",
            )
        close = [other] if other else difflib.get_close_matches(name, functions(), n=1, cutoff=0.7)
        self.fail(
            tree,
            f"{name} is not a known function",
            f"the functions are {', '.join(listed_names())}",
            f"Write {close[0]}" if close else f"Write {name}*(...) if a product is meant",
        )

    def compare(self, tree: ast.Compare, depth: int) -> Expression:
        if len(tree.ops) != 1:
            self.fail(
                tree,
                "two comparisons in one",
                "a comparison has two sides",
                "Write a < b and b < c",
            )
        op = _COMPARISONS.get(type(tree.ops[0]))
        if op is None:
            self.fail(
                tree,
                f"{_SYMBOLS[type(tree.ops[0])]} is not a comparison here",
                "the comparisons are < <= > >= == !=",
                "Write one of them",
            )
        left = self.numeric(tree.left, depth)
        return Compare(op, left, self.numeric(tree.comparators[0], depth))


def _constant(expression: Expression) -> float | None:
    """Return the value of an exponent made of numbers only, else None."""
    if isinstance(expression, Number):
        return expression.value
    if free_symbols(expression):
        return None
    return float(evaluate(expression, {}))
