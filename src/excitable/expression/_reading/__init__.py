"""From text to expressions."""

from excitable.expression._reading._formula import parse, parse_condition
from excitable.expression._reading._system import (
    Definition,
    Differential,
    parse_assignments,
    parse_equations,
)

__all__ = [
    "Definition",
    "Differential",
    "parse",
    "parse_assignments",
    "parse_condition",
    "parse_equations",
]
