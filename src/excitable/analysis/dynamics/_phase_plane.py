"""The phase plane of a neuron under constant input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis._names import place_of_state
from excitable.analysis.dynamics._curves import Window
from excitable.analysis.dynamics._cycle import Cycle, limit_cycle, repelling_cycle
from excitable.analysis.dynamics._equilibria import Equilibria, equilibria
from excitable.analysis.dynamics._flow import Flow
from excitable.analysis.dynamics._inputs import constants, frozen_states, given_ranges
from excitable.analysis.dynamics._manifolds import bare_state
from excitable.analysis.dynamics._phase_line import PhaseLine, phase_line
from excitable.analysis.dynamics._plane import PhasePlane
from excitable.analysis.dynamics._reduction import Planar, planar
from excitable.analysis.dynamics._returns import planar_cycles, section_of
from excitable.analysis.dynamics._window import (
    GATE,
    Span,
    around,
    first_span,
    is_gate,
    second_span,
)
from excitable.errors import ParameterError
from excitable.model import Model

_OWNER = "phase_plane"
_USUAL_SECOND = ("w", "u", "n")


def phase_plane(
    model: Model,
    x: str = "v",
    y: str | None = None,
    *,
    frozen: Mapping[str, Any] | None = None,
    window: Mapping[str, Any] | None = None,
    **inputs: Any,
) -> PhasePlane | PhaseLine:
    """Return the phase plane of a neuron under constant input.

    Parameters
    ----------
    model : Model
        One neuron. If it has one state only, its `PhaseLine` is given.
    x, y : str
        The two states to draw. If the model has no ``v`` and `x` is not given, its first state;
        if `y` is not given, the state ``w``, ``u`` or ``n``, else the last one.
    frozen : mapping of str to Quantity, optional
        Values at which other states stand still. Those not given are at their steady values.
    window : mapping of str to (Quantity, Quantity), optional
        Range of either state; if not given, around equilibria, threshold and limit cycle.
    **inputs : Quantity or str
        One constant value for each input, by name; an input not given is zero.

    Returns
    -------
    PhasePlane or PhaseLine
        ``.nullclines``, ``.equilibria``, ``.separatrices``, ``.cycles``, ``.threshold``,
        ``.reset``, ``.vector_field()``, ``.trajectory(start)`` and ``.plot()``.

    Raises
    ------
    ModelError
        If another state has no steady value in closed form.
    UnknownNameError, UnitError, ParameterError
        If a name is no state or input, or a value has another unit or is not one value.

    Notes
    -----
    A nullcline that is a graph over one of the states is computed as that graph, in pieces between
    its poles; straight ones come from all zeros of a function of one state; others are traced on a
    fine grid whose crossings are refined. Manifolds follow the full equations from the eigenvectors
    of saddles, forward for the unstable one and backward for the stable one, where it is a curve;
    with frozen states there are none. Stability and kind of equilibria are those of the full
    system, also where two of many states are drawn.

    Of a model with two states all limit cycles inside the window are found that do not pass a
    reset, stable and unstable, by first returns to a nullcline without contact, followed forward or
    backward in time; of a pair whose widths differ by less than about a tenth both may be missed.
    The period has a relative error of about 1e-8, 1e-7 beside a homoclinic orbit. Of spikes with a
    reset, or of more states, or where neither nullcline is a graph, the cycles are those into which
    solutions from a few places run.

    References
    ----------
    Izhikevich2007, chapter 4; Guckenheimer and Holmes, Nonlinear Oscillations, Dynamical Systems,
    and Bifurcations of Vector Fields, 1983, chapter 1.

    Examples
    --------
    >>> import excitable as ex
    >>> ex.phase_plane(ex.FitzHughNagumo, I=0.5)
    Phase plane of FitzHughNagumo: w over v
      v-nullcline: 1 piece
      w-nullcline: 1 piece
      unstable focus: v = -0.804848, w = -0.13106
      stable limit cycle, period 39.474 ms
    """
    known = constants(model, inputs, _OWNER)
    if len(model.states) == 1:
        (only,) = model.states
        for name, argument in ((only if x == "v" else x, "x"), (y or only, "y")):
            place_of_state(model, name, owner=_OWNER, argument=argument)
        frozen_states(model, (only, only), frozen)
        return phase_line(model, window=window, **inputs)
    x, y = _axes(model, x, y)
    plane = planar(model, x, y, frozen_states(model, (x, y), frozen))
    found = equilibria(model, **inputs)
    states = [bare_state(one) for one in found]
    given = given_ranges(model, (x, y), window, _OWNER)
    kx, ky = list(model.states).index(x), list(model.states).index(y)
    spans = _spans(model, known, plane, given, states)
    flow = Flow(model, known, _reach(model, spans, states))
    cycles = [] if plane.frozen else _cycles(model, plane, flow, found, spans)
    for one in cycles:
        for name, k in ((x, kx), (y, ky)):
            if name not in given:
                spans[name] = _joined(spans[name], one.x[:, k])
    window_ = Window(x, y, spans[x], spans[y])
    return PhasePlane(model, known, plane, window_, found=found, flow=flow, cycles=cycles)


def _cycles(
    model: Model, plane: Planar, flow: Flow, found: Equilibria, spans: Mapping[str, Span]
) -> list[Cycle]:
    """All limit cycles of two states; of more, or of several spikes, one that is met."""
    n = len(model.states)
    ends = np.array([bare_state(one) for one in found]).reshape(-1, n)
    index = np.array([one.index for one in found], int)
    box = around(model, spans)
    section = section_of(flow, plane, spans, box, ends) if n == 2 else None
    cycles: list[Cycle | None] = [] if section is None else [*planar_cycles(section)]
    if section is None and n == 2:
        inner = ends[index == 0] + 1e-2 * flow.reach
        cycles.append(repelling_cycle(flow, inner, ends[index == n], box))
    if section is None or flow.threshold is not None:
        k = list(model.states).index(plane.x)
        starts = _starts(model, flow, found, spans[plane.x], k)
        cycles.append(limit_cycle(flow, starts, ends[index == 0]))
    met = [one for one in cycles if one is not None]
    return sorted(met, key=lambda one: float(np.ptp(one.x[:, 0])))


def _spans(
    model: Model, known: Mapping[str, float], plane: Planar, given: Mapping[str, Span],
    states: list[np.ndarray],
) -> dict[str, Span]:  # fmt: skip
    """Ranges of both states; that of a potential is chosen first, on whichever axis it is."""
    names = list(model.states)
    voltage = [model.states[name].dimension == units.VOLTAGE for name in (plane.x, plane.y)]
    if voltage == [False, True]:
        plane = replace(plane, x=plane.y, y=plane.x, drifts=plane.drifts[::-1])
    x, y = plane.x, plane.y
    given = {name: GATE for name in (x, y) if is_gate(model, known, name)} | {**given}
    points = {name: [float(state[names.index(name)]) for state in states] for name in (x, y)}
    first = given.get(x) or first_span(model, known, x, points[x], plane)
    return {x: first, y: given.get(y) or second_span(model, known, plane, first, points[y])}


def _joined(span: Span, values: np.ndarray) -> Span:
    low, high = float(values.min()), float(values.max())
    margin = 0.06 * (high - low)
    return min(span[0], low - margin), max(span[1], high + margin)


def _axes(model: Model, x: str, y: str | None) -> tuple[str, str]:
    names = list(model.states)
    if x == "v" and "v" not in names:
        x = names[0]
    place_of_state(model, x, owner=_OWNER, argument="x")
    if y is None:
        usual = [name for name in _USUAL_SECOND if name in names and name != x]
        y = usual[0] if usual else next(name for name in reversed(names) if name != x)
    place_of_state(model, y, owner=_OWNER, argument="y")
    if x == y:
        raise ParameterError(
            f"{x} twice", "two different states are expected",
            f"Write y={next(n for n in names if n != x)!r}", owner=_OWNER, name="y",
        )  # fmt: skip
    return x, y


def _reach(
    model: Model, spans: Mapping[str, tuple[float, float]], states: list[np.ndarray]
) -> np.ndarray:
    reach = []
    for k, (name, declared) in enumerate(model.states.items()):
        if name in spans:
            reach.append(spans[name][1] - spans[name][0])
        elif declared.dimension == units.VOLTAGE:
            reach.append(100.0)
        else:
            reach.append(max([1.0, *(abs(float(state[k])) for state in states)]))
    return np.array(reach)


def _starts(model: Model, flow: Flow, found: Equilibria, x_range: Span, kx: int) -> np.ndarray:
    """Places from which a limit cycle is looked for: beside unstable equilibria, and two more."""
    starts = [
        bare_state(one) + sign * 1e-2 * flow.reach
        for one in found
        if not one.stable
        for sign in (1.0, -1.0)
    ]
    declared = np.array([float(state.value) for state in model.states.values()])
    for share in (0.5, 0.8):
        place = declared.copy()
        place[kx] = x_range[0] + share * (x_range[1] - x_range[0])
        starts.append(place)
    inside = [place for place in (declared, *starts) if flow.above(place) < 0.0]
    return np.array(inside or [declared])
