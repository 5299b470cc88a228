"""Kernels that turn spikes into curves: postsynaptic, exponential, Gaussian, boxcar, your own."""

from excitable.kernels._kernel import Kernel
from excitable.kernels._shapes import boxcar, exponential, gamma, gaussian

__all__ = ["Kernel", "boxcar", "exponential", "gamma", "gaussian"]
