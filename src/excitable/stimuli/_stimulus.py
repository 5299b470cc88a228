"""A stimulus: a weighted sum of steps, waves, traces and noise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import _products, units
from excitable.errors import StimulusError, UnitError
from excitable.stimuli._argument import check_lengths, read
from excitable.stimuli._constant import Constant

if TYPE_CHECKING:
    from excitable.stimuli._part import AbstractPart


class Stimulus:
    """What drives an input over time; made by `step`, `sine`, `trace` and the like.

    Stimuli add and subtract, also with constant quantities, and scale by bare numbers. A sum
    keeps every on and off time to the last bit.

    Parameters
    ----------
    terms : sequence of (float, part)
        Weights and what they weigh.

    Attributes
    ----------
    dimension : Dimension or None
        What it drives; None for an empty sum, which fits anything.
    size : int or None
        Number of neurons it has values for; None if one value serves all.

    Raises
    ------
    UnitError
        If the parts differ in dimension.
    StimulusError
        If the parts hold arrays of different lengths.

    Examples
    --------
    >>> from excitable.stimuli import step
    >>> 2 * step("1 pA", start="1 ms") - "3 pA"
    2*step(1 pA, start=1 ms) - 3 pA
    """

    __slots__ = ("dimension", "size", "terms")

    # NumPy arrays on the left must leave the operation to this class.
    __array_ufunc__ = None

    terms: tuple[tuple[float, AbstractPart], ...]
    dimension: units.Dimension | None
    size: int | None

    def __init__(self, *terms: tuple[float, AbstractPart]) -> None:
        units.let_quantities_defer(Stimulus)
        dimension = terms[0][1].dimension if terms else None
        size = None
        for _, part in terms:
            if dimension is not None and part.dimension != dimension:
                raise UnitError(
                    f"{terms[0][1]} is {dimension.phrase}, {part} is {part.dimension.phrase}",
                    "stimuli that are added have one dimension",
                    "Write all of them in the unit of the input that they drive",
                    owner="stimulus",
                )
            own = _neurons(part)
            if size is not None and own is not None and own != size:
                raise StimulusError(
                    f"one part is for {size} neurons, {part} for {own}",
                    "every array holds one value per neuron",
                    "Write arrays of one length, or single values that all neurons share",
                    owner="stimulus",
                )
            size = size if own is None else own
        object.__setattr__(self, "terms", tuple(terms))
        object.__setattr__(self, "dimension", dimension)
        object.__setattr__(self, "size", size)

    @property
    def settled(self) -> float:
        """Time in ms from which it changes no more; infinite if it goes on."""
        return max((part.settled for _, part in self.terms), default=0.0)

    def plot(self, **options: Any) -> Any:
        """Draw the stimulus. See `excitable.plotting.plot_stimulus`."""
        return _products.plot_stimulus(self, **options)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a stimulus is fixed once made; write a new one instead of {name}=")

    def __add__(self, other: Any) -> Stimulus:
        added = _as_stimulus(other)
        return NotImplemented if added is None else Stimulus(*self.terms, *added.terms)

    def __radd__(self, other: Any) -> Stimulus:
        added = _as_stimulus(other)
        return NotImplemented if added is None else Stimulus(*added.terms, *self.terms)

    def __sub__(self, other: Any) -> Stimulus:
        added = _as_stimulus(other)
        return NotImplemented if added is None else self + (-added)

    def __rsub__(self, other: Any) -> Stimulus:
        added = _as_stimulus(other)
        return NotImplemented if added is None else added + (-self)

    def __neg__(self) -> Stimulus:
        return self * -1.0

    def __pos__(self) -> Stimulus:
        return self

    def __mul__(self, factor: Any) -> Stimulus:
        if not isinstance(factor, int | float | np.integer | np.floating):
            raise StimulusError(
                f"{self!r} times {_shown(factor)}",
                "a stimulus is scaled by one bare number",
                "Write the unit, or one value per neuron, into the amplitude",
                owner="stimulus",
            )
        if not np.isfinite(factor):
            raise StimulusError(
                f"{self!r} times {factor}",
                "a stimulus is finite everywhere",
                "Write a finite factor",
                owner="stimulus",
            )
        return Stimulus(*((float(factor) * weight, part) for weight, part in self.terms))

    __rmul__ = __mul__

    def __truediv__(self, divisor: Any) -> Stimulus:
        if isinstance(divisor, int | float | np.integer | np.floating) and divisor != 0:
            return self * (1.0 / float(divisor))
        raise StimulusError(
            f"{self!r} divided by {_shown(divisor)}",
            "a stimulus is divided by one bare number other than zero",
            "Write the unit, or one value per neuron, into the amplitude",
            owner="stimulus",
        )

    def __repr__(self) -> str:
        text = ""
        for weight, part in self.terms:
            sign = "-" if weight < 0 else "+"
            scale = "" if abs(weight) == 1 else f"{abs(weight):.12g}*"
            text += f" {sign} {scale}{part}"
        if not text:
            return "0"
        return text[3:] if text.startswith(" + ") else "-" + text[3:]


def made_of(part: AbstractPart) -> Stimulus:
    """Check the arrays of one part and wrap it."""
    check_lengths(part.arguments, part.function)
    return Stimulus((1.0, part))


def _neurons(part: AbstractPart) -> int | None:
    sizes = [arg.value.size for arg in part.arguments if isinstance(arg.value, np.ndarray)]
    return sizes[0] if sizes else part.neurons


def _as_stimulus(value: Any) -> Stimulus | None:
    if isinstance(value, Stimulus):
        return value
    if isinstance(value, int | float) and value == 0:  # so that sum([...]) works
        return Stimulus()
    if not isinstance(value, str | int | float | np.ndarray) and not units.is_quantity(value):
        return None
    return Stimulus((1.0, Constant(read(value, "stimulus", "constant"))))


def _shown(value: Any) -> str:
    return type(value).__name__ if isinstance(value, np.ndarray | Stimulus) else str(value)
