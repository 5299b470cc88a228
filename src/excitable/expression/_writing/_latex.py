"""Write expressions as LaTeX."""

from __future__ import annotations

from excitable.expression._nodes import Expression
from excitable.expression._writing._layout import GREEK, layout

_OPERATORS = {
    "+": " + ",
    "-": " - ",
    "*": r" \cdot ",
    "=": " = ",
    "<": " < ",
    "<=": r" \leq ",
    ">": " > ",
    ">=": r" \geq ",
    "==": " = ",
    "!=": r" \neq ",
    ",": ", ",
    "and": r"\ \mathrm{and}\ ",
    "or": r"\ \mathrm{or}\ ",
    "not": r"\mathrm{not}\ ",
}


def to_latex(expression: Expression) -> str:
    r"""Return an expression as LaTeX, in the structure in which it was written.

    Parameters
    ----------
    expression : Expression
        Any expression.

    Returns
    -------
    str
        LaTeX for mathematics mode.

    Raises
    ------
    EquationError
        Written out, the expression would have more than 100 000 operations.

    Notes
    -----
    Names of Greek letters become letters; what follows the first underscore of a name becomes
    its subscript. `x_over_expm1` and `exprel` are shown as the fractions that they stand for.

    Examples
    --------
    >>> from excitable.expression import parse
    >>> print(to_latex(parse("(E_L - v)/tau_m")))
    \frac{E_L - v}{\tau_m}
    """
    return layout(expression, LatexWriter())


class LatexWriter:
    """LaTeX for mathematics mode; see `Writer` for the methods."""

    def letter(self, text: str) -> str:
        if text == "inf":
            return r"\infty"
        if text in GREEK:
            return rf"\{text.replace('lamda', 'lambda')}"
        return text if len(text) == 1 else rf"\mathrm{{{text}}}"

    def digits(self, text: str) -> str:
        return text

    def operator(self, symbol: str) -> str:
        return _OPERATORS[symbol]

    def row(self, *parts: str) -> str:
        # A sign at the start has no left operand, and so no space.
        joined = "".join(parts)
        return "-" + joined[3:] if joined.startswith(" - ") else joined

    def beside(self, left: str, right: str) -> str:
        return rf"{left}\,{right}"

    def bracketed(self, inside: str) -> str:
        return rf"\left({inside}\right)"

    def absolute(self, inside: str) -> str:
        return rf"\left|{inside}\right|"

    def fraction(self, above: str, below: str) -> str:
        return rf"\frac{{{above}}}{{{below}}}"

    def raised(self, base: str, exponent: str) -> str:
        return f"{base}^{{{exponent}}}" if len(exponent) > 1 else f"{base}^{exponent}"

    def lowered(self, base: str, index: str) -> str:
        plain = index.replace(r"\mathrm{", "").replace("}", "") if r"\mathrm" in index else index
        return f"{base}_{{{plain}}}" if len(plain) > 1 else f"{base}_{plain}"

    def root(self, inside: str) -> str:
        return rf"\sqrt{{{inside}}}"

    def applied(self, name: str, latex: str, arguments: str) -> str:
        named = r"\operatorname{" + name.replace("_", r"\_") + "}"
        return (latex or named) + arguments

    def cases(self, condition: str, yes: str, no: str) -> str:
        rows = rf"{yes} & \text{{if }} {condition} \\ {no} & \text{{otherwise}}"
        return rf"\begin{{cases}} {rows} \end{{cases}}"
