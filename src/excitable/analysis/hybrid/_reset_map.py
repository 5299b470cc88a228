"""The adaptation map of a neuron with a reset, and what repeated resets come to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import _products, units
from excitable.analysis._quantities import attached
from excitable.analysis.dynamics._inputs import constants
from excitable.analysis.hybrid._attractors import attractor_from, attractors_on
from excitable.analysis.hybrid._cycles import fixed_points
from excitable.analysis.hybrid._periods import period_of_one
from excitable.analysis.hybrid._range import natural_range
from excitable.analysis.hybrid._results import FixedPoint, SpikingAttractor
from excitable.analysis.hybrid._return_map import ReturnMap
from excitable.analysis.hybrid._table import Table, tabulate
from excitable.errors import ModelError, ParameterError
from excitable.model import Model
from excitable.simulation._start import rest

if TYPE_CHECKING:
    from excitable.units import Quantity

_TABLE = 1e-7  # of the range: what the table may miss the map by
_ROUGH = 1e-10  # relative error of a step while the table is made


class ResetMap:
    """The adaptation of a neuron just after a reset, mapped to that just after the next reset.

    Parameters
    ----------
    model : Model
        The neuron.
    known : dict of str to float
        Parameters and inputs in internal units.

    Attributes
    ----------
    model : Model
        The neuron.
    inputs : dict of str to Quantity
        Its inputs.
    adaptation : str or None
        The state that is mapped; None for neurons of one state, which have no map but a period.
    coordinate : str
        ``"after"`` the reset, or ``"before"`` it where the value just after does not tell all.
    """

    def __init__(self, model: Model, known: dict[str, float]) -> None:
        self.model = model
        self._known = known
        self.inputs: dict[str, Quantity] = {
            name: attached(known[name], units.default_unit(model.dimensions[name]))
            for name in model.inputs
        }
        self._map = ReturnMap(model, known) if len(model.system.states) == 2 else None
        self.adaptation = None if self._map is None else self._map.section.second
        self.coordinate = "after" if self._map is None else self._map.section.coordinate

    def __repr__(self) -> str:
        given = ", ".join(f"{name} = {value:.6g~P}" for name, value in self.inputs.items())
        lines = [f"Reset map of {self.model.name}" + (f" at {given}" if given else "")]
        if self._map is not None:
            lines += [f"  {one}" for one in self.fixed_points] or ["  no fixed point"]
        lines += [f"  from rest: {self.attractor}"]
        return "\n".join(lines)

    @property
    def _mapping(self) -> ReturnMap:
        if self._map is None:
            raise ModelError(
                f"{self.model.name} has one state",
                "a neuron with an adaptation is expected for a map of it",
                "Write reset_map(...).attractor.period for its period",
                owner="reset_map", name="model",
            )  # fmt: skip
        return self._map

    def _quantity(self, values: Any) -> Quantity:
        name = self._mapping.section.second
        return attached(values, units.default_unit(self.model.dimensions[name]))

    def _bare(self, w: Any, owner: str) -> np.ndarray:
        name = self._mapping.section.second
        bare = np.asarray(
            units.strip(w, self.model.dimensions[name], f"ResetMap.{owner}.{name}"), float
        )
        if not np.isfinite(bare).all():
            raise ParameterError(
                f"{name} is not finite", "finite values are expected", "Leave them out",
                owner=f"ResetMap.{owner}", name=name,
            )  # fmt: skip
        return bare

    def map(self, w: Any) -> Quantity:
        """Return the adaptation at the next spike.

        Parameters
        ----------
        w : Quantity, any shape
            The adaptation at a spike.

        Returns
        -------
        Quantity, shape of w
            nan where the neuron falls silent.
        """
        bare = self._bare(w, "map")
        return self._quantity(self._mapping(bare.ravel()).w.reshape(bare.shape))

    def slope(self, w: Any) -> np.ndarray:
        """Return the derivative of the map.

        Parameters
        ----------
        w : Quantity, any shape
            The adaptation at a spike.

        Returns
        -------
        ndarray, shape of w
            nan where the neuron falls silent.
        """
        bare = self._bare(w, "slope")
        slope = self._mapping(bare.ravel(), slope=True).slope
        return np.asarray(slope).reshape(bare.shape)

    def interval(self, w: Any) -> Quantity:
        """Return the time to the next spike.

        Parameters
        ----------
        w : Quantity, any shape
            The adaptation at a spike.

        Returns
        -------
        Quantity [time], shape of w
            nan where the neuron falls silent.
        """
        bare = self._bare(w, "interval")
        return units.attach(self._mapping(bare.ravel()).interval.reshape(bare.shape), "ms")

    @cached_property
    def _first(self) -> tuple[float, float]:
        """The adaptation at the first spike from rest, nan if there is none, and its latency."""
        system = self.model.system
        declared = np.array([[float(np.ravel(s.value)[0])] for s in self.model.states.values()])
        calm = rest(system, self.model.values(), declared)[0]
        step = self._mapping.first(np.asarray(calm, float))
        return float(step.w[0]), float(step.interval[0])

    @cached_property
    def _span(self) -> tuple[float, float] | None:
        declared = float(np.ravel(self.model.states[self._mapping.section.second].value)[0])
        first = self._first[0]
        seeds = [
            declared,
            declared + self._mapping.scale,
            first if np.isfinite(first) else declared,
        ]
        return natural_range(self._mapping, seeds, first)

    @cached_property
    def _table(self) -> Table | None:
        if self._span is None:
            return None

        def values(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            step = self._mapping(w, slope=True, tolerance=_ROUGH)
            return step.w, np.asarray(step.slope)

        return tabulate(values, *self._span, _TABLE)

    @property
    def range(self) -> tuple[Quantity, Quantity] | None:
        """The values of the adaptation that orbits come to; None if the neuron never fires."""
        if self._span is None:
            return None
        return self._quantity(self._span[0]), self._quantity(self._span[1])

    @cached_property
    def fixed_points(self) -> tuple[FixedPoint, ...]:
        """Values of the adaptation that repeat from spike to spike, rising."""
        if self._table is None:
            return ()
        return tuple(
            FixedPoint(
                self._quantity(float(one.w[0])),
                units.attach(float(one.interval[0]), "ms"),
                one.multiplier,
            )
            for one in fixed_points(self._mapping, self._table)
        )

    @cached_property
    def attractor(self) -> SpikingAttractor:
        """What the neuron comes to when the input is stepped up from zero, at rest."""
        if self._map is None:
            return period_of_one(self.model, self._known, at_rest=True)
        if self._table is None:
            first = int(np.isfinite(self._first[0]))
            return attractor_from(self._mapping, None, np.nan, self._quantity, already=first)
        return attractor_from(self._mapping, self._table, self._first[0], self._quantity, already=1)

    @cached_property
    def attractors(self) -> tuple[SpikingAttractor, ...]:
        """All that lasts after some reset, wherever on the reset line: spiking only."""
        if self._map is None:
            one = period_of_one(self.model, self._known, at_rest=False)
            return () if one.kind is None else (one,)
        if self._table is None:
            return ()
        return attractors_on(self._mapping, self._table, self._quantity)

    def orbit(self, w: Any = None, spikes: int = 20) -> tuple[Quantity, Quantity]:
        """Return successive values of the adaptation, exactly, and the intervals between.

        Parameters
        ----------
        w : Quantity, optional
            Where to begin; at the first spike from rest if left out.
        spikes : int
            How many steps.

        Returns
        -------
        w : Quantity, shape (points,)
            The adaptation at the spikes; fewer than `spikes` + 1 where the neuron falls silent.
        intervals : Quantity [time], shape (points - 1,)
            Between them.
        """
        if isinstance(spikes, bool) or not isinstance(spikes, int) or spikes < 1:
            raise ParameterError(
                f"{spikes!r} spikes", "a whole number from 1 on is expected", "Write spikes=20",
                owner="ResetMap.orbit", name="spikes",
            )  # fmt: skip
        place = self._first[0] if w is None else float(self._bare(w, "orbit"))
        points, intervals = [place] if np.isfinite(place) else [], []
        while points and len(intervals) < spikes:
            step = self._mapping(np.array([points[-1]]))
            if not np.isfinite(step.w[0]):
                break
            points.append(float(step.w[0]))
            intervals.append(float(step.interval[0]))
        return self._quantity(np.array(points)), units.attach(np.array(intervals), "ms")

    def sketch(self, w: Any = None, spikes: int = 20) -> Quantity:
        """Return successive values of the adaptation as read from the table, for pictures.

        Parameters
        ----------
        w : Quantity, optional
            Where to begin; at the first spike from rest if left out.
        spikes : int
            How many steps.

        Returns
        -------
        Quantity, shape (points,)
            Right to about 1e-7 of the range for some spikes; see `orbit` for exact ones.
        """
        place = self._first[0] if w is None else float(self._bare(w, "sketch"))
        points = [place] if np.isfinite(place) else []
        while self._table is not None and points and len(points) <= spikes:
            after = float(self._table(np.array([points[-1]]))[0])
            if not np.isfinite(after):
                break
            points.append(after)
        return self._quantity(np.array(points))

    def curve(self, low: Any, high: Any, points: int = 400) -> tuple[Quantity, Quantity]:
        """Return the map as a curve, as read from the table, for pictures.

        Parameters
        ----------
        low, high : Quantity
            Its ends.
        points : int
            Number of points; there are more where the map bends sharply.

        Returns
        -------
        w, after : Quantity, shape (points,)
            nan where the neuron falls silent or the map jumps.
        """
        ends = [float(self._bare(end, "curve")) for end in (low, high)]
        if self._table is None:
            return self._quantity(np.empty(0)), self._quantity(np.empty(0))
        nodes = self._table.w[(self._table.w >= ends[0]) & (self._table.w <= ends[1])]
        middles = 0.5 * (nodes[:-1] + nodes[1:])  # of a piece that jumps, too
        w = np.unique(np.concatenate([np.linspace(ends[0], ends[1], points), nodes, middles]))
        return self._quantity(w), self._quantity(self._table(w))

    def plot(self, **options: Any) -> Any:
        """Draw it. See `excitable.plotting.plot_reset_map`."""
        return _products.plot_reset_map(self, **options)


def reset_map(model: Model, **inputs: Any) -> ResetMap:
    """Return the adaptation map of a neuron with a reset under constant input.

    Parameters
    ----------
    model : Model
        One neuron with a reset and one or two states.
    **inputs : Quantity or str
        One constant value for each input, by name; an input not given is zero.

    Returns
    -------
    ResetMap
        `.map`, `.interval`, `.fixed_points`, `.attractor`, `.plot()`.

    Raises
    ------
    ModelError
        If the model has no reset, or more than two states.
    UnknownNameError, UnitError, ParameterError
        If an input is not one of its inputs, has another unit, changes in time or has several
        values.

    Notes
    -----
    Between a reset and the next spike a neuron of two states is a function of one number, its
    adaptation w just after the reset. The map from w to its value after the next reset therefore
    says all about repetitive firing: a fixed point is tonic firing, stable if the slope there is
    between -1 and 1; a cycle of n points is a burst of n spikes; a bounded orbit that never
    repeats is irregular firing; and where the map is not defined, the neuron falls silent.

    The map is computed by steps of order 8 with spikes located to rounding, about 1e-10 ms; on the
    upstroke the potential takes the place of time. Slopes follow from the variational equations.
    Fixed points and cycles are polished by Newton's method on that map. Long orbits run through a
    table of it that is right to 1e-7 of the range; a cycle that they find counts only once it was
    confirmed on the map itself. A jump of the map across the diagonal is no fixed point.
    Neurons of one state have no map but a period. Noise is left out.

    References
    ----------
    TouboulBrette2008; TouboulBrette2009; Izhikevich2007, chapter 8.

    Examples
    --------
    >>> import excitable as ex
    >>> cell = ex.Izhikevich.preset("chattering")
    >>> ex.reset_map(cell, I="10 mV/ms").attractor
    bursting: 5 spikes in 59.3113 ms
    """
    known = constants(model, inputs, "reset_map")
    states = model.system.states
    if not model.system.reset or len(states) > 2:
        what = "no reset" if not model.system.reset else f"{len(states)} states"
        raise ModelError(
            f"{model.name} has {what}",
            "a neuron with a reset and one or two states is expected",
            "Write ex.continuation(model, ...).cycles() for neurons without a reset, and "
            "ex.simulate(model, ...) for more states",
            owner="reset_map",
            name="model",
        )
    return ResetMap(model, known)
