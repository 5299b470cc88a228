"""How neurons follow inputs that change: frequency and impulse responses.

The names below are loaded when they are first used: their neighbours need no more than one file.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what editors and type checkers see; nothing here runs
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

# Where each name lives; this list, the imports above and __all__ hold the same names.
_HOMES = {
    "_frequency_response": ("FrequencyResponse", "Resonance", "frequency_response"),
    "_impulse_response": ("ImpulseResponse", "impulse_response"),
    "_operating_point": ("OperatingPoint",),
    "_spiking": ("SpikingResponse",),
}
_HOME_OF = {name: file for file, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # a checker that saw this would take every misspelt name for a public one

    def __getattr__(name: str) -> object:
        """Load a name at its first use and keep it."""
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
        globals()[name] = value
        return value
