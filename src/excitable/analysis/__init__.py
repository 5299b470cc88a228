"""What follows from a model or a formula: closed forms, gating curves, the voltage clamp."""

from excitable.analysis import theory
from excitable.analysis._clamp import VoltageClamp, voltage_clamp
from excitable.analysis._gates import Gate, Gates, gates
from excitable.analysis._reversal import goldman, nernst
from excitable.analysis._temperature import q10
from excitable.analysis.bifurcation import (
    Branch,
    BranchPoint,
    CycleBranch,
    CyclePiece,
    CyclePoint,
    LimitCycle,
    SpecialPoint,
    continuation,
)
from excitable.analysis.dynamics import (
    Curve,
    Equilibria,
    Equilibrium,
    PhasePlane,
    equilibria,
    phase_plane,
)
from excitable.analysis.firing import (
    Crossing,
    FICurve,
    PairedPulse,
    Rheobase,
    StrengthDuration,
    Sweep,
    fi_curve,
    paired_pulse,
    rheobase,
    strength_duration,
    sweep,
    threshold_crossing,
)
from excitable.analysis.response import (
    FrequencyResponse,
    ImpulseResponse,
    OperatingPoint,
    Resonance,
    SpikingResponse,
    frequency_response,
    impulse_response,
)

__all__ = [
    "Branch",
    "BranchPoint",
    "Crossing",
    "Curve",
    "CycleBranch",
    "CyclePiece",
    "CyclePoint",
    "Equilibria",
    "Equilibrium",
    "FICurve",
    "FrequencyResponse",
    "Gate",
    "Gates",
    "ImpulseResponse",
    "LimitCycle",
    "OperatingPoint",
    "PairedPulse",
    "PhasePlane",
    "Resonance",
    "Rheobase",
    "SpecialPoint",
    "SpikingResponse",
    "StrengthDuration",
    "Sweep",
    "VoltageClamp",
    "continuation",
    "equilibria",
    "fi_curve",
    "frequency_response",
    "gates",
    "goldman",
    "impulse_response",
    "nernst",
    "paired_pulse",
    "phase_plane",
    "q10",
    "rheobase",
    "strength_duration",
    "sweep",
    "theory",
    "threshold_crossing",
    "voltage_clamp",
]
