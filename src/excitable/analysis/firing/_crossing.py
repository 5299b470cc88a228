"""Will an input make a neuron fire, and when: `threshold_crossing`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.firing._lanes import check_input, lanes, levels_of
from excitable.analysis.firing._rates import require_spikes
from excitable.analysis.firing._settle import Settler
from excitable.errors import ParameterError
from excitable.model import Model
from excitable.simulation import simulate
from excitable.simulation._arguments import check_input_names
from excitable.stimuli import Stimulus


@dataclass(frozen=True)
class Crossing:
    """Whether an input makes a neuron fire, and when for the first time.

    Parameters
    ----------
    fires : bool or ndarray of bool, shape (levels,)
        The answer.
    time : Quantity [time] or None, or Quantity of shape (levels,)
        Time of the first spike from the start of the input; None, or infinite in an array, where
        the neuron stays silent.
    why : str
        How it is known.

    Examples
    --------
    >>> import excitable as ex
    >>> ex.threshold_crossing(ex.LIF, I="150 pA").fires
    False
    """

    fires: Any
    time: Any
    why: str


def threshold_crossing(
    model: Model, I: Any = None, *, input: str = "I",
    duration: Any = None, threads: int | None = None, **others: Any,
) -> Crossing:  # fmt: skip
    """Say whether an input makes a neuron at rest fire, and when.

    Parameters
    ----------
    model : Model
        One neuron.
    I : Quantity, str, array or Stimulus
        A constant input, several of them, or a stimulus.
    input : str
        Name of the input.
    duration : Quantity [time] or str, optional
        How long to look, needed for a stimulus; a constant input is followed until the neuron has
        fired or come to rest.
    threads : int, optional
        As in `simulate`.
    **others : Quantity or str
        Constant values of other inputs.

    Returns
    -------
    Crossing
        `.fires` and `.time`.

    Raises
    ------
    ParameterError
        If a stimulus comes without a duration.

    Examples
    --------
    >>> import excitable as ex
    >>> print(ex.threshold_crossing(ex.LIF, I="300 pA").time.round(6))
    13.862944 ms
    """
    check_input(model, input, owner="threshold_crossing")
    check_input_names(model, others, owner="threshold_crossing")
    require_spikes(model)
    if isinstance(I, Stimulus) or duration is not None:
        return _followed(model, {input: I, **others}, duration, threads)
    if I is None:
        raise ParameterError(
            "no input", "an input is expected", f"Write {input}=300*pA",
            owner="threshold_crossing", name=input,
        )  # fmt: skip
    levels = levels_of(model, I, input, owner="threshold_crossing")
    some = lanes(model, levels, input, others, owner="threshold_crossing")
    outcome = Settler(some, tolerance=1e-3, threads=threads).run()
    why = "followed until it fired or came to rest"
    if some.count == 1 and np.ndim(getattr(I, "magnitude", 0.0)) == 0:
        fires = bool(outcome.spikes[0])
        time = units.attach(float(outcome.latency[0]), "ms") if fires else None
        return Crossing(fires, time, why)
    return Crossing(outcome.spikes, units.attach(outcome.latency, "ms"), why)


def _followed(model: Model, inputs: dict[str, Any], duration: Any, threads: int | None) -> Crossing:
    if duration is None:
        raise ParameterError(
            "a stimulus without a duration", "how long to look is expected",
            "Write duration=500*ms", owner="threshold_crossing", name="duration",
        )  # fmt: skip
    run = simulate(model, duration, record=False, progress=False, threads=threads, **inputs)
    start = units.strip(run.spikes.start, units.TIME, "start")
    first = np.array([t.times_ms[0] - start if t.count else np.inf for t in run.spikes])
    why = f"followed for {run.duration:~P}"
    if first.size == 1:
        fires = bool(np.isfinite(first[0]))
        return Crossing(fires, units.attach(float(first[0]), "ms") if fires else None, why)
    return Crossing(np.isfinite(first), units.attach(first, "ms"), why)
