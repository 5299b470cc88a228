"""A kernel: what one spike at time zero contributes at each lag."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import _products, units
from excitable.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, eq=False)
class Kernel:
    """What a spike at time zero contributes at each lag.

    Parameters
    ----------
    function : callable
        Takes lags, a time quantity of shape (n,), and returns a quantity of that shape.
    start : Quantity [time] or str
        Lag at which the kernel begins; it is zero before.
    stop : Quantity [time] or str
        Lag at which it ends; it is zero from there on.
    name : str
        What to call it where it is shown.
    bare : callable, optional
        The same function from lags in ms to values per ms, for kernels that are rates; used in
        place of ``function`` where it is given.
    cumulative : callable, optional
        Integral of the kernel up to each lag in ms, which a rate curve needs.
    stages : tuple of int and float, optional
        Order n and tau in ms of a gamma kernel, which goes by recursion over the spikes.

    Raises
    ------
    ParameterError
        If it ends before it begins, or an end is not finite.
    UnitError
        If an end is not a time.

    Notes
    -----
    The kernel is what is integrated when a train is convolved: a kernel of area 1 with the unit
    of a rate gives a rate. The ready-made shapes all have area 1.

    Examples
    --------
    >>> from excitable.units import ms, pA
    >>> triangle = Kernel(lambda lag: 3*pA * (1 - lag/(5*ms)), start=0*ms, stop=5*ms)
    >>> print(triangle([0, 2.5, 7] * ms))
    [3.0 1.5 0.0] pA
    """

    function: Callable[[Any], Any]
    start: Any = "0 ms"
    stop: Any = "100 ms"
    name: str = "kernel"
    start_ms: float = field(init=False, repr=False)
    stop_ms: float = field(init=False, repr=False)
    bare: Callable[[np.ndarray], np.ndarray] | None = field(default=None, repr=False, kw_only=True)
    cumulative: Callable[[np.ndarray], np.ndarray] | None = field(
        default=None, repr=False, kw_only=True
    )
    stages: tuple[int, float] | None = field(default=None, repr=False, kw_only=True)

    def __post_init__(self) -> None:
        ends = [
            float(units.strip(value, units.TIME, f"Kernel.{name}"))
            for name, value in (("start", self.start), ("stop", self.stop))
        ]
        if not (np.isfinite(ends).all() and ends[0] < ends[1]):
            raise ParameterError(
                f"a kernel from {ends[0]:g} ms to {ends[1]:g} ms",
                "it begins before it ends, at finite lags",
                "Write start=0*ms, stop=50*ms",
                owner="Kernel",
                name="stop",
            )
        object.__setattr__(self, "start_ms", ends[0])
        object.__setattr__(self, "stop_ms", ends[1])

    def __call__(self, lag: Any) -> Any:
        """Return the kernel at some lags, in the unit of its function."""
        bare = np.asarray(units.strip(lag, units.TIME, self.name), dtype=np.float64)
        values, unit = self.at(bare)
        return units.attach(values, unit)

    def at(self, lag: np.ndarray) -> tuple[np.ndarray, str]:
        """Return bare values at bare lags in ms, and the unit to show them in.

        Parameters
        ----------
        lag : ndarray
            Lags in ms, of any shape.

        Returns
        -------
        values : ndarray
            Values in the internal set, zero outside the kernel.
        unit : str
            Unit of the kernel.
        """
        inside = (lag >= self.start_ms) & (lag < self.stop_ms)
        if self.bare is not None:
            return np.where(inside, self.bare(np.where(inside, lag, 0.0)), 0.0), "Hz"
        values = np.zeros(lag.shape)
        chosen = lag[inside]
        given = self.function(units.attach(chosen if chosen.size else np.zeros(1), "ms"))
        dimension = units.dimension(given)
        unit = "Hz" if dimension == units.RATE else units.default_unit(dimension)
        if chosen.size:
            values[inside] = self._checked(units.strip(given, dimension, self.name), chosen.size)
        return values, unit

    def _checked(self, values: Any, size: int) -> Any:
        shape = np.shape(values)
        fits = shape in ((), (size,))
        if not fits or not np.isfinite(values).all():
            found = "a value that is NaN or infinite" if fits else f"values of shape {shape}"
            raise ParameterError(
                f"for lags of shape ({size},) it returns {found}",
                "one finite value for each lag is expected",
                "Write a function of an array of lags, finite from start to stop",
                owner=self.name,
            )
        return values

    def plot(self, **options: Any) -> Any:
        """Draw the kernel. See `excitable.plotting.plot_statistic`."""
        return _products.plot_statistic(self, **options)

    def __repr__(self) -> str:
        return self.name


def as_kernel(value: Any, owner: str) -> Kernel:
    """Return a kernel as it is; refuse anything else.

    Raises
    ------
    ParameterError
        If it is no kernel.
    """
    if isinstance(value, Kernel):
        return value
    raise ParameterError(
        f"{type(value).__name__} is not a kernel",
        "a kernel says where it begins and ends",
        "Write ex.kernels.gaussian(10*ms), or ex.kernels.Kernel(function, 0*ms, 50*ms)",
        owner=owner,
        name="kernel",
    )
