"""Steady and first intervals of a model at many levels of an input: in closed form or by runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from excitable import units
from excitable.analysis.firing._closed import closed_period
from excitable.analysis.firing._lanes import Lanes, require_threshold
from excitable.analysis.firing._quadrature import integrated_intervals
from excitable.analysis.firing._settle import Settler
from excitable.errors import ModelError
from excitable.model import Model
from excitable.stimuli import ramp, step

TOLERANCE = 1e-7


@dataclass(frozen=True)
class Intervals:
    """Intervals of every lane.

    Parameters
    ----------
    steady, first : ndarray, shape (lanes,)
        In ms, infinite where silent.
    settled : ndarray of bool, shape (lanes,)
        Whether the steady interval was reached.
    method : str
        How they were found.
    """

    steady: np.ndarray
    first: np.ndarray
    settled: np.ndarray
    method: str


def intervals(
    lanes: Lanes, *, tolerance: float = TOLERANCE, threads: int | None = None,
    start: np.ndarray | None = None,
) -> Intervals:  # fmt: skip
    """Return steady and first intervals of all lanes.

    Parameters
    ----------
    lanes : Lanes
        Neurons under constant input.
    tolerance : float
        Relative error allowed where they are simulated.
    threads : int, optional
        As in `simulate`.
    start : ndarray, shape (states, lanes), optional
        Where to begin; then no closed form is asked.

    Returns
    -------
    Intervals
        In closed form where there is one.
    """
    closed = closed_period(lanes.system) if start is None else None
    if closed is not None:
        steady = closed.evaluate(lanes.known(), (lanes.count,))
        return Intervals(steady, steady, np.ones(lanes.count, bool), closed.what)
    require_spikes(lanes.model)
    integrated = integrated_intervals(lanes) if start is None else None
    if integrated is not None:
        return Intervals(integrated, integrated, np.ones(lanes.count, bool), "quadrature")
    settler = Settler(lanes, tolerance=tolerance, start=start, threads=threads)
    outcome = settler.run()
    return Intervals(outcome.interval, outcome.first, outcome.settled, _method(lanes))


def require_spikes(model: Model) -> None:
    """Refuse models that have no rate of firing, or none that runs would settle to."""
    require_threshold(model)
    name = model.name
    if model.system.noises:
        raise ModelError(
            f"{name} carries noise",
            "a closed form is known for one linear state with additive noise alone",
            "Simulate it and take run.spikes[0].rate()",
            owner=name,
        )


def _method(lanes: Lanes) -> str:
    from excitable.numerics.choose import choose

    return choose(lanes.system).name


def carried(lanes: Lanes, direction: str, *, threads: int | None = None) -> np.ndarray:
    """Return where slow ramps from one end of the levels bring each lane.

    Parameters
    ----------
    lanes : Lanes
        Neurons and the levels to arrive at.
    direction : str
        `"up"` begins at rest at zero input, or at the lowest level if that is below; `"down"` in
        the state that a step to the highest one leads to.
    threads : int, optional
        As in `simulate`.

    Returns
    -------
    ndarray, shape (states, lanes)
        States at the end of the ramps.
    """
    from excitable.simulation import simulate

    levels = lanes.levels
    # A step to a lowest level above zero could already set off a neuron that would rest there.
    end = min(float(levels.min()), 0.0) if direction == "up" else float(levels.max())
    begin = np.full_like(levels, end)
    settler = Settler(lanes, tolerance=TOLERANCE, threads=threads)
    wait = 2.0 * settler.length
    # All lanes move at the same speed: the farthest takes twenty times as long as it takes to rest.
    share = np.abs(levels - begin) / max(float(np.abs(levels - begin).max()), 1e-300)
    stop = wait + np.maximum(20.0 * settler.length * share, 1e-3 * wait)
    unit = units.default_unit(lanes.model.inputs[lanes.input].dimension)
    first, last = units.attach(begin, unit), units.attach(levels, unit)
    rise, top = units.attach(np.full_like(levels, wait), "ms"), units.attach(stop, "ms")
    drive = step(first, stop=rise) + ramp(first, last, start=rise, stop=top) + step(last, start=top)
    arguments = {**lanes.arguments(), lanes.input: drive}
    length = units.attach(float(stop.max()) + 2.0 * settler.length, "ms")
    run = simulate(
        lanes.model, length, dt=length, record=settler.names, progress=False, threads=threads,
        **arguments,
    )  # fmt: skip
    return np.stack([run.values[name][-1] for name in settler.names])
