"""The phase response measured: push the simulated neuron once, and see when it fires later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.firing._swings import crossings
from excitable.analysis.phases._orbit import Orbit
from excitable.analysis.phases._spiking import Spiking
from excitable.errors import SimulationError
from excitable.expression import evaluate
from excitable.model import Model
from excitable.recording import Run
from excitable.simulation._field import Field
from excitable.simulation._simulate import carry_out, prepare
from excitable.stimuli import pulse

_TOLERANCE = 1e-12
_FORGOTTEN = 1e-8  # share of the push off the orbit that is left
_LEAST, _MOST = 4, 1000  # periods
_BEFORE = 0.1  # of the rise before a spike: where a run begins that meets its refractory time
_SAMPLES = 2000
_SPACE = 0.01  # between a pulse and a reset, in widths: rounding may not change their order


@dataclass(frozen=True)
class Push:
    """What is done to the neuron.

    Parameters
    ----------
    of : str
        A state, which jumps, or an input, which is given a short pulse.
    size : float
        Of the jump, or the area of the pulse, in internal units.
    width : float
        Of the pulse in ms; 0 for a jump.
    """

    of: str
    size: float
    width: float


class Bench:
    """One neuron on its orbit, to be pushed.

    Parameters
    ----------
    model : Model
        The neuron.
    known : mapping of str to float
        Every parameter and input.
    orbit : Orbit
        A stable one.
    spikes : ndarray
        Times in ms at which the orbit passes the spike condition; empty if it does not.
    zero : float
        Time of phase zero, for messages.
    """

    def __init__(
        self, model: Model, known: Mapping[str, float], orbit: Orbit, spikes: np.ndarray,
        zero: float,
    ) -> None:  # fmt: skip
        self.model, self.known, self.orbit, self.zero = model, known, orbit, zero
        self.names = list(model.system.states)
        self.units = {name: units.default_unit(model.dimensions[name]) for name in self.names}
        self.level = None
        self.marks = spikes
        if not spikes.size:
            self._watch_level()

    def _watch_level(self) -> None:
        """Take the middle of the first state's swing for an orbit that misses the condition."""
        scale = self.orbit.field.scale[0]
        values = [arc.u[:, :, 0] for arc in self.orbit.arcs]
        level = 0.5 * (max(v.max() for v in values) + min(v.min() for v in values))
        self.level = float(level * scale)
        self.marks = self.orbit.crossings([v - level for v in values])

    @property
    def periods(self) -> int:
        """Periods after which a push shows as a shift in time alone."""
        worst = float(np.abs(self.orbit.multipliers).max(initial=0.0))
        needed = np.log(_FORGOTTEN) / np.log(worst) if worst > 0.0 else 0.0
        return int(np.clip(np.ceil(needed) + 1, _LEAST, _MOST))

    def advances(self, push: Push, times: np.ndarray, periods: int) -> np.ndarray:
        """Return how much earlier the neuron fires, in ms, after a push at some times.

        Parameters
        ----------
        push : Push
            What is done.
        times : ndarray
            When, in ms on the orbit.
        periods : int
            After how many periods it is looked at.

        Returns
        -------
        ndarray
            Within half a period of zero.
        """
        x = self.orbit.states(times)
        # When the run begins, on the orbit, and the pulse in the run.
        begins, wait = times.copy(), np.zeros(times.size)
        held = self.orbit.held(times)
        if push.width:
            begins = self._centred(times, push.width)
            lead = np.where(held, self._lead(begins), 0.0)
            begins, wait = begins - lead, lead
            x = self.orbit.states(begins)
        else:
            x[:, self.names.index(push.of)] += push.size
            if held.any():
                x[held], begins[held] = self._released(push, times[held])
        found = self._marks_after(x, push, wait, periods)
        least = (periods - 1) * self.orbit.period
        return self._shifts(found, begins, times, push, least)

    def _centred(self, times: np.ndarray, width: float) -> np.ndarray:
        """Return when pulses begin, so that none lies across a reset."""
        if not self.orbit.resets:
            return times - 0.5 * width
        arcs = [self.orbit.arcs[k] for k in self.orbit.arc_at(np.mod(times, self.orbit.period))]
        low, high = (np.array([arc.t[k, k] for arc in arcs]) for k in (0, -1))
        turned = np.mod(times, self.orbit.period)
        space = _SPACE * width
        return np.maximum(np.minimum(turned - 0.5 * width, high - width - space), low + space)

    def _lead(self, times: np.ndarray) -> np.ndarray:
        """Return how long before refractory times a run must begin to fire its spike itself."""
        arcs = self.orbit.arcs
        lead = np.zeros(times.size)
        for k, at in enumerate(self.orbit.arc_at(np.mod(times, self.orbit.period))):
            arc, before = arcs[at], arcs[at - 1]
            if arc.held:
                since = np.mod(times[k], self.orbit.period) - arc.t[0, 0]
                lead[k] = since + _BEFORE * (before.t[-1, -1] - before.t[0, 0])
        return lead

    def _released(self, push: Push, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the states at the end of a refractory time after a jump in it, and when that is.

        Held states do not take the jump; the others go on from it.
        """
        orbit = self.orbit
        neuron = Spiking(orbit.field.flow, orbit.p, orbit.field.scale, orbit.period)
        k = self.names.index(push.of)
        x, ends = orbit.states(times), np.empty(times.size)
        for row, at in enumerate(orbit.arc_at(np.mod(times, orbit.period))):
            arc = orbit.arcs[at]
            left = arc.t[-1, -1] - np.mod(times[row], orbit.period)
            ends[row] = times[row] + left
            if not neuron.held[k]:
                x[row, k] += push.size
            neuron.pause = float(left)
            rest = neuron.rest(x[row] / neuron.scale)
            if rest is not None:
                x[row] = rest.end * neuron.scale
        return x, ends

    def _marks_after(
        self, x: np.ndarray, push: Push, wait: np.ndarray, periods: int
    ) -> list[np.ndarray]:  # fmt: skip
        """Return, for each start, the last marks of a run: as many as belong to one period."""
        length = periods * self.orbit.period + float(wait.max(initial=0.0))
        gaps = np.diff(np.append(self.marks, self.marks[0] + self.orbit.period))
        length += 1.01 * float(gaps.max())
        if self.level is None:
            run = self._run(x, length, push, wait, None)
            return [run.spikes[k].times_ms for k in range(len(x))]
        run = self._run(x, length, push, wait, length)
        end = np.stack([run.values[name][-1] for name in self.names], axis=1)
        more = 2.2 * self.orbit.period
        fine = self._run(end, more, None, wait, self.orbit.period / _SAMPLES)
        t = fine.t.m_as("ms")
        v = fine.values[self.names[0]]
        drive = {name: np.full(len(x), self.known[name]) for name in self.model.inputs}
        field = Field(self.model.system, self.model.values(), len(x), drive)
        at = {**field.known, **{name: fine.values[name] for name in self.names}}
        slope = np.broadcast_to(evaluate(field.rates[0], at), v.shape)
        return [length + crossings(t, v[:, k], slope[:, k], self.level) for k in range(len(x))]

    def _run(
        self, x: np.ndarray, length: float, push: Push | None, wait: np.ndarray, step: float | None
    ) -> Run:
        model = self.model
        initial = {
            name: units.attach(x[:, k].copy(), self.units[name])
            for k, name in enumerate(self.names)
        }
        inputs: dict[str, Any] = {
            name: units.attach(self.known[name], units.default_unit(model.inputs[name].dimension))
            for name in model.inputs
        }
        if push is not None and push.width:
            unit = units.default_unit(model.inputs[push.of].dimension)
            height = units.attach(push.size / push.width, unit)
            short = pulse(height, units.attach(wait, "ms"), units.attach(push.width, "ms"))
            inputs[push.of] = short + inputs[push.of]
        problem, choice, start = prepare(
            model, units.attach(length, "ms"),
            dt=units.attach(length if step is None else step, "ms"), scheme="auto",
            record=False if step is None else self.names, record_dt=None, initial=initial,
            t_start="0 ms", seed=0, threads=None, inputs=inputs,
        )  # fmt: skip
        return carry_out(replace(problem, tolerance=_TOLERANCE), choice, start, progress=False)

    def _shifts(
        self, found: list[np.ndarray], begins: np.ndarray, pushed: np.ndarray, push: Push,
        least: float,
    ) -> np.ndarray:  # fmt: skip
        count = self.marks.size
        out = np.empty(len(found))
        for k, times in enumerate(found):
            if times.size < count or times[-1] < least:
                phase = np.mod((pushed[k] - self.zero) / self.orbit.period, 1.0)
                dimension = self.model.dimensions[push.of]
                unit = units.default_unit(dimension * units.TIME if push.width else dimension)
                size = f"{push.size:.4g} {unit}".rstrip()
                raise SimulationError(
                    f"{self.model.name} stops firing after a push of {size} to {push.of} at phase "
                    f"{phase:.3g}", "a neuron that goes on firing is expected",
                    "Write a smaller size, or other phases", owner="direct", name="size",
                )  # fmt: skip
            out[k] = self._shift(times[-count:] + begins[k])
        return out

    def _shift(self, times: np.ndarray) -> float:
        """Return how much earlier marks come than on the orbit, matched as a pattern."""
        T = self.orbit.period
        best, shift = np.inf, 0.0
        for turn in range(self.marks.size):
            lags = np.roll(self.marks, turn) - times
            first = np.mod(lags[0] + 0.5 * T, T) - 0.5 * T
            others = np.mod(lags - lags[0] + 0.5 * T, T) - 0.5 * T
            spread = float(np.ptp(others))
            if spread < best:
                best, shift = spread, float(first + others.mean())
        return shift
