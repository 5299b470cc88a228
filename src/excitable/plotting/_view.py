"""What part of a run a picture shows, and its time axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes

LONG = 5000.0


@dataclass(frozen=True, slots=True)
class View:
    """Times to show, absolute in ms, and the numbers of the neurons."""

    start: float
    stop: float
    neurons: np.ndarray

    @property
    def per_unit(self) -> float:
        """Milliseconds in one unit of the time axis: long runs are shown in seconds."""
        return 1000.0 if self.stop - self.start >= LONG else 1.0

    def axis(self, t: np.ndarray) -> np.ndarray:
        """Times in the unit of the axis."""
        return t / self.per_unit


def name_time_axis(axes: Axes, view: View) -> None:
    """Label the time axis and end it where the view ends."""
    axes.set_xlabel("time (s)" if view.per_unit > 1 else "time (ms)")
    axes.set_xlim(view.start / view.per_unit, view.stop / view.per_unit)
