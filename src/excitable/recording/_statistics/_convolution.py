"""Spike trains convolved with kernels, exact at the spike times: no grid comes in between."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.kernels import Kernel
from excitable.kernels._kernel import as_kernel
from excitable.recording._statistics import _check
from excitable.recording._statistics._results import AbstractResult
from excitable.recording._statistics._stages import stages_after, stages_between

if TYPE_CHECKING:
    from excitable.recording._spike_train import SpikeTrain

_PAIRS_AT_ONCE = 2_000_000


class Convolution(AbstractResult):
    """A spike train convolved with a kernel: a curve that can be asked for at any time.

    Parameters
    ----------
    train : SpikeTrain
        Spikes.
    kernel : Kernel
        What each of them adds.
    dt : float
        Interval of its samples, ms.
    is_rate : bool
        Whether what the ends of the window cut off a kernel is made good, as in a rate curve.

    Examples
    --------
    >>> from excitable import kernels
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> curve = SpikeTrain([3.14] * ms, 0*ms, 10*ms).convolve(kernels.exponential(5*ms))
    >>> print(curve(3.14*ms), curve(3.13*ms))
    200.0 Hz 0.0 Hz
    """

    def __init__(
        self, train: SpikeTrain, kernel: Kernel, dt: float, *, is_rate: bool = False
    ) -> None:
        self.train, self.kernel = train, kernel
        self._dt, self.is_rate = dt, is_rate

    @cached_property
    def t_ms(self) -> np.ndarray:
        """Times of the samples as bare numbers in ms."""
        start, stop = self.train._start, self.train._stop
        return start + self._dt * np.arange(int((stop - start) / self._dt + 1e-9) + 1)

    @property
    def t(self) -> Any:
        """Times of the samples, from begin to end of the window, a time quantity."""
        return units.attach(self.t_ms, "ms")

    @cached_property
    def values(self) -> Any:
        """The curve at ``t``, a quantity in the unit of the kernel."""
        return self._at(self.t_ms)

    def __call__(self, t: Any) -> Any:
        """Return the curve at any times within the window or beyond it."""
        bare = units.strip(t, units.TIME, "Convolution.t")
        return self._at(np.asarray(bare, dtype=np.float64))

    def _at(self, t: np.ndarray) -> Any:
        values, unit = convolved(self.train._times, self.kernel, t.ravel())
        values = values.reshape(t.shape)
        if self.is_rate:
            values = values / self._mass_inside(t)
        return units.attach(values if t.ndim else float(values), unit)

    def _mass_inside(self, t: np.ndarray) -> np.ndarray:
        """Part of a kernel around each time that falls into the window."""
        cumulative: Any = self.kernel.cumulative
        inside = np.clip(t, self.train._start, self.train._stop)
        return cumulative(inside - self.train._start) - cumulative(inside - self.train._stop)

    def __repr__(self) -> str:
        return f"Convolution({self.train!r}, {self.kernel})"


def convolve(train: SpikeTrain, kernel: Kernel, *, dt: Any = "0.1 ms") -> Convolution:
    """Return the train convolved with a kernel: the sum of the kernel over all spikes.

    Parameters
    ----------
    kernel : Kernel
        What each spike adds, such as ``ex.kernels.gamma(1, 5*ms)``.
    dt : Quantity [time] or str
        Interval of the samples in ``values``. It rounds nothing: each sample is exact.

    Returns
    -------
    Convolution
        ``curve.t`` and ``curve.values``, or the curve at any time: ``curve(3.14*ms)``.

    Raises
    ------
    ParameterError
        If it is no kernel, or dt is not above zero.

    Notes
    -----
    Spikes are not put on a grid. A sample at the very time of a spike holds what the spike adds at
    lag zero. Exponential and gamma kernels go by recursion over the spikes, others by the sum over
    the spikes that they reach.

    Examples
    --------
    >>> from excitable import kernels
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> curve = SpikeTrain([3.14] * ms, 0*ms, 10*ms).convolve(kernels.exponential(5*ms))
    >>> print(curve(3.14*ms), curve(3.13*ms))
    200.0 Hz 0.0 Hz
    """
    shape = as_kernel(kernel, "SpikeTrain.convolve")
    return Convolution(train, shape, _check.time(dt, "convolve", "dt", example="0.1*ms"))


def rate_curve(train: SpikeTrain, kernel: Any, *, dt: Any = "1 ms") -> Convolution:
    """Return the firing rate over time by a moving window or a smoothing kernel.

    Parameters
    ----------
    kernel : Kernel or Quantity [time] or str
        A kernel of area 1, such as ``ex.kernels.gaussian(20*ms)``; or the length of a moving
        window centred at each time.
    dt : Quantity [time] or str
        Interval of the samples.

    Returns
    -------
    Convolution
        ``curve.t`` and ``curve.values`` in Hz, or the rate at any time: ``curve(100*ms)``.

    Raises
    ------
    ParameterError
        If the window has no length, or the kernel's integral is not known.

    Notes
    -----
    Near the ends of the observed window a kernel reaches beyond it, where spikes are not known.
    The curve is divided by the part of the kernel that lies within, so that it does not sag there.

    Examples
    --------
    >>> from excitable import trains
    >>> from excitable.units import Hz, ms, second
    >>> curve = trains.regular(100*Hz, 1*second, phase=0.5).rate_curve(100*ms)
    >>> print(curve([0, 500] * ms).round(6))
    [100.0 100.0] Hz
    """
    if isinstance(kernel, Kernel):
        shape = kernel
    else:
        from excitable.kernels import boxcar

        width = _check.time(kernel, "rate_curve", "kernel", example="50*ms")
        shape = boxcar(units.attach(width, "ms"))
    if shape.cumulative is None:
        _check.refuse(
            f"{shape} is a kernel of unknown area",
            "a rate curve needs a kernel of area 1",
            "Write ex.kernels.gaussian(20*ms), or train.convolve(kernel) for any other",
            "rate_curve",
            "kernel",
        )
    _check.window(train, "rate_curve")
    step = _check.time(dt, "rate_curve", "dt", example="1*ms")
    return Convolution(train, shape, step, is_rate=True)


def convolved(times: np.ndarray, kernel: Kernel, at: np.ndarray) -> tuple[np.ndarray, str]:
    """Return the sum of a kernel over spikes at bare times in ms, and its unit."""
    if kernel.stages is None:
        return _by_reach(times, kernel, at)
    order, tau = kernel.stages
    if not times.size:
        return np.zeros(at.shape), "Hz"
    states = stages_after(times, np.ones(times.size), order, tau)
    last = np.searchsorted(times, at, side="right") - 1
    distance = np.where(last >= 0, at - times[last], 0.0) / tau
    moved = stages_between(states[:, last], distance, order)
    return np.where(last >= 0, moved, 0.0) / tau, "Hz"


def _by_reach(times: np.ndarray, kernel: Kernel, at: np.ndarray) -> tuple[np.ndarray, str]:
    # Widened by rounding; the kernel itself says what is inside.
    slack = 1e-12 * max(float(np.abs(at).max(initial=0.0)), kernel.stop_ms - kernel.start_ms)
    first = np.searchsorted(times, at - kernel.stop_ms - slack)
    last = np.searchsorted(times, at - kernel.start_ms + slack, side="right")
    total = np.zeros(at.shape)
    unit = kernel.at(np.zeros(1))[1]
    for block in blocks(last - first, _PAIRS_AT_ONCE):
        owner, spike = pairs(first[block], last[block])
        if owner.size:
            values, unit = kernel.at(at[block][owner] - times[spike])
            total[block] = np.bincount(owner, values, minlength=block.stop - block.start)
    return total, unit


def blocks(counts: np.ndarray, most: int) -> list[slice]:
    """Cut rows into runs whose counts add up to about the most that is handled at once."""
    if not counts.size:
        return []
    ends = np.cumsum(counts)
    cuts = np.searchsorted(ends, np.arange(most, int(ends[-1]) + most, most), side="right")
    edges = np.unique([0, *np.minimum(cuts, counts.size), counts.size])
    return [slice(int(a), int(b)) for a, b in pairwise(edges)]


def pairs(first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return all pairs (row, k) with k from first[row] up to last[row]."""
    counts = last - first
    row = np.repeat(np.arange(counts.size), counts)
    offset = np.cumsum(counts) - counts
    return row, np.arange(row.size) - np.repeat(offset - first, counts)
