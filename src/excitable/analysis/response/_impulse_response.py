"""Impulse response of a neuron: `impulse_response`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.firing._linear_map import flows
from excitable.analysis.response._operating_point import OperatingPoint, operating_point
from excitable.errors import ParameterError
from excitable.model import Model

_LENGTH = 8.0  # of the slowest time constant, where no times are given
_SAMPLES = 801


@dataclass(frozen=True, eq=False)
class ImpulseResponse:
    """What a short input of unit area does to an output.

    Parameters
    ----------
    t : Quantity [time], shape (n,)
        Times after the impulse.
    value : Quantity, shape (n,)
        Output per area of the input: for a potential and a current, GOhm/ms, which is mV/fC.
    point : OperatingPoint
        Where the neuron sits.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import ms
    >>> print(ex.impulse_response(ex.LIF, t=[0, 20]*ms).value.round(6))
    [0.005 0.001839] GOhm/ms
    """

    t: Any
    value: Any
    point: OperatingPoint = field(repr=False)

    def plot(self, *others: ImpulseResponse, **options: Any) -> Any:
        """Draw it: see `excitable.plotting.plot_impulse_response`."""
        from excitable import _products

        return _products.plot_impulse_response(self, *others, **options)


def impulse_response(
    model: Model, *, t: Any = None, at: Any = None, input: str = "I",
    output: str | None = None, **others: Any,
) -> ImpulseResponse:  # fmt: skip
    """Return what a short input of unit area does, for small deviations.

    Parameters
    ----------
    model : Model
        One neuron, or a chain of linear stages.
    t : Quantity [time], shape (n,), optional
        Times after the impulse, not negative; eight of the slowest time constants if not given.
    at : Quantity or str, optional
        Constant input at which the neuron sits; zero if not given.
    input, output : str
        What is struck and what is looked at; the first state if no output is given.
    **others : Quantity or str
        Constant values of other inputs.

    Returns
    -------
    ImpulseResponse
        ``c exp(J t) b``, exact for linear models.

    Raises
    ------
    ParameterError
        If a time is negative.
    SimulationError
        If the neuron does not rest under `at`.

    Examples
    --------
    >>> import excitable as ex
    >>> response = ex.impulse_response(ex.HodgkinHuxley)
    >>> bool(response.value.magnitude.min() < 0)  # it rings
    True
    """
    point = operating_point(model, at, input, output, others, owner="impulse_response")
    if t is None:
        times = np.linspace(0.0, _LENGTH * point.slowest, _SAMPLES)
    else:
        times = np.atleast_1d(units.strip(t, units.TIME, "impulse_response.t"))
        if times.ndim != 1 or times.size == 0:
            raise ParameterError(
                f"an array of shape {times.shape}", "one time or a row of times is expected",
                "Write [0, 1, 5]*ms", owner="impulse_response", name="t",
            )  # fmt: skip
        if not (np.isfinite(times) & (times >= 0.0)).all():
            raise ParameterError(
                "times before the impulse, or not finite", "times from 0 on are expected",
                "Write [0, 1, 5]*ms", owner="impulse_response", name="t",
            )  # fmt: skip
    value = flows(point.J * times[:, None, None]) @ point.b @ point.c
    dimensions = model.dimensions
    unit = units.default_unit(dimensions[point.output] / (dimensions[input] * units.TIME))
    return ImpulseResponse(units.attach(times, "ms"), units.attach(value, unit), point)
