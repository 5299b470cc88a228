"""The units in which the numbers of a graph are meant; NIR itself has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from excitable import units
from excitable.errors import UnitError

if TYPE_CHECKING:
    from collections.abc import Mapping

TIME, VOLTAGE, CURRENT = "second", "volt", "ampere"
"""What is meant where nobody says anything: SI units throughout."""

_KEYS = ("time_unit", "voltage_unit", "current_unit")


@dataclass(frozen=True, slots=True)
class Scales:
    """Units as text, and the internal value of one of each."""

    time: str
    voltage: str
    current: str

    @property
    def factors(self) -> tuple[float, float, float]:
        """Internal values of one time, one voltage and one current."""
        return units.factor(self.time), units.factor(self.voltage), units.factor(self.current)

    def metadata(self) -> dict[str, str]:
        """How a graph says them."""
        shown = (self.time, self.voltage or "1", self.current or "1")
        return dict(zip(_KEYS, shown, strict=True))


def outward(value: Any, factor: float) -> Any:
    """Internal numbers as numbers in a unit."""
    return value / factor if factor >= 1.0 else value * _inverse(factor)


def inward(value: Any, factor: float) -> Any:
    """Numbers in a unit as internal numbers, so that the way there and back changes nothing."""
    return value * factor if factor >= 1.0 else value / _inverse(factor)


def _inverse(factor: float) -> float:
    """1/factor; of a power of ten exactly, which 1e-9 itself is not."""
    inverse = 1.0 / factor
    return float(round(inverse)) if abs(inverse - round(inverse)) < 1e-9 * inverse else inverse


def scales(
    given: tuple[Any, Any, Any],
    dimensions: tuple[units.Dimension, units.Dimension],
    metadata: Mapping[str, Any] | None = None,
) -> Scales:
    """Decide the units: as given, else as the graph says, else SI.

    Parameters
    ----------
    given : tuple of str or None
        Units of time, voltage and current, as the caller wants them.
    dimensions : tuple of Dimension
        What the potential and the input of the model are; a dimensionless model has no volts.
    metadata : mapping, optional
        What the graph says.

    Raises
    ------
    UnitError
        If a unit is of another dimension.
    """
    said = {key: _text(value) for key, value in (metadata or {}).items() if key in _KEYS}
    wanted = (units.TIME, *dimensions)
    names = ("time", "voltage", "current")
    chosen = []
    for name, key, value, dimension, own in zip(
        names, _KEYS, given, wanted, (TIME, VOLTAGE, CURRENT), strict=True
    ):
        fallback = own if units.dimension(own) == dimension else units.default_unit(dimension)
        text = value if value is not None else said.get(key, fallback)
        text = "" if text in ("1", "dimensionless") else str(text)
        if units.dimension(text) != dimension:
            raise UnitError(
                f"{text or 'no unit'} is {units.dimension(text).phrase}",
                f"a unit of {dimension} is expected",
                f'Write {name}="{fallback or 1}"',
                owner="nir",
                name=name,
            )
        chosen.append(text)
    return Scales(*chosen)


def _text(value: Any) -> str:
    return value.decode("utf8", "replace") if isinstance(value, bytes) else str(value)
