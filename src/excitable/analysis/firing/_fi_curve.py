"""Firing rate against input: `fi_curve`."""

from __future__ import annotations

import functools
import warnings
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.firing._closed import closed_period
from excitable.analysis.firing._lanes import Lanes, check_input, levels_of
from excitable.analysis.firing._lanes import lanes as lanes_of
from excitable.analysis.firing._rates import TOLERANCE, Intervals, carried, intervals
from excitable.analysis.firing._rheobase import Rheobase, rheobase
from excitable.analysis.firing._steady import rate_unit, steady_rate, value_of
from excitable.analysis.firing._sweep import Sweep
from excitable.errors import ExcitableWarning, ParameterError, UnknownNameError
from excitable.model import Model
from excitable.simulation._arguments import check_input_names

START = ("step", "up", "down")


@dataclass(frozen=True, eq=False)
class FICurve:
    """Firing rate of a neuron against a constant input.

    Parameters
    ----------
    I : Quantity, shape (levels,)
        Values of the input.
    rate : Quantity [1/time], shape (levels,) or (levels, neurons)
        Steady rate, from intervals that have stopped changing. A plain number for rate units whose
        rate is one.
    onset_rate : Quantity [1/time], same shape
        One over the first interval after a step from rest.
    settled : ndarray of bool, same shape
        Whether the steady interval was reached; elsewhere `rate` is a mean (irregular firing).
    method : str
        `"closed form"` (with noise: Siegert's), `"quadrature"`, or the scheme of the runs.
    model : Model
        The model.
    input : str
        The input.
    start : str
        `"step"` from rest, or slow ramps `"up"` or `"down"`.
    lanes : Lanes
        The model once for every input (and neuron), in bare numbers.
    threads : int, optional
        For runs that are made later.

    Examples
    --------
    >>> import excitable as ex
    >>> curve = ex.fi_curve(ex.LIF, I=ex.sweep("0 pA", "500 pA", n=6))
    >>> curve
    FICurve(LIF: 6 values of I from 0 pA to 500 pA, 0 to 109.5 Hz, closed form)
    """

    I: Any
    rate: Any
    onset_rate: Any
    settled: np.ndarray
    method: str
    model: Model
    input: str
    start: str
    lanes: Lanes = field(repr=False)
    threads: int | None = field(default=None, repr=False)

    @property
    def rheobase(self) -> Any:
        """Least step from rest that makes the neuron fire for ever, a quantity."""
        return self.onset.value

    @functools.cached_property
    def onset(self) -> Rheobase:
        """The rheobase with criterion, tolerance and method."""
        fixed: dict[str, Any] = {
            name: units.attach(float(value[0]), self._unit(name))
            for name, value in self.lanes.others.items()
        }
        return rheobase(self.model, "repetitive", input=self.input, threads=self.threads, **fixed)

    def _unit(self, name: str) -> str:
        return units.default_unit(self.model.inputs[name].dimension)

    def inverse(self, rate: Any) -> Any:
        """Return the input at which the neuron fires at a given steady rate.

        Parameters
        ----------
        rate : Quantity [1/time] or str, scalar or shape (k,)
            Rates above 0 and below the greatest of the curve's model.

        Returns
        -------
        Quantity, same shape
            Inputs.

        Raises
        ------
        ParameterError
            If no input within the curve (or, for a closed form, none at all) gives that rate.

        Notes
        -----
        Found by bisection on the rate itself (closed form or runs), not by interpolation; the rate
        is taken to rise with the input between the two points of the curve that bracket it.

        Examples
        --------
        >>> import excitable as ex
        >>> curve = ex.fi_curve(ex.LIF, "200 pA")
        >>> print(curve.inverse("50 Hz").round(6))
        252.767663 pA
        """
        from excitable.analysis.firing._inverse import inverse

        return inverse(self, rate)

    def sensitivity(self, parameter: str) -> Any:
        """Return the derivative of the steady rate by a parameter at every input.

        Parameters
        ----------
        parameter : str
            A parameter of the model, or the input.

        Returns
        -------
        Quantity, shape as `rate`
            0 where the neuron is silent.

        Raises
        ------
        UnknownNameError
            If there is no such parameter.

        Notes
        -----
        By symbolic differentiation where the rate has a closed form; otherwise by central
        differences of runs at a relative distance of 1e-4.

        Examples
        --------
        >>> import excitable as ex
        >>> slope = ex.fi_curve(ex.LIF, "200 pA").sensitivity("t_ref")
        >>> bool(slope[0] < 0)
        True
        """
        from excitable.analysis.firing._sensitivity import sensitivity

        return sensitivity(self, parameter)

    @property
    def cv(self) -> np.ndarray | None:
        """Coefficient of variation of the intervals, shape as `rate`, for a neuron in noise.

        In closed form (Brunel 2000, appendix A); None without noise or without a closed form.
        """
        from excitable.analysis.firing._noise import variations

        found = variations(self.lanes)
        return None if found is None else found.reshape(np.shape(self.rate))

    def plot(self, *others: FICurve, **options: Any) -> Any:
        """Draw the curve, and others beside it: see `excitable.plotting.plot_fi_curve`."""
        from excitable import _products

        return _products.plot_fi_curve(self, *others, **options)

    def __repr__(self) -> str:
        rates, unit = self.rate.magnitude, units.unit_text(self.rate)
        return (
            f"FICurve({self.model.name}: {self.I.size} values of {self.input} from "
            f"{self.I.min():.4g~P} to {self.I.max():.4g~P}, "
            f"{f'{np.min(rates):.4g} to {np.max(rates):.4g} {unit}'.rstrip()}, {self.method})"
        )


