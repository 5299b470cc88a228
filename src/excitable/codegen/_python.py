"""Expressions as Python text for Numba: one line per node kind, in precedence order."""

from __future__ import annotations

from collections.abc import Mapping

from excitable.codegen._step import whole
from excitable.errors import SchemeError
from excitable.expression import (
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
from excitable.expression._walk import fold

# Functions that the elementary library provides under the same name.
ELEMENTARY = frozenset(
    {
        "exp", "log", "pow", "expm1", "log1p", "sin", "cos", "tan", "tanh", "sinh", "cosh", "atan",
        "logistic", "exprel", "exprel_d1", "exprel_d2", "exprel_d3",
        "x_over_expm1", "x_over_expm1_d1", "x_over_expm1_d2", "x_over_expm1_d3",
    }
)  # fmt: skip
_TEMPLATES = {
    "sqrt": "math.sqrt({0})",
    "abs": "abs({0})",
    "minimum": "min({0}, {1})",
    "maximum": "max({0}, {1})",
    "heaviside": "(1.0 if {0} >= 0.0 else 0.0)",
    "sign": "(1.0 if {0} > 0.0 else (-1.0 if {0} < 0.0 else 0.0))",
    "where": "({1} if {0} else {2})",
}
# Names that a generated function uses itself, or that Python would miss.
TAKEN = ELEMENTARY | {
    "abs", "min", "max", "range", "math", "njit", "numpy", "np", "float", "int", "len",
    "pow", "step", "select", "add", "exprel_pair", "derivative", "threshold", "reset",
    "refractory_time",
}  # fmt: skip

_SUM, _PRODUCT, _UNARY, _ATOM = 1, 2, 3, 4
# Sign, own precedence, precedence asked of the right operand.
_INFIX: dict[type[Expression], tuple[str, int, int]] = {
    Add: (" + ", _SUM, _PRODUCT),
    Sub: (" - ", _SUM, _PRODUCT),
    Mul: ("*", _PRODUCT, _UNARY),
    Div: ("/", _PRODUCT, _UNARY),
}


def _at(part: tuple[str, int], level: int) -> str:
    text, own = part
    return f"({text})" if own < level else text


class PythonPrinter:
    """Prints expressions with given spellings of the names.

    Parameters
    ----------
    names : mapping of str to str
        How each symbol is spelled; others keep their name.
    """

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self.names = dict(names or {})

    def text(self, root: Expression) -> str:
        """Return the Python text of an expression."""
        return fold(root, self._print)[0]

    def spell(self, name: str) -> str:
        """Return a spelling that hides nothing a generated function needs."""
        known = self.names.get(name)
        if known is not None:
            return known
        return f"{name}__own" if name in TAKEN else name

    def _print(self, node: Expression, parts: list[tuple[str, int]]) -> tuple[str, int]:
        if isinstance(node, Number):
            text = repr(float(node.value)).replace("inf", "math.inf").replace("nan", "math.nan")
            return text, _UNARY if node.value < 0 else _ATOM
        if isinstance(node, Symbol):
            return self.spell(node.name), _ATOM
        infix = _INFIX.get(type(node))
        if infix is not None:
            sign, own, right = infix
            return f"{_at(parts[0], own)}{sign}{_at(parts[1], right)}", own
        if isinstance(node, Neg):
            return f"-{_at(parts[0], _UNARY)}", _UNARY
        return self._written_as_call(node, [text for text, _ in parts], parts), _ATOM

    def _written_as_call(
        self, node: Expression, texts: list[str], parts: list[tuple[str, int]]
    ) -> str:
        if isinstance(node, Call):
            return self._call(node.function_name, texts)
        if isinstance(node, Pow):
            power = whole(node.b)
            if power is not None and power > 0:
                return f"({'*'.join([_at(parts[0], _ATOM)] * power)})"
            return f"pow({texts[0]}, {texts[1]})"
        if isinstance(node, Compare):
            return f"({texts[0]} {node.op} {texts[1]})"
        if isinstance(node, Not):
            return f"(not {texts[0]})"
        if isinstance(node, And | Or):
            return f"({texts[0]} {'and' if isinstance(node, And) else 'or'} {texts[1]})"
        raise SchemeError(
            f"{node!r} has no Numba form",
            "an expression of the equation language is expected",
            "Write the equation with + - * / ** and the listed functions",
        )

    def _call(self, name: str, arguments: list[str]) -> str:
        if name in ELEMENTARY:
            return f"{name}({', '.join(arguments)})"
        template = _TEMPLATES.get(name)
        if template is not None:
            return template.format(*arguments)
        raise SchemeError(
            f"the function {name!r} has no Numba implementation",
            "every function of a simulated model needs one",
            "Give register_function(..., numba=...) or use the listed functions",
        )
