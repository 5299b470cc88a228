"""A range of values, evenly spaced or placed where a curve needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.firing._lanes import lanes
from excitable.analysis.firing._rates import intervals
from excitable.analysis.firing._steady import steady_rate, value_of
from excitable.errors import ParameterError, UnitError
from excitable.model import Model

_COARSE = 33
_ROUNDS = 4
_MOST = 400
_BEND = 0.004  # of the greatest rate: how far a chord may lie from the curve
_ONSET = 1e-6  # of the range: how closely the first firing value is bracketed


@dataclass(frozen=True)
class Sweep:
    """A range of values whose points a curve places itself.

    Parameters
    ----------
    start, stop : Quantity or str
        Ends of the range.

    Examples
    --------
    >>> Sweep("0 pA", "500 pA")
    Sweep(start='0 pA', stop='500 pA')
    """

    start: Any
    stop: Any

    def levels(
        self, model: Model, name: str, *, tolerance: float, threads: int | None,
        others: Mapping[str, Any],
    ) -> np.ndarray:  # fmt: skip
        """Return values of an input that show its curve: its onset, its bends, its jumps.

        Parameters
        ----------
        model : Model
            The neuron.
        name : str
            The input.
        tolerance : float
            Of the intervals.
        threads : int, optional
            As in `simulate`.
        others : mapping of str to Quantity
            Other inputs.

        Returns
        -------
        ndarray
            Ascending, in internal units.
        """
        dimension = model.inputs[name].dimension
        low, high = (float(units.strip(v, dimension, "sweep")) for v in (self.start, self.stop))

        formula = steady_rate(model)

        def rates(levels: np.ndarray) -> np.ndarray:
            some = lanes(model, levels, name, others, owner="fi_curve")
            if formula is not None:
                return value_of(formula, some).reshape(levels.size, -1)
            steady = intervals(some, tolerance=max(tolerance, 1e-4), threads=threads).steady
            return (1.0 / steady).reshape(levels.size, -1)

        levels = np.linspace(low, high, _COARSE)
        found = rates(levels)
        for _ in range(_ROUNDS):
            new = _wanted(levels, found)
            if new.size == 0 or levels.size >= _MOST:
                break
            levels = np.concatenate([levels, new])
            found = np.concatenate([found, rates(new)])
            order = np.argsort(levels)
            levels, found = levels[order], found[order]
        return levels


def _wanted(levels: np.ndarray, rates: np.ndarray) -> np.ndarray:
    """Return points to add: towards every onset geometrically, and where the curve bends."""
    firing = np.any(rates > 0.0, axis=1)
    gap = np.diff(levels)
    new: list[np.ndarray] = []
    for k in np.flatnonzero(firing[1:] != firing[:-1]):
        if gap[k] > _ONSET * np.ptp(levels):
            inside = levels[k] + gap[k] * np.arange(1, 9) / 9.0
            new.append(inside)
    top = rates.max(initial=0.0)
    if top > 0.0:
        chord = (
            rates[:-2]
            + (rates[2:] - rates[:-2])
            * ((levels[1:-1] - levels[:-2]) / (levels[2:] - levels[:-2]))[:, None]
        )
        bent = np.abs(rates[1:-1] - chord).max(axis=1) > _BEND * top
        for k in np.flatnonzero(bent):
            new += [levels[k : k + 1] + 0.5 * gap[k], levels[k + 1 : k + 2] + 0.5 * gap[k + 1]]
    return np.setdiff1d(np.concatenate(new), levels) if new else np.empty(0)


def sweep(start: Any, stop: Any, n: int | None = None) -> Any:
    """Return values from one to another.

    Parameters
    ----------
    start, stop : Quantity or str
        Ends of the range, both included.
    n : int, optional
        How many, evenly spaced; left to the curve that takes the sweep if not given.

    Returns
    -------
    Quantity, shape (n,), or Sweep
        The values, or a range whose points are placed where a curve bends.

    Raises
    ------
    UnitError
        If the ends have different units.
    ParameterError
        If n is no number of two or more, or the ends are equal or not finite.

    Examples
    --------
    >>> print(sweep("0 pA", "1 nA", n=3))
    [0.0 500.0 1000.0] pA
    """
    ends = [units.parse_quantity(v) if isinstance(v, str) else v for v in (start, stop)]
    dimensions = [units.dimension(v) if hasattr(v, "magnitude") else units.DIMENSIONLESS
                  for v in ends]  # fmt: skip
    if dimensions[0] != dimensions[1]:
        raise UnitError(
            f"{start} to {stop}", "two ends of one unit are expected",
            "Write sweep(0*pA, 500*pA)", owner="sweep",
        )  # fmt: skip
    low, high = (float(units.strip(v, dimensions[0], "sweep")) for v in ends)
    if not np.isfinite([low, high]).all() or low == high:
        raise ParameterError(
            f"{start} to {stop}", "two different, finite ends are expected",
            "Write sweep(0*pA, 500*pA)", owner="sweep",
        )  # fmt: skip
    if n is None:
        return Sweep(start, stop)
    if isinstance(n, bool) or int(n) != n or n < 2:
        raise ParameterError(
            f"{n!r} points", "a whole number of two or more is expected", "Write n=51",
            owner="sweep", name="n",
        )  # fmt: skip
    values = np.linspace(low, high, int(n))
    if dimensions[0].is_dimensionless:
        return values
    return units.attach(values, units.default_unit(dimensions[0]))
