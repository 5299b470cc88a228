"""What kind of response a neuron has: only advances, or delays as well."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

TYPE_II = 0.1
_SAMPLES = 4000


def delay_share(response: Callable[[np.ndarray], np.ndarray], period: float) -> float:
    """Return the area of delays over the area of delays and advances together.

    Parameters
    ----------
    response : callable
        Advance of the next spikes by a push at some times in ms.
    period : float
        In ms.

    Returns
    -------
    float
        From 0, only advances, to 1, only delays.
    """
    values = response((np.arange(_SAMPLES) + 0.5) * (period / _SAMPLES))
    whole = float(np.abs(values).sum())
    return float(np.abs(values[values < 0.0]).sum()) / whole if whole > 0.0 else 0.0
