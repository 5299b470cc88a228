"""Text to symbols and back: parse, check dimensions, differentiate, evaluate, print."""

from excitable.expression._builtin import register_all as _register_all
from excitable.expression._differentiate import differentiate
from excitable.expression._dimensions import dimension_of, require_dimension
from excitable.expression._evaluate import evaluate, operations
from excitable.expression._folding import rebuild
from excitable.expression._functions import Function, call, function, functions, register_function
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
from excitable.expression._reading import (
    Definition,
    Differential,
    parse,
    parse_assignments,
    parse_condition,
    parse_equations,
)
from excitable.expression._simplify import simplify
from excitable.expression._stabilise import stabilise
from excitable.expression._together import Together
from excitable.expression._walk import fold, free_symbols, substitute, walk
from excitable.expression._writing import to_latex, to_mathml, to_text

__all__ = [
    "Add",
    "And",
    "Call",
    "Compare",
    "Definition",
    "Differential",
    "Div",
    "Expression",
    "Function",
    "Mul",
    "Neg",
    "Not",
    "Number",
    "Or",
    "Pow",
    "Sub",
    "Symbol",
    "Together",
    "call",
    "differentiate",
    "dimension_of",
    "evaluate",
    "fold",
    "free_symbols",
    "function",
    "functions",
    "operations",
    "parse",
    "parse_assignments",
    "parse_condition",
    "parse_equations",
    "rebuild",
    "register_function",
    "require_dimension",
    "simplify",
    "stabilise",
    "substitute",
    "to_latex",
    "to_mathml",
    "to_text",
    "walk",
]

_register_all()