def fi_curve(
    model: Model, I: Any = None, *, input: str = "I",
    start: str = "step", tolerance: float = TOLERANCE, threads: int | None = None, **others: Any,
) -> FICurve:  # fmt: skip
    """Return how fast a neuron fires under constant input.

    Parameters
    ----------
    model : Model
        One neuron, or several where parameters are arrays.
    I : Quantity, str or array, or Sweep
        Values of the input. ``ex.sweep(0*pA, 500*pA)`` without a number of points places them
        where the curve bends, and resolves its onset.
    input : str
        Name of the input that is varied.
    start : str
        `"step"`: each value is stepped to from rest. `"up"`, `"down"`: slow ramps from the lowest
        or the highest value, which tell bistable neurons by their difference.
    tolerance : float
        Relative error of steady intervals that are simulated.
    threads : int, optional
        As in `simulate`.
    **others : Quantity or str
        Constant values of other inputs.

    Returns
    -------
    FICurve
        `.rate` (steady) and `.onset_rate`, `.rheobase`, `.inverse()`, `.sensitivity()`, `.plot()`.

    Raises
    ------
    ModelError
        If the model does not spike, or carries noise without a closed form.
    UnknownNameError, UnitError, ParameterError
        If the input is not one of the model's, or its values are no row of finite numbers.

    Warns
    -----
    ExcitableWarning
        If intervals keep changing at some values (irregular firing): the rate there is a mean.

    Notes
    -----
    Rate units: the rate they tend to, in closed form. One state, linear or quadratic between
    spikes: in closed form (with additive noise: Siegert's
    formula); others of one state by quadrature. Linear with several states: simulated exactly, then
    the interval is the root of the map from spike to spike. Others: all values in one run, for as
    long as intervals change; large sustained oscillations that miss the spike condition count,
    decaying ones do not.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import pA
    >>> curve = ex.fi_curve(ex.LIF, I=[100, 200, 400]*pA)
    >>> print(curve.rate.round(3))
    [0.0 33.641 87.719] Hz
    >>> print(curve.rheobase)
    150.0 pA
    """
    check_input(model, input, owner="fi_curve")
    check_input_names(model, others, owner="fi_curve")
    if I is None:
        raise ParameterError(
            "no values of the input", "values are expected",
            f"Write fi_curve({model.name}, I=ex.sweep(...))", owner="fi_curve", name=input,
        )  # fmt: skip
    if start not in START:
        raise ParameterError(
            f"{start!r} is no way to start", 'one of "step", "up", "down" is expected',
            'Write start="step"', owner="fi_curve", name="start",
        )  # fmt: skip
    if isinstance(I, Sweep):
        levels = I.levels(model, input, tolerance=tolerance, threads=threads, others=others)
    else:
        levels = levels_of(model, I, input, owner="fi_curve")
    some = lanes_of(model, levels, input, others, owner="fi_curve")
    shape = (levels.size,) if model.size is None else (levels.size, model.size)
    unit = units.default_unit(model.inputs[input].dimension)
    steady = steady_rate(model)
    if steady is not None:
        rate = units.attach(value_of(steady, some).reshape(shape), rate_unit(model))
        return FICurve(
            I=units.attach(levels, unit), rate=rate, onset_rate=rate,
            settled=np.ones(shape, bool), method="closed form",
            model=model, input=input, start=start, lanes=some, threads=threads,
        )  # fmt: skip
    begin = None if start == "step" else carried(some, start, threads=threads)
    found = intervals(some, tolerance=tolerance, threads=threads, start=begin)
    _warn(some, found)
    return FICurve(
        I=units.attach(levels, unit),
        rate=_rates(found.steady, shape),
        onset_rate=_rates(found.first, shape),
        settled=found.settled.reshape(shape),
        method=found.method,
        model=model, input=input, start=start,
        lanes=some, threads=threads,
    )  # fmt: skip


def _rates(interval: np.ndarray, shape: tuple[int, ...]) -> Any:
    with np.errstate(divide="ignore"):
        return units.attach((1.0 / interval).reshape(shape), "Hz")


def _warn(some: Lanes, found: Intervals) -> None:
    irregular = ~found.settled & np.isfinite(found.steady)
    if irregular.any():
        unit = units.default_unit(some.model.inputs[some.input].dimension)
        first = f"{some.levels[irregular][0]:.4g} {unit}".rstrip()
        count = int(irregular.sum())
        warnings.warn(
            f"{some.model.name}: intervals keep changing at {count} "
            f"value{'s' if count > 1 else ''} of {some.input}, the first {first}; the rate "
            "there is a mean over the last stretch, as .settled says.",
            ExcitableWarning,
            stacklevel=3,
        )


def known_name(curve: FICurve, name: str) -> None:
    """Refuse a name that is neither a parameter nor the input of a curve."""
    if name in curve.model.parameters or name == curve.input:
        return
    listed = ", ".join(curve.model.parameters)
    raise UnknownNameError(
        f"{name!r} is no parameter of {curve.model.name}",
        f"its parameters: {listed}",
        "Write one of them, or the input",
        owner="sensitivity",
        name="parameter",
    )


def has_closed_form(curve: FICurve) -> bool:
    """Whether the rate is a formula."""
    return curve.start == "step" and closed_period(curve.model.system) is not None
