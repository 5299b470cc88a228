"""Equilibria and the phase plane."""

from excitable.analysis.dynamics._equilibria import Equilibria, Equilibrium, equilibria
from excitable.analysis.dynamics._phase_plane import Curve, PhasePlane, phase_plane

__all__ = ["Curve", "Equilibria", "Equilibrium", "PhasePlane", "equilibria", "phase_plane"]
