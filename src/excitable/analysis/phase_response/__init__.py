"""How pushes move the spikes of a neuron that fires periodically."""

from excitable.analysis.phase_response._phase_response import phase_response
from excitable.analysis.phase_response._pushes import DirectResponse
from excitable.analysis.phase_response._response import PhaseResponse

__all__ = ["DirectResponse", "PhaseResponse", "phase_response"]
