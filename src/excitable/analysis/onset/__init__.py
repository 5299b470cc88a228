"""Why and how a neuron begins to fire as its input grows."""

from excitable.analysis.onset._excitability import excitability
from excitable.analysis.onset._result import Change, Excitability, Lost

__all__ = ["Change", "Excitability", "Lost", "excitability"]
