"""How fast and when neurons fire: f-I curves, rheobase, strength and duration.

The names below are loaded when they are first used: their neighbours need no more than one file.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what editors and type checkers see; nothing here runs
    from excitable.analysis.firing._crossing import Crossing, threshold_crossing
    from excitable.analysis.firing._fi_curve import FICurve, fi_curve
    from excitable.analysis.firing._paired_pulse import PairedPulse, paired_pulse
    from excitable.analysis.firing._rheobase import Rheobase, rheobase
    from excitable.analysis.firing._strength_duration import StrengthDuration, strength_duration
    from excitable.analysis.firing._sweep import Sweep, sweep

__all__ = [
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
]

# Where each name lives; this list, the imports above and __all__ hold the same names.
_HOMES = {
    "_crossing": ("Crossing", "threshold_crossing"),
    "_fi_curve": ("FICurve", "fi_curve"),
    "_paired_pulse": ("PairedPulse", "paired_pulse"),
    "_rheobase": ("Rheobase", "rheobase"),
    "_strength_duration": ("StrengthDuration", "strength_duration"),
    "_sweep": ("Sweep", "sweep"),
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
