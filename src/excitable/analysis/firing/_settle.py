"""What neurons do in the end under constant input, by simulation until nothing changes.

All lanes run at once; those that have come to rest, or whose intervals repeat, leave; the others go
on for twice as long, from where they were.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from excitable import units
from excitable.analysis.firing._intervals import steady_interval
from excitable.analysis.firing._lanes import Lanes
from excitable.analysis.firing._linear_map import steady_intervals
from excitable.analysis.firing._swings import PROMINENCE, crossings, swing
from excitable.expression import differentiate, evaluate, simplify
from excitable.numerics.linear import LinearForm, linear_form
from excitable.recording import Run
from excitable.simulation import simulate
from excitable.simulation._field import Field
from excitable.simulation._start import rest

STAGES = 9  # each twice as long as the one before
_FIRST = 25.0  # length of the first stage, in time constants of the slowest way back to rest
_SAMPLES = 2048  # of a trace that is looked at for oscillations
_PLENTY = 2000  # spikes in one stage without a pattern: it is irregular
_QUIET = 0.6  # of a stage: a lane whose last spike is older has perhaps stopped
_SLOWER = 0.1  # than the states by themselves
_NEAR = 1e-4  # of the way from rest to threshold: as good as at rest


@dataclass
class Outcome:
    """What every lane does.

    Parameters
    ----------
    interval : ndarray, shape (lanes,)
        Steady interval in ms, infinite where the neuron falls silent.
    first : ndarray, shape (lanes,)
        First interval in ms, infinite where there are not two spikes.
    spikes : ndarray of bool, shape (lanes,)
        Whether it fired at all.
    settled : ndarray of bool, shape (lanes,)
        Whether the end was reached; elsewhere `interval` is the mean over the last stage.
    latency : ndarray, shape (lanes,)
        Time of the first spike in ms, infinite where there is none.
    """

    interval: np.ndarray
    first: np.ndarray
    spikes: np.ndarray
    settled: np.ndarray
    latency: np.ndarray


class Settler:
    """Runs lanes until each has settled.

    Parameters
    ----------
    lanes : Lanes
        Neurons under constant input.
    tolerance : float
        Relative error allowed in an interval.
    start : ndarray, shape (states, lanes), optional
        Where to begin; at rest at zero input if not given.
    threads : int, optional
        As in `simulate`.
    """

    def __init__(
        self,
        lanes: Lanes,
        *,
        tolerance: float,
        start: np.ndarray | None = None,
        threads: int | None = None,
    ) -> None:
        self.lanes, self.tolerance, self.threads = lanes, tolerance, threads
        self.names = list(lanes.system.states)
        declared = np.empty((len(self.names), lanes.count))
        for row, state in zip(declared, lanes.model.states.values(), strict=True):
            row[:] = state.value
        values = lanes.model.values()
        self.calm, _ = rest(lanes.system, values, declared)
        self.begin = self.calm if start is None else start
        self.states = self.begin.copy()
        self._levels: dict[int, float] = {}  # of swings that miss the spike condition
        field = Field(lanes.system, values, lanes.count)
        self.reach = self._reach(field)
        slow, self.fast = self._time_constants(field)
        self.length = _FIRST * slow

    def _reach(self, field: Field) -> np.ndarray:
        """Distance of the spike condition from rest, along the first state, for each lane."""
        threshold = field.threshold
        if threshold is None:
            return np.ones(self.lanes.count)
        at = field.at(self.calm)
        slope = evaluate(simplify(differentiate(threshold, self.names[0])), at)
        with np.errstate(all="ignore"):
            gap = np.abs(evaluate(threshold, at) / slope)
        gap = np.broadcast_to(gap, (self.lanes.count,))
        return np.where(np.isfinite(gap) & (gap > 0.0), gap, 1.0)

    def _time_constants(self, field: Field) -> tuple[float, float]:
        """Slowest and fastest time constant at rest, in ms, over all lanes."""
        J = field.jacobian(self.calm)
        J = J[np.isfinite(J).all(axis=(1, 2))]
        speeds = np.abs(np.linalg.eigvals(J)) if J.size else np.ones((1, 1))
        speeds = speeds[speeds > 1e-9 * speeds.max(initial=0.0)]
        if speeds.size == 0:
            return 10.0, 1.0
        # Where two states balance an eigenvalue may all but vanish: later stages wait for that.
        own = np.abs(np.diagonal(J, axis1=1, axis2=2))
        least = max(speeds.min(), _SLOWER * own[own > 0.0].min(initial=speeds.max()))
        return float(1.0 / min(least, speeds.max())), float(1.0 / speeds.max())

    def run(self) -> Outcome:
        """Return what every lane does."""
        n = self.lanes.count
        found = Outcome(
            np.full(n, np.inf), np.full(n, np.inf), np.zeros(n, bool), np.zeros(n, bool),
            np.full(n, np.inf),
        )  # fmt: skip
        left = np.arange(n)
        begin = np.zeros(n)  # time at which the next stage of a lane begins
        early = [np.empty(0)] * n
        for stage in range(STAGES):
            if left.size == 0:
                break
            lanes = self.lanes.take(left)
            run = self._stage(lanes, self.states[:, left], self.length * 2**stage)
            self.states[:, left] = _last(run, self.names)
            for k, lane in enumerate(left):
                times = run.spikes[k].times_ms
                early[lane] = np.concatenate([early[lane], (begin[lane] + times)[:2]])[:2]
            done = self._judge(lanes, run, left, found, last=stage == STAGES - 1)
            begin[left] += self.length * 2**stage
            left = left[~done]
        for lane, times in enumerate(early):
            found.spikes[lane] = times.size > 0
            found.latency[lane] = times[0] if times.size else np.inf
            found.first[lane] = times[1] - times[0] if times.size == 2 else np.inf
        self._first_swings(found)
        self._polish(found)
        return found

    def _stage(self, lanes: Lanes, states: np.ndarray, length: float, samples: int = 1) -> Run:
        """Run lanes from given states; only the ends are recorded, or a trace."""
        initial = {
            name: units.attach(row, units.default_unit(lanes.model.dimensions[name]))
            for name, row in zip(self.names, states, strict=True)
        }
        span = units.attach(length, "ms")
        return simulate(
            lanes.model, span, dt=span / samples, record=self.names, initial=initial,
            progress=False, threads=self.threads, **lanes.arguments(),
        )  # fmt: skip

    def _judge(
        self, lanes: Lanes, run: Run, left: np.ndarray, found: Outcome, *, last: bool
    ) -> np.ndarray:
        """Fill in what has become clear; return which lanes are done."""
        done = np.zeros(left.size, bool)
        quiet, loose = np.zeros(left.size, bool), np.zeros(left.size, bool)
        length = float(units.strip(run.duration, units.TIME, "duration"))
        for k in range(left.size):
            times = run.spikes[k].times_ms
            if times.size == 0 or times[-1] < _QUIET * length:
                quiet[k] = True
                continue
            mean = steady_interval(np.diff(times), self.tolerance)
            if mean is not None:
                found.interval[left[k]], done[k] = mean, True
            elif (last and times.size > 1) or times.size > _PLENTY:
                found.interval[left[k]], loose[k] = float(np.diff(times).mean()), True
        done[np.flatnonzero(quiet)[self._at_rest(lanes, left, quiet)]] = True
        if not lanes.system.reset:
            others = done | loose | ~quiet
            self._look_for_swings(lanes, length, left, found, others)
            done |= others & quiet
        found.settled[left[done]] = True
        return done | loose

    def _at_rest(self, lanes: Lanes, left: np.ndarray, quiet: np.ndarray) -> np.ndarray:
        """Whether the quiet lanes have come to a stable equilibrium under their input."""
        some, states = lanes.take(quiet), self.states[:, left[quiet]]
        if some.count == 0:
            return np.zeros(0, bool)
        field = Field(some.system, some.model.values(), some.count, some.drive())
        with np.errstate(all="ignore"):
            # One Newton step shows how far the equilibrium is once it is near.
            target = field.newton(states, steps=2)
            close = np.abs(target[0] - states[0]) <= _NEAR * self.reach[left[quiet]]
            return close & field.settled(target, 1e-12 * self.reach[left[quiet]])

    def _look_for_swings(
        self, lanes: Lanes, length: float, left: np.ndarray, found: Outcome, done: np.ndarray
    ) -> None:
        """Whether lanes that are quiet but do not rest oscillate below the spike condition."""
        unclear = np.flatnonzero(~done)
        if unclear.size == 0:
            return
        some = lanes.take(unclear)
        length = min(0.25 * self.fast * _SAMPLES, length)
        t, v, slope = self._trace(some, self.states[:, left[unclear]], length)
        for k, lane in enumerate(unclear):
            seen = swing(t, v[:, k], slope[:, k])
            if not seen.sustained or seen.size < _NEAR * self.reach[left[lane]]:
                continue
            done[lane] = True
            if seen.size >= PROMINENCE * self.reach[left[lane]]:
                found.interval[left[lane]] = float(np.diff(seen.crossings).mean())
                self._levels[int(left[lane])] = seen.level

    def _trace(
        self, some: Lanes, states: np.ndarray, length: float
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return times, the first state and its rate of change on a fine grid."""
        samples = max(int(length / (0.25 * self.fast)), 256)
        run = self._stage(some, states, length, samples)
        field = Field(some.system, some.model.values(), some.count, some.drive())
        known = {**field.known, **{name: run.values[name] for name in self.names}}
        v = run.values[self.names[0]]
        slope = np.broadcast_to(evaluate(field.rates[0], known), v.shape)
        return np.arange(v.shape[0]) * (length / samples), v, slope

    def _first_swings(self, found: Outcome) -> None:
        """First intervals of the lanes whose swings miss the spike condition, from the start."""
        chosen = np.array([k for k in self._levels if not np.isfinite(found.first[k])], np.int64)
        if chosen.size == 0:
            return
        length = min(0.25 * self.fast * _SAMPLES, 8.0 * float(found.interval[chosen].max()))
        t, v, slope = self._trace(self.lanes.take(chosen), self.begin[:, chosen], length)
        for k, lane in enumerate(chosen):
            times = crossings(t, v[:, k], slope[:, k], self._levels[int(lane)])
            if times.size > 1:
                found.first[lane] = times[1] - times[0]

    def _polish(self, found: Outcome) -> None:
        """Intervals of linear models to all digits."""
        if not isinstance(linear_form(self.lanes.system), LinearForm):
            return
        chosen = np.flatnonzero(np.isfinite(found.interval) & found.settled)
        if chosen.size:
            near = found.interval[chosen]
            found.interval[chosen] = steady_intervals(self.lanes.take(chosen), near)


def _last(run: Run, names: list[str]) -> np.ndarray:
    return np.stack([run.values[name][-1] for name in names])
