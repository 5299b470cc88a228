"""A quantity that is added to a stimulus and is always on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from excitable.stimuli._part import AbstractPart, Rows, Window

if TYPE_CHECKING:
    from excitable.stimuli._argument import Argument


@dataclass(frozen=True, eq=False, repr=False)
class Constant(AbstractPart):
    """A constant, one for all neurons or one for each."""

    amplitude: Argument

    function: ClassVar[str] = "constant"

    @property
    def settled(self) -> float:
        """From the start."""
        return 0.0

    def rows(self, window: Window, chosen: np.ndarray) -> Rows:
        """Return the segments."""
        level = self.amplitude.column(chosen)
        return Rows(np.full_like(level, -np.inf), level)

    def __str__(self) -> str:
        return str(self.amplitude)
