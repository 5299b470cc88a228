"""`phase_response`: how pushes at each phase of a cycle move the spikes that follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

import numpy as np

from excitable import units
from excitable.analysis.bifurcation._limit_cycle import LimitCycle
from excitable.analysis.dynamics._inputs import constants
from excitable.analysis.firing._rheobase import rheobase
from excitable.analysis.phases._attractor import Attractor
from excitable.analysis.phases._cycle import of_limit_cycle, smooth_orbit, spiking_orbit
from excitable.analysis.phases._orbit import Orbit
from excitable.analysis.phases._response import PhaseResponse, unstable
from excitable.analysis.phases._zero import phase_zero as zero_of
from excitable.analysis.phases._zero import spike_times
from excitable.errors import ExcitableError, ModelError, ParameterError, SimulationError
from excitable.model import Model
from excitable.simulation import _arguments as arguments

METHODS = ("adjoint", "direct")
_OWNER = "phase_response"
_POTENTIAL = 10.0  # mV: a distance of order one
_SHARE = 0.1


def phase_response(
    model: Model | LimitCycle, *, phase_zero: Any = None, method: str = "adjoint",
    points: int = 200, initial: Mapping[str, Any] | None = None, **inputs: Any,
) -> PhaseResponse:  # fmt: skip
    """Return how a small push, at each phase of a neuron's cycle, moves the spikes that follow.

    Parameters
    ----------
    model : Model or LimitCycle
        One neuron, which is simulated from rest until it fires periodically; or a cycle of a
        branch, stable or not, from `CycleBranch.at`.
    phase_zero : Quantity or str, optional
        Where the cycle begins: `"spike"`, the spike condition, the default where the cycle meets
        it; `"maximum"` of the first state, the default elsewhere; or a level of the first state,
        such as ``0*mV``, where it rises through that. Of several in a cycle, the one that follows
        the longest pause.
    method : str
        `"adjoint"`: the infinitesimal response. `"direct"`: measured on the simulated neuron with
        small jumps and pulses to both sides.
    points : int
        How many phases, evenly spaced from 0.
    initial : mapping of str to Quantity, optional
        States from which to start, if not from rest: for a cycle beside a stable rest.
    **inputs : Quantity or str
        One constant value for each input; an input not given is zero.

    Returns
    -------
    PhaseResponse
        ``.response["v"]`` in ms/mV and so on, ``.period``, ``.type``.

    Raises
    ------
    SimulationError
        If the neuron comes to rest, or its firing does not become periodic.
    ModelError
        If the model carries noise or has no state, or if an unstable cycle is to be pushed.
    ParameterError, UnknownNameError, UnitError
        If an argument does not fit.

    Notes
    -----
    The response is the advance of all later spikes by a push of one unit: positive where a push
    makes the next spikes come earlier. It solves the adjoint equation Z' = -J^T Z along the cycle
    with Z f = 1, J the exact Jacobian of the drift f: the left eigenvector of the monodromy matrix,
    carried along. The cycle is found by simulation and made exact by collocation, or with resets by
    Newton's method on the state after the spike; there Z jumps by the saltation matrix. In a
    refractory time the response of held states is zero. With one state Z = 1/f.

    The type follows Hansel, Mato and Meunier: type I neurons answer depolarising pushes with
    advances, type II neurons with delays at early phases. It is called type II where delays make
    up a tenth or more of the area of the response of the first state: `delay_share`. Near a
    saddle-node on the cycle the response tends to 1 - cos, near a Hopf point to a sinusoid.

    References
    ----------
    HanselMatoMeunier1995; ErmentroutTerman2010, chapter 8; BrownMoehlisHolmes2004;
    LeineNijmeijer2004 for the saltation matrix.

    Examples
    --------
    >>> import excitable as ex
    >>> response = ex.phase_response(ex.QIF(x_peak=1e4, x_reset=-1e4), I=1, points=4)
    >>> print(response.response["x"].round(3), response.type)
    [0.0 0.5 1.0 0.5] ms type I
    """
    _check(method, points)
    if isinstance(model, LimitCycle):
        neuron, known, found = _of_cycle(model, initial, inputs)
    else:
        neuron, known, found = _simulated(model, initial, inputs)
    orbit, adjoint = found
    spikes = spike_times(neuron, known, orbit)
    zero, words = zero_of(neuron, orbit, phase_zero, spikes)
    response = PhaseResponse(
        neuron, known, orbit, adjoint, zero, words,
        np.mod((spikes - zero) / orbit.period, 1.0), method, np.arange(points) / points,
    )  # fmt: skip
    if method == "direct" and not orbit.stable:
        raise unstable(response)
    return response


def _check(method: str, points: int) -> None:
    if method not in METHODS:
        raise ParameterError(
            f"{method!r} is no method", "'adjoint' or 'direct' is expected",
            'Write method="adjoint"', owner=_OWNER, name="method",
        )  # fmt: skip
    if isinstance(points, bool) or not isinstance(points, int) or points < 1:
        raise ParameterError(
            f"{points!r} points", "a whole number from 1 on is expected", "Write points=200",
            owner=_OWNER, name="points",
        )  # fmt: skip


Found = tuple[Orbit, list[np.ndarray]]


def _of_cycle(
    cycle: LimitCycle, initial: Mapping[str, Any] | None, inputs: Mapping[str, Any]
) -> tuple[Model, dict[str, float], Found]:
    given = [*(["initial"] if initial is not None else []), *inputs]
    if given:
        raise ParameterError(
            f"{given[0]}= beside a cycle", "a cycle of a branch has its inputs and its states",
            f"Leave {given[0]}= out", owner=_OWNER, name=given[0],
        )  # fmt: skip
    request, model = cycle.request, cycle.model
    value = cycle.solution.loop.p * cycle.equations.span
    known = {**dict.fromkeys(model.inputs, 0.0), **request.known, request.parameter: float(value)}
    if request.parameter in model.parameters:
        unit = units.default_unit(model.dimensions[request.parameter])
        change: dict[str, Any] = {request.parameter: units.attach(float(value), unit)}
        model = model(**change)
    return model, known, of_limit_cycle(cycle)


def _simulated(
    model: Any, initial: Mapping[str, Any] | None, inputs: Mapping[str, Any]
) -> tuple[Model, dict[str, float], Found]:
    known = constants(model, inputs, _OWNER)
    if model.system.noises:
        raise ModelError(
            f"{model.name} carries noise", "a neuron that repeats itself exactly is expected",
            "Take the same equations without xi", owner=_OWNER, name="model",
        )  # fmt: skip
    if not model.system.states:
        raise ModelError(
            f"{model.name} has no state", "a neuron that changes in time is expected",
            f"Write {_OWNER}(ex.HodgkinHuxley, ...)", owner=_OWNER, name="model",
        )  # fmt: skip
    attractor = Attractor(model, known)
    calm = attractor.calm()
    start = calm if initial is None else _started(model, calm, initial)
    turn = attractor.find(start)
    if turn is None:
        if attractor.fate == "rests":
            _resting(model, known, inputs)
        raise SimulationError(
            f"the firing of {model.name} does not become periodic",
            "a cycle that repeats itself is expected",
            "Write another input, and look at simulate(...).plot()", owner=_OWNER,
        )  # fmt: skip
    if model.system.reset:
        reach = np.array([
            max(_POTENTIAL if s.dimension == units.VOLTAGE else 1.0, _SHARE * abs(x))
            for s, x in zip(model.states.values(), turn.start, strict=True)
        ])  # fmt: skip
        found = spiking_orbit(model.system, known, turn, reach)
    else:
        found = smooth_orbit(model, known, turn)
    if found is None:
        raise SimulationError(
            f"the cycle of {model.name}, of {turn.period:.6g} ms, could not be closed",
            "a cycle to which Newton's method converges is expected",
            "Write another input, or give initial=dict(...) near the cycle", owner=_OWNER,
        )  # fmt: skip
    return model, known, found


def _started(model: Model, calm: np.ndarray, initial: Mapping[str, Any]) -> np.ndarray:
    given = arguments.initial_mapping(initial)
    size = arguments.neurons_of(model, {}, given)
    if size is not None:
        raise ParameterError(
            f"{size} starts", "one start is expected", "Write one value for each state",
            owner=_OWNER, name="initial",
        )  # fmt: skip
    return arguments.initial_states(model, given, calm[:, None].copy())[:, 0]


def _resting(model: Model, known: Mapping[str, float], inputs: Mapping[str, Any]) -> NoReturn:
    """Say that the neuron rests, and what input would make it fire."""
    name = next(iter(inputs), next(iter(model.inputs), None))
    if name is None:
        raise SimulationError(
            f"{model.name} comes to rest", "a cycle is expected",
            "Write initial=dict(...) on a cycle, or change its parameters", owner=_OWNER,
        )  # fmt: skip
    unit = units.default_unit(model.inputs[name].dimension)
    level = f"{name} = {known[name]:.6g} {unit}".rstrip()
    write = _firing_input(model, known, name, unit) or f"Write another {name}"
    raise SimulationError(
        f"{model.name} comes to rest at {level}", "an input under which it fires is expected",
        f"{write}, or initial=dict(...) on a cycle beside the rest", owner=_OWNER,
    )  # fmt: skip


def _firing_input(model: Model, known: Mapping[str, float], name: str, unit: str) -> str:
    """Return what to write for a neuron to fire, nothing if that is not known."""
    silent = Attractor(model, {**known, name: 0.0})
    if silent.find(silent.calm()) is not None:
        return f"Leave {name} out, for it fires without"
    others: dict[str, Any] = {
        key: units.attach(known[key], units.default_unit(model.inputs[key].dimension))
        for key in model.inputs if key != name
    }  # fmt: skip
    try:
        least = rheobase(model, "repetitive", input=name, tolerance=1e-3, **others)
    except ExcitableError:
        return ""
    bare = float(units.strip(least.value, model.inputs[name].dimension, name))
    tried = f"{float(f'{bare + 0.2 * abs(bare):.2g}'):g}"
    shown = f"{tried}*{units.in_python(unit)}" if unit else tried
    return f"Write {name}={shown}, for it fires for ever from {bare:.3g} {unit}".rstrip()
