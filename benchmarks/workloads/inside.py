"""A look inside `simulate`: how long its compiled part alone takes.

This is the one place of the benchmarks that uses more than the package's public names.
"""

from __future__ import annotations

import time
from typing import Any

from excitable.simulation import _engines, simulate


def compiled_seconds(model: Any, duration: Any, **arguments: Any) -> tuple[float, float]:
    """Return the wall and CPU seconds that one run spends in compiled code, on one thread."""
    spent = [0.0, 0.0]
    original = _engines._call

    def timed(module: Any, *values: Any) -> int:
        cpu, wall = time.process_time(), time.perf_counter()
        try:
            return original(module, *values)
        finally:
            spent[0] += time.perf_counter() - wall
            spent[1] += time.process_time() - cpu

    _engines._call = timed
    try:
        simulate(model, duration, threads=1, **arguments)
    finally:
        _engines._call = original
    return spent[0], spent[1]
