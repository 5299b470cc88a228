"""Rest and cycles over the input, of neurons whose spikes are part of the equations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.bifurcation._cycle_branch import CycleBranch, CyclePiece
from excitable.analysis.bifurcation._orbit import family_from_orbit
from excitable.analysis.dynamics._equilibria import equilibria
from excitable.analysis.dynamics._flow import Path
from excitable.analysis.dynamics._inputs import constants
from excitable.analysis.onset._rest import MOST, WIDER, Rest, bare_state, followed
from excitable.analysis.onset._steps import Steps
from excitable.analysis.onset._stretches import Stretch, stable_stretches
from excitable.errors import SimulationError
from excitable.expression import evaluate
from excitable.model import Model

_BEYOND = (0.01, 0.1)  # of the way from lost rest to the end of the range: where to look
_BETWEEN = (0.5,)
_BELOW = (0.5, 4.0)  # ranges by which to look below an input at which it fires already
_LEVELS, _LEAST = 16, 0.05
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
    tried : int
        How many steps from rest were followed because no cycle was known.
    once : float or None
        The least of them that spikes without firing for ever.
    """

    rest: Rest
    cycles: CycleBranch | None
    stretches: tuple[Stretch, ...]
    odd: str = ""
    tried: int = 0
    once: float | None = None

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
    scales : (float, float)
        An input that counts, and how far the spike condition is from rest.
    """

    def __init__(
        self,
        model: Model,
        name: str,
        others: Mapping[str, Any],
        low: float,
        scales: tuple[float, float],
    ) -> None:
        self.model, self.name, self.others = model, name, others
        self.known = constants(model, others, "excitability")
        self.low = low
        self.scale, self.reach_of_spikes = scales

    def told(self) -> Story:
        """Return rest and cycles over a range that shows how firing begins and ends."""
        low, high = self.low, self.low + WIDER * self.scale
        rest = self._followed(low, high)
        while rest.lost is None and high - low < MOST * self.scale:
            high = low + WIDER * (high - low)
            rest = self._followed(low, high)
        story = self._with_cycles(rest)
        if story.firing is None and not story.odd:
            return self._tried(story)
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
        above = [one.low.level for one in stretches if one.low.level > rest.end]
        stop, shares = (min(above), _BETWEEN) if above else (branch.request.stop, _BEYOND)
        for share in shares:
            level = rest.end + share * (stop - rest.end)
            if not steps.fires(level):
                continue
            piece = self._met(rest, steps, level)
            if piece is not None:
                cycles = CycleBranch(branch, (*(cycles.pieces if cycles else ()), piece))
                stretches, odd = stable_stretches(branch, cycles), ""
                break
            odd = _odd(branch.request.shown(level))
        return Story(rest, cycles, tuple(stretches), odd)

    def _met(self, rest: Rest, steps: Steps, level: float) -> CyclePiece | None:
        """Return the family of the cycle that a step to a level leads to."""
        orbit = steps.cycle(level)
        return None if orbit is None else family_from_orbit(rest.branch, level, (orbit.t, orbit.x))

    def _tried(self, story: Story) -> Story:
        """Step the input from rest where rest is never lost and no cycle is known."""
        rest = story.rest
        steps = self.steps(rest)
        once = None
        for level in self.scale * np.geomspace(_LEAST, WIDER, _LEVELS):
            path, fires = steps.outcome(float(level))
            if fires:
                piece = self._met(rest, steps, float(level))
                if piece is not None:
                    cycles = CycleBranch(rest.branch, (piece,))
                    found = tuple(stable_stretches(rest.branch, cycles))
                    return Story(rest, cycles, found, tried=_LEVELS)
                if self._spikes(path, float(level)):
                    odd = _odd(rest.branch.request.shown(float(level)))
                    return Story(rest, story.cycles, (), odd, tried=_LEVELS)
            elif once is None and self._spikes(path, float(level)):
                once = float(level)
        return Story(rest, story.cycles, (), tried=_LEVELS, once=once)

    def _spikes(self, path: Path, level: float) -> bool:
        """Whether a solution meets the spike condition."""
        system = self.model.system
        threshold = system.expanded_threshold()
        if threshold is None:
            return False
        states = dict(zip(system.states, path.x.T, strict=True))
        above = np.asarray(evaluate(threshold, {**self.known, self.name: level, **states}))
        return bool((above[0] < 0.0) and (above >= 0.0).any())

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


def _odd(level: str) -> str:
    return f"at {level} firing does not repeat after one turn"
