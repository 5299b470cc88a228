"""Write a neuron's equations once; everything else follows from them.

The names below are loaded when they are first used, so that ``import excitable`` costs
milliseconds and a program pays only for the parts it touches.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what editors and type checkers see; nothing here runs
    from excitable import activation, errors, interop, kernels, models, synapses, trains, units
    from excitable.analysis import (
        continuation,
        equilibria,
        excitability,
        fi_curve,
        frequency_response,
        gates,
        goldman,
        impulse_response,
        nernst,
        orbit_diagram,
        paired_pulse,
        phase_line,
        phase_plane,
        phase_response,
        q10,
        reset_map,
        rheobase,
        strength_duration,
        sweep,
        theory,
        threshold_crossing,
        voltage_clamp,
    )
    from excitable.checking import check_model
    from excitable.errors import ExcitableError
    from excitable.interop import from_nir, load, to_nir
    from excitable.model import Input, Model, Parameter, State, compose, read
    from excitable.models import (
        ALIF,
        EIF,
        GLIF1,
        GLIF2,
        GLIF3,
        GLIF4,
        GLIF5,
        LIF,
        QIF,
        AdEx,
        ConnorStevens,
        FitzHughNagumo,
        Golomb,
        HindmarshRose,
        HodgkinHuxley,
        Izhikevich,
        Izhikevich2007,
        Izhikevich2007FastSpiking,
        Izhikevich2007LowThreshold,
        Izhikevich2007Thalamic,
        IzhikevichAccommodation,
        LIFCapacitance,
        LIFConductance,
        LIFNormalised,
        MorrisLecar,
        NoisyLIF,
        PersistentSodium,
        PersistentSodiumPotassium,
        Pospischil,
        QIFPhysical,
        RateNeuron,
        ResonateAndFire,
        Theta,
        TraubMiles,
        WangBuzsaki,
    )
    from excitable.recording import Run, Spikes, SpikeTrain
    from excitable.simulation import simulate
    from excitable.stimuli import (
        chirp,
        ornstein_uhlenbeck,
        pulse,
        pulses,
        ramp,
        sine,
        step,
        trace,
        white_noise,
    )

__version__ = "0.1.0"

__all__ = [
    "ALIF",
    "EIF",
    "GLIF1",
    "GLIF2",
    "GLIF3",
    "GLIF4",
    "GLIF5",
    "LIF",
    "QIF",
    "AdEx",
    "ConnorStevens",
    "ExcitableError",
    "FitzHughNagumo",
    "Golomb",
    "HindmarshRose",
    "HodgkinHuxley",
    "Input",
    "Izhikevich",
    "Izhikevich2007",
    "Izhikevich2007FastSpiking",
    "Izhikevich2007LowThreshold",
    "Izhikevich2007Thalamic",
    "IzhikevichAccommodation",
    "LIFCapacitance",
    "LIFConductance",
    "LIFNormalised",
    "Model",
    "MorrisLecar",
    "NoisyLIF",
    "Parameter",
    "PersistentSodium",
    "PersistentSodiumPotassium",
    "Pospischil",
    "QIFPhysical",
    "RateNeuron",
    "ResonateAndFire",
    "Run",
    "SpikeTrain",
    "Spikes",
    "State",
    "Theta",
    "TraubMiles",
    "WangBuzsaki",
    "__version__",
    "activation",
    "check_model",
    "chirp",
    "compose",
    "continuation",
    "equilibria",
    "errors",
    "excitability",
    "fi_curve",
    "frequency_response",
    "from_nir",
    "gates",
    "goldman",
    "impulse_response",
    "interop",
    "kernels",
    "load",
    "models",
    "nernst",
    "orbit_diagram",
    "ornstein_uhlenbeck",
    "paired_pulse",
    "phase_line",
    "phase_plane",
    "phase_response",
    "pulse",
    "pulses",
    "q10",
    "ramp",
    "read",
    "reset_map",
    "rheobase",
    "simulate",
    "sine",
    "step",
    "strength_duration",
    "sweep",
    "synapses",
    "theory",
    "threshold_crossing",
    "to_nir",
    "trace",
    "trains",
    "units",
    "voltage_clamp",
    "white_noise",
]

_HOMES = {
    "analysis": (
        "continuation",
        "equilibria",
        "excitability",
        "fi_curve",
        "frequency_response",
        "gates",
        "goldman",
        "impulse_response",
        "nernst",
        "paired_pulse",
        "orbit_diagram",
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
    ),
    "checking": ("check_model",),
    "errors": ("ExcitableError",),
    "interop": ("from_nir", "load", "to_nir"),
    "model": ("Input", "Model", "Parameter", "State", "compose", "read"),
    "models": (
        "ALIF",
        "EIF",
        "GLIF1",
        "GLIF2",
        "GLIF3",
        "GLIF4",
        "GLIF5",
        "LIF",
        "QIF",
        "AdEx",
        "ConnorStevens",
        "FitzHughNagumo",
        "Golomb",
        "HindmarshRose",
        "HodgkinHuxley",
        "Izhikevich",
        "Izhikevich2007",
        "Izhikevich2007FastSpiking",
        "Izhikevich2007LowThreshold",
        "Izhikevich2007Thalamic",
        "IzhikevichAccommodation",
        "LIFCapacitance",
        "LIFConductance",
        "LIFNormalised",
        "MorrisLecar",
        "NoisyLIF",
        "PersistentSodium",
        "PersistentSodiumPotassium",
        "Pospischil",
        "QIFPhysical",
        "RateNeuron",
        "ResonateAndFire",
        "Theta",
        "TraubMiles",
        "WangBuzsaki",
    ),
    "recording": ("Run", "SpikeTrain", "Spikes"),
    "simulation": ("simulate",),
    "stimuli": (
        "chirp",
        "ornstein_uhlenbeck",
        "pulse",
        "pulses",
        "ramp",
        "sine",
        "step",
        "trace",
        "white_noise",
    ),
}
_HOME_OF = {name: part for part, names in _HOMES.items() for name in names}
_PARTS = ("activation", "errors", "interop", "kernels", "models", "synapses", "trains", "units")


if not TYPE_CHECKING:  # a checker that saw this would take every misspelt name for a public one

    def __getattr__(name: str) -> object:
        """Load a public name at its first use and keep it."""
        if name in _HOME_OF:
            value = getattr(import_module(f"excitable.{_HOME_OF[name]}"), name)
        elif name in _PARTS:
            value = import_module(f"excitable.{name}")
        elif name[:1].isupper() and name in import_module("excitable.models").__all__:
            value = getattr(import_module("excitable.models"), name)  # a model in a new file
        else:
            from difflib import get_close_matches

            folded = {known.lower(): known for known in __all__}
            close = get_close_matches(name.lower(), folded, n=1)
            hint = f" Did you mean {folded[close[0]]!r}?" if close else ""
            raise AttributeError(f"module 'excitable' has no attribute {name!r}.{hint}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """List the public names for completion."""
    return sorted({*globals(), *__all__})
