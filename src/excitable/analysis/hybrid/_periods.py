"""What a neuron of one state with a reset does in the end: it has a period, or none."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from excitable import units
from excitable.analysis.firing._closed import closed_period
from excitable.analysis.firing._lanes import Lanes
from excitable.analysis.firing._quadrature import integrated_intervals, passage
from excitable.analysis.hybrid._flight import Flight
from excitable.analysis.hybrid._results import SpikingAttractor
from excitable.analysis.hybrid._search import passages
from excitable.analysis.hybrid._section import spiking_state
from excitable.errors import ModelError
from excitable.expression import Number, evaluate
from excitable.model import Model


def period_of_one(model: Model, known: Mapping[str, float], *, at_rest: bool) -> SpikingAttractor:
    """Return what a neuron of one state comes to.

    Parameters
    ----------
    model : Model
        The neuron.
    known : mapping of str to float
        Parameters and inputs.
    at_rest : bool
        Whether it begins at its rest at zero input; else at its reset, from where it may fire for
        ever though it is silent from rest.

    Returns
    -------
    SpikingAttractor
        Tonic, or of kind None.
    """
    closed = closed_period(model.system) if not model.system.noises else None
    period = np.inf
    if closed is not None:
        period = float(closed.evaluate(dict(known), (1,))[0])
    elif model.inputs:
        name = next(iter(model.inputs))
        others = {other: np.array([known[other]]) for other in model.inputs if other != name}
        found = integrated_intervals(Lanes(model, name, np.array([known[name]]), others))
        period = np.inf if found is None else float(found[0])
    if not np.isfinite(period) and not at_rest:
        period = _from_reset(model, known)
    intervals = np.array([period] if np.isfinite(period) else [])
    tonic = bool(intervals.size)
    return SpikingAttractor(
        "tonic" if tonic else None, int(tonic), units.attach(period, "ms") if tonic else None,
        units.attach(intervals, "ms"), None, 0.0 if tonic else np.nan, 0,
    )  # fmt: skip


def _from_reset(model: Model, known: Mapping[str, float]) -> float:
    """Time from the reset to the threshold, in ms, where the way is free."""
    way = passage(model.system)
    if way is None:
        raise ModelError(
            f"{model.name} has a reset or a threshold that depends on its state or its input",
            "a fixed reset and a fixed threshold are expected",
            'Write reset="v = V_R", spike="v >= V_T"',
            owner="reset_map",
            name="model",
        )
    threshold = model.system.expanded_threshold() or Number(-1.0)
    reset, theta = (float(evaluate(e, dict(known))) for e in (way.reset, way.theta))
    state = spiking_state(model.system, threshold)
    flight = Flight(model.system, known, state, np.array([max(abs(theta - reset), 1e-9)]))
    found = float(passages(flight, np.array([[reset]])).time[0])
    return found if np.isfinite(found) else np.inf
