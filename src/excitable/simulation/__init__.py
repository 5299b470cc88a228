"""The run loop: the only place that joins model, scheme, inputs and recording.

The names below are loaded when they are first used: their neighbours need no more than one file.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what editors and type checkers see; nothing here runs
    from excitable.simulation._check_step import StepCheck, check_step
    from excitable.simulation._simulate import simulate

__all__ = ["StepCheck", "check_step", "simulate"]

# Where each name lives; this list, the imports above and __all__ hold the same names.
_HOMES = {
    "_check_step": ("StepCheck", "check_step"),
    "_simulate": ("simulate",),
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
