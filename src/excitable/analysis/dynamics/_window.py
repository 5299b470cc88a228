"""Which part of the plane to look at."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from excitable import units
from excitable.analysis.dynamics._reduction import Planar, linear_zero
from excitable.expression import evaluate, free_symbols
from excitable.model import Model

Span = tuple[float, float]

_VOLTAGE_TOP = 30.0  # mV, where spikes of models without a reset turn
_VOLTAGE_MARGIN = 15.0
GATE = (-0.04, 1.04)


def first_span(
    model: Model,
    known: Mapping[str, float],
    x: str,
    points: list[float],
    plane: Planar | None = None,
) -> Span:
    """Return a range of the first state that holds equilibria, threshold, reset and knees."""
    system = model.system
    seen = [*points, float(model.states[x].value)]
    voltage = model.states[x].dimension == units.VOLTAGE
    if system.threshold is not None and system.reset:
        threshold = system.expanded_threshold()
        if threshold is not None and free_symbols(threshold) & {*system.states} == {x}:
            zero = linear_zero(threshold, x)
            if zero is not None:
                seen.append(float(evaluate(zero[0], known)))
        for name, e in system.reset:
            reset = system.expand(e)
            if name == x and not free_symbols(reset) & {*system.states}:
                seen.append(float(evaluate(reset, known)))
    elif voltage:
        seen.append(_VOLTAGE_TOP)
    span = _with_margin(seen, voltage)
    if plane is None or voltage or (system.threshold is not None and system.reset):
        return span
    return _with_margin([*seen, *(place for place, _ in turns(known, plane, span))], voltage)


def _with_margin(seen: list[float], voltage: bool) -> Span:
    finite = [value for value in seen if np.isfinite(value)]
    low, high = min(finite), max(finite)
    margin = max(_VOLTAGE_MARGIN if voltage else 1.0, 0.08 * (high - low))
    return low - margin, high + margin


def is_gate(model: Model, known: Mapping[str, float], name: str) -> bool:
    """Whether the steady value of a state is a share that depends on the potential."""
    drifts = dict(zip(model.states, model.system.expanded_derivatives(), strict=True))
    steady = linear_zero(drifts[name], name)
    voltage = [s for s, one in model.states.items() if one.dimension == units.VOLTAGE]
    if steady is None or not free_symbols(steady[0]) & {*voltage}:
        return False
    names = {**known, **{s: float(one.value) for s, one in model.states.items()}}
    names |= dict.fromkeys(voltage, np.linspace(-120.0, 60.0, 61))
    values = np.asarray(evaluate(steady[0], names))
    finite = values[np.isfinite(values)]
    return bool(
        finite.size and finite.min() >= 0.0 and finite.max() <= 1.0 and np.ptp(finite) > 0.2
    )


def turns(known: Mapping[str, float], plane: Planar, x_span: Span) -> list[Span]:
    """Return about where the nullcline of the first state, as a graph over it, turns."""
    graph = linear_zero(plane.drifts[0], plane.y)
    if graph is None:
        return []
    x = np.linspace(*widened(x_span, 1.0), 601)
    y = np.broadcast_to(evaluate(graph[0], {**known, plane.x: x}), x.shape)
    turn = np.nonzero(np.diff(np.sign(np.diff(y))) != 0)[0] + 1
    return [(float(x[k]), float(y[k])) for k in turn if np.isfinite(y[k])]


def second_span(
    model: Model, known: Mapping[str, float], plane: Planar, x_span: Span, points: list[float]
) -> Span:
    """Return a range of the second state that holds the knees of the nullclines."""
    x = np.linspace(*x_span, 401)
    names = {**known, plane.x: x}
    steady = linear_zero(plane.drifts[1], plane.y)
    spread: list[float] = []
    if steady is not None:
        values = np.broadcast_to(evaluate(steady[0], names), x.shape)
        values = values[np.isfinite(values)]
        if values.size and values.min() >= 0.0 and values.max() <= 1.0 and np.ptp(values) > 0.2:
            return GATE
        if values.size:
            spread = np.quantile(values, [0.1, 0.9]).tolist()
    knees = [y for _, y in turns(known, plane, x_span)]
    seen = [*points, *knees, *(spread if len(knees) < 2 else [])]
    seen = seen or [float(model.states[plane.y].value)]
    return widened((min(seen), max(seen)), 0.3)


def widened(span: Span, share: float) -> Span:
    """Return a range with a margin on both sides."""
    size = span[1] - span[0]
    size = size if size > 0.0 else max(1.0, abs(span[0]))
    return span[0] - share * size, span[1] + share * size


def around(model: Model, spans: Mapping[str, Span]) -> tuple[np.ndarray, np.ndarray]:
    """Return corners of a box of ten ranges' size; states without a range are free."""
    n = len(model.states)
    low, high = np.full(n, -np.inf), np.full(n, np.inf)
    for name, span in spans.items():
        k = list(model.states).index(name)
        low[k], high[k] = widened(span, 4.5)
    return low, high
