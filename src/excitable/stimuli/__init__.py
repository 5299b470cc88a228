"""Inputs over time: steps, pulses, ramps, waves, noise and traces, which add up."""

from excitable.stimuli._lower import lower, size_of
from excitable.stimuli._piecewise import Oscillation, PiecewiseInput
from excitable.stimuli._stimulus import Stimulus
from excitable.stimuli.linear import ramp
from excitable.stimuli.noise import ornstein_uhlenbeck, white_noise
from excitable.stimuli.oscillating import chirp, sine
from excitable.stimuli.rectangular import pulse, pulses, step
from excitable.stimuli.sampled import trace

__all__ = [
    "Oscillation",
    "PiecewiseInput",
    "Stimulus",
    "chirp",
    "lower",
    "ornstein_uhlenbeck",
    "pulse",
    "pulses",
    "ramp",
    "sine",
    "size_of",
    "step",
    "trace",
    "white_noise",
]
