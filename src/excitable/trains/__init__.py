"""Spike trains made by rule: Poisson, gamma, regular, jittered, from a histogram, bin by bin."""

from excitable.trains._bins import bernoulli
from excitable.trains._lattice import jittered, regular
from excitable.trains._poisson import from_psth, poisson
from excitable.trains._renewal import gamma

__all__ = ["bernoulli", "from_psth", "gamma", "jittered", "poisson", "regular"]
