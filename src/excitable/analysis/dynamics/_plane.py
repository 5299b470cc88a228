"""What a phase plane shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import _products, units
from excitable.analysis._names import place_of_state
from excitable.analysis.dynamics._curve import Curve
from excitable.analysis.dynamics._curves import Window, folds, zero_set
from excitable.analysis.dynamics._cycle import Cycle
from excitable.analysis.dynamics._equilibria import Equilibria, Equilibrium
from excitable.analysis.dynamics._flow import Flow, Path
from excitable.analysis.dynamics._manifolds import manifolds
from excitable.analysis.dynamics._reduction import Planar
from excitable.analysis.dynamics._window import around
from excitable.errors import ParameterError
from excitable.expression import evaluate, substitute
from excitable.model import Model

if TYPE_CHECKING:
    from excitable.units import Quantity


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
    cycles : sequence of Cycle
        Limit cycles.

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
    cycles : list of Curve
        Limit cycles by size, named ``"stable"`` or ``"unstable"``.
    threshold, reset : list of Curve
        Where a model with a reset spikes, and where it is put.
    """

    def __init__(
        self, model: Model, known: dict[str, float], plane: Planar, window: Window,
        *, found: Equilibria, flow: Flow, cycles: Sequence[Cycle],
    ) -> None:  # fmt: skip
        self.model = model
        self.x, self.y = plane.x, plane.y
        self.equilibria = found
        self.window = window
        self._known, self._plane, self._flow = known, plane, flow
        self.nullclines = {
            name: [self._nullcline(one, k) for one in zero_set(plane.drifts[k], known, window)]
            for k, name in enumerate((plane.x, plane.y))
        }
        self.threshold = self._threshold()
        self.reset = [one for line in self.threshold if (one := self._image(line)) is not None]
        self.cycles = [
            self._path(Path(one.t, one.x, one.resets), "stable" if one.stable else "unstable")
            for one in cycles
        ]
        self.separatrices: list[Curve] = []
        if not plane.frozen:
            self.separatrices = [
                self._path(path, name) for name, path in manifolds(flow, found, self._box())
            ]

    @property
    def cycle(self) -> Curve | None:
        """The largest stable limit cycle, if there is one."""
        return next((one for one in reversed(self.cycles) if one.name == "stable"), None)

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
                'Write duration="100 ms", and backward=True to go back in time',
                owner="trajectory", name="duration",
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
            place_of_state(self.model, name, owner="phase_plane", argument="start")
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
        spans = {self.x: self.window.x_range, self.y: self.window.y_range}
        return around(self.model, spans)

    def _quantity(self, name: str, values: Any) -> Quantity:
        return units.attach(
            np.asarray(values, float), units.default_unit(self.model.dimensions[name])
        )

    def _nullcline(self, points: np.ndarray, k: int) -> Curve:
        own = (self.x, self.y)[k]
        bent = folds(self._plane.drifts[k], own, points, self._known, (self.x, self.y))
        knees = [
            {
                name: self._quantity(name, value)
                for name, value in zip((self.x, self.y), one, strict=True)
            }
            for one in bent
        ]
        return self._curve(points, own, knees)

    def _curve(self, points: np.ndarray, name: str, knees: Sequence[Any] = ()) -> Curve:
        x, y = self._quantity(self.x, points[:, 0]), self._quantity(self.y, points[:, 1])
        return Curve(x, y, name, knees=knees)

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

    def __repr__(self) -> str:
        lines = [f"Phase plane of {self.model.name}: {self.y} over {self.x}"]
        if self.words:
            lines[0] += f", {self.words}"
        for name, pieces in self.nullclines.items():
            lines.append(f"  {name}-nullcline: {_counted(len(pieces), 'piece')}")
        lines += [f"  {one}" for one in self.equilibria]
        for one in self.cycles:
            if one.period is not None:
                lines.append(f"  {one.name} limit cycle, period {one.period.magnitude:.5g} ms")
        return "\n".join(lines)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")
