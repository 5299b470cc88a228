"""Physical dimensions as exponents of six base quantities."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

BASE_NAMES = ("time", "voltage", "current", "length", "substance", "temperature")

_Exponent = Fraction | int


def _exponent(value: float | Fraction) -> _Exponent:
    if isinstance(value, int):
        return value
    # A thousandth is far finer than any exponent of physics; it makes 0.5 and 1/3 exact.
    exact = Fraction(value).limit_denominator(1000)
    return exact.numerator if exact.denominator == 1 else exact


@dataclass(frozen=True, slots=True, init=False)
class Dimension:
    """Product of powers of time, voltage, current, length, substance and temperature.

    Parameters
    ----------
    time, voltage, current, length, substance, temperature : int or Fraction
        The exponents.

    Examples
    --------
    >>> print(CURRENT / VOLTAGE, "|", VOLTAGE / TIME, "|", VOLTAGE * TIME**-0.5)
    conductance | voltage/time | voltage/time**0.5
    """

    exponents: tuple[_Exponent, ...]

    def __init__(
        self,
        *,
        time: float | Fraction = 0,
        voltage: float | Fraction = 0,
        current: float | Fraction = 0,
        length: float | Fraction = 0,
        substance: float | Fraction = 0,
        temperature: float | Fraction = 0,
    ) -> None:
        values = (time, voltage, current, length, substance, temperature)
        object.__setattr__(self, "exponents", tuple(_exponent(value) for value in values))

    def __mul__(self, other: Dimension) -> Dimension:
        return _product(self, other, 1)

    def __truediv__(self, other: Dimension) -> Dimension:
        return _product(self, other, -1)

    def __pow__(self, power: float | Fraction) -> Dimension:
        exact = _exponent(power)
        return _made(tuple(_exponent(exponent * exact) for exponent in self.exponents))

    @property
    def is_dimensionless(self) -> bool:
        """Whether all exponents are zero."""
        return not any(self.exponents)

    @property
    def has_name(self) -> bool:
        """Whether it has a name of its own, such as "conductance"."""
        return self in NAMES

    @property
    def phrase(self) -> str:
        """The name with its article, for messages: "a time", "a plain number"."""
        if self.is_dimensionless:
            return "a plain number"
        name = str(self)
        return f"an {name}" if name[0] in "aeiou" else f"a {name}"

    def __str__(self) -> str:
        return _name(self)

    def __repr__(self) -> str:
        return f"Dimension({self})"


@lru_cache(maxsize=4096)
def _product(a: Dimension, b: Dimension, sign: int) -> Dimension:
    pairs = zip(a.exponents, b.exponents, strict=True)
    return _made(tuple(_exponent(x + sign * y) for x, y in pairs))


def _made(exponents: tuple[_Exponent, ...]) -> Dimension:
    made = object.__new__(Dimension)
    object.__setattr__(made, "exponents", exponents)
    return made


DIMENSIONLESS = Dimension()
TIME = Dimension(time=1)
VOLTAGE = Dimension(voltage=1)
CURRENT = Dimension(current=1)
LENGTH = Dimension(length=1)
SUBSTANCE = Dimension(substance=1)
TEMPERATURE = Dimension(temperature=1)

RATE = TIME**-1
AREA = LENGTH**2
VOLUME = LENGTH**3
CHARGE = CURRENT * TIME
CONDUCTANCE = CURRENT / VOLTAGE
RESISTANCE = VOLTAGE / CURRENT
CAPACITANCE = CHARGE / VOLTAGE
CURRENT_DENSITY = CURRENT / AREA
CONDUCTANCE_DENSITY = CONDUCTANCE / AREA
CAPACITANCE_DENSITY = CAPACITANCE / AREA
CONCENTRATION = SUBSTANCE / VOLUME
POWER = VOLTAGE * CURRENT
ENERGY = POWER * TIME
MASS = ENERGY * TIME**2 / AREA
INDUCTANCE = VOLTAGE * TIME / CURRENT

NAMES: dict[Dimension, str] = {
    DIMENSIONLESS: "dimensionless",
    TIME: "time",
    VOLTAGE: "voltage",
    CURRENT: "current",
    LENGTH: "length",
    SUBSTANCE: "amount of substance",
    TEMPERATURE: "temperature",
    RATE: "rate",
    AREA: "area",
    VOLUME: "volume",
    CHARGE: "charge",
    CONDUCTANCE: "conductance",
    RESISTANCE: "resistance",
    CAPACITANCE: "capacitance",
    CURRENT_DENSITY: "current density",
    CONDUCTANCE_DENSITY: "conductance density",
    CAPACITANCE_DENSITY: "capacitance density",
    CHARGE / AREA: "charge density",
    RESISTANCE * AREA: "resistance times area",
    RESISTANCE * LENGTH: "resistivity",
    CONCENTRATION: "concentration",
    POWER: "power",
    ENERGY: "energy",
    MASS: "mass",
    INDUCTANCE: "inductance",
    LENGTH / TIME: "velocity",
}

# Divisors tried, in this order, when a dimension has no name of its own: "voltage/time".
DIVISORS: tuple[Dimension, ...] = (
    TIME,
    VOLTAGE,
    TIME**2,
    VOLTAGE**2,
    TIME * VOLTAGE,
    TIME**0.5,
)


def split(dimension: Dimension) -> tuple[Dimension, Dimension] | None:
    """Return a named dividend and a divisor whose quotient is `dimension`, if there is one."""
    for divisor in DIVISORS:
        dividend = dimension * divisor
        if dividend in NAMES and not dividend.is_dimensionless and dividend not in DIVISORS[2:]:
            return dividend, divisor
    return None


def powers_text(pairs: list[tuple[str, _Exponent]], attached: bool) -> str:
    """Write powers of names as text, such as "voltage/time**2" or, attached, "mV/ms2"."""

    def power(name: str, exponent: _Exponent) -> str:
        if exponent == 1:
            return name
        if attached and isinstance(exponent, int):
            return f"{name}{exponent}"
        return f"{name}**{float(exponent):g}"

    above = [power(name, exponent) for name, exponent in pairs if exponent > 0]
    below = [power(name, -exponent) for name, exponent in pairs if exponent < 0]
    text = "*".join(above)
    if below:
        divisor = below[0] if len(below) == 1 else f"({'*'.join(below)})"
        text = f"{text or 1}/{divisor}"
    return text


@lru_cache(maxsize=1024)
def _name(dimension: Dimension) -> str:
    known = NAMES.get(dimension)
    if known is not None:
        return known
    parts = split(dimension)
    if parts is not None:
        dividend, divisor = parts
        below = _base_text(divisor)
        return (
            f"{NAMES[dividend]}/{f'({below})' if sum(map(bool, divisor.exponents)) > 1 else below}"
        )
    return _base_text(dimension)


def _base_text(dimension: Dimension) -> str:
    return powers_text(list(zip(BASE_NAMES, dimension.exponents, strict=True)), attached=False)
