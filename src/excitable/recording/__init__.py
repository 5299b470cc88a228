"""Plain results: spike trains and runs, simulated or measured."""

from excitable.recording._run import InputSignal, Run
from excitable.recording._scheme import Scheme
from excitable.recording._spike_train import SpikeTrain
from excitable.recording._spikes import Spikes

__all__ = ["InputSignal", "Run", "Scheme", "SpikeTrain", "Spikes"]
