"""What statistics return where one number is not enough: values with units, and a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable import _products


class AbstractResult:
    """Base of results that draw themselves."""

    __slots__ = ()

    def plot(self, **options: Any) -> Any:
        """Draw it. See `excitable.plotting.plot_statistic`."""
        return _products.plot_statistic(self, **options)


@dataclass(frozen=True, slots=True, eq=False)
class IntervalHistogram(AbstractResult):
    """How often inter-spike intervals of each length occur.

    Parameters
    ----------
    edges : Quantity [time], shape (bins + 1,)
        Edges of the bins; an interval on an edge counts in the bin above it.
    counts : ndarray of int, shape (bins,)
        Intervals in each bin.
    density : Quantity [1/time], shape (bins,)
        Counts over their sum and the width of a bin; zero where there is no interval.

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> SpikeTrain([0, 3, 7, 10] * ms).isi_histogram(bin=2*ms).counts
    array([0, 2, 1])
    """

    edges: Any
    counts: np.ndarray
    density: Any


@dataclass(frozen=True, slots=True, eq=False)
class PSTH(AbstractResult):
    """Firing rate in bins, averaged over trials.

    Parameters
    ----------
    edges : Quantity [time], shape (bins + 1,)
        Edges of the bins.
    counts : ndarray of int, shape (bins,)
        Spikes of all trials in each bin.
    rate : Quantity [1/time], shape (bins,)
        Counts over the number of trials and the width of the bin.
    trials : int
        Number of trials.

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> print(SpikeTrain([1, 2, 12] * ms, 0*ms, 20*ms).psth(10*ms).rate)
    [200.0 100.0] Hz
    """

    edges: Any
    counts: np.ndarray
    rate: Any
    trials: int


@dataclass(frozen=True, slots=True, eq=False)
class Correlogram(AbstractResult):
    """How often two spikes stand a lag apart.

    Parameters
    ----------
    lags : Quantity [time], shape (2 k + 1,)
        Centres of the bins, multiples of their width.
    counts : ndarray of int, shape (2 k + 1,)
        Pairs of spikes in each bin.
    expected : ndarray of float, shape (2 k + 1,)
        Pairs expected of independent stationary trains of these rates.
    rate : Quantity [1/time], shape (2 k + 1,)
        Rate of the second train at each lag from a spike of the first one, with the pairs that
        the ends of the window cut off made good.
    mean_rate : Quantity [1/time]
        Rate of the second train, which independent trains have at every lag.
    bin : Quantity [time]
        Width of a bin.

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> SpikeTrain([0, 5, 10] * ms).autocorrelogram(bin=5*ms, span=10*ms).counts
    array([1, 2, 0, 2, 1])
    """

    lags: Any
    counts: np.ndarray
    expected: np.ndarray
    rate: Any
    mean_rate: Any
    bin: Any


@dataclass(frozen=True, slots=True, eq=False)
class PowerSpectrum(AbstractResult):
    """Power of a spike train at each frequency.

    Parameters
    ----------
    frequency : Quantity [1/time], shape (k,)
        Multiples of the resolution.
    power : Quantity [1/time], shape (k,)
        Power; that of a Poisson train is its rate at every frequency.
    error : Quantity [1/time], shape (k,)
        Standard error of the power.
    segments : int
        Stretches of the train that were averaged.

    Examples
    --------
    >>> from excitable import trains
    >>> from excitable.units import Hz, second
    >>> spectrum = trains.regular(10*Hz, 4*second).power_spectrum(30*Hz, resolution=5*Hz)
    >>> spectrum.power.magnitude.round(6).tolist()
    [0.0, 20.0, 0.0, 20.0, 0.0, 20.0]
    """

    frequency: Any
    power: Any
    error: Any
    segments: int


@dataclass(frozen=True, slots=True, eq=False)
class SpikeTriggeredAverage(AbstractResult):
    """Mean of a signal around the spikes.

    Parameters
    ----------
    lags : Quantity [time], shape (k,)
        Lags after the spike; negative ones come before it.
    mean : Quantity, shape (k,)
        Mean of the signal, in its own unit.
    count : int
        Spikes that were averaged: those around which the whole stretch was recorded.

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms, pA
    >>> average = SpikeTrain([2, 3] * ms).spike_triggered_average(
    ...     [0, 1, 4, 9, 16] * pA, dt=1*ms, before=1*ms, after=1*ms)
    >>> print(average.mean, average.count)
    [2.5 6.5 12.5] pA 2
    """

    lags: Any
    mean: Any
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class PhaseLocking(AbstractResult):
    """How spikes keep to the phase of an oscillation.

    Parameters
    ----------
    frequency : Quantity [1/time]
        Frequency of the oscillation.
    vector_strength : float
        Length of the mean of unit vectors, 0 to 1: 1 if all spikes share one phase.
    phase : float
        Angle of that mean, in cycles from 0 to 1.
    p_value : float
        Probability that spikes without any locking give a vector as long or longer.
    phases : ndarray, shape (count,)
        Phase of each spike, in cycles from 0 to 1.

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import Hz, ms
    >>> SpikeTrain([25, 125, 225] * ms).phase_locking(10*Hz).phase
    0.25
    """

    frequency: Any
    vector_strength: float
    phase: float
    p_value: float
    phases: np.ndarray


@dataclass(frozen=True, slots=True)
class ExplainedVariance:
    """How much of a cell's smoothed spike trains a model explains.

    Parameters
    ----------
    model : float or ndarray
        Explained variance of each trial by the model, averaged.
    data : float or ndarray
        Explained variance of each trial by the mean of all trials, averaged: what there is to
        explain. It is 1 for a single trial.
    ratio : float or ndarray
        The first over the second.

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> train = SpikeTrain([20, 60] * ms, 0*ms, 100*ms)
    >>> train.explained_variance(train, sigma=4*ms)
    ExplainedVariance(model=1.0, data=1.0, ratio=1.0)
    """

    model: Any
    data: Any
    ratio: Any
