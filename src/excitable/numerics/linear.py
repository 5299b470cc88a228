"""Which models are linear between spikes, and the matrices of those that are."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from excitable.expression import (
    Call,
    Compare,
    Expression,
    Number,
    differentiate,
    evaluate,
    free_symbols,
    simplify,
    substitute,
    walk,
)
from excitable.model import System

Row = tuple[Expression, ...]


@dataclass(frozen=True)
class LinearForm:
    """`x' = A x + c + sum_m gain_m u_m`, fires at `normal x >= theta`, `x <- keep x + put`.

    Parameters
    ----------
    matrix : tuple of tuple of Expression
        A, in parameters only.
    constant : tuple of Expression
        c.
    gain : tuple of tuple of Expression
        One row per input.
    normal : tuple of Expression
        Zero if the model does not spike.
    theta : Expression
        Threshold along `normal`.
    keep : tuple of tuple of Expression
        Linear part of the reset program.
    put : tuple of Expression
        Constant part of it.
    """

    matrix: tuple[Row, ...]
    constant: Row
    gain: tuple[Row, ...]
    normal: Row
    theta: Expression
    keep: tuple[Row, ...]
    put: Row


@dataclass(frozen=True)
class Nonlinear:
    """Why a system has no linear form: a sentence part for messages.

    Parameters
    ----------
    why : str
        For example `"dv/dt is not linear in v"`.
    """

    why: str


@functools.lru_cache(maxsize=256)
def linear_form(system: System) -> LinearForm | Nonlinear:
    """Return the matrices of a system that is linear between spikes, or why it is not.

    Parameters
    ----------
    system : System
        The model's equations.

    Returns
    -------
    LinearForm or Nonlinear
        Found by differentiation, so that any way of writing the equation will do.

    Examples
    --------
    >>> from excitable.models import LIF, Izhikevich
    >>> isinstance(linear_form(LIF.system), LinearForm)
    True
    >>> linear_form(Izhikevich.system).why
    'dv/dt is not linear in v'
    """
    if system.noises:
        return Nonlinear("the equations carry noise")
    try:
        return _linear_form(system)
    except _CurvedError as curved:
        return Nonlinear(str(curved))


class _CurvedError(Exception):
    """Something is not affine; the text says what."""


def _linear_form(system: System) -> LinearForm:
    moving = (*system.states, *system.inputs)
    n = len(system.states)
    rows: list[Row] = []
    constants: list[Expression] = []
    for state, rate in zip(system.states, system.expanded_derivatives(), strict=True):
        slopes, constant = _affine(rate, moving, f"d{state}/dt")
        rows.append(slopes)
        constants.append(constant)
    gain = tuple(tuple(row[n + m] for row in rows) for m in range(len(system.inputs)))
    threshold = system.expanded_threshold()
    normal: Row = (Number(0.0),) * n
    theta: Expression = Number(0.0)
    if threshold is not None:
        normal, constant = _affine_in_states(system, threshold, "the spike condition")
        theta = simplify(-constant)
    after = system.expanded_reset()
    keep: list[Row] = []
    put: list[Expression] = []
    for i, state in enumerate(system.states):
        slopes = tuple(Number(float(i == j)) for j in range(n))
        constant = Number(0.0)
        if state in after:
            slopes, constant = _affine_in_states(system, after[state], f"the reset of {state}")
        keep.append(slopes)
        put.append(constant)
    if system.refractory is not None and free_symbols(system.refractory) & set(moving):
        raise _CurvedError("the refractory time depends on a state")
    matrix = tuple(row[:n] for row in rows)
    return LinearForm(matrix, tuple(constants), gain, normal, theta, tuple(keep), tuple(put))


def _affine_in_states(system: System, expression: Expression, what: str) -> tuple[Row, Expression]:
    slopes, constant = _affine(expression, (*system.states, *system.inputs), what)
    n = len(system.states)
    if any(slope != Number(0.0) for slope in slopes[n:]):
        raise _CurvedError(f"{what} depends on an input")
    return slopes[:n], constant


def _affine(expression: Expression, moving: tuple[str, ...], what: str) -> tuple[Row, Expression]:
    """Return slopes and constant of an affine expression; `what` names it if it is not."""
    _refuse_jumps(expression, moving, what)
    slopes: list[Expression] = []
    for name in moving:
        slope = simplify(differentiate(expression, name))
        offending = [other for other in moving if other in free_symbols(slope)]
        if offending:
            culprit = name if name in offending else offending[0]
            raise _CurvedError(f"{what} is not linear in {culprit}")
        slopes.append(slope)
    zero: dict[str, Expression] = {name: Number(0.0) for name in moving}
    return tuple(slopes), simplify(substitute(expression, zero))


def _refuse_jumps(expression: Expression, moving: tuple[str, ...], what: str) -> None:
    """Refuse what is constant on both sides of a jump, so that its derivative shows nothing."""
    for node in walk(expression):
        jumps = isinstance(node, Call) and node.function_name in ("heaviside", "sign")
        if jumps or isinstance(node, Compare):
            for name in moving:
                if name in free_symbols(node):
                    raise _CurvedError(f"{what} is not linear in {name}")


@dataclass(frozen=True)
class LinearArrays:
    """A `LinearForm` in numbers, one leading index for each different parameter set.

    Parameters
    ----------
    A, A_held : ndarray, shape (p, n, n)
        Free, and with the rows of held states set to zero.
    c, theta, t_ref : ndarray, shape (p, n), (p,), (p,)
        Constant drive, threshold, refractory time in ms.
    gain : ndarray, shape (p, inputs, n)
        Effect of the inputs.
    normal : ndarray, shape (p, n)
        Direction of the threshold.
    keep, put : ndarray, shape (p, n, n), (p, n)
        Reset.
    mask : ndarray, shape (n,)
        0 for held states.
    """

    A: np.ndarray
    A_held: np.ndarray
    c: np.ndarray
    gain: np.ndarray
    normal: np.ndarray
    theta: np.ndarray
    keep: np.ndarray
    put: np.ndarray
    t_ref: np.ndarray
    mask: np.ndarray

    def chosen(self, sets: np.ndarray) -> LinearArrays:
        """Return the arrays of some parameter sets, repeated or reordered."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return LinearArrays(**{k: v if k == "mask" else v[sets] for k, v in own.items()})


