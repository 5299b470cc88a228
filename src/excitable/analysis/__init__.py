"""What follows from a model or a formula: closed forms, gating curves, the voltage clamp.

The names below are loaded when they are first used: a program pays for the analyses it makes.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what editors and type checkers see; nothing here runs
    from excitable.analysis import theory
    from excitable.analysis._clamp import VoltageClamp, voltage_clamp
    from excitable.analysis._gates import Gate, Gates, gates
    from excitable.analysis._reversal import goldman, nernst
    from excitable.analysis._temperature import q10
    from excitable.analysis.bifurcation import (
        Branch,
        BranchPoint,
        CurvePoint,
        CycleBranch,
        CyclePiece,
        CyclePoint,
        LimitCycle,
        SpecialCurve,
        SpecialPoint,
        continuation,
    )
    from excitable.analysis.dynamics import (
        Curve,
        Equilibria,
        Equilibrium,
        PhaseLine,
        PhasePlane,
        Region,
        equilibria,
        phase_line,
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
    from excitable.analysis.hybrid import (
        FixedPoint,
        OrbitDiagram,
        ResetMap,
        SpikingAttractor,
        orbit_diagram,
        reset_map,
    )
    from excitable.analysis.onset import Change, Excitability, Lost, excitability
    from excitable.analysis.phases import (
        DirectResponse,
        PhaseResponse,
        phase_response,
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
    "Change",
    "Crossing",
    "Curve",
    "CurvePoint",
    "CycleBranch",
    "CyclePiece",
    "CyclePoint",
    "DirectResponse",
    "Equilibria",
    "Equilibrium",
    "Excitability",
    "FICurve",
    "FixedPoint",
    "FrequencyResponse",
    "Gate",
    "Gates",
    "ImpulseResponse",
    "LimitCycle",
    "Lost",
    "OperatingPoint",
    "OrbitDiagram",
    "PairedPulse",
    "PhaseLine",
    "PhasePlane",
    "PhaseResponse",
    "Region",
    "ResetMap",
    "Resonance",
    "Rheobase",
    "SpecialCurve",
    "SpecialPoint",
    "SpikingAttractor",
    "SpikingResponse",
    "StrengthDuration",
    "Sweep",
    "VoltageClamp",
    "continuation",
    "equilibria",
    "excitability",
    "fi_curve",
    "frequency_response",
    "gates",
    "goldman",
    "impulse_response",
    "nernst",
    "orbit_diagram",
    "paired_pulse",
    "phase_line",
    "phase_plane",
    "phase_response",
    "q10",
    "reset_map",
    "rheobase",
    "strength_duration",
    "sweep",
    "theory",
    "threshold_crossing",
    "voltage_clamp",
]

# Where each name lives; this list, the imports above and __all__ hold the same names.
_HOMES = {
    "_clamp": ("VoltageClamp", "voltage_clamp"),
    "_gates": ("Gate", "Gates", "gates"),
    "_reversal": ("goldman", "nernst"),
    "_temperature": ("q10",),
    "bifurcation": (
        "Branch",
        "BranchPoint",
        "CurvePoint",
        "CycleBranch",
        "CyclePiece",
        "CyclePoint",
        "LimitCycle",
        "SpecialCurve",
        "SpecialPoint",
        "continuation",
    ),
    "dynamics": (
        "Curve",
        "Equilibria",
        "Equilibrium",
        "PhaseLine",
        "PhasePlane",
        "Region",
        "equilibria",
        "phase_line",
        "phase_plane",
    ),
    "firing": (
        "Crossing",
        "FICurve",
        "PairedPulse",
        "Rheobase",
        "StrengthDuration",
        "Sweep",
        "fi_curve",
        "paired_pulse",
        "rheobase",
        "strength_duration",
        "sweep",
        "threshold_crossing",
    ),
    "hybrid": (
        "FixedPoint",
        "OrbitDiagram",
        "ResetMap",
        "SpikingAttractor",
        "orbit_diagram",
        "reset_map",
    ),
    "onset": ("Change", "Excitability", "Lost", "excitability"),
    "phases": ("DirectResponse", "PhaseResponse", "phase_response"),
    "response": (
        "FrequencyResponse",
        "ImpulseResponse",
        "OperatingPoint",
        "Resonance",
        "SpikingResponse",
        "frequency_response",
        "impulse_response",
    ),
}
_HOME_OF = {name: part for part, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # a checker that saw this would take every misspelt name for a public one

    def __getattr__(name: str) -> object:
        """Load a name at its first use and keep it."""
        if name == "theory":
            return import_module(f"{__name__}.theory")
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """List the names for completion."""
    return sorted({*globals(), *__all__})
