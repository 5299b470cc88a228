"""From expressions to text, LaTeX and MathML."""

from excitable.expression._writing._latex import to_latex
from excitable.expression._writing._mathml import to_mathml
from excitable.expression._writing._text import to_text

__all__ = ["to_latex", "to_mathml", "to_text"]
