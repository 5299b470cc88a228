"""The input that makes a neuron fire at a given rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from excitable import units
from excitable.analysis.firing._rates import intervals
from excitable.analysis.firing._steady import rate_unit, steady_rate, value_of
from excitable.errors import ParameterError

if TYPE_CHECKING:
    from excitable.analysis.firing._fi_curve import FICurve

_HALVINGS = 200


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
        return 1.0 / intervals(some.at(levels), tolerance=1e-10, threads=curve.threads).steady

    for _ in range(_HALVINGS if closed or formula is not None else 40):
        middle = 0.5 * (low + high)
        if np.all((middle == low) | (middle == high)):
            break
        under = rates(middle) < targets
        low, high = np.where(under, middle, low), np.where(under, high, middle)
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
