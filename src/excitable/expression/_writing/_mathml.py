"""Write expressions as MathML, which browsers set without any program."""

from __future__ import annotations

from excitable.expression._nodes import Expression
from excitable.expression._writing._layout import GREEK, layout

_OPERATORS = {
    "-": "−",
    "*": "·",
    "<": "&lt;",
    "<=": "≤",
    ">": "&gt;",
    ">=": "≥",
    "==": "=",
    "!=": "≠",
}


def to_mathml(expression: Expression, *, standalone: bool = True) -> str:
    """Return an expression as presentation MathML.

    Parameters
    ----------
    expression : Expression
        Any expression.
    standalone : bool
        Whether to wrap the result in a ``<math>`` element; without it, the result can be made
        part of a larger formula.

    Returns
    -------
    str
        MathML.

    Raises
    ------
    EquationError
        Written out, the expression would have more than 100 000 operations.

    Examples
    --------
    >>> from excitable.expression import parse
    >>> print(to_mathml(parse("tau_m"), standalone=False))
    <msub><mi>τ</mi><mi>m</mi></msub>
    """
    body = layout(expression, MathMLWriter())
    if not standalone:
        return body
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">{body}</math>'


class MathMLWriter:
    """Presentation MathML; see `Writer` for the methods."""

    def letter(self, text: str) -> str:
        return f"<mi>{'∞' if text == 'inf' else GREEK.get(text, text)}</mi>"

    def digits(self, text: str) -> str:
        return f"<mn>{text}</mn>"

    def operator(self, symbol: str) -> str:
        if symbol in ("and", "or", "not"):
            return f"<mtext>&#160;{symbol}&#160;</mtext>"
        return f"<mo>{_OPERATORS.get(symbol, symbol)}</mo>"

    def row(self, *parts: str) -> str:
        return f"<mrow>{''.join(parts)}</mrow>"

    def beside(self, left: str, right: str) -> str:
        return f"<mrow>{left}<mo>&#8290;</mo>{right}</mrow>"

    def bracketed(self, inside: str) -> str:
        return f"<mrow><mo>(</mo>{inside}<mo>)</mo></mrow>"

    def absolute(self, inside: str) -> str:
        return f"<mrow><mo>|</mo>{inside}<mo>|</mo></mrow>"

    def fraction(self, above: str, below: str) -> str:
        return f"<mfrac>{above}{below}</mfrac>"

    def raised(self, base: str, exponent: str) -> str:
        return f"<msup>{base}{exponent}</msup>"

    def lowered(self, base: str, index: str) -> str:
        return f"<msub>{base}{index}</msub>"

    def root(self, inside: str) -> str:
        return f"<msqrt>{inside}</msqrt>"

    def applied(self, name: str, latex: str, arguments: str) -> str:
        shown = {"log": "ln", "atan": "arctan", "minimum": "min", "maximum": "max"}.get(name, name)
        return f"<mrow><mi>{shown}</mi><mo>&#8289;</mo>{arguments}</mrow>"

    def cases(self, condition: str, yes: str, no: str) -> str:
        rows = (
            f"<mtr><mtd>{yes}</mtd><mtd><mrow><mtext>if&#160;</mtext>{condition}</mrow></mtd></mtr>"
            f"<mtr><mtd>{no}</mtd><mtd><mtext>otherwise</mtext></mtd></mtr>"
        )
        return f"<mrow><mo>{{</mo><mtable>{rows}</mtable></mrow>"
