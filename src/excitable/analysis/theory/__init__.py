"""Closed forms of membranes and integrate-and-fire neurons: quantities in, quantities out.

Every function is vectorised: arrays are broadcast together as NumPy does. Parameters carry the
names of the models, so that those of a model can be handed over,
``lif_rate(300*pA, **{name: LIF[name] for name in LIF.parameters})``.
"""

from excitable.analysis.theory._charging import charging, discharging, relaxation, square_pulse
from excitable.analysis.theory._convolution import convolution, membrane_kernel
from excitable.analysis.theory._frequency import gain, impedance, phase, sine_response
from excitable.analysis.theory._lif import (
    lif_current_for_rate,
    lif_first_passage,
    lif_period,
    lif_rate,
    lif_rheobase,
    lif_steady_potential,
)
from excitable.analysis.theory._noise import brunel_rates, noisy_lif_cv, noisy_lif_rate
from excitable.analysis.theory._periods import alif_period, qif_period
from excitable.analysis.theory._point_processes import (
    bernoulli_cv,
    dead_time_cv,
    dead_time_rate,
    poisson_probability,
    shot_noise_mean,
    shot_noise_variance,
)
from excitable.analysis.theory._psp import (
    psp_alpha,
    psp_exponential,
    psp_gamma,
    psp_peak_time,
    synaptic_kernel,
)
from excitable.analysis.theory._pulse import psp_delta, short_pulse
from excitable.analysis.theory._spike_response import reset_kernel, spike_response

__all__ = [
    "alif_period",
    "bernoulli_cv",
    "brunel_rates",
    "charging",
    "convolution",
    "dead_time_cv",
    "dead_time_rate",
    "discharging",
    "gain",
    "impedance",
    "lif_current_for_rate",
    "lif_first_passage",
    "lif_period",
    "lif_rate",
    "lif_rheobase",
    "lif_steady_potential",
    "membrane_kernel",
    "noisy_lif_cv",
    "noisy_lif_rate",
    "phase",
    "poisson_probability",
    "psp_alpha",
    "psp_delta",
    "psp_exponential",
    "psp_gamma",
    "psp_peak_time",
    "qif_period",
    "relaxation",
    "reset_kernel",
    "short_pulse",
    "shot_noise_mean",
    "shot_noise_variance",
    "sine_response",
    "spike_response",
    "square_pulse",
    "synaptic_kernel",
]
