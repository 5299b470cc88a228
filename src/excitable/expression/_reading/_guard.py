"""Refuse what is not the model language before Python's parser sees it, and say why."""

from __future__ import annotations

import keyword
import re
import unicodedata

from excitable.expression._functions import functions
from excitable.expression._reading._source import MAX_EXPRESSION, Source

_FOREIGN = re.compile(r"[^A-Za-z0-9_.,+\-*/()<>=!\s]|[^\x09\x0a\x0d\x20-\x7e]")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NUMBER_THEN_NAME = re.compile(
    r"(?<![\w.])((?:\d++\.?+\d*+|\.\d++)(?:[eE][+-]?\d++)?+)([A-Za-z_][A-Za-z0-9_]*)"
)
_CARET = re.compile(r"([\w.]*)\s*\^\s*([\w.]*)")
_WORDS_OF_LANGUAGE = {"and", "or", "not", "if", "else", "True", "False", "None", "for", "in", "is"}
MAX_NAME = 100

_HINTS = {
    "[": ("brackets [ ] index lists", "there are no lists in equations", "Use ( ) to group"),
    "]": ("brackets [ ] index lists", "there are no lists in equations", "Use ( ) to group"),
    "{": ("braces { } are not used", "groups are written with ( )", "Write ( and )"),
    "}": ("braces { } are not used", "groups are written with ( )", "Write ( and )"),
    '"': ("quoted text", "formulas hold numbers and names only", "Remove the quotes"),
    "'": (
        "quoted text",
        "formulas hold numbers and names only",
        "Remove the quotes; a derivative is written dv/dt",
    ),
    ":": (
        "a colon",
        "units and types stand with the states and parameters, not in formulas",
        "Remove what follows the colon",
    ),
    ";": ("a semicolon", "one formula is expected here", "Write one equation per line"),
    "@": ("@ is not an operation here", "products are written with *", "Write a*b"),
    "%": ("% is not an operation here", "there is no remainder", "Write percentages as numbers"),
    "&": ("& is not an operation here", "conditions are joined with words", "Write a and b"),
    "|": ("| is not an operation here", "conditions are joined with words", "Write a or b"),
    "~": ("~ is not an operation here", "a condition is negated with a word", "Write not a"),
    "\\": ("a backslash", "lines continue inside brackets", "Put the formula in ( )"),
    "?": ("a question mark", "choices are made by where", "Write where(condition, a, b)"),
    "$": ("a dollar sign", "formulas are plain text, not LaTeX", "Write tau_m, not $\\tau_m$"),
}

_LOOKALIKES = {
    "−": "-",
    "–": "-",
    "—": "-",
    "·": "*",
    "⋅": "*",
    "×": "*",
    "÷": "/",
    "∕": "/",
    "²": "**2",
    "³": "**3",
    "⁴": "**4",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "√": "sqrt( )",
    "∞": "a name such as tau_inf",
    "′": "dv/dt",
    "’": "dv/dt",
    "\u00a0": "a plain space",
}


def check_piece(source: Source, start: int, end: int) -> None:
    """Check the characters and words of one formula, text[start:end]."""
    if end - start > MAX_EXPRESSION:
        source.fail(
            start,
            f"a formula of {end - start} characters",
            f"at most {MAX_EXPRESSION} are read",
            "Name parts of it in equations of their own",
        )
    piece = source.clean[start:end]
    for word in _WORD.finditer(piece):
        check_python(source, word[0], start + word.start())
    foreign = _FOREIGN.search(piece)
    if foreign is not None:
        _refuse_character(source, start, piece, foreign.start())
    source.check_brackets(start, end)
    joined = _NUMBER_THEN_NAME.search(piece)
    if joined is not None:
        number, name = joined.groups()
        plain = re.match(r"_|[xXoObB][0-9A-Fa-f]+$", name)
        source.fail(
            start + joined.start(),
            f"{joined[0][:40]} is neither a number nor a product",
            "numbers are decimal, and a product needs its *",
            "Write the number in decimal digits" if plain else f"Write {number}*{name[:40]}",
        )
    for word in _WORD.finditer(piece):
        check_word(source, word[0], start + word.start())


def check_target(source: Source, name: str, index: int) -> None:
    """Refuse names that cannot stand on the left of an equation."""
    check_word(source, name, index)
    if name in functions():
        source.fail(
            index,
            f"{name} is a function",
            "a function cannot be given a value",
            f"Write another name, such as {name}_0",
        )


def check_python(source: Source, word: str, index: int) -> None:
    """Refuse the words of Python that the model language does not use."""
    if keyword.iskeyword(word) and word not in _WORDS_OF_LANGUAGE:
        source.fail(
            index,
            f"{word} is a word of Python",
            "it has no meaning in equations and cannot be a name",
            f"If a name is meant, write {word}_0",
        )


def check_word(source: Source, word: str, index: int) -> None:
    """Refuse names that Python keeps for itself."""
    check_python(source, word, index)
    if word.startswith("_") or "__" in word:
        source.fail(
            index,
            f"the name {word[:40]} holds special underscores",
            "names begin with a letter and have single underscores",
            f"Write {re.sub('_+', '_', word.strip('_'))[:40] or 'a name'}",
        )
    if len(word) > MAX_NAME:
        source.fail(
            index,
            f"a name of {len(word)} characters",
            f"at most {MAX_NAME} are allowed",
            "Shorten it",
        )


def _refuse_character(source: Source, start: int, piece: str, at: int) -> None:
    character = piece[at]
    if character == "^":
        _refuse_caret(source, start, piece, at)
    if piece.startswith(":=", at):
        source.fail(
            start + at,
            "an assignment inside a formula",
            "a formula has one value and changes nothing",
            "Write it as an equation of its own",
        )
    if character in _HINTS:
        source.fail(start + at, *_HINTS[character])
    if character in _LOOKALIKES:
        source.fail(
            start + at,
            f"the character {character!r}",
            "formulas are written in plain ASCII",
            f"Write {_LOOKALIKES[character]}",
        )
    name = unicodedata.name(character, "")
    code = f"U+{ord(character):04X}"
    if name.startswith("GREEK"):
        letter = _greek(name)
        source.fail(
            start + at,
            f"the Greek letter {character}",
            "names are spelled out in ASCII, and printed in Greek",
            f"Write {letter}" if letter else "Write its name",
        )
    shown = f"{character!r} ({name.lower()}, {code})" if name else f"{code}"
    source.fail(
        start + at,
        f"the character {shown}",
        "formulas are made of a-z, A-Z, 0-9, _ and + - * / ( ) < > = . ,",
        "Remove it",
    )


def _refuse_caret(source: Source, start: int, piece: str, at: int) -> None:
    for match in _CARET.finditer(piece[max(at - 60, 0) : at + 60]):
        if match.start() + max(at - 60, 0) <= at < match.end() + max(at - 60, 0):
            base, exponent = match.groups()
            write = f"{base}**{exponent}" if base and exponent else "** for a power"
            source.fail(
                start + at,
                f"{match[0].strip()} is not a power here" if base else "^ is not an operation here",
                "powers are written with **",
                f"Write {write}",
            )
    source.fail(start + at, "^ is not an operation here", "powers are written with **", "Write **")


def _greek(name: str) -> str:
    match = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (FINAL )?(\w+)", name)
    if match is None:
        return ""
    letter = {"LAMDA": "lambda_0"}.get(match[3], match[3].lower())
    return letter.capitalize() if match[1] == "CAPITAL" else letter
