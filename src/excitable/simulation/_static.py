"""A run without states: nothing to integrate, everything follows from the inputs."""

from __future__ import annotations

import numpy as np

from excitable.simulation._loop import Chunk
from excitable.simulation._problem import Problem


class Static:
    """The engine of a model without states: it only lets the time pass."""

    grouped = True

    def __init__(self, problem: Problem) -> None:
        self.chunks: list[Chunk] = []
        self.out = np.empty((0, problem.samples.count, problem.samples.neurons.size))

    def advance(self, chunk: Chunk, t_stop: float) -> int:
        """Do nothing: there is no chunk."""
        return 0

    def state(self) -> list[np.ndarray]:
        """Return the arrays that `advance` changes: none."""
        return []
