"""The function that strips units: everything inside holds bare floats."""

from __future__ import annotations

import numbers
from functools import lru_cache
from typing import Any, NoReturn

import numpy as np

from excitable.errors import UnitError
from excitable.units._dimension import Dimension
from excitable.units._display import default_unit, in_python
from excitable.units._foreign import is_quantity, quantity_size, shown
from excitable.units._parse import parse
from excitable.units._size import Size, known_size


def strip(value: object, dimension: Dimension, owner: str = "") -> float | np.ndarray:
    """Return the bare number, in the internal set, of a value that must have a dimension.

    Parameters
    ----------
    value : pint.Quantity, str, float, or array or list of these
        A quantity of any pint registry, or text such as ``"20 ms"``; a bare number or array
        only where `dimension` is dimensionless.
    dimension : Dimension
        The dimension that the value must have.
    owner : str
        What the value belongs to, for messages: ``"LIF.tau_m"``.

    Returns
    -------
    float or ndarray
        A float for one number, else a new float64 array of the shape given.

    Raises
    ------
    UnitError
        The unit is missing, unknown, or of another dimension.

    Notes
    -----
    NaN and infinite values pass: whether a value makes sense is decided by its owner.

    Examples
    --------
    >>> from excitable.units import TIME
    >>> strip("0.02 second", TIME, "LIF.tau_m")
    20.0
    """
    if isinstance(value, str):
        return _strip_text(value, dimension, owner)
    if is_quantity(value):
        size, quantity = quantity_size(value)
        if size.dimension != dimension:
            _wrong_dimension(shown(value), size.dimension, dimension, owner)
        return _converted(quantity.magnitude, size, owner)
    if isinstance(value, numbers.Real) and not isinstance(value, bool | np.bool_):
        if dimension.is_dimensionless:
            return float(value)
        _no_unit(value, dimension, owner)
    return _strip_array(value, dimension, owner)


@lru_cache(maxsize=1024)
def _strip_scalar_text(text: str) -> tuple[float | np.ndarray, Dimension]:
    parsed = parse(text)
    size = known_size(parsed.powers)
    value = np.array(parsed.value) if isinstance(parsed.value, tuple) else parsed.value
    return value * size.multiplier / size.divisor, size.dimension


def _strip_text(text: str, dimension: Dimension, owner: str) -> float | np.ndarray:
    try:
        value, found = _strip_scalar_text(text)
    except UnitError as error:
        error.owner = owner
        raise
    if found != dimension:
        if found.is_dimensionless and isinstance(value, float):
            _no_unit(value, dimension, owner, text=True)
        _wrong_dimension(text.strip()[:40], found, dimension, owner)
    return value.copy() if isinstance(value, np.ndarray) else value


def _strip_array(value: object, dimension: Dimension, owner: str) -> float | np.ndarray:
    if not isinstance(value, list | tuple):
        array = np.asarray(value)
    else:
        items = list(value)
        if any(isinstance(i, str | list | tuple | np.ndarray) or is_quantity(i) for i in items):
            return _stacked([strip(item, dimension, owner) for item in items], owner)
        array = np.asarray(items)
    if array.dtype.kind in "OU" and array.size and array.ndim:
        return _stacked([strip(item, dimension, owner) for item in array], owner)
    if array.dtype.kind not in "iuf":
        raise UnitError(
            f"{shown(value)} is not a number",
            f"{dimension.phrase} is expected",
            f"Write {_example(dimension, 20)}",
            owner=owner,
        )
    if not dimension.is_dimensionless:
        unit = in_python(default_unit(dimension))
        raise UnitError(
            "an array of bare numbers has no unit",
            f"{dimension.phrase} is expected",
            f"Write {_times('values', unit)}",
            owner=owner,
        )
    return float(array) if array.ndim == 0 else array.astype(np.float64)


def _stacked(parts: list[float | np.ndarray], owner: str) -> np.ndarray:
    shapes = {np.shape(part) for part in parts}
    if len(shapes) > 1:
        raise UnitError(
            f"a list whose elements have the shapes {sorted(shapes)}",
            "all elements of a list must have the same shape",
            "Write one number per neuron",
            owner=owner,
        )
    return np.array(parts, dtype=np.float64)


def _converted(magnitude: Any, size: Size, owner: str) -> float | np.ndarray:
    if isinstance(magnitude, np.ndarray) and magnitude.ndim:
        if magnitude.dtype.kind not in "iuf":
            _not_real(magnitude, owner)
        return magnitude * np.float64(size.multiplier) / size.divisor
    try:
        return float(magnitude) * size.multiplier / size.divisor
    except TypeError:
        _not_real(magnitude, owner)


def _not_real(magnitude: object, owner: str) -> NoReturn:
    raise UnitError(
        f"{shown(magnitude)} is not a real number",
        "a quantity must hold a number or an array of numbers",
        "Write 20*ms or [10, 20]*ms",
        owner=owner,
    )


def _times(value: str, unit: str) -> str:
    """Write a product in Python: "20*ms", "20/ms"."""
    if unit.startswith("1/"):
        return value + unit[1:]
    return f"{value}*{unit}" if unit else value


def _example(dimension: Dimension, value: object) -> str:
    return _times(shown(value), in_python(default_unit(dimension)))


def _no_unit(value: object, dimension: Dimension, owner: str, *, text: bool = False) -> NoReturn:
    unit = default_unit(dimension)
    write = f'"{shown(value)} {unit}"' if text else _example(dimension, value)
    raise UnitError(
        f"{shown(value)} has no unit",
        f"{dimension.phrase} is expected",
        f"Write {write}",
        owner=owner,
    )


def _wrong_dimension(shown: str, found: Dimension, expected: Dimension, owner: str) -> NoReturn:
    unit = default_unit(expected)
    write = f"Write a value in {unit}, such as {_times('20', in_python(unit))}"
    raise UnitError(
        f"{shown} is {found.phrase}",
        f"{expected.phrase} is expected",
        write if unit else "Write a number without unit, such as 0.5",
        owner=owner,
    )
