"""Programs from models: the `Step`, its printers, and the cache of compiled kernels."""

from excitable.codegen._cache import load
from excitable.codegen._numba import Kernel, adaptive_kernel, fixed_step_kernel
from excitable.codegen._source import recipe_text, source
from excitable.codegen._step import Draw, Event, Step

__all__ = [
    "Draw",
    "Event",
    "Kernel",
    "Step",
    "adaptive_kernel",
    "fixed_step_kernel",
    "load",
    "recipe_text",
    "source",
]
