"""Plain results: spike trains, their statistics, and runs, simulated or measured."""

from excitable.recording._run import InputSignal, Run
from excitable.recording._scheme import Scheme
from excitable.recording._spike_train import SpikeTrain
from excitable.recording._spikes import Spikes
from excitable.recording._statistics._convolution import Convolution
from excitable.recording._statistics._results import (
    PSTH,
    Correlogram,
    ExplainedVariance,
    IntervalHistogram,
    PhaseLocking,
    PowerSpectrum,
    SpikeTriggeredAverage,
)

__all__ = [
    "PSTH",
    "Convolution",
    "Correlogram",
    "ExplainedVariance",
    "InputSignal",
    "IntervalHistogram",
    "PhaseLocking",
    "PowerSpectrum",
    "Run",
    "Scheme",
    "SpikeTrain",
    "SpikeTriggeredAverage",
    "Spikes",
]
