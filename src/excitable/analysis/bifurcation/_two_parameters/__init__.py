"""Folds and Hopf points followed in two parameters."""

from excitable.analysis.bifurcation._two_parameters._special_curve import (
    CurvePoint,
    SpecialCurve,
    special_curve,
)

__all__ = ["CurvePoint", "SpecialCurve", "special_curve"]
