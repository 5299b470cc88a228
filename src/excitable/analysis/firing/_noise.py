"""How irregularly a linear neuron fires in white noise."""

from __future__ import annotations

import numpy as np

from excitable.analysis.firing._closed import closed_period
from excitable.analysis.firing._lanes import Lanes
from excitable.analysis.firing._siegert import variation
from excitable.expression import evaluate


def variations(lanes: Lanes) -> np.ndarray | None:
    """Return the coefficient of variation of the intervals of each lane.

    Parameters
    ----------
    lanes : Lanes
        Neurons with additive noise.

    Returns
    -------
    ndarray, shape (lanes,), or None
        None where no closed form is known. The refractory time adds to the mean interval alone.
    """
    closed = closed_period(lanes.system)
    if closed is None or closed.bounds is None:
        return None
    known, shape = lanes.known(), (lanes.count,)
    upper, lower = (np.broadcast_to(evaluate(bound, known), shape) for bound in closed.bounds)
    passage = np.array([variation(float(b), float(a)) for b, a in zip(upper, lower, strict=True)])
    mean = closed.evaluate(known, shape)
    refractory = np.broadcast_to(evaluate(closed.refractory, known), shape)
    return passage * (1.0 - refractory / mean)
