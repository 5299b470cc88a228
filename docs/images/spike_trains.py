"""Draw the pictures of the page on spike trains: ``python docs/images/spike_trains.py``."""

from pathlib import Path

import numpy as np

from excitable import kernels, trains
from excitable.plotting import save_figure
from excitable.units import Hz, ms, second

HERE = Path(__file__).parent
train = trains.poisson(40 * Hz, 60 * second, dead_time=5 * ms, seed=2)


def swinging(t):
    """30 Hz on average, four times a second up and down."""
    return 30 * Hz * (1 + np.sin(2 * np.pi * (t * 4 * Hz).to("").magnitude))


pictures = {
    "autocorrelogram": train.autocorrelogram(1 * ms, 50 * ms).plot(),
    "trials": trains.poisson(swinging, 1 * second, n=20).plot(),
    "convolution": train.between(0 * ms, 500 * ms).convolve(kernels.gamma(1, 10 * ms)).plot(),
}
for name, figure in pictures.items():
    save_figure(figure, HERE / f"{name}.svg")
