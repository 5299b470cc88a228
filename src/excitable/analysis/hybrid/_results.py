"""What a neuron with a reset settles to: fixed points of its adaptation map, and attractors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from excitable import units

if TYPE_CHECKING:
    from excitable.units import Quantity


@dataclass(frozen=True, eq=False)
class FixedPoint:
    """A value of the adaptation that is the same after every spike: tonic firing.

    Parameters
    ----------
    w : Quantity
        The adaptation.
    interval : Quantity [time]
        From each spike to the next.
    multiplier : float
        Derivative of the map: deviations grow by it from spike to spike.
    """

    w: Quantity
    interval: Quantity
    multiplier: float

    @property
    def stable(self) -> bool:
        """Whether deviations shrink."""
        return abs(self.multiplier) < 1.0

    @property
    def rate(self) -> Quantity:
        """Spikes per time."""
        return units.attach(1.0 / float(self.interval.magnitude), "Hz")

    def __repr__(self) -> str:
        word = "stable" if self.stable else "unstable"
        return (
            f"{word} fixed point: w = {self.w:.6g~P}, every {self.interval:.6g~P}, "
            f"multiplier {self.multiplier:.4g}"
        )


@dataclass(frozen=True, eq=False)
class SpikingAttractor:
    """What a neuron does in the end.

    Parameters
    ----------
    kind : str or None
        ``"tonic"``: one spike per cycle; ``"bursting"``: a cycle of several spikes;
        ``"irregular"``: no stable cycle of up to 64 spikes was found; None: it falls silent.
    spikes_per_cycle : int
        Number of spikes in a cycle; 0 where there is no cycle.
    period : Quantity [time] or None
        Of the cycle.
    intervals : Quantity [time], shape (spikes,)
        The intervals of one cycle, the longest last; of an irregular attractor those of a stretch
        of its orbit; none where it falls silent.
    w : Quantity, shape (spikes,) or None
        The adaptation at the spikes before these intervals; None for neurons of one state.
    multiplier : float
        Derivative of the map over the cycle; nan where there is none, 0 for neurons of one state.
    transient : int
        Number of spikes before the cycle, to a thousandth of the range; of a neuron that falls
        silent, all that it fires. Without a cycle it means nothing.
    """

    kind: str | None
    spikes_per_cycle: int
    period: Quantity | None
    intervals: Quantity
    w: Quantity | None
    multiplier: float
    transient: int

    @property
    def rate(self) -> Quantity:
        """Mean number of spikes per time; zero where the neuron falls silent."""
        total = float(np.sum(self.intervals.magnitude))
        return units.attach(len(self.intervals) / total if total > 0.0 else 0.0, "Hz")

    def __repr__(self) -> str:
        if self.kind is None:
            return f"silent after {self.transient} spikes"
        if self.period is None:
            low, high = np.min(self.intervals.magnitude), np.max(self.intervals.magnitude)
            return f"irregular: intervals from {low:.4g} to {high:.4g} ms"
        words = "1 spike" if self.spikes_per_cycle == 1 else f"{self.spikes_per_cycle} spikes"
        return f"{self.kind}: {words} in {self.period:.6g~P}"
