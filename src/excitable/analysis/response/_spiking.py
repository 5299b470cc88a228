"""How a firing neuron follows a sinusoidal input: its rate, and the phase of its spikes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.firing._lanes import lanes, require_threshold
from excitable.analysis.response._operating_point import amplitude_given, one_neuron, one_value
from excitable.errors import ParameterError
from excitable.model import Model
from excitable.simulation import simulate
from excitable.stimuli import sine


@dataclass(frozen=True, eq=False)
class SpikingResponse:
    """Spikes of a neuron driven by ``at + amplitude*sin(2 pi f t)``, over whole cycles.

    Parameters
    ----------
    frequencies : Quantity [1/time], shape (n,)
        Of the drive.
    rate : Quantity [1/time], shape (n,)
        Mean firing rate.
    spikes_per_cycle : ndarray, shape (n,)
        Rate over frequency: 1 where every cycle brings one spike.
    locking : ndarray, shape (n,)
        Vector strength: 1 where all spikes come at one phase, 0 where there are none.
    phase : ndarray, shape (n,)
        Mean phase of the spikes behind the zero of the sine, in rad.
    modulation : Quantity [1/time], shape (n,)
        Amplitude of the rate at the frequency of the drive: 2 * rate * locking.
    gain : Quantity, shape (n,)
        Modulation over the amplitude of the drive.
    cycles : int
        How many cycles were counted.
    model : Model
        The model.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import Hz, pA
    >>> response = ex.frequency_response(
    ...     ex.LIF, [50] * Hz, at=160*pA, amplitude=200*pA, method="spikes")
    >>> print(response.spikes_per_cycle)
    [0.5]
    """

    frequencies: Any
    rate: Any
    spikes_per_cycle: np.ndarray
    locking: np.ndarray
    phase: np.ndarray
    modulation: Any
    gain: Any
    cycles: int
    model: Model

    def plot(self, **options: Any) -> Any:
        """Draw it, ``linear=`` beside it: see `excitable.plotting.plot_spiking_response`."""
        from excitable import _products

        return _products.plot_spiking_response(self, **options)

    def __repr__(self) -> str:
        rates = self.rate.to("Hz").magnitude
        return (
            f"SpikingResponse({self.model.name}: {rates.size} frequencies, {rates.min():.4g} to "
            f"{rates.max():.4g} Hz, {self.spikes_per_cycle.min():.3g} to "
            f"{self.spikes_per_cycle.max():.3g} spikes per cycle over {self.cycles} cycles)"
        )


def spiking_response(
    model: Model, frequencies: np.ndarray, name: str, drive: tuple[Any, Any],
    others: Mapping[str, Any], *, cycles: int,
) -> SpikingResponse:  # fmt: skip
    """Return how spikes follow sines of several frequencies.

    Parameters
    ----------
    model : Model
        One neuron.
    frequencies : ndarray, shape (n,)
        In 1/ms.
    name : str
        The input.
    drive : tuple of Quantity or str
        Its mean and its amplitude.
    others : mapping of str to Quantity
        Constant values of other inputs.
    cycles : int
        Cycles counted; a quarter as many go before.

    Returns
    -------
    SpikingResponse
        From one run for each frequency.
    """
    owner = "frequency_response"
    require_threshold(model)
    one_neuron(model, owner)
    if isinstance(cycles, bool) or cycles != int(cycles) or cycles < 1:
        raise ParameterError(
            f"{cycles!r} cycles", "a whole number from 1 on is expected", "Write cycles=100",
            owner=owner, name="cycles",
        )  # fmt: skip
    unit = units.default_unit(model.inputs[name].dimension)
    mean = 0.0 if drive[0] is None else one_value(model, drive[0], name, f"{owner}.at")
    swing = amplitude_given(model, drive[1], name, owner)
    still = units.attach(mean, unit)
    fixed = lanes(model, np.zeros(1), name, others, owner=owner).arguments()
    rate, vectors = np.zeros(frequencies.size), np.zeros(frequencies.size, complex)
    before = max(cycles // 4, 2)
    for k, f in enumerate(frequencies):
        wave = sine(units.attach(swing, unit), units.attach(f, "kHz"))
        inputs: dict[str, Any] = {**fixed, name: wave + still}
        length = units.attach((before + cycles) / f, "ms")
        run = simulate(model, length, record=False, progress=False, **inputs)
        times = run.spikes.grouped_ms
        times = times[times >= before / f]
        rate[k] = times.size * f / cycles
        if times.size:
            vectors[k] = np.mean(np.exp(2j * np.pi * f * times))
    locking = np.abs(vectors)
    modulation = 2.0 * rate * locking
    gain_unit = f"Hz/({unit})" if unit else "Hz"
    return SpikingResponse(
        frequencies=units.attach(frequencies, "Hz"),
        rate=units.attach(rate, "Hz"),
        spikes_per_cycle=rate / frequencies,
        locking=locking,
        phase=np.angle(vectors),
        modulation=units.attach(modulation, "Hz"),
        gain=units.attach(modulation / swing, gain_unit),
        cycles=cycles,
        model=model,
    )
