"""Activations: what a rate unit makes of its drive. The formula is text; the rest follows."""

from excitable.activation._activation import Activation
from excitable.activation._library import arctan, lif, logistic, relu, tanh, threshold
from excitable.activation._vectors import one_hot, softmax

__all__ = [
    "Activation",
    "arctan",
    "lif",
    "logistic",
    "one_hot",
    "relu",
    "softmax",
    "tanh",
    "threshold",
]