def linear_arrays(
    system: System, form: LinearForm, values: Mapping[str, Any], sets: int
) -> LinearArrays:
    """Return the matrices in numbers.

    Parameters
    ----------
    system : System
        The model's equations.
    form : LinearForm
        From `linear_form`.
    values : mapping of str to float or ndarray
        Parameters in internal units; arrays have shape (sets,).
    sets : int
        Number of parameter sets.

    Returns
    -------
    LinearArrays
        All arrays are contiguous.
    """
    n, inputs = len(system.states), len(system.inputs)

    def fill(shape: tuple[int, ...], rows: Any) -> np.ndarray:
        out = np.zeros((sets, *shape))
        for index in np.ndindex(*shape):
            cell = rows
            for k in index:
                cell = cell[k]
            if cell != Number(0.0):
                out[(slice(None), *index)] = evaluate(cell, values)
        return out

    A = fill((n, n), form.matrix)
    held = [k for k, name in enumerate(system.states) if name in system.held]
    A_held = A.copy()
    mask = np.ones(n)
    if system.refractory is not None:
        A_held[:, held, :] = 0.0
        mask[held] = 0.0
    refractory = Number(0.0) if system.refractory is None else system.refractory
    return LinearArrays(
        A=A,
        A_held=A_held,
        c=fill((n,), form.constant),
        gain=fill((inputs, n), form.gain),
        normal=fill((n,), form.normal),
        theta=fill((), form.theta),
        keep=fill((n, n), form.keep),
        put=fill((n,), form.put),
        t_ref=fill((), refractory),
        mask=mask,
    )
