"""A look inside `simulate`: how long its compiled part alone takes.

This is the one place of the benchmarks that uses more than the package's public names.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from excitable.simulation import _simulate


def compiled_seconds(
    model: Any, duration: Any, inputs: Mapping[str, Any], *, dt: Any, record: Any
) -> tuple[float, float]:
    """Return the wall and CPU seconds that one run spends in compiled code, on one thread."""
    problem, choice, _ = _simulate.prepare(
        model, duration, dt=dt, scheme="auto", record=record, record_dt=None, initial=None,
        t_start="0 ms", seed=0, threads=1, inputs=inputs,
    )  # fmt: skip
    engine = _simulate.engine_of(problem, choice)
    cpu, wall = time.process_time(), time.perf_counter()
    for chunk in engine.chunks:
        engine.advance(chunk, problem.duration)
    return time.perf_counter() - wall, time.process_time() - cpu
