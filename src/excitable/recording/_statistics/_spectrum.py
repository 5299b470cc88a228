"""Power spectrum of a spike train, exact at the spike times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.recording._statistics import _check
from excitable.recording._statistics._fourier import fourier_sums
from excitable.recording._statistics._results import PowerSpectrum

if TYPE_CHECKING:
    from excitable.recording._spike_train import SpikeTrain


def power_spectrum(
    train: SpikeTrain, stop: Any = "500 Hz", *, resolution: Any = "1 Hz"
) -> PowerSpectrum:
    """Return the power spectrum of the train.

    Parameters
    ----------
    stop : Quantity [1/time] or str
        Highest frequency.
    resolution : Quantity [1/time] or str
        Lowest frequency, and the distance of neighbouring ones. The train is cut into stretches
        of 1/resolution, over which the power is averaged; what is left at the end is not used.

    Returns
    -------
    PowerSpectrum
        Frequencies, power in Hz, and the standard error of the power. An empty train has none:
        its power is zero.

    Raises
    ------
    ParameterError
        If a frequency is not above zero, or the window is shorter than 1/resolution.

    Notes
    -----
    The power at f is ``resolution * |sum over spikes of exp(-2 pi i f t)|^2``, averaged over the
    stretches (Bartlett's estimate). The sums are those over the spike times themselves, to ten
    digits: there is no grid, and no highest frequency that it would set. A stretch holds whole
    periods of every frequency, so the mean rate drops out, and no taper is used. The power of a
    Poisson train is its rate at every frequency.

    References
    ----------
    Bartlett1963; BarnettEtAl2019 for the sums

    Examples
    --------
    >>> from excitable import trains
    >>> from excitable.units import Hz, second
    >>> spectrum = trains.regular(10*Hz, 4*second).power_spectrum(30*Hz, resolution=5*Hz)
    >>> spectrum.power.magnitude.round(6).tolist()
    [0.0, 20.0, 0.0, 20.0, 0.0, 20.0]
    """
    highest = _one(stop, "stop")
    step = _one(resolution, "resolution")
    length = _check.window(train, "power_spectrum")
    segments = int(_check.bins_of(length, 1.0 / step))
    if segments < 1:
        _check.refuse(
            f"stretches of {1 / step:g} ms in a window of {length:g} ms",
            "one or more fit into it",
            f"Write resolution={1010 / length:.3g}*Hz, or more",
            "power_spectrum",
            "resolution",
        )
    number = int(highest / step + 1e-9)
    if number < 1:
        _check.refuse(
            f"{1000 * highest:g} Hz",
            f"a frequency of the resolution ({1000 * step:g} Hz) or more is expected",
            "stop=500*Hz",
            "power_spectrum",
            "stop",
        )
    cycles = (train._times - train._start) * step
    segment = _check.bins_of(cycles, 1.0)
    inside = segment < segments
    squares = fourier_sums(cycles[inside], segment[inside], segments, number)
    power = squares.mean(axis=0) * step
    # One stretch alone scatters as much as it is high: its power is distributed exponentially.
    spread = squares.std(axis=0, ddof=1) * step if segments > 1 else power
    return PowerSpectrum(
        units.attach(step * np.arange(1, number + 1), "Hz"),
        units.attach(power, "Hz"),
        units.attach(spread / np.sqrt(segments), "Hz"),
        segments,
    )


def _one(value: Any, name: str) -> float:
    bare = _check.rates(value, "power_spectrum", name)
    if bare.ndim:
        _check.refuse(
            f"{bare.size} values", "one frequency is expected", f"{name}=1*Hz", "power_spectrum",
            name,
        )  # fmt: skip
    return float(bare)
