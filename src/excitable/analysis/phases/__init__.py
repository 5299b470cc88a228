"""How pushes move the spikes of a neuron that fires periodically."""

from excitable.analysis.phases._phase_response import phase_response
from excitable.analysis.phases._pushes import DirectResponse
from excitable.analysis.phases._response import PhaseResponse

__all__ = ["DirectResponse", "PhaseResponse", "phase_response"]
