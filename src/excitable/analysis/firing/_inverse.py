"""The input that makes a neuron fire at a given rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis.firing._rates import intervals
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
    wanted = units.strip(rate, units.dimension("1/ms"), "inverse.rate")
    targets = np.atleast_1d(np.asarray(wanted, float))
    if not (np.isfinite(targets) & (targets > 0.0)).all():
        raise ParameterError(
            f"{rate} is no rate to look for", "rates above 0 are expected",
            'Write inverse("20 Hz"); below the rheobase every input gives 0',
            owner="inverse", name="rate",
        )  # fmt: skip
    closed = has_closed_form(curve)
    low, high = _brackets(curve, targets, open_ended=closed)
    some = curve.lanes.take(np.zeros(targets.size, np.int64))

    def rates(levels: np.ndarray) -> np.ndarray:
        return 1.0 / intervals(some.at(levels), tolerance=1e-10, threads=curve.threads).steady

    for _ in range(_HALVINGS if closed else 40):
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
    rates = units.strip(curve.rate, units.dimension("1/ms"), "rate")
    levels, rates = np.atleast_1d(levels), np.atleast_1d(rates)
    order = np.argsort(levels)
    levels, rates = levels[order], rates[order]
    if open_ended:
        return _open_brackets(curve, targets, levels)
    low, high = np.empty_like(targets), np.empty_like(targets)
    for k, target in enumerate(targets):
        above = np.flatnonzero(rates >= target)
        if above.size == 0 or above[0] == 0:
            _refuse(target, rates)
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
        _refuse(float(targets.max()), np.array([rate(high)]))
    for _ in range(60):
        if rate(low) <= targets.min():
            break
        low -= span
        span *= 2.0
    return np.full_like(targets, low), np.full_like(targets, high)


def _refuse(target: float, rates: np.ndarray) -> None:
    raise ParameterError(
        f"no input of the curve gives {target * 1e3:.6g} Hz",
        f"its rates go from {rates.min() * 1e3:.4g} to {rates.max() * 1e3:.4g} Hz",
        "Take the curve over a wider range, with its silent part",
        owner="inverse",
        name="rate",
    )
