"""How formulas are set: fractions, powers, brackets. LaTeX and MathML are two writers of it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from excitable.expression._functions import function
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
from excitable.expression._walk import fold
from excitable.expression._writing._text import (
    AND,
    ATOM,
    COMPARE,
    NOT,
    OR,
    POWER,
    PRODUCT,
    SIGN,
    SUM,
    check_printable,
    number_text,
)

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    "lambda": "λ", "lamda": "λ",
}  # fmt: skip


class Writer(Protocol):
    """What a target language must be able to set. Every method returns finished text."""

    def letter(self, text: str) -> str:
        """Set a variable: one letter, a Greek letter by name, a word, or "inf"."""
        ...

    def digits(self, text: str) -> str:
        """Set a number."""
        ...

    def operator(self, symbol: str) -> str:
        """Set one of ``+ - < <= > >= == != = , and or not`` or the product sign ``*``."""
        ...

    def row(self, *parts: str) -> str:
        """Set parts side by side."""
        ...

    def beside(self, left: str, right: str) -> str:
        """Set a product without a sign."""
        ...

    def bracketed(self, inside: str) -> str:
        """Set round brackets that grow with what they hold."""
        ...

    def absolute(self, inside: str) -> str:
        """Set an absolute value."""
        ...

    def fraction(self, above: str, below: str) -> str:
        """Set a fraction."""
        ...

    def raised(self, base: str, exponent: str) -> str:
        """Set a power."""
        ...

    def lowered(self, base: str, index: str) -> str:
        """Set a subscript."""
        ...

    def root(self, inside: str) -> str:
        """Set a square root."""
        ...

    def applied(self, name: str, latex: str, arguments: str) -> str:
        """Set a function before its bracketed arguments."""
        ...

    def cases(self, condition: str, yes: str, no: str) -> str:
        """Set a choice."""
        ...


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    level: int
    opens_with_digit: bool = False


def layout(expression: Expression, writer: Writer) -> str:
    """Return an expression as text of the writer's language."""
    check_printable(expression)
    setter = _Setter(writer)
    return fold(expression, setter.piece).text


def set_name(name: str, writer: Writer) -> str:
    """Set a name: what follows the first underscore is its subscript."""
    base, *indices = name.split("_")
    numbered = re.fullmatch(r"([A-Za-z]|" + "|".join(GREEK) + r")(\d+)", base)
    if numbered:
        base, indices = numbered[1], [numbered[2], *indices]
    letter = writer.letter(base)
    if not indices:
        return letter
    parts = [writer.digits(i) if i.isdigit() else writer.letter(i) for i in indices]
    index = parts[0]
    for part in parts[1:]:
        index = writer.row(index, writer.operator(","), part)
    return writer.lowered(letter, index)


