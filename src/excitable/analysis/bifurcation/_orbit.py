"""Limit cycles that are known from a simulation, and the families they belong to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from excitable.analysis._cubic import hermite
from excitable.analysis.bifurcation._collocation import Collocation, Elements, Loop
from excitable.analysis.bifurcation._cycle_branch import (
    CyclePiece,
    cycle_point,
    ending,
    follower_of,
)
from excitable.analysis.bifurcation._cycles import Family
from excitable.analysis.bifurcation._defining import Scaled
from excitable.analysis.bifurcation._flow import Flow

if TYPE_CHECKING:
    from excitable.analysis.bifurcation._branch import Branch

Orbit = tuple[np.ndarray, np.ndarray]
_EVEN = 0.3  # share of the mesh that is spread evenly over time


def equations_around(flow: Flow, x: np.ndarray, elements: Elements) -> Collocation:
    """Return the equations of cycles near a simulated orbit, in scales of its own size.

    Parameters
    ----------
    flow : Flow
        The drift, with one free parameter.
    x : ndarray, shape (samples, states)
        States along the orbit, in internal units.
    elements : Elements
        The polynomials of an interval.

    Returns
    -------
    Collocation
        The parameter is measured in its internal unit.
    """
    scale = np.maximum(np.ptp(x, axis=0), 1e-6 * np.abs(x).max(axis=0))
    scale[scale <= 0.0] = 1.0
    return Collocation(Scaled(flow, scale), 1.0, elements)


def family_from_orbit(
    branch: Branch, value: float, orbit: Orbit, *,
    intervals: int = 60, degree: int = 5, cycles: int = 400,
) -> CyclePiece | None:  # fmt: skip
    """Return the family of limit cycles to which a simulated orbit belongs.

    Parameters
    ----------
    branch : Branch
        Equilibria of the same equations; its range, Hopf points and folds tell where families end.
    value : float
        Value of the parameter, in internal units.
    orbit : (ndarray, ndarray)
        Times in ms, shape (samples,), and states in internal units, shape (samples, states), over
        about one period; the ends need not meet exactly.
    intervals : int
        Intervals of the mesh.
    degree : int
        Gauss points in each.
    cycles : int
        Most cycles on either side.

    Returns
    -------
    CyclePiece or None
        Followed both ways; None if Newton's method does not converge from the orbit.
    """
    given = branch.request
    follower, _ = follower_of(branch, degree)
    equations = follower.equations
    guess = closed_loop(equations, orbit, value / equations.span, intervals)
    first = follower.at_parameter(guess)
    if first is None:
        return None
    back, forth = (follower.onward(first, sign, cycles) for sign in (-1.0, 1.0))
    count = len(back.cycles)
    turned = [replace(one, place=count - 2 - one.place) for one in reversed(back.found)]
    shifted = [replace(one, place=one.place + count - 1) for one in forth.found]
    whole = Family([*back.cycles[:0:-1], *forth.cycles], [*turned, *shifted])
    begins, first_point = ending(given, follower, back)
    ends, last_point = ending(given, follower, forth)
    special = [cycle_point(given, equations, one.kind, one.cycle) for one in whole.found]
    return CyclePiece(
        given, equations, whole, special=(*first_point, *special, *last_point),
        ended=(begins, ends),
    )  # fmt: skip


def closed_loop(equations: Collocation, orbit: Orbit, p: float, intervals: int) -> Loop:
    """Return a closed curve on a mesh that follows a sampled orbit."""
    t, x = (np.asarray(part, float) for part in orbit)
    period = float(t[-1] - t[0])
    phase = (t - t[0]) / period
    u = x / equations.field.scale
    gap = u[-1] - u[0]
    f = equations.field.flow.drift(x.T, np.array([p * equations.span])).T
    slope = f / equations.field.scale * period - gap
    u = u - phase[:, None] * gap  # what is missing is spread over the period
    steps = np.linalg.norm(np.diff(u, axis=0), axis=1)
    path = np.concatenate([[0.0], np.cumsum(steps)])
    place = _EVEN * phase + (1.0 - _EVEN) * path / path[-1]
    mesh = np.interp(np.linspace(0.0, 1.0, intervals + 1), place, phase)
    mesh[0], mesh[-1] = 0.0, 1.0
    times = mesh[:-1, None] + np.diff(mesh)[:, None] * equations.elements.nodes
    values = _interpolated(phase, u, slope, times.reshape(-1))
    return Loop(mesh, values.reshape(*times.shape, equations.size), period, p)


def _interpolated(s: np.ndarray, u: np.ndarray, slope: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return cubics through samples with given slopes, at some places."""
    k = np.clip(np.searchsorted(s, at, side="right") - 1, 0, s.size - 2)
    h = (s[k + 1] - s[k])[:, None]
    first, last, rise, last_rise = hermite((at - s[k])[:, None] / h)
    return first * u[k] + last * u[k + 1] + h * (rise * slope[k] + last_rise * slope[k + 1])
