"""Equilibria, the phase line and the phase plane."""

from excitable.analysis.dynamics._curve import Curve
from excitable.analysis.dynamics._equilibria import Equilibria, Equilibrium, equilibria
from excitable.analysis.dynamics._phase_line import PhaseLine, Region, phase_line
from excitable.analysis.dynamics._phase_plane import phase_plane
from excitable.analysis.dynamics._plane import PhasePlane

__all__ = [
    "Curve", "Equilibria", "Equilibrium", "PhaseLine", "PhasePlane", "Region", "equilibria",
    "phase_line", "phase_plane",
]  # fmt: skip
