"""Following equilibria through parameters: folds, Hopf points and where branches cross."""

from excitable.analysis.bifurcation._branch import Branch, BranchPoint, SpecialPoint
from excitable.analysis.bifurcation._continuation import continuation

__all__ = ["Branch", "BranchPoint", "SpecialPoint", "continuation"]
