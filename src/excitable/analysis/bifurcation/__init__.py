"""Following equilibria and limit cycles through parameters, and where they change."""

from excitable.analysis.bifurcation._branch import Branch, BranchPoint, SpecialPoint
from excitable.analysis.bifurcation._continuation import continuation
from excitable.analysis.bifurcation._cycle_branch import CycleBranch, CyclePiece, CyclePoint
from excitable.analysis.bifurcation._limit_cycle import LimitCycle

__all__ = [
    "Branch",
    "BranchPoint",
    "CycleBranch",
    "CyclePiece",
    "CyclePoint",
    "LimitCycle",
    "SpecialPoint",
    "continuation",
]
