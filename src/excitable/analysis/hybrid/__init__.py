"""Neurons with a reset: the adaptation map, what it comes to, and where firing begins."""

from excitable.analysis.hybrid._orbit_diagram import OrbitDiagram, orbit_diagram
from excitable.analysis.hybrid._reset_map import ResetMap, reset_map
from excitable.analysis.hybrid._results import FixedPoint, SpikingAttractor

__all__ = [
    "FixedPoint",
    "OrbitDiagram",
    "ResetMap",
    "SpikingAttractor",
    "orbit_diagram",
    "reset_map",
]
