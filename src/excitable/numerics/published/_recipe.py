"""What a recipe says of itself, and whole steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable.errors import ParameterError
from excitable.model import System

FloatArray = np.ndarray[Any, np.dtype[np.float64]]
IntArray = np.ndarray[Any, np.dtype[np.int64]]

# A time counts as whole steps within this share of a step.
WHOLE = 1e-6


@dataclass(frozen=True)
class Recipe:
    """A published way to simulate some models.

    Parameters
    ----------
    name : str
        What users write: ``scheme=name``.
    source : str
        What it is and where it comes from, a sentence part that `run.scheme` shows.
    refusal : callable
        System to the reason why it is not served, a sentence part, or None if it is.
    constants : callable
        System, parameter values, number of neurons and step in ms to the constants of every neuron,
        shape (n, k).
    layout : callable
        System to a tuple of integers that `step` reads.
    stamp : float
        Where in a step a spike is stamped: 0 at its start, 1 at its end.
    counters : int
        Number of integers that each neuron keeps.
    notice : callable
        Counters at the end, shape (n, counters), to what a user must know, or an empty text.
    """

    name: str
    source: str
    refusal: Callable[[System], str | None]
    constants: Callable[[System, Mapping[str, Any], int, float], FloatArray]
    layout: Callable[[System], tuple[int, ...]]
    stamp: float
    counters: int = 1
    notice: Callable[[IntArray], str] = lambda counters: ""


def whole_steps(values: Any, n: int, dt: float, *, name: str, recipe: str) -> IntArray:
    """Return a time of every neuron as a number of steps.

    Parameters
    ----------
    values : float or ndarray, shape (n,)
        The times, ms.
    n : int
        Number of neurons.
    dt : float
        Step, ms.
    name : str
        The parameter, for messages.
    recipe : str
        The recipe, for messages.

    Returns
    -------
    ndarray of int64, shape (n,)
        Whole numbers.

    Raises
    ------
    ParameterError
        If a time is not a whole number of steps, within a millionth of a step; the message says
        which times near it are.
    """
    steps = np.broadcast_to(np.asarray(values, np.float64), (n,)) / dt
    whole = np.rint(steps)
    wrong = np.abs(steps - whole) > WHOLE
    if wrong.any():
        k = int(np.argmax(wrong))
        time, near = steps[k] * dt, (np.floor(steps[k]) * dt, np.ceil(steps[k]) * dt)
        whose = f" of neuron {k}" if n > 1 else ""
        raise ParameterError(
            f"{name}{whose} is {time:.12g} ms, which is {steps[k]:.9g} steps of {dt:g} ms",
            f"{recipe} counts whole steps",
            f"Write {name}={near[0]:.12g}*ms or {name}={near[1]:.12g}*ms, or a dt that divides it",
            owner="simulate",
            name="dt",
        )
    return whole.astype(np.int64)
