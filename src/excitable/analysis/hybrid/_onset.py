"""The least constant input at which a neuron with a reset can fire for ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from excitable.analysis.firing._quadrature import passage
from excitable.analysis.hybrid._descent import descend
from excitable.analysis.hybrid._steady import steady_input
from excitable.errors import ModelError
from excitable.expression import evaluate
from excitable.model import Model

GHOST = "saddle-node ghost"
AT_THRESHOLD = "threshold reaches rest"
AT_RESET = "the reset meets the unstable equilibrium"


@dataclass(frozen=True)
class Onset:
    """Where repetitive firing begins.

    Parameters
    ----------
    level : float
        The input, in internal units; minus infinity if the neuron fires at every level tried.
    frequency : float
        Rate there in Hz: the limit from above; 0 where it grows from zero.
    kind : str
        How the spiking attractor arises.
    silent_below : bool
        Whether there is none just below.
    """

    level: float
    frequency: float
    kind: str
    silent_below: bool


def spiking_onset(model: Model, input: str, known: Mapping[str, float]) -> Onset:
    """Return the least constant input at which a spiking attractor exists.

    Parameters
    ----------
    model : Model
        A neuron of one or two states with a reset.
    input : str
        The input.
    known : mapping of str to float
        Parameters and the other inputs, in internal units.

    Returns
    -------
    Onset
        Level, rate and origin.

    Raises
    ------
    ModelError
        If the model has no reset, more than two states, or is not affine in the input.

    Notes
    -----
    One state: exact. It fires for ever once it was reset if its rate is positive all the way from
    the reset to the threshold, so the level is the highest steady input on that way.

    Two states: see `excitable.analysis.hybrid._descent`. A saddle-node, a threshold that meets rest
    and cycles that meet are exact to rounding. A cycle that comes to pass the saddle is bracketed
    to about 1e-9 of the drive from reset to threshold, less finely, to about 1e-4 at worst, where
    its period doubles without end just before.
    """
    if not model.system.reset or len(model.system.states) > 2:
        raise ModelError(
            f"{model.name} has {len(model.system.states)} states"
            + ("" if model.system.reset else " and no reset"),
            "a reset and one or two states are expected",
            "Write ex.continuation(model, ...) for the onset of other models",
            owner="spiking_onset",
            name="model",
        )
    if len(model.system.states) == 1:
        return _one_state(model, input, known)
    found = descend(model, input, known)
    return Onset(found.level, found.frequency, found.kind, found.silent_below)


def _one_state(model: Model, input: str, known: Mapping[str, float]) -> Onset:
    (state,) = model.system.states
    way = passage(model.system)
    steady = steady_input(model.system, {**known, input: 0.0}, state, input)
    if way is None or steady is None:
        raise ModelError(
            f"{model.name} is not affine in {input}, or its reset depends on the state",
            "a rate f(v) + g(v) I, a fixed reset and a fixed threshold are expected",
            'Write ex.rheobase(model, "repetitive")',
            owner="spiking_onset",
            name="model",
        )
    names = {**known, input: 0.0}
    low, high = (float(evaluate(e, names)) for e in (way.reset, way.theta))
    if low >= high:
        pause = float(evaluate(way.refractory, names))
        rate = 1e3 / pause if pause > 0.0 else np.inf
        return Onset(-np.inf, rate, "the reset lies beyond the threshold", silent_below=False)
    knees = steady.knees(low, high)
    if not knees:
        return Onset(-np.inf, 0.0, "no equilibrium at any input", silent_below=False)
    kinds = {"fold": GHOST, "threshold": AT_THRESHOLD, "start": AT_RESET}
    # Beside each of the three the rate grows from zero: as a root, or as one over a logarithm.
    return Onset(knees[0].level, 0.0, kinds[knees[0].kind], silent_below=True)
