"""Points of a branch of equilibria, which remember where they were found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis.bifurcation._arguments import Arguments
from excitable.analysis.bifurcation._flow import Flow
from excitable.analysis.bifurcation._follow import Found, sorted_eigenvalues
from excitable.analysis.bifurcation._normal_forms import fold_coefficient, hopf_form

if TYPE_CHECKING:
    from excitable.analysis.bifurcation._two_parameters import SpecialCurve


@dataclass(frozen=True, eq=False)
class Origin:
    """Where a point was found: all that is needed to go on from it.

    Parameters
    ----------
    request : Arguments
        What was asked for when it was found.
    free : tuple of str
        What varied.
    y : ndarray, shape (states + free,)
        States, then the values of what varied, in internal units.
    scale : ndarray, shape (states,)
        Size of each state where it was found.
    """

    request: Arguments
    free: tuple[str, ...]
    y: np.ndarray
    scale: np.ndarray

    @property
    def states(self) -> np.ndarray:
        """The equilibrium, shape (states,), in internal units."""
        return self.y[: self.scale.size]

    @property
    def values(self) -> dict[str, float]:
        """Every parameter and every input given, in internal units."""
        moved = zip(self.free, map(float, self.y[self.scale.size :]), strict=True)
        return {**self.request.known, **dict(moved)}


@dataclass(frozen=True, eq=False)
class BranchPoint:
    """One equilibrium on a branch.

    Parameters
    ----------
    parameter : Quantity
        Value of the parameter.
    state : dict of str to Quantity
        The equilibrium.
    eigenvalues : ndarray of complex, shape (states,)
        In 1/ms, by falling real part.
    stable : bool
        Whether all real parts are negative.
    beyond_threshold : bool
        Whether it lies where a neuron with a reset has spiked already, so that no run rests there.
    origin : Origin
        Where it was found, so that `excitable.continuation` can go on from it.
    """

    parameter: Any
    state: dict[str, Any]
    eigenvalues: np.ndarray
    stable: bool
    beyond_threshold: bool
    origin: Origin = field(repr=False)


@dataclass(frozen=True, eq=False)
class SpecialPoint:
    """A point where the behaviour changes.

    Parameters
    ----------
    kind : str
        `"fold"`, `"hopf"` or `"branch point"`.
    parameter : Quantity
        Value of the parameter, in the unit of `start`.
    state : dict of str to Quantity
        The equilibrium.
    eigenvalues : ndarray of complex, shape (states,)
        In 1/ms, by falling real part.
    beyond_threshold : bool
        Whether it lies where a neuron with a reset has spiked already.
    origin : Origin
        Where it was found.
    criticality : str or None
        `"supercritical"` or `"subcritical"` at a Hopf point; None elsewhere, and where the first
        Lyapunov coefficient vanishes.
    frequency : Quantity or None
        Frequency of the critical pair at a Hopf point.
    l1 : float or None
        First Lyapunov coefficient at a Hopf point, ``Re(c1)/omega``, in one over the square of the
        states' units.
    re_c1 : float or None
        Real part of the cubic coefficient, l1 times the angular frequency in rad/ms.
    coefficient : float or None
        Quadratic coefficient of the normal form at a fold; it vanishes at a cusp.

    Notes
    -----
    Coefficients are those of Kuznetsov with ``<q, q> = <p, q> = 1``; their size depends on the
    units of the states, which are mV for a potential, their sign does not.

    Examples
    --------
    >>> import excitable as ex
    >>> ex.continuation(ex.QIF, "I", -1, 1).special[0].kind
    'fold'
    """

    kind: str
    parameter: Any
    state: dict[str, Any]
    eigenvalues: np.ndarray
    beyond_threshold: bool
    origin: Origin = field(repr=False)
    criticality: str | None = None
    frequency: Any = None
    l1: float | None = None
    re_c1: float | None = None
    coefficient: float | None = None

    def __repr__(self) -> str:
        words = [self.criticality, self.kind] if self.criticality else [self.kind]
        tail = "" if self.frequency is None else f", {self.frequency:.6g~P}"
        tail += ", beyond the threshold" if self.beyond_threshold else ""
        at = self.origin.request.shown(float(self.origin.y[-1]), 10)
        return f"<{' '.join(words)} at {at}{tail}>"

    def continuation(
        self, second: str, start: Any, stop: Any, *, within: tuple[Any, Any] | None = None,
        points: int = 2000,
    ) -> SpecialCurve:  # fmt: skip
        """Follow a fold or a Hopf point while a second parameter or input changes too.

        Parameters
        ----------
        second : str
            A parameter or an input other than the one of the branch.
        start, stop : Quantity, str or float
            Range of the second; its value at this point lies within it.
        within : (Quantity, Quantity), optional
            Range of the first, the parameter of the branch; that of the branch if not given.
        points : int
            How many points are computed at most, each way.

        Returns
        -------
        SpecialCurve
            The curve through this point, followed both ways, with the points on it where it
            changes: cusps, Bogdanov-Takens, Bautin, fold-Hopf and double Hopf points.

        Raises
        ------
        UnknownNameError
            If the model has no such parameter or input.
        UnitError, ParameterError
            If a value has another unit or is out of bounds, if this point lies outside of the
            range, or if it is neither a fold nor a Hopf point.

        Examples
        --------
        >>> import excitable as ex
        >>> branch = ex.continuation(ex.Izhikevich, "I", "-40 mV/ms", "20 mV/ms")
        >>> curve = branch.special[0].continuation("b", "0.01/ms", "0.3/ms")
        >>> for point in curve.special:
        ...     print(point)
        <bogdanov-takens at I = 15.0025 mV/ms, b = 0.02 1/ms>
        """
        from excitable.analysis.bifurcation._two_parameters import special_curve

        return special_curve(self, second, (start, stop), within, points)


def special_point(found: Found, given: Arguments, flow: Flow, scale: np.ndarray) -> SpecialPoint:
    """Return a special point with units and the coefficients of its normal form.

    Parameters
    ----------
    found : Found
        The point.
    given : Arguments
        The request.
    flow : Flow
        The drift.
    scale : ndarray, shape (states,)
        Size of each state.

    Returns
    -------
    SpecialPoint
        The point for users.
    """
    x, p = found.y[:-1], found.y[-1:]
    eigenvalues = sorted_eigenvalues(flow.linear(x[:, None], p)[1][0])
    known: dict[str, Any] = {}
    if found.kind == "hopf":
        form = hopf_form(flow, x, p)
        known = {
            "criticality": form.criticality,
            "frequency": units.attach(form.omega / (2.0 * np.pi), "Hz"),
            "l1": form.c1.real / form.omega,
            "re_c1": form.c1.real,
        }
    elif found.kind == "fold":
        known = {"coefficient": fold_coefficient(flow, x, p)}
    return SpecialPoint(
        found.kind, units.attach(float(p[0]), given.unit), given.state(x), eigenvalues,
        bool(flow.past_threshold(x[:, None], p)[0]),
        Origin(given, (given.parameter,), found.y, scale), **known,
    )  # fmt: skip
