"""What follows from a model or a formula: closed forms, gating curves, the voltage clamp."""

from excitable.analysis import theory
from excitable.analysis._clamp import VoltageClamp, voltage_clamp
from excitable.analysis._gates import Gate, Gates, gates
from excitable.analysis._reversal import goldman, nernst
from excitable.analysis._temperature import q10

__all__ = [
    "Gate",
    "Gates",
    "VoltageClamp",
    "gates",
    "goldman",
    "nernst",
    "q10",
    "theory",
    "voltage_clamp",
]
