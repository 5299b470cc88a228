"""Functions of several drives at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from excitable.activation._argument import bare
from excitable.errors import ParameterError


def softmax(z: Any, axis: int = -1) -> np.ndarray:
    """Return shares that sum to one, in the ratio of the exponentials of the drives.

    Parameters
    ----------
    z : array_like
        Drives.
    axis : int
        The axis along which the shares sum to one.

    Returns
    -------
    ndarray
        Shares between 0 and 1, in the shape of `z`.

    Raises
    ------
    UnitError
        If the drives carry a unit.
    ParameterError
        If one is NaN, or there is no such axis.

    Notes
    -----
    The greatest drive is subtracted first, so that no exponential overflows. Infinite drives
    share what there is equally.

    Examples
    --------
    >>> softmax([1000.0, 0.0])
    array([1., 0.])
    """
    drive = _vector(z, axis, "softmax")
    peak = drive.max(axis=axis, keepdims=True)
    with np.errstate(over="ignore", invalid="ignore"):
        # Infinity less itself is 0 here: the greatest drives count alike.
        share = np.exp(np.where(drive == peak, 0.0, drive - peak))
    return share / share.sum(axis=axis, keepdims=True)


def one_hot(z: Any, axis: int = -1) -> np.ndarray:
    """Return 1 at the greatest drive and 0 elsewhere.

    Parameters
    ----------
    z : array_like
        Drives.
    axis : int
        The axis along which one drive wins.

    Returns
    -------
    ndarray
        Ones and zeros, in the shape of `z`.

    Raises
    ------
    UnitError
        If the drives carry a unit.
    ParameterError
        If one is NaN, or there is no such axis.

    Notes
    -----
    Of equal greatest drives the first one wins.

    Examples
    --------
    >>> one_hot([0.2, 0.7, 0.7])
    array([0., 1., 0.])
    """
    drive = _vector(z, axis, "one_hot")
    first = np.expand_dims(np.argmax(drive, axis=axis), axis)
    found = np.zeros_like(drive)
    np.put_along_axis(found, first, 1.0, axis)
    return found


def _vector(z: Any, axis: int, owner: str) -> np.ndarray:
    drive = np.atleast_1d(bare(z, f"{owner}.z"))
    if not isinstance(axis, int) or not -drive.ndim <= axis < drive.ndim:
        found = f"axis {axis!r:.20} of an array of {drive.ndim} axes"
        raise ParameterError(found, "an axis of the array is expected", "Write axis=-1",
                             owner=owner, name="axis")  # fmt: skip
    if drive.shape[axis] == 0:
        found, expected = "no drives", "at least one is expected"
        raise ParameterError(found, expected, f"Write {owner}([0.2, 0.7])", owner=owner)
    return drive
