"""The phase plane of a neuron under constant input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import _products, units
from excitable.analysis.dynamics._curves import Window, zero_set
from excitable.analysis.dynamics._cycle import limit_cycle
from excitable.analysis.dynamics._equilibria import Equilibria, Equilibrium, equilibria
from excitable.analysis.dynamics._flow import Flow, Path
from excitable.analysis.dynamics._inputs import constants
from excitable.analysis.dynamics._planar import Planar, check_state, planar
from excitable.analysis.dynamics._window import first_span, second_span, widened
from excitable.errors import ModelError, ParameterError
from excitable.expression import evaluate, substitute
from excitable.model import Model

if TYPE_CHECKING:
    from excitable.units import Quantity

_USUAL_SECOND = ("w", "u", "n")
_NEAR = 1e-5  # of the reach: how far from a saddle its manifolds begin


@dataclass(frozen=True, eq=False)
class Curve:
    """A curve in the phase plane.

    Parameters
    ----------
    x, y : Quantity, shape (points,)
        The two states along it.
    name : str
        What it is: the state that does not move on a nullcline, ``"stable"`` or ``"unstable"`` of
        a manifold.
    t : Quantity [time] or None
        Times along it, of a trajectory or a cycle.
    states : dict of str to Quantity
        All states along it, of what was integrated.
    resets : ndarray of int or None
        Points before which the state was reset.
    """

    x: Quantity
    y: Quantity
    name: str = ""
    t: Quantity | None = None
    states: Mapping[str, Quantity] | None = None
    resets: np.ndarray | None = None

    @property
    def period(self) -> Quantity | None:
        """How long it takes from its start to its end."""
        if self.t is None:
            return None
        return units.attach(float(self.t.magnitude[-1]), "ms")


class PhasePlane:
    """Two states of a neuron under constant input: nullclines, equilibria, manifolds, flow.

    Parameters
    ----------
    model : Model
        The neuron.
    known : dict of str to float
        Parameters and inputs in internal units.
    plane : Planar
        The equations of the two states.
    window : Window
        What is looked at.
    found : Equilibria
        The equilibria of all states.
    flow : Flow
        The drift of all states.

    Attributes
    ----------
    x, y : str
        The two states.
    equilibria : Equilibria
        With their stability in the full system.
    nullclines : dict of str to list of Curve
        For each of the two states the curves on which it does not move, one for each connected
        piece in the window.
    separatrices : list of Curve
        Stable and unstable manifolds of saddles, one curve for each side.
    cycle : Curve or None
        A stable limit cycle, if one was met.
    threshold, reset : list of Curve
        Where a model with a reset spikes, and where it is put.
    """

    def __init__(
        self, model: Model, known: dict[str, float], plane: Planar, window: Window,
        *, found: Equilibria, flow: Flow,
    ) -> None:  # fmt: skip
        self.model = model
        self.x, self.y = plane.x, plane.y
        self.equilibria = found
        self.window = window
        self._known, self._plane, self._flow = known, plane, flow
        self.nullclines = {
            name: [self._curve(one, name) for one in zero_set(drift, known, window)]
            for name, drift in zip((plane.x, plane.y), plane.drifts, strict=True)
        }
        self.threshold = self._threshold()
        self.reset = [one for line in self.threshold if (one := self._image(line)) is not None]
        self.cycle: Curve | None = None
        self.separatrices: list[Curve] = []

    @property
    def words(self) -> str:
        """What became of the states that are not drawn."""
        parts = []
        steady = [name for name in self._plane.others if name not in self._plane.frozen]
        if steady:
            parts.append(f"{', '.join(steady)} at steady state")
        for name, value in self._plane.frozen.items():
            unit = units.default_unit(self.model.states[name].dimension)
            parts.append(f"{name} frozen at {value:.4g} {unit}".rstrip())
        return ", ".join(parts)

    def on_plane(self, one: Equilibrium) -> bool:
        """Whether an equilibrium lies in the plane that is drawn: frozen states may miss it."""
        names = list(self.model.states)
        for name, value in self._plane.frozen.items():
            reach = self._flow.reach[names.index(name)]
            if abs(float(one.state[name].magnitude) - value) > 1e-3 * reach:
                return False
        return True

    def vector_field(self, points: int = 21) -> tuple[Quantity, Quantity, Quantity, Quantity]:
        """Return the drift on a grid.

        Parameters
        ----------
        points : int
            Points along each side of the window.

        Returns
        -------
        x, y : Quantity, shape (points, points)
            The grid, x along the second axis.
        dx, dy : Quantity [state/time], shape (points, points)
            The drifts of the two states.
        """
        x, y = np.meshgrid(
            np.linspace(*self.window.x_range, points), np.linspace(*self.window.y_range, points)
        )
        names = {**self._known, self.x: x, self.y: y}
        drifts = [np.broadcast_to(evaluate(e, names), x.shape) for e in self._plane.drifts]
        return (
            self._quantity(self.x, x), self._quantity(self.y, y),
            *(self._quantity(name, drift) / units.attach(1.0, "ms")
              for name, drift in zip((self.x, self.y), drifts, strict=True)),
        )  # type: ignore[return-value]  # fmt: skip

    def trajectory(
        self, start: Mapping[str, Any], duration: Any = "100 ms", *, backward: bool = False
    ) -> Curve:
        """Follow the full equations from a place.

        Parameters
        ----------
        start : mapping of str to Quantity
            The two states, and others if wanted: those left out start at their steady values.
        duration : Quantity [time]
            How long.
        backward : bool
            Against time; it ends where a reset lies before, or where it leaves ten windows.

        Returns
        -------
        Curve
            With ``.t`` and all ``.states``. Forward, a model with a reset is reset.
        """
        place = self._start(start)
        length = float(units.strip(duration, units.TIME, "trajectory.duration"))
        if not 0.0 < length < np.inf:
            raise ParameterError(
                f"a duration of {length:g} ms", "a positive, finite time is expected",
                'Write duration="100 ms"', owner="trajectory", name="duration",
            )  # fmt: skip
        (path,) = self._flow.follow(
            place[None, :], length, sign=-1.0 if backward else 1.0, spikes=10_000,
            steps=100_000, box=self._box() if backward else None,
        )  # fmt: skip
        return self._path(path, "backward" if backward else "forward")

    def plot(self, *trajectories: Curve, **options: Any) -> Any:
        """Draw it. See `excitable.plotting.plot_phase_plane`."""
        return _products.plot_phase_plane(self, *trajectories, **options)

    def _start(self, start: Mapping[str, Any]) -> np.ndarray:
        names = dict(self._known)
        for name, value in start.items():
            check_state(self.model, name, "start")
            names[name] = float(
                units.strip(value, self.model.states[name].dimension, f"trajectory.{name}")
            )
        for name in (self.x, self.y):
            if name not in start:
                raise ParameterError(
                    f"no {name}", "both states of the plane are expected",
                    f"Write dict({self.x}=..., {self.y}=...)", owner="trajectory", name="start",
                )  # fmt: skip
        for name, e in self._plane.others.items():
            if name not in start:
                names[name] = float(evaluate(e, names))
        return np.array([names[name] for name in self.model.states])

    def _box(self) -> tuple[np.ndarray, np.ndarray]:
        """Ten windows around, other states free."""
        n = len(self.model.states)
        low, high = np.full(n, -np.inf), np.full(n, np.inf)
        for name, span in ((self.x, self.window.x_range), (self.y, self.window.y_range)):
            k = list(self.model.states).index(name)
            low[k], high[k] = widened(span, 4.5)
        return low, high

    def _quantity(self, name: str, values: Any) -> Quantity:
        return units.attach(
            np.asarray(values, float), units.default_unit(self.model.dimensions[name])
        )

    def _curve(self, points: np.ndarray, name: str) -> Curve:
        return Curve(
            self._quantity(self.x, points[:, 0]), self._quantity(self.y, points[:, 1]), name
        )

    def _path(self, path: Path, name: str) -> Curve:
        states = {s: self._quantity(s, path.x[:, k]) for k, s in enumerate(self.model.states)}
        return Curve(
            states[self.x], states[self.y], name, units.attach(path.t, "ms"), states, path.resets
        )

    def _threshold(self) -> list[Curve]:
        system = self.model.system
        threshold = system.expanded_threshold()
        if threshold is None or not system.reset:
            return []
        there = substitute(threshold, self._plane.others)
        return [self._curve(one, "threshold") for one in zero_set(there, self._known, self.window)]

    def _image(self, line: Curve) -> Curve | None:
        """Where the reset puts the points of the threshold."""
        points = []
        for x, y in zip(line.x.magnitude, line.y.magnitude, strict=True):
            names = {**self._known, self.x: float(x), self.y: float(y)}
            names |= {s: float(evaluate(e, names)) for s, e in self._plane.others.items()}
            after = self._flow.after(np.array([names[s] for s in self.model.states]))
            state = dict(zip(self.model.states, after, strict=True))
            points.append((state[self.x], state[self.y]))
        return self._curve(np.array(points), "reset") if points else None

    def _complete(self) -> None:
        """Add what takes integration: manifolds of saddles and the limit cycle."""
        self.separatrices = self._manifolds()

    def _manifolds(self) -> list[Curve]:
        if self._plane.frozen:
            return []
        curves: list[Curve] = []
        n = len(self.model.states)
        for sign, name in ((1.0, "unstable"), (-1.0, "stable")):
            starts = []
            for one in self.equilibria:
                vector = _only_direction(one, sign)
                if vector is None or one.beyond_threshold:
                    continue
                place = np.array([float(v.magnitude) for v in one.state.values()])
                step = _NEAR * vector / np.abs(vector / self._flow.reach).max()
                starts += [place + step, place - step]
            if starts:
                paths = self._flow.follow(
                    np.array(starts), 1e5, sign=sign, box=self._box(), steps=500,
                    stride=0.02, tolerance=1e-9,
                    ends=_places(self.equilibria, 0 if sign > 0 else n),
                )  # fmt: skip
                curves += [self._path(path, name) for path in paths if len(path.t) > 1]
        return curves

    def __repr__(self) -> str:
        lines = [f"Phase plane of {self.model.name}: {self.y} over {self.x}"]
        if self.words:
            lines[0] += f", {self.words}"
        for name, pieces in self.nullclines.items():
            lines.append(f"  {name}-nullcline: {_counted(len(pieces), 'piece')}")
        lines += [f"  {one}" for one in self.equilibria]
        if self.cycle is not None and self.cycle.period is not None:
            lines.append(f"  stable limit cycle, period {self.cycle.period.magnitude:.5g} ms")
        return "\n".join(lines)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def _places(found: Equilibria, index: int) -> np.ndarray:
    """Bare states of the equilibria with so many unstable directions."""
    return np.array([[float(v.magnitude) for v in one.state.values()]
                     for one in found if one.index == index])  # fmt: skip


def _only_direction(one: Equilibrium, sign: float) -> np.ndarray | None:
    """The eigenvector along which a saddle is left (sign 1) or come to (-1), if there is one."""
    if one.kind not in ("saddle", "saddle-focus"):
        return None
    found = np.linalg.eig(one.jacobian)
    values, vectors = found.eigenvalues.astype(np.complex128), found.eigenvectors
    chosen = np.nonzero(sign * np.real(values) > 0.0)[0]
    return np.real(vectors[:, chosen[0]]) if chosen.size == 1 else None


def phase_plane(
    model: Model,
    x: str = "v",
    y: str | None = None,
    *,
    frozen: Mapping[str, Any] | None = None,
    window: Mapping[str, Any] | None = None,
    **inputs: Any,
) -> PhasePlane:
    """Return the phase plane of a neuron under constant input.

    Parameters
    ----------
    model : Model
        One neuron of two states or more.
    x, y : str
        The two states to draw. If the model has no ``v`` and `x` is not given, its first state;
        if `y` is not given, the state ``w``, ``u`` or ``n``, else the last one.
    frozen : mapping of str to Quantity, optional
        Values at which other states stand still. Those not given are at their steady values.
    window : mapping of str to (Quantity, Quantity), optional
        Range of either state; if not given, around equilibria, threshold and limit cycle.
    **inputs : Quantity or str
        One constant value for each input, by name; an input not given is zero.

    Returns
    -------
    PhasePlane
        ``.nullclines``, ``.equilibria``, ``.separatrices``, ``.cycle``, ``.threshold``,
        ``.reset``, ``.vector_field()``, ``.trajectory(start)`` and ``.plot()``.

    Raises
    ------
    ModelError
        If the model has one state only, or if another state has no steady value in closed form.
    UnknownNameError, UnitError, ParameterError
        If a name is no state or input, or a value has another unit or is not one value.

    Notes
    -----
    A nullcline that is a graph over one of the states is computed as that graph, in pieces between
    its poles; straight ones come from all zeros of a function of one state; others are traced on a
    fine grid whose crossings are refined. Manifolds follow the full equations from the eigenvectors
    of saddles, forward for the unstable one and backward for the stable one, where it is a curve;
    with frozen states there are none. Stability and kind of equilibria are those of the full
    system, also where two of many states are drawn. The limit cycle is one that solutions from
    a few places inside the window run into.

    References
    ----------
    Izhikevich2007, chapter 4.

    Examples
    --------
    >>> import excitable as ex
    >>> ex.phase_plane(ex.FitzHughNagumo, I=0.5)
    Phase plane of FitzHughNagumo: w over v
      v-nullcline: 1 piece
      w-nullcline: 1 piece
      unstable focus: v = -0.804848, w = -0.13106
      stable limit cycle, period 39.474 ms
    """
    known = constants(model, inputs, "phase_plane")
    x, y = _axes(model, x, y)
    plane = planar(model, x, y, frozen)
    found = equilibria(model, **inputs)
    states = [[float(one.state[s].magnitude) for s in model.states] for one in found]
    given = _given(model, x, y, window)
    kx, ky = list(model.states).index(x), list(model.states).index(y)
    x_range = given.get(x) or first_span(model, known, x, [s[kx] for s in states])
    y_range = given.get(y) or second_span(model, known, plane, x_range, [s[ky] for s in states])
    flow = Flow(model, known, _reach(model, {x: x_range, y: y_range}, states))
    cycle = (
        None
        if plane.frozen
        else limit_cycle(flow, _starts(model, flow, found, x_range, kx), _places(found, 0))
    )
    if cycle is not None:
        if x not in given:
            x_range = _joined(x_range, cycle.x[:, kx])
        if y not in given:
            y_range = _joined(y_range, cycle.x[:, ky])
    result = PhasePlane(model, known, plane, Window(x, y, x_range, y_range), found=found, flow=flow)
    result._complete()
    if cycle is not None:
        result.cycle = result._path(Path(cycle.t, cycle.x, cycle.resets), "cycle")
    return result


def _joined(span: tuple[float, float], values: np.ndarray) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    margin = 0.06 * (high - low)
    return min(span[0], low - margin), max(span[1], high + margin)


def _axes(model: Model, x: str, y: str | None) -> tuple[str, str]:
    names = list(model.states)
    if x == "v" and "v" not in names:
        x = names[0]
    check_state(model, x, "x")
    if len(names) < 2:
        raise ModelError(
            f"{model.name} has one state", "two states are expected",
            f"Write equilibria({model.name}, ...)", owner="phase_plane",
        )  # fmt: skip
    if y is None:
        usual = [name for name in _USUAL_SECOND if name in names and name != x]
        y = usual[0] if usual else next(name for name in reversed(names) if name != x)
    check_state(model, y, "y")
    if x == y:
        raise ParameterError(
            f"{x} twice", "two different states are expected",
            f"Write y={next(n for n in names if n != x)!r}", owner="phase_plane", name="y",
        )  # fmt: skip
    return x, y


def _given(
    model: Model, x: str, y: str, window: Mapping[str, Any] | None
) -> dict[str, tuple[float, float]]:
    spans: dict[str, tuple[float, float]] = {}
    for name, value in ({} if window is None else window).items():
        check_state(model, name, "window")
        if name not in (x, y):
            raise ParameterError(
                f"{name} is not drawn", f"{x} and {y} are", "Leave it out",
                owner="phase_plane", name="window",
            )  # fmt: skip
        bare = [
            float(units.strip(end, model.states[name].dimension, f"phase_plane.{name}"))
            for end in value
        ]
        if len(bare) != 2 or not np.isfinite(bare).all() or not bare[0] < bare[1]:
            raise ParameterError(
                f"a range of {name} from {bare[0]:g} to {bare[-1]:g}",
                "two finite values, the lower one first, are expected",
                f"Write window=dict({name}=(low, high))", owner="phase_plane", name="window",
            )  # fmt: skip
        spans[name] = (bare[0], bare[1])
    return spans


def _reach(
    model: Model, spans: Mapping[str, tuple[float, float]], states: list[list[float]]
) -> np.ndarray:
    reach = []
    for k, (name, declared) in enumerate(model.states.items()):
        if name in spans:
            reach.append(spans[name][1] - spans[name][0])
        elif declared.dimension == units.VOLTAGE:
            reach.append(100.0)
        else:
            reach.append(max([1.0, *(abs(state[k]) for state in states)]))
    return np.array(reach)


def _starts(
    model: Model, flow: Flow, found: Equilibria, x_range: tuple[float, float], kx: int
) -> np.ndarray:
    """Places from which a limit cycle is looked for: beside unstable equilibria, and two more."""
    starts = [
        np.array([float(v.magnitude) for v in one.state.values()]) + sign * 1e-2 * flow.reach
        for one in found
        if not one.stable
        for sign in (1.0, -1.0)
    ]
    declared = np.array([float(state.value) for state in model.states.values()])
    for share in (0.5, 0.8):
        place = declared.copy()
        place[kx] = x_range[0] + share * (x_range[1] - x_range[0])
        starts.append(place)
    inside = [place for place in (declared, *starts) if flow.above(place) < 0.0]
    return np.array(inside or [declared])
