"""Text to symbols and back: parse, check dimensions, differentiate, evaluate, print."""

from excitable.expression._builtin import register_all as _register_all
from excitable.expression._differentiate import differentiate
from excitable.expression._dimensions import dimension_of, require_dimension
from excitable.expression._equations import (
    Definition,
    Differential,
    parse_assignments,
    parse_equations,
)
from excitable.expression._evaluate import evaluate
from excitable.expression._functions import Function, call, function, functions, register_function
from excitable.expression._latex import to_latex
from excitable.expression._mathml import to_mathml
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
from excitable.expression._parse import parse, parse_condition
from excitable.expression._simplify import simplify
from excitable.expression._stabilise import stabilise
from excitable.expression._text import to_text
from excitable.expression._walk import free_symbols, substitute, walk

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
    "call",
    "differentiate",
    "dimension_of",
    "evaluate",
    "free_symbols",
    "function",
    "functions",
    "parse",
    "parse_assignments",
    "parse_condition",
    "parse_equations",
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
