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
        "exp", "log", "expm1", "log1p", "sin", "cos", "tan", "tanh", "sinh", "cosh", "atan",
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
    "pow", "step", "derivative", "threshold", "reset", "refractory_time",
}  # fmt: skip

_SUM, _PRODUCT, _UNARY, _ATOM = 1, 2, 3, 4


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
        def at(index: int, level: int) -> str:
            text, own = parts[index]
            return f"({text})" if own < level else text

        match node:
            case Number(value):
                text = repr(float(value))
                return (text, _UNARY) if value < 0 else (text, _ATOM)
            case Symbol(name):
                return self.spell(name), _ATOM
            case Neg():
                return f"-{at(0, _UNARY)}", _UNARY
            case Add():
                return f"{at(0, _SUM)} + {at(1, _PRODUCT)}", _SUM
            case Sub():
                return f"{at(0, _SUM)} - {at(1, _PRODUCT)}", _SUM
            case Mul():
                return f"{at(0, _PRODUCT)}*{at(1, _UNARY)}", _PRODUCT
            case Div():
                return f"{at(0, _PRODUCT)}/{at(1, _UNARY)}", _PRODUCT
            case Pow(_, exponent):
                power = whole(exponent)
                if power is not None and power > 0:
                    return "*".join([at(0, _ATOM)] * power), _PRODUCT
                return f"math.pow({at(0, 0)}, {at(1, 0)})", _ATOM
            case Compare(operator, _, _):
                return f"({at(0, 0)} {operator} {at(1, 0)})", _ATOM
            case And():
                return f"({at(0, 0)} and {at(1, 0)})", _ATOM
            case Or():
                return f"({at(0, 0)} or {at(1, 0)})", _ATOM
            case Not():
                return f"(not {at(0, 0)})", _ATOM
            case Call(name, _):
                return self._call(name, [text for text, _ in parts]), _ATOM
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
