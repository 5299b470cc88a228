"""How far a run's step is from converged: the same run once more with a finer step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.errors import SimulationError

if TYPE_CHECKING:
    from excitable.recording import Run

_SHARPER = 0.01


@dataclass(frozen=True)
class StepCheck:
    """What changes when a run is repeated with a finer step.

    Parameters
    ----------
    scheme : str
        The scheme checked.
    change : str
        What was made finer.
    spike_shift : Quantity [time]
        Largest shift of a spike; infinite if neurons fire another number of spikes.
    spikes : tuple of int
        Number of spikes before and after.
    differences : dict of str to Quantity
        Largest change of each recorded quantity at the sample times.

    Examples
    --------
    >>> import excitable as ex
    >>> run = ex.simulate(ex.LIF, "100 ms", I="300 pA")
    >>> run.check_step().converged
    True
    """

    scheme: str
    change: str
    spike_shift: Any
    spikes: tuple[int, int]
    differences: dict[str, Any]

    @property
    def converged(self) -> bool:
        """Whether no spike moved by more than 0.01 ms and none came or went."""
        return bool(units.strip(self.spike_shift, units.TIME, "spike_shift") <= 0.01)

    def __repr__(self) -> str:
        shown = ", ".join(f"{name} {value:.3g~P}" for name, value in self.differences.items())
        return (
            f"StepCheck({self.scheme}, {self.change}: spikes move by at most "
            f"{self.spike_shift:.3g~P}, {self.spikes[0]} against {self.spikes[1]} spikes"
            + (f"; largest changes: {shown}" if shown else "")
            + ")"
        )


def check_step(run: Run) -> StepCheck:
    """Say how far a run's step is from converged.

    Parameters
    ----------
    run : Run
        A run made by `simulate` in this session.

    Returns
    -------
    StepCheck
        Shifts against the same run with half the step, or for `adaptive` with a hundredth of the
        tolerance. For `exact` half the step may change rounding alone.

    Raises
    ------
    SimulationError
        If the run was loaded from a file, or carries noise, whose path another step does not
        repeat.

    Examples
    --------
    >>> import excitable as ex
    >>> run = ex.simulate(ex.HodgkinHuxley, "50 ms", I="10 uA/cm2")
    >>> check_step(run).converged
    True
    """
    from excitable.simulation._simulate import carry_out

    if getattr(run, "origin", None) is None:
        raise SimulationError(
            "this run was loaded, not made here",
            "a run of this session is expected",
            "Simulate again and check that run",
            owner=run.name,
        )
    problem, choice, start = run.origin
    if problem.system.noises:
        raise SimulationError(
            "the model carries noise",
            "a finer step would follow another random path",
            "Check the model without noise, or compare statistics of several seeds",
            owner=run.name,
        )
    if choice.name == "adaptive":
        finer = replace(problem, tolerance=problem.tolerance * _SHARPER)
        change = f"tolerance {problem.tolerance:g} against {finer.tolerance:g}"
    else:
        finer = replace(problem, dt=0.5 * problem.dt)
        change = f"dt {problem.dt:g} ms against {finer.dt:g} ms"
    other = carry_out(finer, choice, start, progress=False)
    return StepCheck(
        scheme=choice.name,
        change=change,
        spike_shift=units.attach(_shift(run, other), "ms"),
        spikes=(run.spikes.count, other.spikes.count),
        differences={
            name: units.attach(
                float(np.max(np.abs(values - other.values[name]), initial=0.0)), run.units[name]
            )
            for name, values in run.values.items()
        },
    )


def _shift(run: Run, other: Run) -> float:
    if not np.array_equal(run.spikes.offsets, other.spikes.offsets):
        return float("inf")
    return float(np.max(np.abs(run.spikes.grouped_ms - other.spikes.grouped_ms), initial=0.0))
