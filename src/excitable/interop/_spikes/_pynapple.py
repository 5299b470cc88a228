"""Spike trains as pynapple objects."""

from __future__ import annotations

from typing import Any

from excitable.interop._extra import extra
from excitable.recording import Spikes, SpikeTrain


def spikes_to_pynapple(spikes: SpikeTrain | Spikes) -> Any:
    """Give spike trains as pynapple objects.

    Parameters
    ----------
    spikes : SpikeTrain or Spikes
        What to convert.

    Returns
    -------
    pynapple.Ts or pynapple.TsGroup
        One train, or a group with one for each neuron; times in seconds, with the window as time
        support.

    Raises
    ------
    MissingExtraError
        If pynapple is not installed.

    Notes
    -----
    pynapple keeps times to the nanosecond.

    Examples
    --------
    >>> from excitable import trains
    >>> group = spikes_to_pynapple(trains.regular(["10 Hz", "20 Hz"], "1 second"))
    >>> [len(group[i]) for i in group.index]
    [10, 20]
    """
    nap = extra("pynapple", "pynapple", "a pynapple time series")
    start, stop = (float(moment.magnitude) for moment in (spikes.start, spikes.stop))
    support = nap.IntervalSet(start, stop, time_units="ms")
    if isinstance(spikes, SpikeTrain):
        return nap.Ts(spikes.times_ms, time_units="ms", time_support=support)
    series = {
        neuron: nap.Ts(train.times_ms, time_units="ms", time_support=support)
        for neuron, train in enumerate(spikes)
    }
    return nap.TsGroup(series, time_support=support)
