"""Following equilibria and limit cycles through parameters, and where they change."""

from excitable.analysis.bifurcation._branch import Branch
from excitable.analysis.bifurcation._continuation import continuation
from excitable.analysis.bifurcation._cycle_branch import CycleBranch, CyclePiece, CyclePoint
from excitable.analysis.bifurcation._limit_cycle import LimitCycle
from excitable.analysis.bifurcation._points import BranchPoint, SpecialPoint
from excitable.analysis.bifurcation._two_parameters import CurvePoint, SpecialCurve

__all__ = [
    "Branch",
    "BranchPoint",
    "CurvePoint",
    "CycleBranch",
    "CyclePiece",
    "CyclePoint",
    "LimitCycle",
    "SpecialCurve",
    "SpecialPoint",
    "continuation",
]
