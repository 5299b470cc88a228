"""Spike trains as neo objects, which Elephant takes, and back."""

from __future__ import annotations

from typing import Any

import numpy as np

from excitable.errors import ParameterError
from excitable.interop._extra import extra
from excitable.recording import Spikes, SpikeTrain


def spikes_to_neo(spikes: SpikeTrain | Spikes) -> Any:
    """Give spike trains as neo objects.

    Parameters
    ----------
    spikes : SpikeTrain or Spikes
        What to convert.

    Returns
    -------
    neo.SpikeTrain or neo.Segment
        One train, or a segment that holds one for each neuron; times in ms, with the window.

    Raises
    ------
    MissingExtraError
        If neo is not installed.

    Examples
    --------
    >>> from excitable import trains
    >>> train = spikes_to_neo(trains.regular("10 Hz", "1 second"))
    >>> len(train), float(train.t_stop.rescale("s"))
    (10, 1.0)
    """
    neo = extra("neo", "neo", "a neo spike train")
    if isinstance(spikes, SpikeTrain):
        return _one(neo, spikes)
    segment = neo.Segment()
    for neuron, train in enumerate(spikes):
        segment.spiketrains.append(_one(neo, train, name=f"neuron {neuron}", neuron=neuron))
    return segment


def _one(neo: Any, train: SpikeTrain, **annotations: Any) -> Any:
    start, stop = (float(moment.magnitude) for moment in (train.start, train.stop))
    return neo.SpikeTrain(train.times_ms, units="ms", t_start=start, t_stop=stop, **annotations)


def spikes_from_neo(source: Any) -> SpikeTrain | Spikes:
    """Take spike trains from neo objects.

    Parameters
    ----------
    source : neo.SpikeTrain, neo.Segment, neo.Block or a list of neo.SpikeTrain
        What to convert; of a block, the trains of all its segments, one after the other.

    Returns
    -------
    SpikeTrain or Spikes
        One train with its window, or several in the widest of their windows.

    Raises
    ------
    ParameterError
        If it is none of these.

    Examples
    --------
    >>> from excitable import trains
    >>> made = trains.poisson("10 Hz", "1 second", n=3)
    >>> spikes_from_neo(made.to_neo()) == made
    True
    """
    if hasattr(source, "t_stop") and hasattr(source, "rescale"):
        return _train(source)
    segments = getattr(source, "segments", [source])
    found: list[Any] = []
    for segment in segments:
        found += list(getattr(segment, "spiketrains", segment if segment is source else []))
    if not all(hasattr(each, "t_stop") and hasattr(each, "rescale") for each in found):
        raise ParameterError(
            f"{type(source).__name__} holds something that is no neo.SpikeTrain",
            "a neo spike train, segment or block is expected",
            "Write spikes_from_neo(block.segments[0])",
            owner="spikes_from_neo",
            name="source",
        )
    return Spikes.from_trains([_train(each) for each in found])


def _train(source: Any) -> SpikeTrain:
    # The package quantities knows its own units; bare ms from here on.
    times = np.asarray(source.rescale("ms").magnitude, dtype=np.float64)
    start, stop = (float(source.t_start.rescale("ms")), float(source.t_stop.rescale("ms")))
    return checked_train(times, start, stop)


def checked_train(times: np.ndarray, start: float | None, stop: float | None) -> SpikeTrain:
    """Make a train of bare times in ms that somebody else has written, checked and sorted."""
    from excitable import units

    ends = [None if end is None else units.attach(end, "ms") for end in (start, stop)]
    return SpikeTrain(units.attach(times, "ms"), *ends)
