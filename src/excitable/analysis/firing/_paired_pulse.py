"""How strong a second pulse must be to evoke a second spike, against the time since the first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.firing._lanes import check_input, lanes
from excitable.analysis.firing._rates import require_spikes
from excitable.analysis.firing._settle import Settler
from excitable.analysis.firing._strength_duration import bisected, strength_duration
from excitable.errors import ParameterError
from excitable.model import Model
from excitable.simulation import simulate
from excitable.stimuli import pulse

_GRID = 64  # strengths tried between the weakest and the strongest
_WEAKEST = 1.0 / 16.0


@dataclass(frozen=True, eq=False)
class PairedPulse:
    """Least second pulses that evoke a second spike.

    Parameters
    ----------
    model : Model
        The neuron.
    intervals : Quantity [time], shape (n,)
        From the onset of the first pulse to that of the second.
    thresholds : Quantity, shape (n,)
        Least amplitudes of the second pulse, infinite where none up to the strongest suffices.
    alone : Quantity
        Least amplitude of a single pulse.
    width : Quantity [time]
        Width of both pulses.
    first, strongest : float
        Amplitude of the first pulse and greatest one of the second, in units of `alone`.
    absolute : Quantity [time] or None
        Shortest interval at which some second pulse suffices: the absolute refractory period. None
        if it does at all `intervals`, or at none.
    relative : Quantity [time] or None
        Shortest interval at which a pulse of `alone` suffices: the end of the relative refractory
        period; None as above.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import ms
    >>> cell = ex.LIF(V_R="-80 mV", t_ref=5*ms)
    >>> print(ex.paired_pulse(cell, [4, 6, 10, 40]*ms).ratio.round(3))
    [  inf 1.947 1.776 1.173]
    """

    model: Model
    intervals: Any
    thresholds: Any
    alone: Any
    width: Any
    first: float
    strongest: float
    absolute: Any
    relative: Any

    def __repr__(self) -> str:
        n = self.intervals.size
        alone, refractory = f"{self.alone:.6g~P}", ""
        if self.absolute is not None:
            refractory = f", absolutely refractory for {self.absolute:.6g~P}"
        return f"<PairedPulse of {self.model.name}: {n} intervals, alone {alone}{refractory}>"

    @property
    def ratio(self) -> np.ndarray:
        """Thresholds in units of that of a single pulse, shape (n,)."""
        return self.thresholds.magnitude / self.alone.magnitude

    def plot(self, **options: Any) -> Any:
        """Draw thresholds against intervals: see `excitable.plotting.plot_paired_pulse`."""
        from excitable import _products

        return _products.plot_paired_pulse(self, **options)


def paired_pulse(
    model: Model, intervals: Any, *, width: Any = "0.5 ms", first: float = 1.2,
    strongest: float = 8.0, input: str = "I", tolerance: float = 1e-6, threads: int | None = None,
) -> PairedPulse:  # fmt: skip
    """Return how strong a second pulse must be to make a neuron at rest fire once more.

    Parameters
    ----------
    model : Model
        One neuron.
    intervals : Quantity [time], shape (n,)
        From onset to onset, growing; none shorter than a pulse.
    width : Quantity [time] or str
        Width of both pulses.
    first : float
        Amplitude of the first pulse in units of the threshold of a single one, above 1.
    strongest : float
        Greatest amplitude of the second pulse, in the same units, at least 1.
    input : str
        The input that is pulsed.
    tolerance : float
        Relative width of the brackets of thresholds and of refractory periods.
    threads : int, optional
        As in `simulate`.

    Returns
    -------
    PairedPulse
        Thresholds, absolute and relative refractory period.

    Raises
    ------
    ParameterError
        If the intervals, the width or a strength are out of their range, or several neurons given.
    SimulationError
        If no pulse makes the neuron fire.

    Notes
    -----
    A second pulse suffices if there is a spike more than the first pulse evokes alone, up to the
    time in which the neuron comes to rest. Greater strengths than one that suffices may not
    suffice, so 64 are tried, from a sixteenth of the threshold of a single pulse to `strongest`,
    and the least that suffices is bisected down to the one below; narrower windows are missed. The
    absolute refractory period depends on what counts as the strongest pulse. Where a spike is the
    crossing of a potential, a very strong pulse crosses it by itself: choose `strongest` less.

    References
    ----------
    HodgkinHuxley1952, part III.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import ms
    >>> cell = ex.LIF(V_R="-80 mV", t_ref=5*ms)
    >>> print(ex.paired_pulse(cell, [2, 40]*ms).absolute.round(2))
    5.04 ms
    """
    check_input(model, input, owner="paired_pulse")
    require_spikes(model)
    _check(model, first, strongest)
    given = np.atleast_1d(units.strip(intervals, units.TIME, "paired_pulse.intervals"))
    lasting = float(units.strip(width, units.TIME, "paired_pulse.width"))
    if given.ndim != 1 or given.size == 0 or not (np.isfinite(given).all() and lasting > 0.0
            and given[0] >= lasting and (np.diff(given) > 0.0).all()):  # fmt: skip
        raise ParameterError(
            f"intervals from {given.min(initial=np.inf):g} ms with pulses of {lasting:g} ms",
            "a positive width and growing, finite intervals no shorter than it are expected",
            'Write [5, 10, 20]*ms, width="0.5 ms"', owner="paired_pulse", name="intervals",
        )  # fmt: skip
    unit = units.default_unit(model.inputs[input].dimension)
    found = strength_duration(
        model, units.attach(lasting, "ms"), input=input, tolerance=1e-2 * tolerance, threads=threads
    )
    alone = float(found.thresholds[0].magnitude)
    pair = _Pair(model, input, unit, lasting, alone, first, threads)
    grid = np.geomspace(_WEAKEST, strongest, _GRID)
    ratio = pair.ratios(given, grid, tolerance)
    return PairedPulse(
        model, units.attach(given, "ms"), units.attach(ratio * alone, unit),
        found.thresholds[0], units.attach(lasting, "ms"), first, strongest,
        pair.recovered(given, ratio, grid, tolerance),
        pair.recovered(given, ratio, np.append(grid[grid < 1.0], 1.0), tolerance),
    )  # fmt: skip


def _check(model: Model, first: float, strongest: float) -> None:
    if model.size is not None:
        raise ParameterError(
            f"{model.size} neurons", "one neuron is expected",
            "Write [paired_pulse(model(tau_m=value), ...) for value in values]",
            owner="paired_pulse",
        )  # fmt: skip
    if not 1.0 < first < np.inf:
        raise ParameterError(
            f"{first!r} thresholds", "a first pulse that evokes a spike is expected",
            "Write first=1.2", owner="paired_pulse", name="first",
        )  # fmt: skip
    if not 1.0 <= strongest < np.inf:
        raise ParameterError(
            f"{strongest!r} thresholds", "a finite number that is at least 1 is expected",
            "Write strongest=8", owner="paired_pulse", name="strongest",
        )  # fmt: skip


@dataclass(frozen=True)
class _Pair:
    """Runs pairs of pulses side by side.

    Parameters
    ----------
    model : Model
        The neuron.
    input : str
        What is pulsed.
    unit : str
        Its unit.
    width : float
        In ms.
    alone : float
        Threshold of a single pulse, in `unit`.
    first : float
        Amplitude of the first pulse, in units of `alone`.
    threads : int, optional
        As in `simulate`.
    """

    model: Model
    input: str
    unit: str
    width: float
    alone: float
    first: float
    threads: int | None

    @cached_property
    def wait(self) -> float:
        """Time in which the neuron comes to rest, in ms."""
        rested = lanes(self.model, np.zeros(1), self.input, {}, owner="paired_pulse")
        return Settler(rested, tolerance=1e-3).length

    def fires(self, intervals: np.ndarray, strengths: np.ndarray) -> np.ndarray:
        """Whether each pair evokes a spike more than its first pulse alone, which runs last."""
        intervals, strengths = np.append(intervals, self.width), np.append(strengths, 0.0)
        drive: Any = self._pulse(0.0 * intervals, self.first + 0.0 * strengths)
        drive = drive + self._pulse(intervals, strengths)
        length = units.attach(float(intervals.max()) + self.wait, "ms")
        run = simulate(
            self.model, length, dt=length, record=False, progress=False, threads=self.threads,
            **{self.input: drive},
        )  # fmt: skip
        counts = run.spikes.counts()
        return counts[:-1] > counts[-1]

    def _pulse(self, start: np.ndarray, strengths: np.ndarray) -> Any:
        return pulse(
            units.attach(strengths * self.alone, self.unit),
            start=units.attach(start, "ms"),
            width=units.attach(self.width, "ms"),
        )

    def _on_grid(self, intervals: np.ndarray, grid: np.ndarray) -> np.ndarray:
        """Whether each strength suffices at each interval, shape (intervals, strengths)."""
        d, s = np.meshgrid(intervals, grid, indexing="ij")
        return self.fires(d.ravel(), s.ravel()).reshape(d.shape)

    def ratios(self, intervals: np.ndarray, grid: np.ndarray, tolerance: float) -> np.ndarray:
        """Return the least strength at each interval, infinite where none suffices."""
        enough = self._on_grid(intervals, grid)
        some, k = enough.any(axis=1), enough.argmax(axis=1)
        least = np.full(intervals.size, np.inf)
        if some.any():
            low = np.append(0.0, grid)[k[some]]
            least[some] = bisected(
                lambda s: self.fires(intervals[some], s), low, grid[k[some]], tolerance
            )
        return least

    def recovered(
        self, intervals: np.ndarray, ratio: np.ndarray, grid: np.ndarray, tolerance: float
    ) -> Any:
        """Return the shortest interval at which one of the strengths suffices, if it is inside."""
        k = int(np.argmax(ratio <= grid[-1]))
        if k == 0:
            return None
        edge = bisected(
            lambda d: np.asarray(self._on_grid(d, grid).any(axis=1)),
            intervals[k - 1 : k], intervals[k : k + 1], tolerance,
        )  # fmt: skip
        return units.attach(float(edge[0]), "ms")
