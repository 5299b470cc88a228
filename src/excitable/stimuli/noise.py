"""Noise: an Ornstein-Uhlenbeck process and white noise, held over small steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from excitable import units
from excitable.errors import StimulusError
from excitable.stimuli._argument import Argument, check_positive, is_zero, read, stop_time, time
from excitable.stimuli._memory import check_memory
from excitable.stimuli._part import AbstractPart, Rows, Window, equal_height, framed
from excitable.stimuli._random import standard_normal
from excitable.stimuli._stimulus import Stimulus, made_of

# Streams of noise with a seed of its own, which must not depend on what it is added to.
_OWN_STREAM = {"ornstein_uhlenbeck": 0xC0000000, "white_noise": 0xC0000002}
_NUMBERS_AT_ONCE = 2**20
_NEGLIGIBLE = 1e-19


@dataclass(frozen=True, eq=False, repr=False)
class OrnsteinUhlenbeck(AbstractPart):
    """Stationary Ornstein-Uhlenbeck process, sampled exactly."""

    mean: Argument
    sigma: Argument
    tau: Argument
    start: Argument
    stop: Argument
    dt: Argument | None
    seed: int | None
    independent: bool

    function: ClassVar[str] = "ornstein_uhlenbeck"
    quiet: ClassVar[frozenset[str]] = frozenset({"start"})

    @property
    def differs_by_neuron(self) -> bool:
        """Whether each neuron draws its own numbers."""
        return self.independent

    def rows(self, window: Window, chosen: np.ndarray) -> Rows:
        """Return the segments that the run sees."""
        grid = _Grid(self, window, chosen)
        sigma, lag = self.sigma.column(chosen), grid.dt / self.tau.column(chosen)
        decay, spread = np.exp(-lag), np.sqrt(-np.expm1(-2.0 * lag))
        # What happened before the run counts only as far back as it is not forgotten.
        memory = int(np.ceil(-np.log(_NEGLIGIBLE) / lag.min()))
        begin = max(grid.first - memory, 0)
        shocks = grid.normals(self, window, chosen, begin)
        shocks[:, 1:] *= spread
        values = self.mean.column(chosen) + sigma * _autoregression(shocks, decay)
        return grid.rows(values[:, grid.first - begin :])

    @property
    def options(self) -> tuple[str, ...]:
        """Which numbers it draws."""
        return _options(self.seed, self.independent)


@dataclass(frozen=True, eq=False, repr=False)
class WhiteNoise(AbstractPart):
    """Independent normal values, one for each step."""

    intensity: Argument
    mean: Argument
    start: Argument
    stop: Argument
    dt: Argument | None
    seed: int | None
    independent: bool

    function: ClassVar[str] = "white_noise"
    quiet: ClassVar[frozenset[str]] = frozenset({"mean", "start"})

    @property
    def dimension(self) -> units.Dimension:
        """Dimension of the values: the intensity's without its root of time."""
        return self.mean.dimension

    @property
    def differs_by_neuron(self) -> bool:
        """Whether each neuron draws its own numbers."""
        return self.independent

    def rows(self, window: Window, chosen: np.ndarray) -> Rows:
        """Return the segments that the run sees."""
        grid = _Grid(self, window, chosen)
        sigma = self.intensity.column(chosen) / np.sqrt(grid.dt)
        normals = grid.normals(self, window, chosen, grid.first)
        return grid.rows(self.mean.column(chosen) + sigma * normals)

    @property
    def options(self) -> tuple[str, ...]:
        """Which numbers it draws."""
        return _options(self.seed, self.independent)


