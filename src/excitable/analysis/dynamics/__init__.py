"""Equilibria and the phase plane."""

from excitable.analysis.dynamics._equilibria import Equilibria, Equilibrium, equilibria

__all__ = ["Equilibria", "Equilibrium", "equilibria"]
