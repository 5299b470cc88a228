"""How the firing rate depends on a parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis.firing._closed import closed_period
from excitable.analysis.firing._rates import carried, intervals
from excitable.analysis.firing._steady import steady_rate, value_of
from excitable.expression import differentiate

if TYPE_CHECKING:
    from excitable.analysis.firing._fi_curve import FICurve

_DISTANCE = 1e-4


def sensitivity(curve: FICurve, parameter: str) -> Any:
    """Return the derivative of the steady rate by a parameter or the input; see `FICurve`."""
    from excitable.analysis.firing._fi_curve import has_closed_form, known_name

    known_name(curve, parameter)
    some = curve.lanes
    closed = closed_period(some.system)
    formula = steady_rate(curve.model)
    if formula is not None:
        found = value_of(differentiate(formula, parameter), some)
    elif closed is not None and has_closed_form(curve):
        known, shape = some.known(), (some.count,)
        period = closed.evaluate(known, shape)
        with np.errstate(all="ignore"):
            found = np.where(
                np.isfinite(period), -closed.slope(parameter, known, shape) / period**2, 0.0
            )
    else:
        found = _difference(curve, parameter)
    model = curve.model
    group: Any = model.inputs if parameter == curve.input else model.parameters
    dimension = units.dimension(curve.rate) / group[parameter].dimension
    shape = np.shape(curve.rate)
    return units.attach(found.reshape(shape), units.default_unit(dimension))


def _difference(curve: FICurve, parameter: str) -> np.ndarray:
    """Central difference of the rate."""
    some = curve.lanes
    if parameter == curve.input:
        base = some.levels
    else:
        base = np.broadcast_to(some.model.values()[parameter], (some.count,))
    step = _DISTANCE * np.maximum(np.abs(base), 1e-3 * np.abs(base).max(initial=0.0))
    step = np.where(step > 0.0, step, _DISTANCE)
    # The states of a ramped curve stay beside it when a value moves by so little.
    ramped = curve.start != "step"
    begin = carried(some, curve.start, threads=curve.threads) if ramped else None
    rates = []
    for moved in (base + step, base - step):
        if parameter == curve.input:
            changed = some.at(moved)
        else:
            unit = some.model.parameters[parameter].unit
            change: dict[str, Any] = {parameter: units.attach(moved, unit)}
            model = some.model(**change)
            changed = type(some)(model, some.input, some.levels, some.others)
        found = intervals(changed, tolerance=1e-9, threads=curve.threads, start=begin)
        rates.append(1.0 / found.steady)
    return (rates[0] - rates[1]) / (2.0 * step)
