"""`check_model`: a model run through every law that is known of it."""

from excitable.checking._check import check_model
from excitable.checking._report import Finding, ModelCheck

__all__ = ["Finding", "ModelCheck", "check_model"]
