"""One argument of a stimulus: bare internal numbers that remember the unit they came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable import units
from excitable.errors import StimulusError


@dataclass(frozen=True, slots=True, eq=False)
class Argument:
    """Bare value or one value per neuron, with its dimension and the unit to show it in."""

    name: str
    value: float | np.ndarray
    dimension: units.Dimension
    unit: str

    @property
    def is_array(self) -> bool:
        """Whether there is one value per neuron."""
        return isinstance(self.value, np.ndarray)

    def column(self, chosen: np.ndarray) -> np.ndarray:
        """Values of the chosen neurons as a column, shape (1, 1) if all share one."""
        if isinstance(self.value, np.ndarray):
            return self.value[chosen, None]
        return np.full((1, 1), self.value)

    def spread(self, n: int) -> np.ndarray:
        """One value per neuron, shape (n,)."""
        return np.array(np.broadcast_to(self.value, (n,)))

    def least(self) -> float:
        """Smallest value."""
        return float(np.min(self.value))

    def greatest(self) -> float:
        """Largest value."""
        return float(np.max(self.value))

    def __str__(self) -> str:
        shown = np.asarray(self.value) / units.factor(self.unit) if self.unit else self.value
        suffix = f" {self.unit}" if self.unit else ""
        if isinstance(self.value, np.ndarray):
            span = f"{np.min(shown):.6g} to {np.max(shown):.6g}{suffix}"
            return f"<{self.value.size} values, {span}>"
        return f"{float(shown):.12g}{suffix}"


def read(
    value: Any, function: str, name: str, dimension: units.Dimension | None = None
) -> Argument:
    """Strip an argument of a stimulus and check that it is finite and of at most one axis.

    Without a `dimension` the value's own one is kept: a stimulus does not know what it will drive.
    """
    owner = f"{function}.{name}"
    if isinstance(value, Argument):
        return value
    quantity = units.parse_quantity(value) if isinstance(value, str) else value
    unit = units.unit_text(quantity) if units.is_quantity(quantity) else ""
    if dimension is None:
        dimension = units.dimension(quantity) if unit else units.DIMENSIONLESS
    bare = np.array(units.strip(value, dimension, owner), dtype=np.float64)
    if bare.ndim > 1 or bare.size == 0:
        raise StimulusError(
            f"an array of shape {bare.shape}",
            "one value, or one value per neuron, is expected",
            f"Write {name}=<quantity> or {name}=[...]*<unit> with one axis",
            owner=owner,
        )
    check_finite(bare, owner, name)
    number = float(bare) if bare.ndim == 0 else bare
    return Argument(name, number, dimension, unit)


def check_finite(values: np.ndarray, owner: str, name: str) -> None:
    """Refuse NaN and infinity, saying where the first one is."""
    finite = np.isfinite(values)
    if finite.all():
        return
    first = np.unravel_index(int(np.argmin(finite)), values.shape)
    place = f" at index {', '.join(map(str, first))}" if values.ndim else ""
    raise StimulusError(
        f"the value {values[first]}{place}",
        "a stimulus is finite everywhere",
        f"Write finite numbers in {name}; recordings can be mended with numpy.nan_to_num",
        owner=owner,
    )


def time(value: Any, function: str, name: str) -> Argument:
    """Read a time."""
    return read(value, function, name, units.TIME)


def stop_time(value: Any, function: str, start: Argument) -> Argument:
    """Read the end of a stimulus; None means that it never ends."""
    if value is None:
        return Argument("stop", np.inf, units.TIME, "ms")
    stop = time(value, function, "stop")
    check_order(start, stop, function)
    return stop


def check_order(start: Argument, stop: Argument, function: str, strict: bool = False) -> None:
    """Refuse a stimulus that ends before it begins."""
    check_lengths((start, stop), function)
    first, last = np.atleast_1d(*np.broadcast_arrays(start.value, stop.value))
    wrong = last <= first if strict else last < first
    if not wrong.any():
        return
    worst = int(np.argmax(wrong))
    raise StimulusError(
        f"stop={last[worst]:g} ms while start={first[worst]:g} ms",
        f"a {function} stops after it starts",
        "Exchange start and stop, or leave stop out to go on to the end of the run",
        owner=f"{function}.stop",
    )


def check_positive(argument: Argument, function: str, example: str, zero_allowed: bool) -> None:
    """Refuse a width, frequency or time constant that cannot be."""
    low = argument.least()
    if low > 0 or (zero_allowed and low == 0):
        return
    bound = "zero or more" if zero_allowed else "greater than zero"
    shown = low / units.factor(argument.unit) if argument.unit else low
    raise StimulusError(
        f"{argument.name}={shown:g} {argument.unit}".rstrip(),
        f"it must be {bound}",
        f"Write {argument.name}={example}",
        owner=f"{function}.{argument.name}",
    )


def check_lengths(arguments: tuple[Argument, ...], function: str) -> int | None:
    """Give the number of neurons that the arrays are for, and refuse arrays that disagree."""
    sizes = {arg.name: arg.value.size for arg in arguments if isinstance(arg.value, np.ndarray)}
    if len(set(sizes.values())) > 1:
        raise StimulusError(
            "arrays of different lengths: " + ", ".join(f"{k} has {v}" for k, v in sizes.items()),
            "every array holds one value per neuron",
            "Write arrays of one length, or a single value where all neurons share it",
            owner=function,
        )
    return next(iter(sizes.values()), None)


def is_zero(value: Any) -> bool:
    """Whether a value is the bare number zero, which needs no unit."""
    return isinstance(value, int | float) and value == 0
