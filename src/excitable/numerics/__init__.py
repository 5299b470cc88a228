"""Schemes, exact propagators, event location and random numbers: formulas in, numbers out."""

from excitable.numerics.choose import SCHEMES, Choice, choose

__all__ = ["SCHEMES", "Choice", "choose"]
