"""Which values of the adaptation matter: those that orbits come to."""

from __future__ import annotations

import numpy as np

from excitable.analysis.hybrid._return_map import ReturnMap

_SEEDS = 25
_ROUNDS = 12
_ROUGH = 1e-7
_CLOSER = 2  # further steps of the map, to the part that orbits stay in
_MARGIN = 0.1  # of the range: what a maximum between the values tried may be missed by


def natural_range(
    the_map: ReturnMap, seeds: list[float], first: float
) -> tuple[float, float] | None:
    """Return a range of the coordinate that the map does not leave.

    Parameters
    ----------
    the_map : ReturnMap
        The map.
    seeds : list of float
        Values to begin with.
    first : float
        A value that belongs to it anyhow, if it is finite.

    Returns
    -------
    (float, float) or None
        None where the neuron falls silent after every reset that was tried.
    """
    pad = 0.5 * the_map.scale
    low, high = min(seeds) - pad, max(seeds) + pad
    hull: tuple[float, float] | None = None
    for _ in range(_ROUNDS):
        after = the_map(np.linspace(low, high, _SEEDS), tolerance=_ROUGH).w
        after = after[np.isfinite(after)]
        if not after.size:
            if hull is not None:
                break
            low -= 2.0 * the_map.scale  # less adaptation
            continue
        hull = float(after.min()), float(after.max())
        inside = low <= hull[0] and hull[1] <= high
        if inside:
            break
        # Adaptation may build up in steps much smaller than what it comes to.
        span = max(high, hull[1]) - min(low, hull[0])
        low = low if low <= hull[0] else hull[0] - span
        high = high if high >= hull[1] else hull[1] + span
    if hull is None:
        return None
    for _ in range(_CLOSER):
        margin = _MARGIN * max(hull[1] - hull[0], 0.1 * the_map.scale)
        low, high = hull[0] - margin, hull[1] + margin
        after = the_map(np.linspace(low, high, 2 * _SEEDS), tolerance=_ROUGH).w
        after = after[np.isfinite(after)]
        if not after.size:
            break
        hull = max(low, float(after.min())), min(high, float(after.max()))
    ends = [*hull, first] if np.isfinite(first) else list(hull)
    margin = _MARGIN * max(max(ends) - min(ends), 0.1 * the_map.scale)
    return min(ends) - margin, max(ends) + margin