class _Setter:
    """Set one node from its operands, which are set already."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    def piece(self, node: Expression, parts: list[_Piece]) -> _Piece:
        if isinstance(node, Number):
            return self.number(node.value)
        if isinstance(node, Symbol):
            return _Piece(set_name(node.name, self.writer), ATOM)
        if isinstance(node, Call):
            return self.call(node, parts)
        if isinstance(node, Neg | Not):
            sign, level = ("-", SIGN) if isinstance(node, Neg) else ("not", NOT)
            inner = self.at_least(parts[0], PRODUCT if level == SIGN else NOT)
            if level == SIGN and parts[0].level == SIGN and not isinstance(node.x, Div):
                inner = self.writer.bracketed(parts[0].text)
            return _Piece(self.writer.row(self.writer.operator(sign), inner), level)
        return self.binary(node, *parts)

    def binary(self, node: Expression, left: _Piece, right: _Piece) -> _Piece:
        writer = self.writer
        if isinstance(node, Div):
            # Binds like a sign: whole in products, but bracketed under a power.
            return _Piece(writer.fraction(left.text, right.text), SIGN)
        if isinstance(node, Pow):
            base = self.at_least(left, ATOM)
            digit = left.opens_with_digit and base == left.text
            return _Piece(writer.raised(base, right.text), POWER, digit)
        if isinstance(node, Mul):
            return self.product(node, left, right)
        symbol, level, tight = _INFIX[type(node)] if not isinstance(node, Compare) else (
            node.op, COMPARE, SUM
        )  # fmt: skip
        first = self.at_least(left, level if level != COMPARE else SUM)
        second = self.operand(_right(node), right, tight)
        text = writer.row(first, writer.operator(symbol), second)
        return _Piece(text, level, left.opens_with_digit)

    def product(self, node: Mul, left: _Piece, right: _Piece) -> _Piece:
        first = self.at_least(left, PRODUCT)
        second = self.operand(node.b, right, PRODUCT)
        if right.opens_with_digit and second == right.text:
            text = self.writer.row(first, self.writer.operator("*"), second)
        else:
            text = self.writer.beside(first, second)
        return _Piece(text, PRODUCT, left.opens_with_digit and first == left.text)

    def operand(self, node: Expression, piece: _Piece, least: int) -> str:
        """Set what follows an operator: a leading sign needs brackets there."""
        if isinstance(node, Neg) or (isinstance(node, Number) and node.value < 0):
            return self.writer.bracketed(piece.text)
        return self.at_least(piece, least)

    def at_least(self, piece: _Piece, level: int) -> str:
        return piece.text if piece.level >= level else self.writer.bracketed(piece.text)

    def number(self, value: float) -> _Piece:
        writer = self.writer
        sign = math.copysign(1.0, value) < 0
        text = number_text(abs(value))
        if text == "inf":
            body, level = writer.letter("inf"), ATOM
        elif "e" in text:
            mantissa, exponent = text.split("e")
            power = writer.raised(writer.digits("10"), self.number(float(exponent)).text)
            body, level = power, POWER
            if mantissa != "1":
                body = writer.row(writer.digits(mantissa), writer.operator("*"), power)
                level = PRODUCT
        else:
            body, level = writer.digits(text), ATOM
        if sign:
            return _Piece(writer.row(writer.operator("-"), body), min(level, SIGN))
        return _Piece(body, level, text != "inf")

    def call(self, node: Call, parts: list[_Piece]) -> _Piece:
        writer = self.writer
        texts = [part.text for part in parts]
        special = self.special(node.function_name, parts[0], texts)
        if special is not None:
            return special
        entry = function(node.function_name)
        arguments = texts[0]
        for text in texts[1:]:
            arguments = writer.row(arguments, writer.operator(","), text)
        bracketed = writer.bracketed(arguments)
        return _Piece(writer.applied(entry.name, entry.latex, bracketed), POWER)

    def special(self, name: str, first: _Piece, texts: list[str]) -> _Piece | None:
        """Set the functions that have a notation of their own."""
        writer = self.writer
        setters: dict[str, tuple[Callable[[], str], int]] = {
            "sqrt": (lambda: writer.root(texts[0]), ATOM),
            "abs": (lambda: writer.absolute(texts[0]), ATOM),
            "where": (lambda: writer.cases(*texts), PRODUCT),
            "x_over_expm1": (lambda: writer.fraction(texts[0], self.expm1(first)), SIGN),
            "exprel": (lambda: writer.fraction(self.expm1(first), texts[0]), SIGN),
            "expm1": (lambda: self.expm1(first), SUM),
        }
        if name not in setters:
            return None
        setter, level = setters[name]
        return _Piece(setter(), level)

    def expm1(self, argument: _Piece) -> str:
        """Set the functions that were made stable as they are printed in papers."""
        writer = self.writer
        power = writer.applied("exp", r"\exp", writer.bracketed(argument.text))
        return writer.row(power, writer.operator("-"), writer.digits("1"))


def _right(node: Expression) -> Expression:
    return node.children[1]


# The sign, how tightly it binds, and how tightly its right operand must.
_INFIX: dict[type, tuple[str, int, int]] = {
    Add: ("+", SUM, PRODUCT),
    Sub: ("-", SUM, PRODUCT),
    And: ("and", AND, NOT),
    Or: ("or", OR, AND),
}
