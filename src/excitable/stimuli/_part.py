"""What every family of stimuli must be able to say about itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from excitable.stimuli._argument import Argument

if TYPE_CHECKING:
    from excitable import units
    from excitable.stimuli._piecewise import Oscillation


@dataclass(frozen=True, slots=True)
class Window:
    """The run that a stimulus is lowered for; times in ms."""

    duration: float
    dt: float
    t_start: float
    seed: int
    stream: int
    n: int


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Segments of several tables side by side; every array has shape (tables or 1, segments).

    Times are ms from the run's start and ascend along a row; the first is minus infinity with
    slope zero. Of equal times in a row the last counts. They may reach beyond the run.
    """

    times: np.ndarray
    level: np.ndarray
    slope: np.ndarray | None = None


@dataclass(frozen=True, eq=False, repr=False)
class AbstractPart(ABC):
    """One term of a stimulus, such as a step or a trace."""

    function: ClassVar[str]
    """Name of the public function that makes it."""
    quiet: ClassVar[frozenset[str]] = frozenset()
    """Names of arguments that are not worth showing when they are zero."""

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """What it was made with, in the order of the function's parameters."""
        values = (getattr(self, field.name) for field in fields(self))
        return tuple(value for value in values if isinstance(value, Argument))

    @property
    def dimension(self) -> units.Dimension:
        """Dimension of its values: that of its first argument."""
        return self.arguments[0].dimension

    @abstractmethod
    def rows(self, window: Window, chosen: np.ndarray) -> Rows:
        """Segments for the chosen neurons, or one row if all neurons share it."""

    def oscillation(self, window: Window) -> Oscillation | None:
        """Return its sinusoid, if it is one."""
        return None

    @property
    def settled(self) -> float:
        """Time in ms from which it changes no more; infinite if it goes on."""
        return next(value for value in self.arguments if value.name == "stop").greatest()

    @property
    def options(self) -> tuple[str, ...]:
        """What to show after the arguments."""
        return ()

    def __str__(self) -> str:
        shown = [
            argument
            for argument in self.arguments
            if not np.isinf(argument.greatest())
            and (argument.name not in self.quiet or np.any(argument.value))
        ]
        named = (f"{argument.name}={argument}" for argument in shown[1:])
        return f"{self.function}({', '.join((str(shown[0]), *named, *self.options))})"

    @property
    def neurons(self) -> int | None:
        """Number of neurons that its data are for, beyond what its arguments tell."""
        return None

    @property
    def differs_by_neuron(self) -> bool:
        """Whether each neuron has its own table for reasons that its arguments do not show."""
        return False


def windowed(window: Window, start: np.ndarray, stop: np.ndarray, level: np.ndarray) -> Rows:
    """Rows that are zero, then `level` from `start` (ms absolute) to `stop`, then zero again."""
    start, stop, level = np.broadcast_arrays(start - window.t_start, stop - window.t_start, level)
    zero = np.zeros_like(level)
    before = np.full_like(start, -np.inf)
    return Rows(np.hstack((before, start, stop)), np.hstack((zero, level, zero)))


def framed(before: float, *blocks: np.ndarray) -> np.ndarray:
    """Blocks of columns side by side behind one column of a fixed value."""
    return np.hstack(equal_height(np.full((1, 1), before), *blocks))


def equal_height(*arrays: np.ndarray) -> tuple[np.ndarray, ...]:
    """Arrays with as many rows as the tallest; a single row is repeated."""
    height = max(map(len, arrays))
    return tuple(np.broadcast_to(array, (height, array.shape[1])) for array in arrays)
