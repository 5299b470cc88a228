"""The declared quantities of a model: parameters, states and inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from excitable import units
from excitable.errors import ModelError, ParameterError, UnitError
from excitable.model._names import what
from excitable.model._values import Value, short_text, split_value, stripped, value_key

if TYPE_CHECKING:
    from excitable.units import Dimension

Declared = TypeVar("Declared", bound="Parameter | State")


@dataclass(frozen=True, slots=True, init=False, eq=False, repr=False)
class Parameter:
    """A constant of a model: its value, unit, bounds and meaning.

    Parameters
    ----------
    value : Quantity, str or float, scalar or shape (n,)
        For example ``20*ms`` or ``"20 ms"``; a bare number only where there is no unit. An
        array means one neuron per element.
    description : str
        What it is, in a few words.
    low, high : Quantity, str or float, optional
        The least and the greatest value allowed.
    above, below : Quantity, str or float, optional
        Bounds that are not themselves allowed: a time constant is ``above=0*ms``.
    advice : str
        What to do when a value is out of bounds, where there is something better to say than
        to choose another value.

    Raises
    ------
    UnitError
        If a value has no unit that is known, or a bound is of another dimension.
    ParameterError
        If the value is not finite, not a number or flat array, or out of its bounds.

    Notes
    -----
    `value` is kept as a bare number in the internal set (ms, mV, pA) and the bounds likewise;
    `unit` is the unit that it is shown in.

    Examples
    --------
    >>> from excitable.units import ms
    >>> tau_m = Parameter(20*ms, "membrane time constant", above=0*ms)
    >>> tau_m.value, tau_m.unit, str(tau_m.dimension)
    (20.0, 'ms', 'time')
    """

    value: Value
    dimension: Dimension
    unit: str
    description: str
    low: float | None
    high: float | None
    above: float | None
    below: float | None
    advice: str

    def __init__(
        self,
        value: Any,
        description: str = "",
        *,
        low: Any = None,
        high: Any = None,
        above: Any = None,
        below: Any = None,
        advice: str = "",
    ) -> None:
        _declare(self, value, description)
        for name, bound in (("low", low), ("high", high), ("above", above), ("below", below)):
            stripped = None if bound is None else _bound(bound, self.dimension, name)
            object.__setattr__(self, name, stripped)
        object.__setattr__(self, "advice", _words(advice, "Parameter.advice"))
        check_value(self, "Parameter")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parameter) and _key(self) == _key(other)

    def __hash__(self) -> int:
        return hash(_key(self))

    def __repr__(self) -> str:
        return _show(self)

    @property
    def shown(self) -> str:
        """The value with its unit, for reading: ``"20 ms"``."""
        return short_text(self.value, self.unit)


@dataclass(frozen=True, slots=True, init=False, eq=False, repr=False)
class State:
    """A variable of a model: the value it starts from and its meaning.

    Parameters
    ----------
    value : Quantity, str or float, scalar or shape (n,)
        Where the search for the resting state begins.
    description : str
        What it is, in a few words.

    Raises
    ------
    UnitError
        If the value has no unit that is known.
    ParameterError
        If the value is not finite, or not a number or flat array.

    Examples
    --------
    >>> State("-65 mV", "membrane potential").value
    -65.0
    """

    value: Value
    dimension: Dimension
    unit: str
    description: str

    def __init__(self, value: Any, description: str = "") -> None:
        _declare(self, value, description)
        check_value(self, "State")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, State) and _key(self) == _key(other)

    def __hash__(self) -> int:
        return hash(_key(self))

    def __repr__(self) -> str:
        return _show(self)

    @property
    def shown(self) -> str:
        """The value with its unit, for reading: ``"20 ms"``."""
        return short_text(self.value, self.unit)


@dataclass(frozen=True, slots=True, init=False)
class Input:
    """What drives a model from outside: its unit and meaning.

    Parameters
    ----------
    unit : Quantity or str
        One unit of it, such as ``pA`` or ``"uA/cm2"``, or ``"1"`` for a plain number, which is
        kept as ``""``; the values come from the run.
    description : str
        What it is, in a few words.

    Raises
    ------
    UnitError
        If the unit is not known.

    Examples
    --------
    >>> Input("pA", "injected current").unit
    'pA'
    """

    unit: str
    dimension: Dimension
    description: str

    def __init__(self, unit: Any, description: str = "") -> None:
        if not isinstance(unit, str) and not units.is_quantity(unit):
            found = f"the unit is {what(unit)}"
            raise UnitError(found, "a unit is expected", 'Write pA or "pA"', owner="Input")
        text = unit.strip() if isinstance(unit, str) else units.unit_text(unit)
        try:
            object.__setattr__(self, "dimension", units.dimension(text))
        except UnitError as error:
            error.owner = "Input"
            raise
        # One spelling for a plain number, as parameters and states have it.
        object.__setattr__(self, "unit", "" if text in ("1", "dimensionless") else text)
        object.__setattr__(self, "description", _words(description, "Input.description"))


def changed(declared: Declared, value: Any, owner: str) -> Declared:
    """Return a copy with another value of the same dimension, checked."""
    copy = replaced(declared, stripped(value, declared.dimension, owner))
    check_value(copy, owner, f"Write a value such as {declared.shown}")
    return copy


def replaced(declared: Declared, number: Value) -> Declared:
    """Return a copy with another internal value that has been checked before."""
    copy = object.__new__(type(declared))
    for name in type(declared).__slots__:
        object.__setattr__(copy, name, getattr(declared, name))
    object.__setattr__(copy, "value", number)
    return copy


def check_value(declared: Parameter | State, owner: str, write: str = "") -> None:
    """Refuse a value that is not finite or is out of its bounds; say what to write instead."""
    value = declared.value
    finite = np.isfinite(value)
    if not finite.all():
        found = f"{_culprit(declared, finite)} is not finite"
        write = write or "Write a number"
        raise ParameterError(found, "a finite value is expected", write, owner=owner)
    if isinstance(declared, State):
        return
    for bound, word, inside in (
        (declared.above, "above", np.greater),
        (declared.low, "not below", np.greater_equal),
        (declared.below, "below", np.less),
        (declared.high, "not above", np.less_equal),
    ):
        if bound is not None and not np.all(right := inside(value, bound)):
            found = f"{_culprit(declared, right)} is out of bounds"
            expected = f"a value {word} {short_text(bound, declared.unit)} is expected"
            write = declared.advice or write or "Change the value or the bound"
            raise ParameterError(found, expected, write, owner=owner)


def _declare(self: Parameter | State, value: Any, description: str) -> None:
    owner = type(self).__name__
    number, dimension, unit = split_value(value, owner)
    object.__setattr__(self, "value", number)
    object.__setattr__(self, "dimension", dimension)
    object.__setattr__(self, "unit", unit)
    object.__setattr__(self, "description", _words(description, f"{owner}.description"))


def _bound(bound: Any, dimension: Dimension, name: str) -> float:
    number = stripped(bound, dimension, f"Parameter.{name}")
    if np.ndim(number) or not np.isfinite(number):
        found = "the bound is an array or not finite"
        write = f'Write {name}="0 {units.default_unit(dimension)}"'
        raise ParameterError(found, "one value is expected", write, owner=f"Parameter.{name}")
    return float(number)


def _words(text: object, owner: str) -> str:
    if not isinstance(text, str):
        found = f"the words are {what(text)}"
        raise ModelError(found, "text is expected", 'Write "..."', owner=owner)
    return text


def _culprit(declared: Parameter | State, right: Any) -> str:
    """Show the value at fault; of an array the first wrong element and its place."""
    if not isinstance(declared.value, np.ndarray):
        return short_text(declared.value, declared.unit)
    place = int(np.argmin(right))
    return f"element {place} ({short_text(float(declared.value[place]), declared.unit)})"


def _key(declared: Parameter | State) -> tuple[object, ...]:
    key = (value_key(declared.value), declared.dimension, declared.description)
    if isinstance(declared, State):
        return key
    return (*key, declared.low, declared.high, declared.above, declared.below, declared.advice)


def _show(declared: Parameter | State) -> str:
    words = f", {declared.description!r}" if declared.description else ""
    value = short_text(declared.value, declared.unit)
    return f"{type(declared).__name__}({value!r}{words})"
