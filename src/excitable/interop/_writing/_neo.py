"""A run as a neo block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.interop._extra import extra
from excitable.interop._writing._dataset import attributes

if TYPE_CHECKING:
    from excitable.recording import Run

_EVEN = 1e-6
"""Part of an interval by which times of an evenly sampled signal may differ."""


def to_neo(run: Run) -> Any:
    """Give a run as a neo block.

    Parameters
    ----------
    run : Run
        What to convert.

    Returns
    -------
    neo.Block
        One segment: an analog signal for each recorded quantity and each input, and a spike train
        for each neuron. How the run was made stands in the annotations.

    Raises
    ------
    MissingExtraError
        If neo is not installed.

    Examples
    --------
    >>> import excitable as ex
    >>> block = to_neo(ex.simulate(ex.LIF, "50 ms", I="400 pA"))
    >>> [signal.name for signal in block.segments[0].analogsignals]
    ['v', 'I']
    """
    neo = extra("neo", "neo", "a neo block")
    block = neo.Block(name=run.name, **attributes(run))
    segment = neo.Segment(name=run.name)
    block.segments.append(segment)
    for name, neurons in run.neurons.items():
        shown = units.attach(run.values[name], run.units[name]).magnitude
        _add_signal(neo, segment, run, name, (shown, run.units[name], np.asarray(neurons)))
    if run.neurons:
        neurons = np.asarray(next(iter(run.neurons.values())))
        for name, signal in run.inputs.items():
            driven = run.input(name, neurons).magnitude
            _add_signal(neo, segment, run, name, (driven, signal.unit, neurons))
    for neuron, train in enumerate(run.spikes):
        segment.spiketrains.append(
            neo.SpikeTrain(
                train.times_ms,
                units="ms",
                t_start=float(train.start.magnitude),
                t_stop=float(train.stop.magnitude),
                name=f"neuron {neuron}",
                neuron=neuron,
            )
        )
    return block


def _add_signal(
    neo: Any, segment: Any, run: Run, name: str, shown: tuple[np.ndarray, str, np.ndarray]
) -> None:
    values, unit, neurons = shown
    t = run.t_ms
    common = {
        "units": _for_quantities(unit),
        "name": name,
        "array_annotations": {"neuron": neurons},
    }
    steps = np.diff(t)
    if t.size > 1 and np.ptp(steps) > _EVEN * steps[0]:
        signal = neo.IrregularlySampledSignal(t, values, time_units="ms", **common)
        segment.irregularlysampledsignals.append(signal)
        return
    period = float(steps[0]) if t.size > 1 else float(run.settings.get("dt", 1.0))
    interval = float(run.settings.get("record_dt", period))
    interval = interval if abs(interval - period) <= _EVEN * period else period
    first = units.attach(float(t[0]) if t.size else 0.0, "ms").magnitude
    quantities = extra("quantities", "neo", "a neo block")
    segment.analogsignals.append(
        neo.AnalogSignal(
            values,
            sampling_period=interval * quantities.ms,
            t_start=first * quantities.ms,
            **common,
        )
    )


def _for_quantities(unit: str) -> str:
    """Text of a unit as the package quantities reads it: "uA/cm2" is "uA/cm**2" there."""
    import re

    powers = re.sub(r"(?<=[A-Za-z])(-?\d+)", r"**\1", unit)
    return powers.replace("Ohm", "ohm") or "dimensionless"
