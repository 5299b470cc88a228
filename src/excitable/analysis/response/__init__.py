"""How neurons follow inputs that change: frequency and impulse responses."""

from excitable.analysis.response._frequency_response import (
    FrequencyResponse,
    Resonance,
    frequency_response,
)
from excitable.analysis.response._impulse_response import ImpulseResponse, impulse_response
from excitable.analysis.response._operating_point import OperatingPoint
from excitable.analysis.response._spiking import SpikingResponse

__all__ = [
    "FrequencyResponse",
    "ImpulseResponse",
    "OperatingPoint",
    "Resonance",
    "SpikingResponse",
    "frequency_response",
    "impulse_response",
]
