"""Text that wants to do harm ends in a clear error, at once."""

import random
import string
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from excitable.errors import EquationError
from excitable.expression import parse, parse_assignments, parse_condition, parse_equations

HOSTILE = {
    "a million letters": "a" * 1_000_000,
    "a million brackets": "(" * 1_000_000,
    "ten thousand nested brackets": "(" * 10_000 + "x" + ")" * 10_000,
    "nested brackets below the length limit": "(" * 2_000 + "x" + ")" * 2_000,
    "nested calls": "exp(" * 1_000 + "x" + ")" * 1_000,
    "tower of powers": "9**9**9**9",
    "long tower of powers": "x" + "**x" * 1_600,
    "huge exponent": "10**1000000000",
    "huge negative exponent": "10**-1000000000",
    "huge exponent made of factors": "2**(50*50*50)",
    "huge exponent by a power": "2**(2**10)",
    "exponent that is not finite": "2**(1/0)",
    "many digits": "9" * 4_900,
    "many digits after the point": "0." + "9" * 6_000,
    "many exponent digits": "1e" + "9" * 4_000,
    "many signs": "-" * 4_900 + "x",
    "many plus signs": "+" * 4_900 + "x",
    "many nots": "not " * 1_200 + "x > 0",
    "double underscores": "x.__class__.__mro__[1].__subclasses__()",
    "import": "__import__('os').system('true')",
    "builtins": "__builtins__",
    "underscore": "_",
    "attribute": "v.real",
    "attribute of a number": "1..real",
    "attribute of a call": "exp(x).real",
    "lambda": "lambda: 0",
    "called lambda": "(lambda x: x)(1)",
    "comprehension": "[x for x in y]",
    "generator": "exp(x for x in y)",
    "set": "{x}",
    "dictionary": "{x: y}",
    "index": "x[0]",
    "slice": "x[1:2]",
    "formatted text": "f'{x}'",
    "text": "'x'",
    "bytes": "b'x'",
    "walrus": "(x := 3)",
    "star": "exp(*x)",
    "two stars": "exp(**x)",
    "tuple": "x, y",
    "empty tuple": "()",
    "await": "await x",
    "yield": "(yield x)",
    "ellipsis": "...",
    "none": "None",
    "true": "True",
    "imaginary": "1j",
    "statement": "import os",
    "two statements": "x; import os",
    "two lines": "x\nimport os",
    "assignment": "x = 3",
    "del": "del x",
    "null byte": "x\0",
    "escape": "x\x1b[2J",
    "form feed": "x\x0c+ 1",
    "backspace": "x\x08",
    "right-to-left mark": "x\u202e + 1",
    "zero-width space": "x\u200by",
    "no-break space": "x\u00a0+ 1",
    "byte order mark": "\ufeffx",
    "lone surrogate": "x\ud800",
    "emoji": "x + 🙂",
    "Cyrillic letter": "е + 1",
    "fullwidth digit": "２*x",
    "Arabic digit": "٣*x",
    "ligature that Python folds to ASCII": "ﬁ + 1",
    "long name": "x" * 200,
    "backslash": "x\\\n+ 1",
    "hexadecimal": "0x7f",
    "octal": "0o7",
    "binary": "0b1",
    "underscored number": "1_000",
    "comparison chain": "a < b < c",
    "identity": "x is y",
    "membership": "x in y",
    "shift": "x << 3",
    "matrix product": "x @ y",
    "bitwise not": "~x",
    "keyword argument": "exp(x=1)",
    "method of the registry": "exp.derivative",
    "call of a call": "exp(x)(y)",
    "call of a number": "1(2)",
    "unbalanced": ")x(",
    "only comment": "# x",
    "only spaces": " " * 4_000,
    "empty": "",
}
READERS = {
    "formula": parse,
    "condition": parse_condition,
    "equations": lambda text: parse_equations(f"dx/dt = {text}"),
    "left side": lambda text: parse_equations(f"{text}*dx/dt = 1"),
    "assignment": lambda text: parse_assignments(f"x = {text}"),
}


# A line break ends the left side, so that these become other texts.
OTHERWISE = {("left side", name) for name in ("two lines", "backslash", "only comment")}
PAIRS = [(r, n) for r in READERS for n in HOSTILE if (r, n) not in OTHERWISE]


@pytest.mark.parametrize(("reader", "name"), PAIRS)
def test_hostile_text_is_refused_within_50_ms(name, reader):
    text = HOSTILE[name]
    best = float("inf")
    for _ in range(3):  # the machine may be busy; the work is the same each time
        start = time.perf_counter()
        with pytest.raises(EquationError) as caught:
            READERS[reader](text)
        best = min(best, time.perf_counter() - start)
        if best < 0.05:
            break
    assert best < 0.05
    assert caught.value.found
    assert caught.value.write
    assert len(str(caught.value)) < 1_000


def test_the_largest_texts_that_are_read_are_read_quickly():
    long_sum = "+".join(["x"] * 2_400)
    start = time.perf_counter()
    parse(long_sum)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "dx/dt = " + "*".join(f"(exp(x*{i}) - 1)" for i in range(1, 250)),
        "dx/dt = " + "*".join(f"(x - {i})*x" for i in range(400)),
        "dx/dt = " + "/".join(f"(exp(x - {i}) - 1)" for i in range(30)) + "*(x - 3)" * 30,
        "dx/dt = " + "(x - 1)*" * 38 + "1/(exp(x - 1) - 1)",
        "dx/dt = (" + "+".join(f"x{i}" for i in range(900)) + ")/(exp(x) - 1)",
        "dx/dt" + " " * 19_000 + "= 1",
        "\n" * 19_000 + "dx/dt = 1",
        "dx/dt = (" + "\n" * 4_000 + "1)",
    ],
    ids=range(8),
)
def test_nothing_makes_reading_slow(text):
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        parse_equations(text)
        best = min(best, time.perf_counter() - start)
    assert best < 0.25


def message(reader, text):
    """Return what a reader says about a text; None if it reads it."""
    try:
        reader(text)
    except EquationError as error:
        return str(error)
    return None


ALPHABET = "abexp xyz0123456789.eE+-*/^()<>=!,#_ \n\t'\"[]{}:;@%&|~\\τ²−\0"


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet=ALPHABET, max_size=60))
@example("a*\n)")
@example("(#\n")
@example("=")
@example("d/dt=1")
@example("dx/dt=(\n")
def test_any_text_is_read_or_refused_with_a_message(text):
    for reader in (parse, parse_condition, parse_equations, parse_assignments):
        assert message(reader, text) != ""


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.sampled_from("x y 1 .5 ( ) + - * / ** exp where > == and not , if else".split()))
)
def test_any_words_are_read_or_refused_with_a_message(words):
    for reader in (parse, parse_condition):
        assert message(reader, " ".join(words)) != ""


def test_random_characters():
    source = random.Random(7)  # noqa: S311
    for _ in range(300):
        text = "".join(source.choice(string.printable) for _ in range(source.randrange(200)))
        assert message(parse_equations, text) != ""
