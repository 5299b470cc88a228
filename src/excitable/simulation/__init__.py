"""The run loop: the only place that joins model, scheme, inputs and recording."""

from excitable.simulation._check_step import StepCheck, check_step
from excitable.simulation._simulate import simulate

__all__ = ["StepCheck", "check_step", "simulate"]
