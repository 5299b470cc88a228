"""Van Rossum's distance between spike trains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable.recording._statistics import _check
from excitable.recording._statistics._stages import stages_after

if TYPE_CHECKING:
    from excitable.recording._spike_train import SpikeTrain


def van_rossum(train: SpikeTrain, other: SpikeTrain, tau: Any) -> float:
    """Return van Rossum's distance to another train.

    Parameters
    ----------
    other : SpikeTrain
        The other train; windows may differ.
    tau : Quantity [time] or str
        Time constant of the exponential that each spike is replaced by.

    Returns
    -------
    float
        The distance D, with D^2 the integral over time of (f - g)^2 / tau, where f and g are the
        sums of exp(-t/tau) over the spikes.

    Raises
    ------
    ParameterError
        If tau is not above zero.

    Notes
    -----
    One spike too many adds 1/2 to D^2, two spikes far apart are at D = 1. Some programs leave out
    the half: their distance is greater by the square root of 2. The integral is taken in
    closed form, in O(n log n). An empty train has a distance too: D^2 of n spikes far apart from
    it is n/2.

    References
    ----------
    vanRossum2001; HoughtonKreuz2012

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import ms
    >>> SpikeTrain([10] * ms).van_rossum(SpikeTrain([1000] * ms), tau=10*ms)
    1.0
    """
    _check.other_train(other, "van_rossum")
    constant = _check.time(tau, "van_rossum", "tau")
    times = np.concatenate([train._times, other._times])
    order = np.argsort(times, kind="stable")
    signs = np.where(order < train._times.size, 1.0, -1.0)
    if not signs.size:
        return 0.0
    # Half of the double sum over all pairs of signs times exp(-distance/tau): the diagonal, and
    # each pair once, where the later spike meets what the earlier ones have left.
    left = stages_after(times[order], signs, 0, constant)[0] - signs
    squared = 0.5 * signs.size + float(np.dot(signs, left))
    return float(np.sqrt(max(squared, 0.0)))