class _Grid:
    """Steps of a noise that a run sees: from `first` up to `last`, in ms from the run's start."""

    def __init__(
        self, noise: OrnsteinUhlenbeck | WhiteNoise, window: Window, chosen: np.ndarray
    ) -> None:
        dt = np.full((1, 1), window.dt) if noise.dt is None else noise.dt.column(chosen)
        start = noise.start.column(chosen) - window.t_start
        self.dt = dt
        self.stop = noise.stop.column(chosen) - window.t_start
        self.first = max(int(np.floor(-start / dt).min()) - 1, 0)
        self.last = max(int(np.ceil((window.duration - start) / dt).max()) + 1, self.first + 1)
        check_memory(len(chosen) if noise.independent else 1, self.last - self.first, 8)
        self.times = start + np.arange(self.first, self.last) * dt

    def normals(
        self,
        noise: OrnsteinUhlenbeck | WhiteNoise,
        window: Window,
        chosen: np.ndarray,
        begin: int,
    ) -> np.ndarray:
        """Independent standard normal numbers from step `begin` on, a row per table."""
        seed = window.seed if noise.seed is None else noise.seed
        stream = window.stream if noise.seed is None else _OWN_STREAM[noise.function]
        neurons = chosen[:, None] if noise.independent else np.zeros((1, 1), dtype=np.int64)
        steps = np.arange(begin, self.last)[None, :]
        numbers = np.empty((len(neurons), steps.size))
        height = max(1, _NUMBERS_AT_ONCE // steps.size)
        for row in range(0, len(neurons), height):
            some = slice(row, row + height)
            numbers[some] = standard_normal(seed, stream, neurons[some], steps)
        return numbers

    def rows(self, values: np.ndarray) -> Rows:
        """Hold each value for one step, and stop in time."""
        # Of equal times the last counts, so the cut at `stop` ends the value that it falls into.
        times = framed(-np.inf, np.minimum(self.times, self.stop), self.stop)
        return Rows(*equal_height(times, framed(0.0, values, np.zeros((1, 1)))))


def ornstein_uhlenbeck(
    mean: Any,
    sigma: Any,
    tau: Any,
    *,
    dt: Any = None,
    start: Any = "0 ms",
    stop: Any = None,
    seed: int | None = None,
    independent: bool = False,
) -> Stimulus:
    """Give coloured noise: an Ornstein-Uhlenbeck process.

    Parameters
    ----------
    mean : Quantity or str, scalar or shape (n,)
        Mean of the process.
    sigma : Quantity or str, scalar or shape (n,)
        Its standard deviation.
    tau : Quantity [time] or str, scalar or shape (n,)
        Its correlation time.
    dt : Quantity [time] or str, optional
        How long each value is held; the step of the run if left out.
    start, stop : Quantity [time] or str, scalar or shape (n,)
        It is zero outside [start, stop); without ``stop`` it does not end.
    seed : int, optional
        Makes it frozen noise, the same in every run; if left out, the run's seed decides.
    independent : bool
        Whether each neuron gets noise of its own; else all share one.

    Returns
    -------
    Stimulus
        Value k holds on [start + k dt, start + (k + 1) dt).

    Raises
    ------
    UnitError
        If ``sigma`` has another dimension than ``mean``, or a time has no unit of time.
    StimulusError
        If a value is not finite, ``sigma`` is negative, ``tau`` or ``dt`` is not positive, or
        ``stop`` is before ``start``.

    Notes
    -----
    The values are the process itself at the times ``start + k*dt``, exactly in distribution for
    any ``dt``, and the first is drawn from its stationary law. Between these times it is held, so
    ``dt`` should be small against ``tau``. Value k depends on seed, stimulus, neuron and k only,
    not on the length of the run or on what else is simulated.

    Examples
    --------
    >>> ornstein_uhlenbeck("200 pA", "50 pA", "3 ms", dt="0.1 ms", seed=1)
    ornstein_uhlenbeck(200 pA, sigma=50 pA, tau=3 ms, dt=0.1 ms, seed=1)
    """
    function = "ornstein_uhlenbeck"
    level = read(mean, function, "mean")
    spread = read(sigma, function, "sigma", level.dimension)
    check_positive(spread, function, "50*pA", zero_allowed=True)
    memory = time(tau, function, "tau")
    check_positive(memory, function, "3*ms", zero_allowed=False)
    begin, end, step = _times(start, stop, dt, function)
    own = _seed(seed, function)
    return made_of(
        OrnsteinUhlenbeck(level, spread, memory, begin, end, step, own, bool(independent))
    )


def white_noise(
    intensity: Any,
    *,
    mean: Any = 0,
    dt: Any = None,
    start: Any = "0 ms",
    stop: Any = None,
    seed: int | None = None,
    independent: bool = False,
) -> Stimulus:
    """Give white noise, held over small steps.

    Parameters
    ----------
    intensity : Quantity or str, scalar or shape (n,)
        Root of the integral of the autocovariance: the unit of the input times a root of time,
        such as ``"20 pA*ms**0.5"``.
    mean : Quantity or str, scalar or shape (n,)
        Mean value.
    dt : Quantity [time] or str, optional
        How long each value is held; the step of the run if left out.
    start, stop : Quantity [time] or str, scalar or shape (n,)
        It is zero outside [start, stop); without ``stop`` it does not end.
    seed : int, optional
        Makes it frozen noise, the same in every run; if left out, the run's seed decides.
    independent : bool
        Whether each neuron gets noise of its own; else all share one.

    Returns
    -------
    Stimulus
        Value k holds on [start + k dt, start + (k + 1) dt).

    Raises
    ------
    UnitError
        If ``mean`` does not fit the intensity, or a time has no unit of time.
    StimulusError
        If a value is not finite, ``intensity`` is negative, ``dt`` is not positive, or ``stop``
        is before ``start``.

    Notes
    -----
    Values are independent and normal with variance ``intensity**2/dt``, so their effect on
    anything slow does not depend on ``dt``. Noise in the equations of a model, ``xi``, is the
    limit of small ``dt`` and is integrated as such.

    Examples
    --------
    >>> white_noise("20 pA*ms**0.5", dt="0.1 ms", seed=1)
    white_noise(20 pA*ms**0.5, dt=0.1 ms, seed=1)
    """
    function = "white_noise"
    strength = read(intensity, function, "intensity")
    check_positive(strength, function, "'20 pA*ms**0.5'", zero_allowed=True)
    dimension = strength.dimension / units.TIME**0.5
    none = Argument("mean", 0.0, dimension, "")
    level = none if is_zero(mean) else read(mean, function, "mean", dimension)
    begin, end, step = _times(start, stop, dt, function)
    own = _seed(seed, function)
    return made_of(WhiteNoise(strength, level, begin, end, step, own, bool(independent)))


def _times(
    start: Any, stop: Any, dt: Any, function: str
) -> tuple[Argument, Argument, Argument | None]:
    begin = time(start, function, "start")
    end = stop_time(stop, function, begin)
    if dt is None:
        return begin, end, None
    step = time(dt, function, "dt")
    check_positive(step, function, "0.1*ms", zero_allowed=False)
    return begin, end, step


def _seed(seed: Any, function: str) -> int | None:
    if seed is None:
        return None
    whole = isinstance(seed, int | np.integer) and not isinstance(seed, bool)
    if whole and 0 <= seed < 2**64:
        return int(seed)
    raise StimulusError(
        f"seed={seed!r}",
        "a seed is a whole number from 0 to 2**64 - 1",
        "Write seed=1, or leave it out to follow the run's seed",
        owner=f"{function}.seed",
    )


def _options(seed: int | None, independent: bool) -> tuple[str, ...]:
    shown = () if seed is None else (f"seed={seed}",)
    return (*shown, "independent=True") if independent else shown


def _autoregression(shocks: np.ndarray, decay: np.ndarray) -> np.ndarray:
    """Solve y[k] = decay*y[k-1] + shocks[k] along each row, in place.

    Reach doubles with each pass, so that whole rows are added at a time; the passes end when
    what is still missing is forgotten.
    """
    reach, weight = 1, decay
    while reach < shocks.shape[1] and weight.max() > _NEGLIGIBLE:
        shocks[:, reach:] += weight * shocks[:, :-reach]
        reach, weight = 2 * reach, weight * weight
    return shocks
