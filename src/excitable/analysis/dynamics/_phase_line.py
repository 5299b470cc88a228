"""The phase line of a neuron of one state under constant input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import _products, units
from excitable.analysis.dynamics._equilibria import Equilibria, Equilibrium, equilibria
from excitable.analysis.dynamics._find import one_turn
from excitable.analysis.dynamics._inputs import constants, given_ranges
from excitable.analysis.dynamics._reduction import linear_zero
from excitable.analysis.dynamics._regions import Region, directions
from excitable.analysis.dynamics._window import first_span
from excitable.analysis.firing._quadrature import passage_time
from excitable.errors import ModelError
from excitable.expression import evaluate
from excitable.model import Model

if TYPE_CHECKING:
    from excitable.units import Quantity

_POINTS = 1201


class PhaseLine:
    """The drift of a neuron's one state under constant input: where it rests, which way it moves.

    Parameters
    ----------
    model : Model
        The neuron.
    known : dict of str to float
        Parameters and inputs in internal units.
    found : Equilibria
        Its equilibria.
    window : (float, float)
        The range that is looked at, in internal units.
    periodic : bool
        Whether the state is an angle and the range one turn.

    Attributes
    ----------
    x : str
        The state.
    equilibria : Equilibria
        With kind and stability; those of one state are nodes, or degenerate.
    values, drift : Quantity, shape (points,)
        The state over the range, and its rate of change there.
    regions : list of Region
        Parts between equilibria, from the lowest on, with the direction of the flow.
    threshold, reset : Quantity or None
        Where a model with a reset spikes, and where it is put, if these are fixed places.
    """

    def __init__(
        self, model: Model, known: dict[str, float], found: Equilibria,
        window: tuple[float, float], *, periodic: bool,
    ) -> None:  # fmt: skip
        self.model = model
        (self.x,) = model.states
        self.equilibria = found
        self.window = window
        self.periodic = periodic
        self._known = known
        (self._rate,) = model.system.expanded_derivatives()
        self.values = self._quantity(np.linspace(*window, _POINTS))
        self.drift = self.drift_at(self.values)
        self.threshold, self.reset = self._jump()
        places = [float(one.state[self.x].magnitude) for one in found]
        self.regions = [
            Region(self._quantity(low), self._quantity(high), way)
            for low, high, way in directions(self._f, window, places)
        ]

    def drift_at(self, values: Any) -> Quantity:
        """Return the rate of change of the state.

        Parameters
        ----------
        values : Quantity
            Where.

        Returns
        -------
        Quantity [state/time]
            As many.
        """
        bare = np.asarray(
            units.strip(values, self.model.states[self.x].dimension, f"drift_at.{self.x}")
        )
        return self._quantity(self._f(bare)) / units.attach(1.0, "ms")

    @property
    def potential(self) -> Quantity:
        """Minus the integral of the drift over the state: valleys hold the stable equilibria.

        It is zero at the lower end of the range, by Simpson's rule over `values`.
        """
        x = self.values.magnitude
        middle = self._f(0.5 * (x[:-1] + x[1:]))
        f = self.drift.magnitude
        steps = (f[:-1] + 4.0 * middle + f[1:]) / 6.0 * np.diff(x)
        own = self._quantity(1.0)
        return units.attach(-np.concatenate([[0.0], np.cumsum(steps)]), "1/ms") * own * own

    @property
    def fires(self) -> bool:
        """Whether the flow leads from the reset to the threshold, so that spikes repeat."""
        if self.threshold is None or self.reset is None:
            return False
        ends = float(self.reset.magnitude), float(self.threshold.magnitude)
        way = 1 if ends[0] < ends[1] else -1
        inside = [
            one for one in self.regions
            if float(one.low.magnitude) < max(ends) and float(one.high.magnitude) > min(ends)
        ]  # fmt: skip
        arrives = float(self._f(ends[1])) * way > 0.0  # else it comes to rest on the threshold
        return arrives and len(inside) == 1 and inside[0].direction == way

    @property
    def period(self) -> Quantity | None:
        """The interval between spikes, by quadrature; None where spikes do not repeat."""
        if not self.fires or self.threshold is None or self.reset is None:
            return None
        system = self.model.system
        refractory = 0.0
        if system.refractory is not None:
            if self.x not in system.held:
                return None
            refractory = float(evaluate(system.refractory, self._known))
        low, high = float(self.reset.magnitude), float(self.threshold.magnitude)
        x = np.linspace(low, high, _POINTS)
        slowest = float(x[np.argmin(np.abs(self._f(x)))])
        length = passage_time(self._rate, self.x, self._known, (low, high), slowest)
        return units.attach(length + refractory, "ms")

    def plot(self, **options: Any) -> Any:
        """Draw it. See `excitable.plotting.plot_phase_line`."""
        return _products.plot_phase_line(self, **options)

    def sides(self, one: Equilibrium) -> tuple[int, int]:
        """Return the directions of the flow below and above an equilibrium, 0 beyond the range."""
        place = float(one.state[self.x].magnitude)
        size = 1e-9 * (self.window[1] - self.window[0])
        below = [r for r in self.regions if abs(float(r.high.magnitude) - place) <= size]
        above = [r for r in self.regions if abs(float(r.low.magnitude) - place) <= size]
        return (below[0].direction if below else 0), (above[0].direction if above else 0)

    def _f(self, x: Any) -> np.ndarray:
        x = np.asarray(x, float)
        with np.errstate(all="ignore"):
            found = evaluate(self._rate, {**self._known, self.x: x})
        return np.broadcast_to(found, x.shape)

    def _quantity(self, values: Any) -> Quantity:
        unit = units.default_unit(self.model.dimensions[self.x])
        return units.attach(np.asarray(values, float), unit)

    def _jump(self) -> tuple[Quantity | None, Quantity | None]:
        system = self.model.system
        threshold = system.expanded_threshold()
        if threshold is None or not system.reset:
            return None, None
        zero = linear_zero(threshold, self.x)
        if zero is None:
            return None, None
        place = float(evaluate(zero[0], self._known))
        (moved,) = system.expanded_reset().values()
        after = float(evaluate(moved, {**self._known, self.x: place}))
        return self._quantity(place), self._quantity(after)

    def __repr__(self) -> str:
        unit = units.default_unit(self.model.dimensions[self.x])
        turn = ", an angle" if self.periodic else ""
        lines = [f"Phase line of {self.model.name}: d{self.x}/dt over {self.x}{turn}"]
        lines += [f"  {one}" for one in self.equilibria] or ["  no equilibrium"]
        for one in self.regions:
            ends = f"{one.low.magnitude:.6g} to {one.high.magnitude:.6g} {unit}".rstrip()
            lines.append(f"  {'rises' if one.direction > 0 else 'falls'} from {ends}")
        if self.threshold is not None and self.reset is not None:
            ends = self.threshold.magnitude, self.reset.magnitude
            lines.append(f"  threshold {ends[0]:.6g}, reset {ends[1]:.6g} {unit}".rstrip())
        if (period := self.period) is not None:
            lines.append(f"  fires with period {period.magnitude:.5g} ms")
        return "\n".join(lines)


def phase_line(
    model: Model, *, window: Mapping[str, Any] | None = None, **inputs: Any
) -> PhaseLine:
    """Return the phase line of a neuron of one state under constant input.

    Parameters
    ----------
    model : Model
        One neuron of one state.
    window : mapping of str to (Quantity, Quantity), optional
        Range of the state; if not given, around equilibria, threshold and reset. Of an angle it
        is one turn.
    **inputs : Quantity or str
        One constant value for each input, by name; an input not given is zero.

    Returns
    -------
    PhaseLine
        ``.equilibria``, ``.regions``, ``.drift``, ``.potential``, ``.threshold``, ``.reset``,
        ``.period`` and ``.plot()``.

    Raises
    ------
    ModelError
        If the model has several states.
    UnknownNameError, UnitError, ParameterError
        If a name is no state or input, or a value has another unit or is not one value.

    Notes
    -----
    Equilibria are those of `equilibria`; between them the direction of the flow is the sign of the
    drift, and a drift that jumps through zero parts regions too. The period is the integral of
    ``1/drift`` from reset to threshold, with a relative error of about 1e-12 unless a warning tells
    that rounding shows, and the refractory time. Noise is left out.

    References
    ----------
    Izhikevich2007, chapter 3.

    Examples
    --------
    >>> import excitable as ex
    >>> ex.phase_line(ex.QIF, I=-4)
    Phase line of QIF: dx/dt over x
      stable node: x = -2
      unstable node: x = 2
      rises from -11.6 to -2
      falls from -2 to 2
      rises from 2 to 11.6
      threshold 10, reset -10
    """
    known = constants(model, inputs, "phase_line")
    if len(model.states) != 1:
        raise ModelError(
            f"{model.name} has {len(model.states)} states", "one state is expected",
            f"Write phase_plane({model.name}, ...)", owner="phase_line",
        )  # fmt: skip
    (x,) = model.states
    given = given_ranges(model, (x,), window, "phase_line")
    found = equilibria(model, **inputs)
    turn = one_turn(model, known)
    places = [float(one.state[x].magnitude) for one in found]
    span = given.get(x) or turn or first_span(model, known, x, places)
    return PhaseLine(model, known, found, span, periodic=turn is not None)
