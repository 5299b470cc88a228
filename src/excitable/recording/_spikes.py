"""Spike times of all neurons of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import _products, units
from excitable.errors import ParameterError, UnknownNameError
from excitable.recording._spike_train import SpikeTrain
from excitable.recording._statistics import _coincidence, _counts, _explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Spikes:
    """Spike times of n neurons, or of n trials of one, grouped by neuron.

    Parameters
    ----------
    times : ndarray, shape (count,)
        Bare times in ms, grouped by neuron, ascending within each.
    offsets : ndarray of int64, shape (n + 1,)
        Neuron i owns ``times[offsets[i]:offsets[i + 1]]``.
    start, stop : float
        Observed window in ms.

    Notes
    -----
    The arrays are taken as they are, without a copy; the order by time is made when it is asked
    for. Spikes at equal times are listed by neuron.

    Examples
    --------
    >>> spikes = Spikes(np.array([5.0, 9.0, 7.0]), np.array([0, 2, 3]), start=0.0, stop=10.0)
    >>> spikes[0].count, len(spikes)
    (2, 2)
    >>> print(spikes.times, spikes.ids)
    [5.0 7.0 9.0] ms [0 1 0]
    """

    __slots__ = ("_grouped", "_offsets", "_order", "_start", "_stop")

    def __init__(
        self, times: np.ndarray, offsets: np.ndarray, *, start: float, stop: float
    ) -> None:
        self._grouped = np.asarray(times, dtype=np.float64)
        self._offsets = np.asarray(offsets, dtype=np.int64)
        self._start, self._stop = float(start), float(stop)
        self._order: tuple[np.ndarray, np.ndarray] | None = None
        ends = self._offsets
        if ends.ndim != 1 or ends.size == 0 or ends[0] != 0 or ends[-1] != self._grouped.size:
            raise ParameterError(
                f"{ends.size} offsets for {self._grouped.size} times",
                "they begin with 0 and end with the number of times",
                "Write Spikes.from_trains([...]) to have them made",
                owner="Spikes",
                name="offsets",
            )
        if (np.diff(ends) < 0).any():
            raise ParameterError(
                "offsets that descend",
                "each neuron's times begin where those of the one before end",
                "Write Spikes.from_trains([...]) to have them made",
                owner="Spikes",
                name="offsets",
            )

    @classmethod
    def from_trains(cls, trains: Sequence[SpikeTrain]) -> Spikes:
        """Spikes of several trains, one per neuron.

        Parameters
        ----------
        trains : sequence of SpikeTrain
            One train per neuron; the window is the widest of theirs.

        Returns
        -------
        Spikes
            All of them together.

        Examples
        --------
        >>> from excitable.units import ms
        >>> Spikes.from_trains([SpikeTrain([3, 1] * ms), SpikeTrain([2] * ms)])
        Spikes(3 spikes of 2 neurons, 0 to 3 ms)
        """
        counts = np.array([0, *(train.count for train in trains)], dtype=np.int64)
        times = [train.times_ms for train in trains]
        return cls(
            np.concatenate(times) if times else np.empty(0),
            np.cumsum(counts),
            start=min((train._start for train in trains), default=0.0),
            stop=max((train._stop for train in trains), default=0.0),
        )

    @property
    def grouped_ms(self) -> np.ndarray:
        """Bare times in ms, grouped by neuron."""
        return self._grouped

    @property
    def offsets(self) -> np.ndarray:
        """Where each neuron's times begin in ``grouped_ms``, shape (n + 1,)."""
        return self._offsets

    @property
    def count(self) -> int:
        """Number of spikes of all neurons together."""
        return int(self._grouped.size)

    @property
    def times_ms(self) -> np.ndarray:
        """Times of all spikes in ms, ascending, as bare numbers."""
        return self._ordered()[0]

    @property
    def times(self) -> Any:
        """Times of all spikes, ascending; at equal times by neuron; shape (count,)."""
        return units.attach(self.times_ms, "ms")

    @property
    def ids(self) -> np.ndarray:
        """Number of the neuron of each of ``times``, shape (count,)."""
        return self._ordered()[1]

    @property
    def start(self) -> Any:
        """Begin of the observed window, a time quantity."""
        return units.attach(self._start, "ms")

    @property
    def stop(self) -> Any:
        """End of the observed window, a time quantity."""
        return units.attach(self._stop, "ms")

    def counts(self) -> np.ndarray:
        """Return the number of spikes of each neuron.

        Returns
        -------
        ndarray of int64, shape (n,)
            Spike counts.

        Examples
        --------
        >>> Spikes(np.array([5.0]), np.array([0, 1, 1]), start=0.0, stop=9.0).counts()
        array([1, 0])
        """
        return np.diff(self._offsets)

    def isi(self, neuron: int = 0) -> Any:
        """Return the inter-spike intervals of one neuron.

        Parameters
        ----------
        neuron : int
            Number of the neuron.

        Returns
        -------
        Quantity [time], shape (count - 1,)
            Intervals in ms.

        Examples
        --------
        >>> spikes = Spikes(np.array([5.0, 9.0]), np.array([0, 2]), start=0.0, stop=10.0)
        >>> print(spikes.isi(0))
        [4.0] ms
        """
        return self[neuron].isi()

    # What is averaged over trials: the trains of one neuron under the same stimulus.
    psth = _counts.psth
    fano = _counts.fano
    gamma_coincidence = _coincidence.gamma_coincidence
    gamma_intrinsic = _coincidence.gamma_intrinsic
    explained_variance = _explained.explained_variance

    def plot(self, **options: Any) -> Any:
        """Draw the spikes of each neuron as a row. See `excitable.plotting.plot_spikes`."""
        return _products.plot_spikes(self, **options)

    def to_neo(self) -> Any:
        """Give the trains as a neo.Segment. See `excitable.interop.spikes_to_neo`."""
        return _products.spikes_to_neo(self)

    def to_pynapple(self) -> Any:
        """Give the trains as a pynapple.TsGroup. See `excitable.interop.spikes_to_pynapple`."""
        return _products.spikes_to_pynapple(self)

    def _ordered(self) -> tuple[np.ndarray, np.ndarray]:
        if self._order is None:
            ids = np.repeat(np.arange(len(self)), self.counts())
            # Stable, and the groups are in order of neuron: equal times come out by neuron.
            order = np.argsort(self._grouped, kind="stable")
            self._order = self._grouped[order], ids[order]
        return self._order

    def __len__(self) -> int:
        return self._offsets.size - 1

    def __getitem__(self, neuron: int) -> SpikeTrain:
        index = int(neuron)
        if not -len(self) <= index < len(self):
            raise UnknownNameError(
                f"neuron {index}",
                f"the run has {len(self)} neuron{'' if len(self) == 1 else 's'}",
                "Write spikes[0]" + (f" to spikes[{len(self) - 1}]" if len(self) > 1 else ""),
                owner="spikes",
            )
        index %= len(self)
        times = self._grouped[self._offsets[index] : self._offsets[index + 1]]
        return SpikeTrain.from_ms(times, self._start, self._stop)

    def __iter__(self) -> Iterator[SpikeTrain]:
        return (self[index] for index in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spikes):
            return NotImplemented
        window = (self._start, self._stop) == (other._start, other._stop)
        return (
            window
            and np.array_equal(self._offsets, other._offsets)
            and np.array_equal(self._grouped, other._grouped)
        )

    __hash__ = None  # pyright: ignore[reportAssignmentType]

    def __repr__(self) -> str:
        spikes = f"{self.count} spike{'' if self.count == 1 else 's'}"
        neurons = f"{len(self)} neuron{'' if len(self) == 1 else 's'}"
        return f"Spikes({spikes} of {neurons}, {self._start:g} to {self._stop:g} ms)"
