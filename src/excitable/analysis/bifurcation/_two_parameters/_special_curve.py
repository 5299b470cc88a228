"""What `SpecialPoint.continuation` returns: a fold or a Hopf point followed in two parameters."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis._names import place_of_state
from excitable.analysis.bifurcation._arclength import CLOSED
from excitable.analysis.bifurcation._arguments import Arguments, check_range, unit_of
from excitable.analysis.bifurcation._flow import Flow
from excitable.analysis.bifurcation._points import Origin
from excitable.analysis.bifurcation._two_parameters._follow import (
    CurveFollower,
    CurveNode,
    CurveTrace,
)
from excitable.analysis.bifurcation._two_parameters._normal_forms import (
    bautin_coefficients,
    cusp_coefficients,
    takens_coefficients,
)
from excitable.errors import ParameterError

if TYPE_CHECKING:
    from excitable.analysis.bifurcation._points import SpecialPoint

_ROUNDING = 1e-14
_OWNER = "continuation"
_NAMES = {"fold": "folds", "hopf": "Hopf points"}


@dataclass(frozen=True, eq=False)
class CurvePoint:
    """A point of a curve of folds or Hopf points.

    Parameters
    ----------
    kind : str
        `"fold"` or `"hopf"`, or at a special point `"cusp"`, `"bogdanov-takens"`, `"bautin"`,
        `"fold-hopf"` or `"double hopf"`.
    names : (str, str)
        The first and the second parameter.
    parameter : Quantity
        Value of the first.
    second : Quantity
        Value of the second.
    state : dict of str to Quantity
        The equilibrium.
    eigenvalues : ndarray of complex, shape (states,)
        In 1/ms, by falling real part.
    beyond_threshold : bool
        Whether it lies where a neuron with a reset has spiked already.
    frequency : Quantity or None
        Frequency of the critical pair, where there is one.
    coefficients : dict of str to float
        Of the normal form: ``a`` at a fold (quadratic), ``re_c1`` and ``l1`` at a Hopf point,
        ``c`` at a cusp, ``a`` and ``b`` at a Bogdanov-Takens point, ``l2`` at a Bautin point.
    origin : Origin
        Where it was found, so that `excitable.continuation` can go on from it.

    Notes
    -----
    Normal forms and their normalisation are those of Kuznetsov (2004), chapter 8; sizes depend on
    the units of the states, which are mV for a potential.
    """

    kind: str
    names: tuple[str, str]
    parameter: Any
    second: Any
    state: dict[str, Any]
    eigenvalues: np.ndarray
    beyond_threshold: bool
    frequency: Any
    coefficients: dict[str, float]
    origin: Origin = field(repr=False)

    def __repr__(self) -> str:
        first, second = self.names
        tail = "" if self.frequency is None else f", {self.frequency:.6g~P}"
        tail += ", beyond the threshold" if self.beyond_threshold else ""
        return (
            f"<{self.kind} at {first} = {_shown(self.parameter)}, "
            f"{second} = {_shown(self.second)}{tail}>"
        )


class SpecialCurve:
    """A fold or a Hopf point over two parameters: made by `SpecialPoint.continuation`.

    Parameters
    ----------
    kind : str
        `"fold"` or `"hopf"`.
    request : Arguments
        What was asked for of the branch.
    second : tuple of (str, str)
        Name and unit of the second parameter.
    flow : Flow
        The drift with both parameters free.
    trace : CurveTrace
        What was followed.

    Attributes
    ----------
    model : Model
        The model.
    kind : str
        `"fold"` or `"hopf"`.
    parameter, second : str
        The two parameters.
    ended : tuple of str
        Why the curve ends, at its first and at its last point.

    Examples
    --------
    >>> import excitable as ex
    >>> branch = ex.continuation(ex.HodgkinHuxley, "I", "0 uA/cm2", "200 uA/cm2")
    >>> curve = branch.special[0].continuation("g_K", "20 mS/cm2", "60 mS/cm2")
    >>> curve.kind, [point.kind for point in curve.special]
    ('hopf', ['bautin'])
    """

    def __init__(
        self, kind: str, request: Arguments, second: tuple[str, str], flow: Flow, trace: CurveTrace
    ) -> None:
        self.model = request.model
        self.kind = kind
        self.parameter = request.parameter
        self.second = second[0]
        self.ended = (trace.began, trace.ended)
        self._request = request
        self._unit = second[1]
        self._flow = flow
        self._trace = trace

    def __len__(self) -> int:
        return len(self._trace.nodes)

    def __repr__(self) -> str:
        points = ", ".join(kind for kind, _, _ in self._trace.found) or "none special"
        a, b = self.seconds.min(), self.seconds.max()
        return (
            f"<{_NAMES[self.kind]} of {self.model.name} over {self.parameter} and {self.second} "
            f"from {_shown(a)} to {_shown(b)}, {len(self)} points, {points}>"
        )

    @property
    def values(self) -> Any:
        """The first parameter along the curve, shape (points,)."""
        p = np.array([node.p[0] for node in self._trace.nodes])
        return units.attach(p, self._request.unit)

    @property
    def seconds(self) -> Any:
        """The second parameter along the curve, shape (points,)."""
        p = np.array([node.p[1] for node in self._trace.nodes])
        return units.attach(p, self._unit)

    def __getitem__(self, state: str) -> Any:
        """Return a state along the curve, shape (points,)."""
        k = place_of_state(self.model, state, owner="SpecialCurve", write="Write curve[{!r}]")
        x = np.array([node.x[k] for node in self._trace.nodes])
        return units.attach(x, units.default_unit(self.model.dimensions[state]))

    @cached_property
    def eigenvalues(self) -> np.ndarray:
        """Eigenvalues in 1/ms along the curve, shape (points, states), by falling real part."""
        return np.array([node.eigenvalues for node in self._trace.nodes])

    @cached_property
    def coefficient(self) -> np.ndarray:
        """Quadratic coefficient of folds or Re(c1) of Hopf points, shape (points,).

        It is nan where the normal form is another one.
        """
        values = [node.coefficient for node in self._trace.nodes]
        return np.array([np.nan if value is None else value for value in values])

    @cached_property
    def points(self) -> tuple[CurvePoint, ...]:
        """All points, in order."""
        return tuple(self._point(self.kind, node) for node in self._trace.nodes)

    @cached_property
    def special(self) -> tuple[CurvePoint, ...]:
        """Special points, in order."""
        return tuple(self._point(kind, node) for kind, node, _ in self._trace.found)

    @property
    def places(self) -> tuple[int, ...]:
        """Index of the point before each special point."""
        return tuple(place for _, _, place in self._trace.found)

    @cached_property
    def _reach(self) -> np.ndarray:
        return np.max([np.abs(node.p) for node in self._trace.nodes], axis=0)

    def _point(self, kind: str, node: CurveNode) -> CurvePoint:
        flow, scale = self._flow, self._request.sizes(node.x)
        known: dict[str, float] = {}
        if kind == "cusp":
            known = cusp_coefficients(flow, node.x, node.p)
        elif kind == "bogdanov-takens":
            known = takens_coefficients(flow, node.x, node.p)
        elif kind == "bautin":
            known = bautin_coefficients(flow, node.x, node.p, scale)
        elif kind == "fold" and node.coefficient is not None:
            known = {"a": node.coefficient}
        elif kind == "hopf" and node.coefficient is not None:
            known = {"re_c1": node.coefficient, "l1": node.coefficient / np.sqrt(node.kappa)}
        pairs = np.imag(node.eigenvalues)[np.abs(np.real(node.eigenvalues)) < 1e-6 * _largest(node)]
        omega = float(pairs.max(initial=0.0))
        if self.kind == "hopf":
            omega = float(np.sqrt(max(node.kappa, 0.0)))
        rhythmic = kind in ("hopf", "bautin", "fold-hopf", "double hopf")
        names = (self.parameter, self.second)
        first, second = np.where(np.abs(node.p) < _ROUNDING * self._reach, 0.0, node.p)
        return CurvePoint(
            kind, names, units.attach(float(first), self._request.unit),
            units.attach(float(second), self._unit), self._request.state(node.x),
            node.eigenvalues, bool(flow.past_threshold(node.x[:, None], node.p[:, None])[0]),
            units.attach(omega / (2.0 * np.pi), "Hz") if rhythmic else None,
            known, Origin(self._request, names, np.concatenate([node.x, node.p]), scale),
        )  # fmt: skip

    def plot(self, *others: SpecialCurve, **options: Any) -> Any:
        """Draw the curve over both parameters: see `excitable.plotting.plot_special_curve`."""
        from excitable import _products

        return _products.plot_special_curve(self, *others, **options)


def _largest(node: CurveNode) -> float:
    return float(np.abs(node.eigenvalues).max())


def _shown(value: Any) -> str:
    return f"{value:.10g~P}".strip()


def special_curve(
    point: SpecialPoint, second: str, ends: tuple[Any, Any],
    within: tuple[Any, Any] | None, points: int,
) -> SpecialCurve:  # fmt: skip
    """Follow a fold or a Hopf point both ways.

    Parameters
    ----------
    point : SpecialPoint
        Where to begin.
    second : str
        The second parameter.
    ends : tuple of Quantity, str or float
        Its range.
    within : tuple of Quantity, str or float, or None
        Range of the first.
    points : int
        How many at most, each way.

    Returns
    -------
    SpecialCurve
        The curve.
    """
    request, origin = point.origin.request, point.origin
    if point.kind not in ("fold", "hopf"):
        raise ParameterError(
            f"this is a {point.kind}", "a fold or a Hopf point is followed in two parameters",
            "Take another point of branch.special, or write branch.switched(point)",
            owner="SpecialPoint", name=_OWNER,
        )  # fmt: skip
    model, first = request.model, request.parameter
    if second == first:
        raise ParameterError(
            f"{second} is the parameter of the branch already", "another one is expected",
            "Write the name of another parameter or input", owner=_OWNER, name="second",
        )  # fmt: skip
    low, high = check_range(model, second, ends, ("start", "stop"), points)
    box = [request.start, request.stop]
    if within is not None:
        if not isinstance(within, tuple | list) or len(within) != 2:
            raise ParameterError(
                f"{within!r} is no range", f"two values of {first} are expected",
                "Write within=(low, high)", owner=_OWNER, name="within",
            )  # fmt: skip
        box = list(check_range(model, first, within, ("within", "within"), points))
    values = origin.values
    p = np.array([values[first], values.get(second, 0.0)])
    limits = np.sort(np.array([box, [low, high]]), axis=1)
    unit = unit_of(ends[0])
    for k, (name, shown) in enumerate(((first, request.unit), (second, unit))):
        if not limits[k, 0] <= p[k] <= limits[k, 1]:
            at = f"{units.attach(float(p[k]), shown):.6g~P}".strip()
            raise ParameterError(
                f"the point lies at {name} = {at}", "its range is to hold the point",
                f"Write a range around {at}", owner=_OWNER, name=name,
            )  # fmt: skip
    known = {name: value for name, value in values.items() if name not in (first, second)}
    flow = Flow(model.system, known, (first, second))
    follower = CurveFollower(flow, point.kind, origin.scale, np.ptp(limits, axis=1))
    z, scale = follower.start(origin.states, p)
    way = float(np.sign(high - low))
    front = follower.follow(z, scale, way, limits, points)
    if front.ended == CLOSED:
        back = CurveTrace(front.nodes[:1], [], front.ended)
    else:
        back = follower.follow(z, scale, -way, limits, points)
    trace = _joined(back, front)
    trace.began, trace.ended = (
        _why(half, request, (second, unit), limits) for half in (back, front)
    )
    return SpecialCurve(point.kind, request, (second, unit), flow, trace)


def _joined(back: CurveTrace, front: CurveTrace) -> CurveTrace:
    """Return one curve of two that begin at the same point."""
    count = len(back.nodes) - 1
    nodes = [*back.nodes[::-1], *front.nodes[1:]]
    found = [(kind, node, count - 1 - place) for kind, node, place in back.found[::-1]]
    found += [(kind, node, count + place) for kind, node, place in front.found]
    return CurveTrace(nodes, found, front.ended)


def _why(trace: CurveTrace, request: Arguments, second: tuple[str, str], limits: np.ndarray) -> str:
    """Return why a curve ends where it does."""
    p = trace.nodes[-1].p
    names, shown = (request.parameter, second[0]), (request.unit, second[1])
    at = [f"{n} = {units.attach(float(v), u):.6g~P}".strip() for n, v, u in zip(
        names, p, shown, strict=True)]  # fmt: skip
    if trace.ended == "bogdanov-takens":
        return f"a Bogdanov-Takens point at {', '.join(at)}: the pair is real beyond it"
    if trace.ended == "range":
        k = int(np.argmin(np.abs(p[:, None] - limits).min(axis=1) / np.ptp(limits, axis=1)))
        return f"{at[k].replace(' = ', ' reaches ')}, an end of its range"
    return f"{trace.ended} at {', '.join(at)}"
