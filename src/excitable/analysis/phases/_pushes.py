"""Pushes of a neuron: what they are, what they gave, and how they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis._names import check_pushed
from excitable.analysis.phases._direct import Push
from excitable.errors import ParameterError
from excitable.model import Model

_PHASES = 20
WIDTH = 1e-4  # of a pulse, in periods
_AREAS = {"pA": "fC", "uA/cm2": "nC/cm2", "mV/ms": "mV"}


@dataclass(frozen=True, eq=False)
class DirectResponse:
    """How a simulated neuron answered pushes of one size: made by `PhaseResponse.direct`.

    Parameters
    ----------
    phase : ndarray, shape (phases,)
        When it was pushed.
    advance : Quantity [time], shape (phases,)
        How much earlier it fires from then on; negative for a delay.
    response : Quantity, shape (phases,)
        Advance over size.
    normalised : Quantity, shape (phases,)
        The same as a share of the period.
    of : str
        The state that jumped, or the input that was pulsed.
    size : Quantity
        Of the jump, or the area of the pulse.
    width : Quantity [time] or None
        Of the pulse.
    periods : int
        After how many periods it was looked at.

    Examples
    --------
    >>> import excitable as ex
    >>> ex.phase_response(ex.LIF, I="300 pA").direct("1 mV").of
    'v'
    """

    phase: np.ndarray
    advance: Any
    response: Any
    normalised: Any
    of: str
    size: Any
    width: Any
    periods: int

    def __repr__(self) -> str:
        how = "a jump" if self.width is None else "a pulse"
        return (
            f"<DirectResponse to {how} of {self.size:.4g~P} in {self.of} at {self.phase.size} "
            f"phases, {self.periods} periods later>"
        )


def push_of(model: Model, period: float, size: Any, name: str, width: Any) -> Push:
    """Read what is to be done to a neuron.

    Parameters
    ----------
    model : Model
        The neuron.
    period : float
        Of its cycle, in ms.
    size, name, width
        As the user wrote them.

    Returns
    -------
    Push
        In internal units.
    """
    owner = "direct"
    check_pushed(model, name, owner=owner, argument="of")
    dimension = model.dimensions[name]
    pulsed = name in model.inputs
    bare = one_value(size, dimension * units.TIME if pulsed else dimension, f"{owner}.size")
    if bare == 0.0:
        raise ParameterError(
            "a push of 0", "a size other than 0 is expected", 'Write size="1 mV"',
            owner=owner, name="size",
        )  # fmt: skip
    if not pulsed and width is not None:
        raise ParameterError(
            "width= was given", f"{name} is a state, and jumps at once",
            "Leave it out, or push an input", owner=owner, name="width",
        )  # fmt: skip
    if not pulsed:
        return Push(name, bare, 0.0)
    wide = WIDTH * period
    wide = wide if width is None else one_value(width, units.TIME, f"{owner}.width")
    if not 0.0 < wide < 0.5 * period:
        raise ParameterError(
            f"a pulse of {wide:g} ms", "a part of the period, above 0, is expected",
            f"Write width={0.01 * period:.2g}*ms", owner=owner, name="width",
        )  # fmt: skip
    return Push(name, bare, wide)


def size_unit(model: Model, name: str) -> str:
    """Return the unit of a jump of a state, or of the area of a pulse of an input."""
    unit = units.default_unit(model.dimensions[name])
    if name in model.states:
        return unit
    return _AREAS.get(unit, f"{unit}*ms" if unit else "ms")


def response_unit(model: Model, name: str, *, share: bool = False) -> str:
    """Return the unit of a response: of an advance, or of a share of the period, over a size."""
    size = size_unit(model, name)
    if share:
        return f"1/({size})" if size else ""
    return f"ms/({size})" if size else "ms"


def one_value(value: Any, dimension: units.Dimension, owner: str) -> float:
    bare = units.strip(value, dimension, owner)
    if np.ndim(bare) or not np.isfinite(bare):
        raise ParameterError(
            f"{np.size(bare)} values" if np.ndim(bare) else f"{float(bare)}",
            "one finite value is expected", "Write a call for each value", owner=owner,
        )  # fmt: skip
    return float(bare)


def read_phases(value: Any, owner: str) -> np.ndarray:
    bare = np.atleast_1d(np.asarray(units.strip(value, units.DIMENSIONLESS, f"{owner}.phases")))
    if bare.ndim != 1 or not bare.size or not np.isfinite(bare).all():
        raise ParameterError(
            f"phases of shape {np.shape(value)}", "finite numbers in a row are expected",
            "Write [0, 0.25, 0.5, 0.75]", owner=owner, name="phases",
        )  # fmt: skip
    return bare.astype(float)


def count_of(phases: int | None) -> int:
    count = _PHASES if phases is None else phases
    if count < 1:
        raise ParameterError(
            f"{count} phases", "one or more are expected", "Write phases=20",
            owner="direct", name="phases",
        )  # fmt: skip
    return count


def turns_of(periods: Any) -> int:
    if isinstance(periods, bool) or not isinstance(periods, int) or periods < 1:
        raise ParameterError(
            f"{periods!r} periods", "a whole number from 1 on is expected", "Leave periods= out",
            owner="direct", name="periods",
        )  # fmt: skip
    return periods
