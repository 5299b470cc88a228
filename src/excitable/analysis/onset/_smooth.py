"""Rest and cycles over the input, of neurons whose spikes are part of the equations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.bifurcation._cycle_branch import CycleBranch
from excitable.analysis.bifurcation._orbit import family_from_orbit
from excitable.analysis.dynamics._equilibria import equilibria
from excitable.analysis.dynamics._inputs import constants
from excitable.analysis.onset._rest import MOST, WIDER, Rest, bare_state, followed
from excitable.analysis.onset._steps import Steps
from excitable.analysis.onset._stretches import Stretch, stable_stretches
from excitable.errors import SimulationError
from excitable.model import Model

_BEYOND = (0.01, 0.1)  # of the way from lost rest to the end of the range: where to look
_BETWEEN = (0.5,)
_BELOW = (0.5, 4.0)  # ranges by which to look below an input at which it fires already
_POTENTIAL = 100.0  # mV: a distance of order one


@dataclass(frozen=True)
class Story:
    """What was found about a smooth neuron.

    Parameters
    ----------
    rest : Rest
        Equilibria.
    cycles : CycleBranch or None
        Limit cycles.
    stretches : tuple of Stretch
        Stable cycles, by the input at which they begin.
    odd : str
        What is met beyond rest if it is no cycle; empty otherwise.
    """

    rest: Rest
    cycles: CycleBranch | None
    stretches: tuple[Stretch, ...]
    odd: str = ""

    @property
    def firing(self) -> Stretch | None:
        """The stable cycles with which firing begins."""
        return self.stretches[0] if self.stretches else None


class Search:
    """Looks for rest and for cycles of a smooth neuron over its input.

    Parameters
    ----------
    model : Model
        One neuron.
    name : str
        The input.
    others : mapping of str to Quantity
        Constant values of other inputs.
    low : float
        An input at which it rests, in internal units.
    scale : float
        An input that counts.
    """

    def __init__(
        self, model: Model, name: str, others: Mapping[str, Any], low: float, scale: float
    ) -> None:
        self.model, self.name, self.others = model, name, others
        self.known = constants(model, others, "excitability")
        self.low, self.scale = low, scale

    def told(self) -> Story:
        """Return rest and cycles over a range that shows how firing begins and ends."""
        low, high = self.low, self.low + WIDER * self.scale
        rest = self._followed(low, high)
        while rest.lost is None and high - low < MOST * self.scale:
            high = low + WIDER * (high - low)
            rest = self._followed(low, high)
        story = self._with_cycles(rest)
        if story.firing is not None and story.firing.high.kind == "range":
            high = low + WIDER * (high - low)
            story = self._with_cycles(self._followed(low, high))
        for share in _BELOW:
            if story.firing is None or story.firing.low.kind != "range":
                break
            try:
                rest = self._followed(low - share * (high - low), high)
            except SimulationError:
                break  # nothing rests down there
            story = self._with_cycles(rest)
        return story

    def _followed(self, low: float, high: float) -> Rest:
        return followed(self.model, self.name, self.others, low, high)

    def _with_cycles(self, rest: Rest) -> Story:
        """Follow all cycles that begin at Hopf points, and one met beyond rest if need be."""
        branch = rest.branch
        cycles = None
        if any(point.kind == "hopf" for point in branch.special):
            cycles = branch.cycles()
        stretches = [] if cycles is None else stable_stretches(branch, cycles)
        if rest.lost is None or any(one.covers(rest.end) for one in stretches):
            return Story(rest, cycles, tuple(stretches))
        # No family known so far fires just beyond: follow the solution that is met there.
        odd = ""
        steps = self.steps(rest)
        stop = min([one.low.level for one in stretches if one.low.level > rest.end],
                   default=branch.request.stop)  # fmt: skip
        for share in _BEYOND if stop == branch.request.stop else _BETWEEN:
            level = rest.end + share * (stop - rest.end)
            if not steps.fires(level):
                continue
            orbit = steps.cycle(level)
            piece = None
            if orbit is not None:
                piece = family_from_orbit(branch, level, (orbit.t, orbit.x))
            if piece is not None:
                cycles = CycleBranch(branch, (*(cycles.pieces if cycles else ()), piece))
                stretches = stable_stretches(branch, cycles)
                odd = ""
                break
            odd = f"at {branch.request.shown(level)} firing does not repeat after one turn"
        return Story(rest, cycles, tuple(stretches), odd)

    def steps(self, rest: Rest) -> Steps:
        """Return what follows steps of input from rest."""
        start = rest.branch.trace.nodes[0].y[:-1]
        if rest.branch.request.start != 0.0:
            calm = equilibria(self.model, **self.others).resting
            start = bare_state(self.model, calm[0]) if calm else start
        return Steps(self.model, self.name, self.known, start, self.reach(rest))

    def reach(self, rest: Rest) -> np.ndarray:
        """Return what counts as a distance of order one, for each state."""
        y = np.array([node.y[:-1] for node in rest.branch.trace.nodes])
        largest = np.abs(y).max(axis=0)
        return np.array(
            [
                _POTENTIAL if state.dimension == units.VOLTAGE else max(1.0, float(size))
                for state, size in zip(self.model.states.values(), largest, strict=True)
            ]
        )
