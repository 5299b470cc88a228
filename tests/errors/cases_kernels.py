"""Messages of kernels."""

import numpy as np

from excitable import kernels
from excitable.units import Hz, ms

CASES = [
    ("kernel: an order that is no count", lambda: kernels.gamma(1.5, 5 * ms)),
    ("kernel: no width", lambda: kernels.gaussian(0 * ms)),
    ("kernel: several widths", lambda: kernels.boxcar([1, 2] * ms)),
    ("kernel: no unit", lambda: kernels.exponential(5)),
    ("kernel: ends first", lambda: kernels.Kernel(lambda s: 1.0, 5 * ms, 0 * ms)),
    (
        "kernel: NaN",
        lambda: kernels.Kernel(lambda s: np.full(s.shape, np.nan) * Hz, name="mine")(1 * ms),
    ),
    (
        "kernel: another shape",
        lambda: kernels.Kernel(lambda s: np.ones((2, 2)), name="mine")([1, 2, 3] * ms),
    ),
]
