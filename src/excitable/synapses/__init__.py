"""Synapses: linear stages between the spikes of one neuron and the input of another.

Each is a model in the same language as neurons. Its input ``a`` is the rate at which spikes arrive,
a spike being an area of one; its output is the state ``s``, which has the same mean as ``a``. What
one spike does is a kernel of area 1, so that a weight is the area of what it is multiplied by.
"""

from excitable.synapses.alpha import Alpha
from excitable.synapses.dual_exponential import DualExponential
from excitable.synapses.exponential import Exponential
from excitable.synapses.gamma import Gamma

__all__ = ["Alpha", "DualExponential", "Exponential", "Gamma"]
