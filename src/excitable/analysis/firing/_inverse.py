"""The input that makes a neuron fire at a given rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from excitable import units
from excitable.analysis.firing._rates import carried, intervals
from excitable.analysis.firing._steady import rate_unit, steady_rate, value_of
from excitable.errors import ParameterError

if TYPE_CHECKING:
    from excitable.analysis.firing._fi_curve import FICurve

_HALVINGS = 200
# A rate jumps over the target where eight further halvings move neither side of the bracket.
_FIRST_LOOK, _LOOK_BACK, _MOVED = 16, 8, 0.01


def inverse(curve: FICurve, rate: Any) -> Any:
    """Return the input for a steady rate; see `FICurve`."""
    from excitable.analysis.firing._fi_curve import has_closed_form

    if curve.model.size is not None:
        raise ParameterError(
            f"{curve.model.size} neurons", "a curve of one neuron is expected",
            "Take the curve of each neuron", owner="inverse",
        )  # fmt: skip
    formula = steady_rate(curve.model)
    wanted = units.strip(rate, units.dimension(curve.rate), "inverse.rate")
    targets = np.atleast_1d(np.asarray(wanted, float))
    if not (np.isfinite(targets) & ((targets > 0.0) | (formula is not None))).all():
        raise ParameterError(
            f"{rate} is no rate to look for", "rates above 0 are expected",
            'Write inverse("20 Hz"); below the rheobase every input gives 0',
            owner="inverse", name="rate",
        )  # fmt: skip
    closed = has_closed_form(curve)
    low, high = _brackets(curve, targets, open_ended=closed)
    some = curve.lanes.take(np.zeros(targets.size, np.int64))

    def rates(levels: np.ndarray) -> np.ndarray:
        if formula is not None:
            return value_of(formula, some.at(levels))
        begin = _ramped(curve, levels)
        found = intervals(some.at(levels), tolerance=1e-10, threads=curve.threads, start=begin)
        return 1.0 / found.steady

    smooth = closed or formula is not None
    below, above = np.full(targets.size, -np.inf), np.full(targets.size, np.inf)
    seen = []
    for _ in range(_HALVINGS if smooth else 40):
        middle = 0.5 * (low + high)
        if np.all((middle == low) | (middle == high)):
            break
        rate_there = rates(middle)
        under = rate_there < targets
        low, high = np.where(under, middle, low), np.where(under, high, middle)
        below, above = np.where(under, rate_there, below), np.where(under, above, rate_there)
        seen.append((below, above))
        if not smooth and len(seen) >= _FIRST_LOOK:
            _refuse_jump(curve, targets, high, seen)
    unit = units.default_unit(curve.model.inputs[curve.input].dimension)
    return units.attach(high if np.ndim(wanted) else float(high[0]), unit)


def _brackets(
    curve: FICurve, targets: np.ndarray, *, open_ended: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return inputs below and above each target rate."""
    levels = units.strip(curve.I, curve.model.inputs[curve.input].dimension, "I")
    rates = units.strip(curve.rate, units.dimension(curve.rate), "rate")
    levels, rates = np.atleast_1d(levels), np.atleast_1d(rates)
    order = np.argsort(levels)
    levels, rates = levels[order], rates[order]
    if open_ended:
        return _open_brackets(curve, targets, levels)
    low, high = np.empty_like(targets), np.empty_like(targets)
    for k, target in enumerate(targets):
        above = np.flatnonzero(rates >= target)
        if above.size == 0 or above[0] == 0:
            _refuse(curve, target, rates)
        low[k], high[k] = levels[above[0] - 1], levels[above[0]]
    return low, high


def _open_brackets(
    curve: FICurve, targets: np.ndarray, levels: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Go outwards from the curve's own range: a formula holds beyond it."""
    some = curve.lanes.take(np.zeros(1, np.int64))

    def rate(level: float) -> float:
        return float(1.0 / intervals(some.at(np.array([level]))).steady[0])

    onset = float(
        units.strip(curve.rheobase, curve.model.inputs[curve.input].dimension, "I")
        if not curve.model.system.noises
        else levels.min()
    )
    span = max(float(np.abs(levels).max()), abs(onset), 1.0)
    low, high = onset, onset + span
    for _ in range(300):
        if rate(high) >= targets.max():
            break
        high = onset + 2.0 * (high - onset)
    else:
        _refuse(curve, float(targets.max()), np.array([rate(high)]))
    for _ in range(60):
        if rate(low) <= targets.min():
            break
        low -= span
        span *= 2.0
    return np.full_like(targets, low), np.full_like(targets, high)


def _ramped(curve: FICurve, levels: np.ndarray) -> np.ndarray | None:
    """Return the states in which the curve's own slow ramp arrives at each level, if it is one."""
    if curve.start == "step":
        return None
    own = curve.lanes.levels
    end = own.min() if curve.start == "up" else own.max()
    lanes = curve.lanes.take(np.zeros(levels.size + 1, np.int64)).at(np.append(levels, end))
    return carried(lanes, curve.start, threads=curve.threads)[:, :-1]


def _refuse_jump(
    curve: FICurve, targets: np.ndarray, high: np.ndarray,
    seen: list[tuple[np.ndarray, np.ndarray]],
) -> None:  # fmt: skip
    """Refuse a rate that lies between those on the two sides of a jump."""
    (below, above), (below_before, above_before) = seen[-1], seen[-1 - _LOOK_BACK]
    apart = (below < (1.0 - _MOVED) * targets) & (above > (1.0 + _MOVED) * targets)
    still = (below <= (1.0 + _MOVED) * below_before) & (above >= (1.0 - _MOVED) * above_before)
    jumps = np.flatnonzero(apart & still & np.isfinite(above_before) & np.isfinite(below_before))
    if not jumps.size:
        return
    k, unit = jumps[0], rate_unit(curve.model)
    wanted, least, most = (
        f"{units.attach(value, unit).magnitude:.6g} {unit}".rstrip()
        for value in (targets[k], max(below[k], 0.0), above[k])
    )
    place = units.attach(high[k], units.default_unit(curve.model.inputs[curve.input].dimension))
    raise ParameterError(
        f"no input gives {wanted}: at {place:.6g~P} the rate jumps from {least} to {most}",
        "a rate on one side of the jump is expected",
        f'Write inverse("{most}") or more',
        owner="inverse",
        name="rate",
    )


def _refuse(curve: FICurve, target: float, rates: np.ndarray) -> NoReturn:
    unit = rate_unit(curve.model)
    wanted, low, high = (
        f"{units.attach(value, unit).magnitude:.6g} {unit}".rstrip()
        for value in (target, float(rates.min()), float(rates.max()))
    )
    raise ParameterError(
        f"no input of the curve gives {wanted}",
        f"its rates go from {low} to {high}",
        "Take the curve over a wider range, with its silent part",
        owner="inverse",
        name="rate",
    )
