"""Phase locking: how spikes keep to the phase of an oscillation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.recording._statistics import _check
from excitable.recording._statistics._results import PhaseLocking

if TYPE_CHECKING:
    from excitable.recording._spike_train import SpikeTrain


def vector_strength(train: SpikeTrain, frequency: Any) -> Any:
    """Return the vector strength of the spikes at one or several frequencies.

    Parameters
    ----------
    frequency : Quantity [1/time] or str, shape () or (k,)
        Frequencies of the oscillation.

    Returns
    -------
    float or ndarray of shape (k,)
        Length of the mean of exp(2 pi i f t) over the spikes: 1 if all share one phase.

    Raises
    ------
    UndefinedStatisticError
        If there is no spike.
    ParameterError
        If a frequency is not above zero.

    Notes
    -----
    Of n spikes without locking it is about 0.9/sqrt(n), not 0: see ``phase_locking`` for how
    likely a value is by chance.

    References
    ----------
    GoldbergBrown1969

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import Hz, ms
    >>> SpikeTrain([25, 75, 125] * ms).vector_strength([10, 20] * Hz).round(6)
    array([0.333333, 1.      ])
    """
    per_ms = _check.rates(frequency, "vector_strength", "frequency")
    _some_spike(train, "vector_strength")
    lengths = np.array([abs(_mean_vector(train._times * f)) for f in per_ms.ravel().tolist()])
    return float(lengths[0]) if per_ms.ndim == 0 else lengths.reshape(per_ms.shape)


def phase_locking(train: SpikeTrain, frequency: Any) -> PhaseLocking:
    """Return how the spikes keep to the phase of an oscillation.

    Parameters
    ----------
    frequency : Quantity [1/time] or str
        Frequency of the oscillation; its phase is 0 at time 0.

    Returns
    -------
    PhaseLocking
        Vector strength, mean phase, the probability of such a value by chance, and the phase of
        each spike.

    Raises
    ------
    UndefinedStatisticError
        If there is no spike.
    ParameterError
        If the frequency is not one value above zero.

    Notes
    -----
    The probability is that of Rayleigh's test, exp(-n r^2) to first order, with the correction
    that makes it good from 10 spikes on. It supposes spikes that are independent of each other.

    References
    ----------
    GoldbergBrown1969; Zar1999

    Examples
    --------
    >>> from excitable.recording import SpikeTrain
    >>> from excitable.units import Hz, ms
    >>> SpikeTrain([25, 125, 225] * ms).phase_locking(10*Hz).phase
    0.25
    """
    per_ms = _check.rates(frequency, "phase_locking", "frequency")
    if per_ms.ndim:
        _check.refuse(
            f"{per_ms.size} values", "one frequency is expected", "frequency=40*Hz",
            "phase_locking", "frequency",
        )  # fmt: skip
    _some_spike(train, "phase_locking")
    cycles = train._times * float(per_ms)
    mean = _mean_vector(cycles)
    n, strength = train.count, float(min(abs(mean), 1.0))
    spread = n * n * (1.0 - strength * strength)
    chance = np.exp(np.sqrt(1.0 + 4.0 * n + 4.0 * spread) - (1.0 + 2.0 * n))
    return PhaseLocking(
        units.attach(float(per_ms), "Hz"),
        strength,
        float(np.angle(mean) / (2.0 * np.pi) % 1.0),
        float(min(chance, 1.0)),
        cycles % 1.0,
    )


def _mean_vector(cycles: np.ndarray) -> complex:
    angle = 2.0 * np.pi * (cycles % 1.0)
    return complex(np.cos(angle).mean(), np.sin(angle).mean())


def _some_spike(train: SpikeTrain, method: str) -> None:
    if not train.count:
        raise _check.undefined("no spike", "it is an average over spikes", method)
