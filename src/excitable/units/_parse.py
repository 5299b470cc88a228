"""Read text such as "20 ms", "0.3 mS/cm2", "0.04 1/(mV*ms)" or "[1, 2, 3] mV".

A small grammar of our own: numbers, unit names, `*`, `/`, powers and brackets. Nothing is
evaluated, and a name can only be a unit.
"""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NoReturn

from excitable.errors import UnitError
from excitable.units._table import known_names, resolve

Powers = tuple[tuple[str, Fraction | int], ...]

MAX_CHARACTERS = 200
MAX_ARRAY_CHARACTERS = 100_000
_MAX_DEPTH = 8
_MAX_EXPONENT = 30

_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹·×", "-0123456789**")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-zµμΩΩ%]+)(?P<power>-?\d+)?"
    r"|(?P<sign>\*\*|[-+*/^()]))",
    re.ASCII,
)
_LISTED = re.compile(r"\s*([-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan|inf))\s*", re.ASCII)
_ARRAY = re.compile(r"\s*\[([^\[\]]*)\]\s*")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A number, or a tuple of numbers, and powers of units."""

    value: float | tuple[float, ...]
    powers: Powers


@lru_cache(maxsize=4096)
def parse(text: str) -> Parsed:
    """Return the value and the units that `text` states; without a number the value is 1."""
    array = _ARRAY.match(text) if len(text) <= MAX_ARRAY_CHARACTERS else None
    start = array.end() if array else 0
    if len(text) - start > MAX_CHARACTERS:
        raise UnitError(
            f"a value of {len(text)} characters",
            f"at most {MAX_CHARACTERS} are read",
            'Write a number and a unit, such as "20 ms"',
        )
    reader = _Reader(text, start)
    value, powers = reader.read(optional=array is not None)
    kept = tuple((name, power) for name, power in powers.items() if power)
    if array is None:
        return Parsed(value, kept)
    return Parsed(tuple(value * number for number in _numbers(text, array.group(1))), kept)


def _numbers(text: str, inside: str) -> list[float]:
    parts = inside.split(",")
    if not parts[-1].strip():
        parts.pop()
    numbers = []
    for part in parts:
        match = _LISTED.fullmatch(part)
        if match is None:
            raise UnitError(
                f"{part.strip()[:40]!r} is not a number",
                "a list holds plain numbers, and its unit follows it",
                'Write "[1, 2, 3] mV"',
                text=text,
            )
        numbers.append(float(match[1]))
    return numbers


class _Reader:
    """One left-to-right pass over the tokens of a text."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.source = text.translate(_SUPERSCRIPTS)
        self.place = start
        self.depth = 0

    def read(self, *, optional: bool) -> tuple[float, dict[str, Fraction | int]]:
        if not self.source[self.place :].strip():
            if optional:
                return 1.0, {}
            self.fail("an empty text", "a number and a unit are expected", 'Write "20 ms"')
        sign = self.sign()
        value, powers = self.product()
        if self.peek() is not None:
            self.fail(self.found(), "the value should end here", 'Write "20 ms" or "0.3 mS/cm2"')
        return sign * value, powers

    def peek(self) -> re.Match[str] | None:
        match = _TOKEN.match(self.source, self.place)
        if match is None and self.source[self.place :].strip():
            self.fail(self.found(), "only numbers and units belong here", 'Write "20 ms"')
        return match

    def take(self, *symbols: str) -> str | None:
        """Consume the next token if it is one of these signs."""
        token = self.peek()
        if token is None or token["sign"] not in symbols:
            return None
        self.place = token.end()
        return token["sign"]

    def sign(self) -> int:
        return -1 if self.take("-", "+") == "-" else 1

    def product(self) -> tuple[float, dict[str, Fraction | int]]:
        value, powers = self.power()
        divided_by_unit = False
        while (token := self.peek()) is not None and token["sign"] != ")":
            operator = self.take("*", "/")
            if operator is None and token["sign"] is not None:
                break
            if operator is None and divided_by_unit:
                self.fail(
                    f"{self.text.strip()!r} can be read in two ways",
                    "a space after a division is ambiguous",
                    'Write "1/(mV*ms)" or "1/mV*ms"',
                )
            right, right_powers = self.power()
            step = -1 if operator == "/" else 1
            divided_by_unit = divided_by_unit or (step < 0 and bool(right_powers))
            value = value * right if step > 0 else _quotient(value, right)
            for name, power in right_powers.items():
                powers[name] = powers.get(name, 0) + step * power
        return value, powers

    def power(self) -> tuple[float, dict[str, Fraction | int]]:
        value, powers = self.atom()
        if self.take("**", "^") is None:
            return value, powers
        exponent = self.exponent()
        return _raised(value, exponent), {n: _whole(p * exponent) for n, p in powers.items()}

    def atom(self) -> tuple[float, dict[str, Fraction | int]]:
        token = self.peek()
        if token is None:
            self.fail("the text ends too early", "a number or a unit is missing", 'Write "20 ms"')
        if token["number"] is not None:
            self.place = token.end()
            return float(token["number"]), {}
        if token["name"] is not None:
            return self.name(token)
        if self.take("(") is None:
            self.fail(self.found(), "a number or a unit is expected here", 'Write "20 ms"')
        return self.bracket()

    def bracket(self) -> tuple[float, dict[str, Fraction | int]]:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            self.fail("too many nested brackets", f"at most {_MAX_DEPTH} are read", "Use fewer")
        inside = self.product()
        if self.take(")") is None:
            self.fail("a bracket is not closed", "each ( needs its )", 'Write "1/(mV*ms)"')
        self.depth -= 1
        return inside

    def name(self, token: re.Match[str]) -> tuple[float, dict[str, Fraction | int]]:
        name = token["name"]
        start = token.start("name")
        self.place = token.end()
        if name in ("nan", "inf") and token["power"] is None:
            return float(name), {}
        if name == "dimensionless" and token["power"] is None:
            return 1.0, {}
        if name == "sqrt" and self.take("("):
            value, powers = self.bracket()
            half = Fraction(1, 2)
            return _raised(value, half), {n: _whole(p * half) for n, p in powers.items()}
        if resolve(name) is None:
            self.unknown(name, start)
        return 1.0, {name: self.bounded(int(token["power"] or 1))}

    def exponent(self) -> Fraction | int:
        if self.take("(") is None:
            return self.bounded(self.sign() * self.plain_number())
        sign = self.sign()
        value = self.plain_number()
        if self.take("/"):
            divisor = self.plain_number()
            if not divisor:
                self.fail("an exponent divides by 0", "a number is expected", 'Write "ms**0.5"')
            value = Fraction(value) / divisor
        if self.take(")") is None:
            self.fail("a bracket is not closed", "each ( needs its )", 'Write "ms**(1/2)"')
        return self.bounded(sign * value)

    def plain_number(self) -> Fraction | int:
        token = self.peek()
        if token is None or token["number"] is None or len(token["number"]) > 8:
            self.fail(self.found(), "a power is a small plain number", 'Write "cm**2"')
        self.place = token.end()
        return self.bounded(float(token["number"]))

    def bounded(self, exponent: float | Fraction) -> Fraction | int:
        if abs(exponent) > _MAX_EXPONENT:
            self.fail(
                f"the power {float(exponent):g}",
                f"units are raised to at most {_MAX_EXPONENT}",
                'Write "cm**2"',
            )
        return _whole(Fraction(exponent).limit_denominator(1000))

    def found(self) -> str:
        rest = self.source[self.place :].strip()
        return f"{rest[:20]!r} is not understood here" if rest else "the text ends too early"

    def unknown(self, name: str, start: int) -> NoReturn:
        folded = {known.lower(): known for known in known_names()}
        close = difflib.get_close_matches(name[:40].lower(), folded, n=1, cutoff=0.75)
        hint = (
            f"Write {folded[close[0]]}" if close else "Write units such as ms, mV, pA, nS or uA/cm2"
        )
        if name in ("degC", "celsius", "Celsius"):
            hint = "Write an absolute temperature, such as 310 kelvin"
        self.place = start
        self.fail(f"the unit {name[:40]} is not known", "", hint)

    def fail(self, found: str, expected: str, write: str) -> NoReturn:
        gap = len(self.source[self.place :]) - len(self.source[self.place :].lstrip())
        column = min(self.place + gap, len(self.text)) + 1
        raise UnitError(found, expected, write, text=self.text, column=column)


def _whole(value: Fraction | int) -> Fraction | int:
    return value.numerator if value.denominator == 1 else value


def _quotient(a: float, b: float) -> float:
    if b:
        return a / b
    return math.nan if not a or math.isnan(a) else math.copysign(math.inf, a)


def _raised(value: float, exponent: Fraction | int) -> float:
    try:
        return math.pow(value, float(exponent))
    except (OverflowError, ValueError):
        return math.nan
