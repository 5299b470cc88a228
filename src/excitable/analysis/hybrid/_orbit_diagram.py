"""What a neuron with a reset settles to, along a parameter or an input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import _products, units
from excitable.analysis._quantities import attached
from excitable.analysis.dynamics._inputs import constants
from excitable.analysis.hybrid._return_map import ReturnMap
from excitable.errors import ModelError, ParameterError, UnknownNameError
from excitable.model import Model
from excitable.simulation._start import rest

if TYPE_CHECKING:
    from excitable.units import Quantity

_ACCURACY = 1e-10  # relative error of a step
_SAME = 1e-6  # of the scale: how close an orbit comes to where it was
_LONGEST = 64


@dataclass(frozen=True, eq=False)
class OrbitDiagram:
    """Intervals between spikes after a transient, for each value of a parameter.

    Parameters
    ----------
    model : Model
        The neuron.
    parameter : str
        The parameter or input that varies.
    values : Quantity, shape (values,)
        Its values.
    intervals : list of Quantity [time]
        For each value the intervals of one cycle, or, where none of up to 64 spikes was seen, all
        that were kept; empty where the neuron falls silent.
    w : list of Quantity
        The adaptation at the spikes before these intervals.
    spikes_per_cycle : ndarray of int, shape (values,)
        0 where the neuron falls silent or does not repeat itself.
    silent : ndarray of bool, shape (values,)
        Where it falls silent.
    """

    model: Model
    parameter: str
    values: Quantity
    intervals: list[Quantity]
    w: list[Quantity]
    spikes_per_cycle: np.ndarray
    silent: np.ndarray

    def __repr__(self) -> str:
        low, high = self.values[0], self.values[-1]
        seen = sorted(set(self.spikes_per_cycle[self.spikes_per_cycle > 0].tolist()))
        lines = [f"Orbit diagram of {self.model.name}, {self.parameter} from {low:~P} to {high:~P}"]
        lines.append(f"  spikes per cycle: {', '.join(map(str, seen)) or 'none'}")
        open_ended = int(((self.spikes_per_cycle == 0) & ~self.silent).sum())
        lines.append(f"  {open_ended} values without a cycle, {int(self.silent.sum())} silent")
        return "\n".join(lines)

    def plot(self, **options: Any) -> Any:
        """Draw it. See `excitable.plotting.plot_orbit_diagram`."""
        return _products.plot_orbit_diagram(self, **options)


def orbit_diagram(
    model: Model, parameter: str, start: Any, stop: Any, *, n: int = 100,
    transient: int = 100, keep: int = 128, **inputs: Any,
) -> OrbitDiagram:  # fmt: skip
    """Return the intervals that a neuron with a reset settles to, along a parameter.

    Parameters
    ----------
    model : Model
        One neuron with a reset and two states.
    parameter : str
        A parameter or an input.
    start, stop : Quantity or str
        Its range.
    n : int
        Number of values.
    transient : int
        Spikes that are left out at most; an orbit that repeats itself earlier is not followed on.
    keep : int
        Intervals that are kept of an orbit that does not.
    **inputs : Quantity or str
        Constant values of the (other) inputs.

    Returns
    -------
    OrbitDiagram
        For each value the attractor that the neuron comes to when its input is stepped up from
        zero, at rest.

    Raises
    ------
    ModelError
        If the model has no reset or not two states.
    UnknownNameError, ParameterError, UnitError
        If the parameter is not in the model or also given as an input, `n`, `transient` or `keep`
        is no positive whole number, or a value has the wrong unit.

    Notes
    -----
    Every value has its own orbit of exact spikes; all go side by side. Cycles of which one
    multiplier is nearly one may need a longer transient; `reset_map(...).attractor` confirms a
    cycle by Newton's method.

    Examples
    --------
    >>> import excitable as ex
    >>> cell = ex.Izhikevich.preset("chattering")
    >>> ex.orbit_diagram(cell, "I", "10 mV/ms", "20 mV/ms", n=3).spikes_per_cycle.tolist()
    [5, 6, 7]
    """
    known = _constants(model, parameter, inputs)
    for name, value in (("n", n), ("transient", transient), ("keep", keep)):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ParameterError(
                f"{value!r}", "a whole number from 1 on is expected", f"Write {name}=100",
                owner="orbit_diagram", name=name,
            )  # fmt: skip
    ends = [
        float(units.strip(end, model.dimensions[parameter], f"orbit_diagram.{where}"))
        for end, where in ((start, "start"), (stop, "stop"))
    ]
    values = np.linspace(ends[0], ends[1], n)
    the_map = ReturnMap(model, {**known, parameter: 0.5 * (ends[0] + ends[1])}, (parameter,))
    lanes = {parameter: values}
    step = the_map.first(_rests(model, parameter, values), lanes, tolerance=_ACCURACY)
    w, interval, cycle = _orbits(the_map, step.w, lanes, (transient, keep))
    unit = units.default_unit(model.dimensions[the_map.section.second])
    kept = [_kept(w[:, k], interval[:, k], int(cycle[k])) for k in range(n)]
    silent = ~np.isfinite(w[0])
    return OrbitDiagram(
        model, parameter, attached(values, units.default_unit(model.dimensions[parameter])),
        [units.attach(times, "ms") for _, times in kept],
        [attached(points, unit) for points, _ in kept], cycle, silent,
    )  # fmt: skip


def _constants(model: Any, parameter: str, inputs: Mapping[str, Any]) -> dict[str, float]:
    known = constants(model, inputs, "orbit_diagram")
    if not model.system.reset or len(model.system.states) != 2:
        count = len(model.system.states)
        what = f"{count} state{'s' if count > 1 else ''}" if model.system.reset else "no reset"
        raise ModelError(
            f"{model.name} has {what}",
            "a neuron with a reset and two states is expected",
            "Write ex.fi_curve(model, I=...) for the rates of other neurons",
            owner="orbit_diagram",
            name="model",
        )
    if parameter in inputs:
        raise ParameterError(
            f"{parameter} is given twice", f"{parameter} is what varies",
            f"Leave {parameter}=... out", owner="orbit_diagram", name=parameter,
        )  # fmt: skip
    if parameter not in known:
        raise UnknownNameError(
            f"{parameter!r} is neither a parameter nor an input of {model.name}",
            f"one of {', '.join(known)} is expected",
            f'Write orbit_diagram(model, "{next(iter(model.inputs), next(iter(known)))}", ...)',
            owner="orbit_diagram",
            name="parameter",
        )
    return known


def _rests(model: Model, parameter: str, values: np.ndarray) -> np.ndarray:
    """Where runs begin, shape (states, values)."""
    system = model.system
    declared = np.array([[float(np.ravel(s.value)[0])] for s in model.states.values()])
    declared = np.repeat(declared, values.size, axis=1)
    own = dict(model.values())
    if parameter in own:
        own = {name: np.full(values.size, float(v)) for name, v in own.items()} | {
            parameter: values
        }
    return np.asarray(rest(system, own, declared)[0], float)


def _orbits(
    the_map: ReturnMap, first: np.ndarray, lanes: dict[str, np.ndarray], spikes: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The latest points of every orbit, the latest first, their intervals, and the cycles."""
    transient, keep = spikes
    count = first.size
    window = max(keep, _LONGEST + 1)
    w, interval = np.full((window + 1, count), np.nan), np.full((window + 1, count), np.nan)
    w[0] = first
    cycle = np.zeros(count, int)
    going = np.isfinite(first)
    for _ in range(transient + keep):
        here = np.flatnonzero(going)
        if not here.size:
            break
        own = {name: value[here] for name, value in lanes.items()}
        step = the_map(w[0, here], own, tolerance=_ACCURACY)
        w[1:, here], interval[1:, here] = w[:-1, here], interval[:-1, here]
        w[0, here], interval[0, here] = step.w, step.interval
        with np.errstate(invalid="ignore"):
            near = np.abs(w[1 : _LONGEST + 1, here] - step.w) < _SAME * the_map.scale
        cycle[here] = np.where(near.any(axis=0), near.argmax(axis=0) + 1, 0)
        going[here] = np.isfinite(step.w) & (cycle[here] == 0)
    return w, interval, cycle


def _kept(w: np.ndarray, interval: np.ndarray, cycle: int) -> tuple[np.ndarray, np.ndarray]:
    """One cycle, the longest interval last, or all that is kept; oldest first."""
    if not np.isfinite(w[0]):
        return np.empty(0), np.empty(0)
    count = cycle or int(np.isfinite(interval).sum())
    points, times = w[1 : count + 1][::-1], interval[:count][::-1]
    if cycle:
        start = (int(np.argmax(times)) + 1) % count
        points, times = np.roll(points, -start), np.roll(times, -start)
    return points, times
