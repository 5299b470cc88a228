"""Class, onset, bistable range and rheobase of a smooth neuron, from rest and cycles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.bifurcation import Branch, SpecialPoint
from excitable.analysis.firing._swings import PROMINENCE
from excitable.analysis.onset._rest import WIDER, bare
from excitable.analysis.onset._result import Change, Lost, Rates
from excitable.analysis.onset._smooth import Search, Story
from excitable.analysis.onset._steps import curves, inside, least
from excitable.analysis.onset._stretches import Edge, Stretch, levels, onward, rates_of
from excitable.errors import ExcitableError

_NEAR, _FAINT = 8, 1e-7  # cycles beside a SNIC that show the law; farther than this, of the range
_ROUNDS, _CLOSE = 8, 1e-8
_ABOVE = 1e-4  # of the rheobase: where the rate near the onset is taken
_SAME = 1e-7  # of the range: closer than this two inputs are one


def change_of(point: SpecialPoint | None) -> Change | None:
    """Return a special point of equilibria in words."""
    if point is None:
        return None
    if point.kind != "hopf":
        return Change(point.kind, point.parameter)
    return Change(f"{point.criticality or 'degenerate'} Hopf", point.parameter)


@dataclass(frozen=True)
class Simulated:
    """Where runs begin to fire for ever, in internal units, their rate in Hz, and how it is known.

    Parameters
    ----------
    level : float
        The least step from rest.
    rate : float
        Mean rate a little above.
    method : str
        In words.
    """

    level: float
    rate: float
    method: str


class Judge:
    """Draws the conclusions from what was found about a smooth neuron.

    Parameters
    ----------
    search : Search
        What looked.
    story : Story
        What it found.
    """

    def __init__(self, search: Search, story: Story) -> None:
        self.search, self.story = search, story
        self.rest, self.firing = story.rest, story.firing
        self.request = story.rest.branch.request
        self.lines: list[str] = []

    def quantity(self, level: float) -> Any:
        """Return an input with its unit."""
        return units.attach(float(level), self.request.unit)

    def shown(self, level: float) -> str:
        """Return an input as text."""
        return f"{self.quantity(level):.8g~P}".rstrip()

    def result(self) -> dict[str, Any]:
        """Return the fields of an `Excitability` that rest and cycles decide."""
        rest, firing = self.rest, self.firing
        lost = Lost(change_of(rest.lost), change_of(rest.regained), self._spiking_ends())
        onset = self._onset()
        bistable = self._bistable()
        self._tell_rest(lost)
        found = self._least(bistable)
        burst = self._bursting() if found is None and self.story.odd else None
        if burst is not None:
            found, onset = (burst.level, burst.method), self._lost_without_cycle()
        cls = 3 if found is None else 1 if onset == "SNIC" else 2
        if cls == 3:
            onset = None
        frequency, ramp = self._frequencies(onset)
        if burst is not None:
            frequency = burst.rate
        self._tell_firing(onset, bistable, frequency, ramp, lost)
        level, method = (None, "") if found is None else found
        return {
            "cls": cls, "onset": onset,
            "bistable": None if bistable is None else tuple(map(self.quantity, bistable)),
            "rheobase": None if level is None else self.quantity(level),
            "rheobase_method": method,
            "onset_frequency": hertz(frequency),
            "frequency_when_lost": hertz(ramp),
            "begins": None if firing is None else self._change(firing.low),
            "lost": lost, "branch": rest.branch, "cycles": self.story.cycles,
            "known_rates": tuple(self._rates()),
        }  # fmt: skip

    def _rates(self) -> list[Rates]:
        pieces = self.story.cycles.pieces if self.story.cycles else ()
        return [one for piece in pieces for one in rates_of(self.rest.branch, piece)]

    def _change(self, edge: Edge) -> Change:
        return Change(edge.kind, self.quantity(edge.level))

    def _onset(self) -> str | None:
        """How rest gives way to firing, one of four words."""
        lost, firing = self.rest.lost, self.firing
        if lost is None or firing is None:
            return None
        if lost.kind == "hopf":
            return f"{lost.criticality or 'subcritical'} Hopf"
        if firing.low.kind == "SNIC" and self._same(firing.low.level, self.rest.end):
            return "SNIC"
        return "saddle-node off cycle"

    def _lost_without_cycle(self) -> str | None:
        """How rest is lost, of a neuron whose firing is known from runs alone."""
        lost = self.rest.lost
        if lost is None:
            return None
        if lost.kind == "hopf":
            return f"{lost.criticality or 'subcritical'} Hopf"
        return "saddle-node off cycle"

    def _bursting(self) -> Simulated | None:
        """Return the onset of firing that follows no known cycle, by runs; None if it ceases."""
        from excitable.analysis.firing._fi_curve import fi_curve  # need the machinery of runs
        from excitable.analysis.firing._rheobase import rheobase

        search = self.search
        try:
            found = rheobase(search.model, "repetitive", input=search.name, **search.others)
        except ExcitableError:
            return None
        above = found.value + abs(found.value) * _ABOVE
        curve = fi_curve(search.model, above, input=search.name, **search.others)
        level = bare(search.model, search.name, found.value)
        return Simulated(level, float(np.ravel(curve.rate.m_as("Hz"))[0]), found.method)

    def _same(self, a: float, b: float) -> bool:
        return abs(a - b) <= _SAME * abs(self.request.stop - self.request.start)

    def _bistable(self) -> tuple[float, float] | None:
        if self.firing is None:
            return None
        low, high = self.firing.low.level, min(self.rest.end, self.firing.high.level)
        return None if low >= high or self._same(low, high) else (low, high)

    def _spiking_ends(self) -> Change | None:
        if self.firing is None:
            return None
        last = onward(self.firing, self.story.stretches)[-1]
        return None if last.high.kind == "range" else self._change(last.high)

    def _frequencies(self, onset: str | None) -> tuple[float | None, float | None]:
        """Frequency in Hz where stable firing begins, and where a ramp loses rest."""
        firing, rest = self.firing, self.rest
        if firing is None or onset is None:
            return None, None
        ramp = None
        if onset == "SNIC":
            ramp = 0.0
        elif self._same(firing.low.level, rest.end):
            ramp = firing.low.frequency
        elif firing.covers(rest.end):
            beside = [one for one in firing.piece.at(self.quantity(rest.end)) if one.stable]
            ramp = 1e3 / float(beside[-1].period.m_as("ms")) if beside else None
        if firing.low.kind == "homoclinic":
            return ramp, ramp
        return firing.low.frequency, ramp

    def _least(self, bistable: tuple[float, float] | None) -> tuple[float, str] | None:
        """Return the least step from rest that fires for ever, and how that is known."""
        rest, firing = self.rest, self.firing
        if firing is None or (rest.lost is None and bistable is None):
            return None
        if bistable is None:
            if firing.low.kind == "supercritical Hopf" and self._same(firing.low.level, rest.end):
                return self._grown(firing)
            return max(firing.low.level, rest.end), "where rest is lost"
        low, high = bistable
        if len(self.search.model.states) > 2:
            return self._simulated(low, high)
        return self._planar(low, high)

    def _grown(self, firing: Stretch) -> tuple[float, str]:
        """Return where swings that grow from nothing are large enough to be called firing."""
        needed = PROMINENCE * self.search.reach_of_spikes
        size = np.asarray(firing.piece.amplitude.magnitude, float)[firing.rows]
        p = levels(self.rest.branch, firing.piece.values)[firing.rows]
        order = np.argsort(p)
        p, size = p[order], size[order]
        k = int(np.argmax(size >= needed))
        if not size[k] >= needed:
            return firing.low.level, "where rest is lost"
        # The square of the size grows evenly beside the Hopf point.
        a, fa = (firing.low.level, 0.0) if k == 0 else (float(p[k - 1]), float(size[k - 1]) ** 2)
        b, fb = float(p[k]), float(size[k]) ** 2
        for _ in range(_ROUNDS):
            level = a + (needed**2 - fa) * (b - a) / (fb - fa)
            found = [one for one in firing.piece.at(self.quantity(level)) if one.stable]
            if not found:
                break
            value = float((found[0].maximum() - found[0].minimum()).magnitude) ** 2
            if abs(level - b) <= _CLOSE * abs(level):
                return level, "where swings are a tenth of the way to a spike"
            a, fa, b, fb = b, fb, level, value
        return b, "where swings are a tenth of the way to a spike"

    def _planar(self, low: float, high: float) -> tuple[float, str] | None:
        steps = self.search.steps(self.rest)
        outside = self._outside(steps.start, steps.reach)
        level, width = least(steps.fires, low, high, at_low=outside)
        if level == low:
            return level, "where stable firing begins"
        if level < high or width > 0.0:
            return level, "steps from rest, followed"
        if self.rest.lost is None and not steps.fires(high):
            return None
        return level, "where rest is lost"

    def _simulated(self, low: float, high: float) -> tuple[float, str] | None:
        from excitable.analysis.firing._rheobase import rheobase  # needs the machinery of runs

        search = self.search
        try:
            found = rheobase(search.model, "repetitive", input=search.name, **search.others)
        except ExcitableError:
            return (high, "where rest is lost") if self.rest.lost is not None else None
        level = float(units.strip(found.value, search.model.inputs[search.name].dimension, "I"))
        # Beside a fold of cycles a run stays so long that it seems to fire for ever.
        close = 1e-4 * (abs(low) + abs(high))
        if level <= low + close:
            return low, "where stable firing begins"
        if level >= high - close:
            return high, "where rest is lost"
        return level, found.method

    def _outside(self, start: np.ndarray, reach: np.ndarray) -> bool | None:
        """Whether rest before the step lies outside every unstable cycle around the later one.

        In the plane such a cycle parts what comes to rest from what fires.
        """
        firing = self.firing
        if firing is None or firing.low.kind != "fold of cycles":
            return None
        inner = inner_rows(self.rest.branch, firing)
        around = curves(firing.piece, inner, reach)
        return not any(inside(start / reach, curve) for curve in around)

    def _tell_rest(self, lost: Lost) -> None:
        rest = self.rest
        if lost.rest is None:
            self.lines.append(f"rest is stable up to {self.shown(rest.end)}, as far as was looked")
            return
        line = f"rest is lost in a {lost.rest}"
        if rest.lost is not None and rest.lost.frequency is not None:
            line += f" ({rest.lost.frequency:.5g~P})"
        self.lines.append(line)
        if lost.regained is not None:
            self.lines.append(f"an equilibrium is stable again from a {lost.regained}")

    def _tell_silence(self) -> None:
        """Tell what steps do where no stable cycle is known."""
        story = self.story
        self.lines.append("no stable limit cycle was found")
        if story.tried:
            last = self.shown(WIDER * self.search.scale)
            self.lines.append(f"of {story.tried} steps from rest up to {last} none fires for ever")
        if story.once is not None:
            self.lines.append(f"a step to {self.shown(story.once)} gives a spike: phasic firing")

    def _tell_firing(
        self, onset: str | None, bistable: tuple[float, float] | None,
        frequency: float | None, ramp: float | None, lost: Lost,
    ) -> None:  # fmt: skip
        firing = self.firing
        if self.story.odd:
            self.lines.append(self.story.odd)
        if firing is None:
            if frequency is None:
                self._tell_silence()
            else:
                self.lines.append(f"runs fire for ever, with {frequency:.5g} Hz near the onset")
            return
        self._tell_beginning(firing, onset)
        spikes = min(one.spikes_from for one in onward(firing, self.story.stretches))
        if firing.low.kind.endswith("Hopf"):
            self.lines.append(f"they reach the spike condition from about {self.shown(spikes)}")
        if bistable is not None:
            a, b = map(self.shown, bistable)
            self.lines.append(f"between {a} and {b} it may rest or fire")
            if ramp is not None and ramp != frequency:
                self.lines.append(f"a slow ramp begins to fire with {ramp:.5g} Hz")
            elif ramp is not None and firing.low.kind == "homoclinic":
                self.lines.append(f"a slow ramp begins to fire with {ramp:.5g} Hz")
        if lost.spiking is not None:
            self.lines.append(f"firing ends in a {lost.spiking}")
        else:
            self.lines.append(f"firing goes on to {self.shown(self.request.stop)}, the end")

    def _tell_beginning(self, firing: Stretch, onset: str | None) -> None:
        """Tell how stable cycles begin."""
        begin = f"stable cycles begin in a {self._change(firing.low)}"
        if onset == "SNIC":
            law = snic_law(self.rest.branch, firing)
            begin += ": the frequency grows from 0"
            if law is not None:
                begin += f", as {law:.5g} Hz times the root of the input above it"
        elif firing.low.kind == "homoclinic":
            begin += ", where the frequency falls to 0 as one over a logarithm"
        else:
            begin += f" with {firing.low.frequency:.5g} Hz"
        self.lines.append(begin)


def hertz(rate: float | None) -> Any:
    """Return a rate given in Hz as a quantity, None for none."""
    return None if rate is None else units.attach(1e-3 * rate, "Hz")


def snic_law(branch: Branch, firing: Stretch) -> float | None:
    """Return frequency over the root of the input above a SNIC, in Hz, or None near no cycle."""
    p = levels(branch, firing.piece.values)[firing.rows]
    f = 1e3 / np.asarray(firing.piece.period.m_as("ms"), float)[firing.rows]
    gap = p - firing.low.level
    order = np.argsort(gap)
    near = order[gap[order] > _FAINT * float(np.ptp(p))][:_NEAR]
    if near.size < _NEAR:
        return None
    root = np.sqrt(gap[near])
    # The period times the root tends to a constant, with corrections in powers of the root.
    return float(1e3 / np.polyfit(root, 1e3 * root / f[near], 2)[-1])


def inner_rows(branch: Branch, firing: Stretch) -> slice:
    """Return the unstable cycles that meet the stable ones where those begin."""
    n = len(firing.piece)
    first, stop = firing.rows.start, firing.rows.stop
    p = levels(branch, firing.piece.values)
    begins_first = abs(p[first] - firing.low.level) < abs(p[stop - 1] - firing.low.level)
    places = sorted({-1, *firing.piece.places, n - 1})
    if begins_first:
        before = max((place for place in places if place + 1 < first), default=-1)
        return slice(before + 1, first)
    after = min((place for place in places if place > stop - 1), default=n - 1)
    return slice(stop, after + 1)
