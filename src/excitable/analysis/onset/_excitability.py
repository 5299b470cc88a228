"""`ex.excitability`: why and how a neuron begins to fire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.dynamics._equilibria import equilibria
from excitable.analysis.dynamics._inputs import constants
from excitable.analysis.firing._lanes import check_input, lanes, require_threshold
from excitable.analysis.onset._judged import Judge
from excitable.analysis.onset._rest import bare_state, lowest, scale_of
from excitable.analysis.onset._result import Excitability
from excitable.analysis.onset._smooth import Search
from excitable.analysis.response._frequency_response import FrequencyResponse, Resonance
from excitable.analysis.response._operating_point import linearised
from excitable.errors import ModelError, ParameterError
from excitable.model import Model

_OWNER = "excitability"


def excitability(model: Model, input: str | None = None, **inputs: Any) -> Excitability:
    """Return why and how a neuron begins to fire as its input grows.

    Parameters
    ----------
    model : Model
        One neuron.
    input : str, optional
        The input that grows from zero: ``I``, or the only one, if not given.
    **inputs : Quantity or str
        Constant values of other inputs; zero if not given.

    Returns
    -------
    Excitability
        Class, bifurcation, bistable range, rheobase, frequency at the onset, integrator or
        resonator, and the evidence.

    Raises
    ------
    ModelError
        If the model has no spike condition, or noise.
    UnknownNameError, UnitError, ParameterError
        If an input is not one of its inputs, or has another unit or several values.
    SimulationError
        If the neuron rests at no input.

    Notes
    -----
    Rest is followed from zero input, or from below where the neuron does not rest at zero, over a
    range that is widened until it is lost; limit cycles are followed from every Hopf point on that
    branch, and from a simulated cycle where none of those fires just beyond lost rest. Stable
    firing begins where, of all families, the lowest input has a stable cycle; stable cycles of
    less than a tenth of the largest amplitude do not count. The class is 1 if that is a saddle-node
    on an invariant circle, where the frequency grows from zero, 2 if firing begins with some
    frequency, and 3 if no step from rest fires for ever. A neuron is a resonator if its impedance
    at rest, at zero input where it rests there, peaks above zero frequency: neither the kind of
    equilibrium nor the class decides that. The rheobase is exact where rest and firing do
    not coexist; elsewhere steps from rest are followed. What is not connected with the branch of
    rest, and begins above lost rest, can be missed.

    References
    ----------
    Izhikevich2007, chapters 6 and 7; RinzelErmentrout1998.

    Examples
    --------
    >>> import excitable as ex
    >>> found = ex.excitability(ex.PersistentSodiumPotassium.preset("saddle-node off cycle"))
    >>> found.cls, found.onset, [round(end.magnitude, 4) for end in found.bistable]
    (2, 'saddle-node off cycle', [3.0919, 4.5129])
    """
    known = constants(model, inputs, _OWNER)
    if input is None:
        input = next(iter(model.inputs)) if len(model.inputs) == 1 else "I"
    check_input(model, input, owner=_OWNER)
    require_threshold(model)
    if model.system.noises:
        raise ModelError(
            f"{model.name} carries noise",
            "equations without noise are expected, whose rest and cycles can be followed",
            "Write ex.fi_curve(model, currents) for its rate over the input",
            owner=_OWNER, name="model",
        )  # fmt: skip
    if input in inputs:
        raise ParameterError(
            f"{input} is given", f"{input} is what grows", f"Leave {input}=... out",
            owner=_OWNER, name=input,
        )  # fmt: skip
    scale, reach = scale_of(model, input, known)
    low = lowest(model, input, inputs, scale)
    if model.system.reset:
        from excitable.analysis.onset._hybrid import hybrid

        lines, end, fields = hybrid(model, input, inputs, low, scale)
    else:
        search = Search(model, input, inputs, low, (scale, reach))
        judge = Judge(search, search.told())
        fields, lines, end = judge.result(), judge.lines, judge.rest.end
    kind, peak, line = _filter(model, input, inputs, low, end)
    return Excitability(
        model=model, input=input, integrator_or_resonator=kind, resonance=peak,
        evidence=(*lines, line), others=dict(inputs), **fields,
    )  # fmt: skip


def _filter(
    model: Model, name: str, others: Mapping[str, Any], low: float, end: float
) -> tuple[str, Resonance | None, str]:
    """Return whether rest answers one frequency most, that peak, and a line about it."""
    level = 0.0 if low == 0.0 else 0.5 * (low + end)
    unit = units.default_unit(model.inputs[name].dimension)
    at = units.attach(level, unit)
    rests = equilibria(model, **{**others, name: at}).resting
    one = lanes(model, np.array([level]), name, others, owner=_OWNER)
    point = linearised(one, bare_state(model, rests[0]), model.system.states[0])
    f = np.ones(1)
    gain = units.attach(point.transfer(2e-3 * np.pi * f), point.unit())
    peak = FrequencyResponse(units.attach(1e-3 * f, "Hz"), gain, "linear", point).resonance
    where = f"at {name} = {at:.6g~P}".rstrip()
    if peak is None:
        return "integrator", None, f"integrator: the impedance {where} has no peak above 0 Hz"
    line = f"resonator: the impedance {where} peaks at {peak.frequency:.5g~P}, Q = {peak.Q:.4g}"
    return "resonator", peak, line
