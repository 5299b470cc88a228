"""Neurons written as equations: checked once, then a value that everything follows from."""

from excitable.model._as_input import as_input
from excitable.model._compose import compose
from excitable.model._files import read
from excitable.model._model import Model
from excitable.model._parameter import Input, Parameter, State
from excitable.model._renamed import renamed
from excitable.model._system import System

__all__ = [
    "Input",
    "Model",
    "Parameter",
    "State",
    "System",
    "as_input",
    "compose",
    "read",
    "renamed",
]
